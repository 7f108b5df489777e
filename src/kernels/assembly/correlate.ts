import { bucket, bucketWords, fillBuckets, graded } from './buckets';
import { EVENT } from './eventLists';
import {
  channels,
  dilationX,
  dilationY,
  filledOutputs,
  height,
  kernelHeight,
  kernelWidth,
  outHeight,
  outputs,
  outWidth,
  padLeft,
  padTop,
  reachHeight,
  reachWidth,
  strideX,
  strideY,
  taps,
  width,
} from './geometry';
import { at } from './lanes';
import { sumRows } from './sumRows';

// One image's part of a convolution's change, Δ[tap, out] = Σ over positions of field(pre)[tap] · post[out], from the events
// of the rarer factor.

/** Words of scratch that {@link correlate} takes. */
export function correlateWords(): i32 {
  const framed = (2 * (kernelHeight - 1) * dilationY + outHeight) * (2 * (kernelWidth - 1) * dilationX + outWidth);
  const padded = max(reachHeight() * reachWidth() * channels, framed * filledOutputs());
  const sorted = max(bucketWords(height * width, channels), bucketWords(outHeight * outWidth, outputs));
  return padded + sorted + 2 * height * width + 64;
}

/** Words of the sums by pre, [taps, filled outputs]. */
export function sumsWords(): i32 {
  return taps() * filledOutputs();
}

/** Words of the sums by post, [filled outputs, runs, filled run]. */
export function sumsByPostWords(): i32 {
  return filledOutputs() * lineWords();
}

// With neighbouring taps a row of the receptive field is one run of inputs; with dilation each tap is.

@inline
function run(): i32 {
  return dilationX === 1 ? kernelWidth * channels : channels;
}

@inline
function runsInRow(): i32 {
  return dilationX === 1 ? 1 : kernelWidth;
}

@inline
function filledRun(): i32 {
  return (run() + 3) & ~3;
}

@inline
function lineWords(): i32 {
  return kernelHeight * runsInRow() * filledRun();
}

/**
 * Adds one image's part to `sums`.
 *
 * @param byPost  whether the events of post are the rarer; the layout of `sums` follows.
 */
export function correlate(pre: usize, post: usize, sums: usize, byPost: bool, scratch: usize): void {
  if (byPost) correlateByPost(pre, post, sums, scratch);
  else if (strideX === 1 && strideY === 1) correlateByPre(pre, post, sums, scratch);
  else correlateByPreStrided(pre, post, sums, scratch);
}

/** Each output spike adds its receptive field, run by run, to its map's sums. */
function correlateByPost(pre: usize, post: usize, sums: usize, scratch: usize): void {
  const wide = reachWidth();
  const padded = scratch;
  const ends = at(padded, (reachHeight() * wide * channels + 7) & ~3);
  const buckets = at(ends, outputs);
  const rowBytes = at(0, wide * channels);
  copyPadded(pre, padded, wide);
  fillBuckets(outHeight, outWidth, outputs, post, rowBytes * strideY, at(0, channels * strideX), ends, buckets);
  const filled = filledRun();
  const runs = runsInRow();
  for (let o = 0; o < outputs; o++) {
    const first = bucket(buckets, outHeight * outWidth, o);
    const end = <usize>load<u32>(at(ends, o));
    let sum = at(sums, o * lineWords());
    for (let y = 0; y < kernelHeight; y++) {
      for (let r = 0; r < runs; r++) {
        const base = padded + rowBytes * y * dilationY + at(0, r * dilationX * channels);
        sumRows(sum, base, first, end, filled, !graded);
        sum = at(sum, filled);
      }
    }
  }
}

/** Adds sums by post to sums by pre. */
export function foldSums(byPost: usize, sums: usize): void {
  const line = at(0, lineWords());
  const filled = at(0, filledOutputs());
  const length = run();
  const runs = kernelHeight * runsInRow();
  for (let o = 0; o < outputs; o += 4) {
    let from = at(byPost, o * lineWords());
    let to = at(sums, o);
    for (let r = 0; r < runs; r++) {
      for (let i = 0; i < length; i += 4) {
        addTransposed(at(from, i), line, to, filled, min(4, length - i));
        to += filled * min(4, length - i);
      }
      from = at(from, filledRun());
    }
  }
}

/** Four columns of four rows become up to four rows of four columns. */
@inline
function addTransposed(from: usize, line: usize, to: usize, filled: usize, rows: i32): void {
  const a = v128.load(from);
  const b = v128.load(from + line);
  const c = v128.load(from + 2 * line);
  const d = v128.load(from + 3 * line);
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  addTo(to, v128.shuffle<i64>(ab, cd, 0, 2));
  if (rows > 1) addTo(to + filled, v128.shuffle<i64>(ab, cd, 1, 3));
  if (rows < 3) return;
  const ef = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const gh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  addTo(to + 2 * filled, v128.shuffle<i64>(ef, gh, 0, 2));
  if (rows > 3) addTo(to + 3 * filled, v128.shuffle<i64>(ef, gh, 1, 3));
}

@inline
function addTo(p: usize, values: v128): void {
  v128.store(p, f32x4.add(v128.load(p), values));
}

/** Each input spike adds, for each tap, the activity of the output that sees it there. */
function correlateByPre(pre: usize, post: usize, sums: usize, scratch: usize): void {
  const filled = filledOutputs();
  const borderY = (kernelHeight - 1) * dilationY;
  const borderX = (kernelWidth - 1) * dilationX;
  const wide = outWidth + 2 * borderX;
  const padded = scratch;
  const ends = at(padded, (outHeight + 2 * borderY) * wide * filled);
  const buckets = at(ends, channels);
  frame(post, padded, borderY, borderX, filled);
  const rowBytes = at(0, wide * filled);
  fillBuckets(height, width, channels, pre, rowBytes, at(0, filled), ends, buckets);
  for (let c = 0; c < channels; c++) {
    const first = bucket(buckets, height * width, c);
    const end = <usize>load<u32>(at(ends, c));
    if (first === end) continue;
    for (let y = 0; y < kernelHeight; y++) {
      for (let x = 0; x < kernelWidth; x++) {
        const top = borderY + padTop - y * dilationY;
        const left = borderX + padLeft - x * dilationX;
        const base = padded + rowBytes * top + at(0, left * filled);
        sumRows(at(sums, ((y * kernelWidth + x) * channels + c) * filled), base, first, end, filled, !graded);
      }
    }
  }
}

/** The same with strides: of each tap only the spikes that an output sees there count. */
function correlateByPreStrided(pre: usize, post: usize, sums: usize, scratch: usize): void {
  const filled = filledOutputs();
  const copied = scratch;
  const ends = at(copied, outHeight * outWidth * filled);
  const buckets = at(ends, channels);
  const seen = at(buckets, (2 * height * width * channels + 3) & ~3);
  frame(post, copied, 0, 0, filled);
  fillBuckets(height, width, channels, pre, 65536, 1, ends, buckets);
  for (let c = 0; c < channels; c++) {
    const first = bucket(buckets, height * width, c);
    const end = <usize>load<u32>(at(ends, c));
    for (let y = 0; y < kernelHeight; y++) {
      for (let x = 0; x < kernelWidth; x++) {
        const seenEnd = visible(first, end, seen, padTop - y * dilationY, padLeft - x * dilationX, filled);
        const ones = !graded;
        sumRows(at(sums, ((y * kernelWidth + x) * channels + c) * filled), copied, seen, seenEnd, filled, ones);
      }
    }
  }
}

/** The events that some output sees through a tap, with the offset of that output's activity. Answers their end. */
function visible(first: usize, end: usize, to: usize, moveY: i32, moveX: i32, filled: i32): usize {
  for (let event = first; event < end; event += EVENT) {
    const place = load<u32>(event);
    const y = <i32>(place >> 16) + moveY;
    const x = <i32>(place & 65535) + moveX;
    if (y < 0 || x < 0 || y % strideY !== 0 || x % strideX !== 0) continue;
    const row = y / strideY;
    const column = x / strideX;
    if (row >= outHeight || column >= outWidth) continue;
    store<u32>(to, <u32>at(0, (row * outWidth + column) * filled));
    store<f32>(to, load<f32>(event, 4), 4);
    to += EVENT;
  }
  return to;
}

/** The input with zeros around it. */
function copyPadded(pre: usize, to: usize, wide: i32): void {
  const line = at(0, width * channels);
  const paddedLine = at(0, wide * channels);
  if (height < reachHeight() || width < wide) memory.fill(to, 0, paddedLine * reachHeight());
  let target = to + paddedLine * padTop + at(0, padLeft * channels);
  for (let y = 0; y < height; y++) {
    memory.copy(target, pre, line);
    target += paddedLine;
    pre += line;
  }
}

/** The output with zeros around it, each position filled up to whole vectors. */
function frame(post: usize, to: usize, borderY: i32, borderX: i32, filled: i32): void {
  const wide = outWidth + 2 * borderX;
  const edge = at(0, borderX * filled);
  const rim = at(0, borderY * wide * filled);
  const line = at(0, outWidth * filled);
  memory.fill(to, 0, rim + edge);
  let target = to + rim + edge;
  for (let y = 0; y < outHeight; y++) {
    copyPositions(post, target, filled);
    post = at(post, outWidth * outputs);
    target += line;
    memory.fill(target, 0, y === outHeight - 1 ? edge + rim : 2 * edge);
    target += 2 * edge;
  }
}

/** One row of the output. What is behind a position's maps is never looked at, so whole vectors are copied. */
@inline
function copyPositions(post: usize, target: usize, filled: i32): void {
  if (filled === outputs) {
    memory.copy(target, post, at(0, outWidth * outputs));
    return;
  }
  const bytes = at(0, outputs);
  for (let x = 0; x < outWidth; x++) {
    let o: usize = 0;
    for (; o + 16 <= bytes; o += 16) v128.store(target + o, v128.load(post + o));
    for (; o < bytes; o += 4) store<f32>(target + o, load<f32>(post + o));
    post += bytes;
    target = at(target, filled);
  }
}
