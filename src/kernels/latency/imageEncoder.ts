import { placeLines, takeLines } from '../lines.js';
import { Room } from '../room.js';

/**
 * From pixels to spike times, see the kernel encode.
 *
 * @property filters  `[2, size, size]`: ON centres, OFF centres.
 */
export interface Encoding {
  readonly height: number;
  readonly width: number;
  readonly filters: Float32Array;
  readonly size: number;
  readonly cutoff: number;
  readonly normalizationRadius: number;
  readonly bins: number;
}

/** Spike times `[count, height, width, 2]`, a byte each, of grey images 0–255. */
export function encodeWith(encoding: Encoding, pixels: Uint8Array, count: number, room = new Room(0)): Uint8Array {
  const { height, width, filters, size, cutoff, normalizationRadius, bins } = encoding;
  const { kernels } = room;
  const plane = height * width;
  room.reset(0);
  const images = placeLines(room, pixels);
  const kernelsAt = placeLines(room, filters);
  const out = takeLines(room, 2 * count * plane);
  const scratch = takeLines(room, 4 * kernels.encodeWords(height, width, size));
  for (let image = 0; image < count; image++) {
    const [from, to] = [images + image * plane, out + 2 * image * plane];
    kernels.encode(from, height, width, kernelsAt, size, cutoff, normalizationRadius, bins, to, scratch);
  }
  return new Uint8Array(room.memory.buffer, out, 2 * count * plane).slice();
}
