import { placeLines, takeLines } from '../tensors/lines.js';
import type { NetworkArena } from './networkArena.js';

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

/** Spike times `[images, height, width, 2]`, a byte each, of grey images 0–255; in the arena until it is used again. */
export function encodeWith(encoding: Encoding, pixels: Uint8Array, arena: NetworkArena): Uint8Array {
  const { height, width, filters, size, cutoff, normalizationRadius, bins } = encoding;
  const { kernels } = arena;
  const plane = height * width;
  arena.reset(0);
  const images = placeLines(arena, pixels);
  const kernelsAt = placeLines(arena, filters);
  const out = takeLines(arena, 2 * pixels.length);
  const scratch = takeLines(arena, 4 * kernels.encodeWords(height, width, size));
  for (let from = 0; from < pixels.length; from += plane)
    kernels.encode(images + from, height, width, kernelsAt, size, cutoff, normalizationRadius, bins, out + 2 * from, scratch);
  return new Uint8Array(arena.memory.buffer, out, 2 * pixels.length);
}
