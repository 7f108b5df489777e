import { at } from '../lanes';
import {
  channels,
  filledOutputs,
  height,
  outHeight,
  outputs,
  outWidth,
  padLeft,
  padTop,
  reachHeight,
  reachWidth,
  width,
} from './geometry';

// Copies of one image's activity with zeros around it, so that no window has to look where the image ends.

/** The input, [reachHeight, reachWidth, channels]. */
export function padInput(pre: usize, to: usize): void {
  const line = at(0, width * channels);
  const paddedLine = at(0, reachWidth() * channels);
  if (height < reachHeight() || width < reachWidth()) memory.fill(to, 0, paddedLine * reachHeight());
  let target = to + paddedLine * padTop + at(0, padLeft * channels);
  for (let y = 0; y < height; y++) {
    memory.copy(target, pre, line);
    target += paddedLine;
    pre += line;
  }
}

/** Words of the framed output. */
export function frameWords(borderY: i32, borderX: i32): i32 {
  return (outHeight + 2 * borderY) * (outWidth + 2 * borderX) * filledOutputs();
}

/** The output, [outHeight + 2·borderY, outWidth + 2·borderX, filled outputs]. */
export function frameOutput(post: usize, to: usize, borderY: i32, borderX: i32): void {
  const filled = filledOutputs();
  const edge = at(0, borderX * filled);
  const rim = at(0, borderY * (outWidth + 2 * borderX) * filled);
  const line = at(0, outWidth * filled);
  memory.fill(to, 0, rim + edge);
  let target = to + rim + edge;
  for (let y = 0; y < outHeight; y++) {
    if (filled === outputs) memory.copy(target, post, line);
    else spreadPositions(post, target, filled);
    post = at(post, outWidth * outputs);
    target += line;
    const gap = y === outHeight - 1 ? edge + rim : 2 * edge;
    memory.fill(target, 0, gap);
    target += 2 * edge;
  }
}

/** One row of the output, each position filled up to whole vectors. */
@inline
function spreadPositions(post: usize, target: usize, filled: i32): void {
  const end = at(0, outputs);
  for (let x = 0; x < outWidth; x++) {
    let o: usize = 0;
    for (; o + 32 <= end; o += 32) {
      v128.store(target + o, v128.load(post + o));
      v128.store(target + o, v128.load(post + o, 16), 16);
    }
    for (; o < end; o += 4) store<f32>(target + o, load<f32>(post + o));
    post += end;
    target = at(target, filled);
  }
}
