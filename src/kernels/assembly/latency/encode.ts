import { at } from '../lanes';
import { contrast, paddedWords, padPixels } from './contrast';
import { divideByMean } from './localMean';
import { rankOrder, rankOrderWords } from './rankOrder';

/** Words of scratch that {@link encode} takes. */
export function encodeWords(height: i32, width: i32, planes: i32, size: i32): i32 {
  const values = 2 * planes * height * width;
  return max(paddedWords(height, width, size), rankOrderWords(values)) + 2 * (values + 16) + 2 * width;
}

/**
 * Spike times of an image: in each plane of it contrast in both polarities and local normalisation (with radius 0 none), then the
 * rank order of all.
 *
 * @param pixels   [height, width, channels], a byte each.
 * @param mix      [planes, channels]: what each plane takes of each channel.
 * @param kernels  [2, size, size]: ON centres, OFF centres; of an odd size.
 * @param cutoff   responses below it are silent, ≥ 0.
 * @param out      receives [height, width, planes · 2], a byte each, `bins` for never.
 */
export function encode(
  pixels: usize,
  height: i32,
  width: i32,
  channels: i32,
  mix: usize,
  planes: i32,
  kernels: usize,
  size: i32,
  cutoff: f32,
  radius: i32,
  bins: i32,
  out: usize,
  scratch: usize,
): void {
  const area = height * width;
  const maps = 2 * planes;
  const responses = scratch;
  const normalized = at(responses, maps * area + 16);
  const columns = at(normalized, maps * area + 16);
  const rest = at(columns, 2 * width);
  for (let map = 0; map < maps; map++) {
    const polarity = map & 1;
    if (polarity === 0) padPixels(pixels, height, width, channels, at(mix, (map >> 1) * channels), size, rest);
    const response = at(responses, map * area);
    contrast(rest, height, width, size, at(kernels, polarity * size * size), cutoff, response);
    if (radius > 0) divideByMean(response, height, width, radius, at(normalized, map * area), columns);
  }
  rankOrder(maps, area, radius > 0 ? normalized : responses, bins, out, rest);
}
