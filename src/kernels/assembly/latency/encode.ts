import { at } from '../lanes';
import { contrast, paddedWords, padPixels } from './contrast';
import { divideByMean } from './localMean';
import { rankOrder, rankOrderWords } from './rankOrder';

/** Words of scratch that {@link encode} takes. */
export function encodeWords(height: i32, width: i32, size: i32): i32 {
  return max(paddedWords(height, width, size), rankOrderWords(2 * height * width)) + 4 * (height * width + 8) + 2 * width;
}

/**
 * Spike times of an image: contrast in both polarities, local normalisation (with radius 0 none), rank order.
 *
 * @param pixels   [height, width], a byte each.
 * @param kernels  [2, size, size]: ON centres, OFF centres; of an odd size.
 * @param cutoff   responses below it are silent, ≥ 0.
 * @param out      receives [height, width, 2], a byte each, `bins` for never.
 */
export function encode(
  pixels: usize,
  height: i32,
  width: i32,
  kernels: usize,
  size: i32,
  cutoff: f32,
  radius: i32,
  bins: i32,
  out: usize,
  scratch: usize,
): void {
  const plane = height * width;
  const responses = scratch;
  const normalized = at(responses, 2 * plane + 16);
  const columns = at(normalized, 2 * plane + 16);
  const rest = at(columns, 2 * width);
  padPixels(pixels, height, width, size, rest);
  for (let channel = 0; channel < 2; channel++) {
    const response = at(responses, channel * plane);
    contrast(rest, height, width, size, at(kernels, channel * size * size), cutoff, response);
    if (radius > 0) divideByMean(response, height, width, radius, at(normalized, channel * plane), columns);
  }
  rankOrder(plane, radius > 0 ? normalized : responses, bins, out, rest);
}
