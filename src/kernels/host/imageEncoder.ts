import { placeLines, takeLines } from '../tensors/lines.js';
import type { NetworkArena } from './networkArena.js';

/** From pixels to spike times, see the kernel encode. */
export interface Encoding {
  readonly height: number;
  readonly width: number;
  /** Channels of a pixel. */
  readonly channels: number;
  /** Planes of an image whose contrast is taken. */
  readonly planes: number;
  /** `[planes, channels]`: what each plane takes of each channel. */
  readonly mix: Float32Array;
  /** `[2, size, size]`: ON centres, OFF centres. */
  readonly filters: Float32Array;
  readonly size: number;
  readonly cutoff: number;
  readonly normalizationRadius: number;
  readonly bins: number;
}

/** Spike times `[images, height, width, 2 · planes]`, a byte each, of images `[height, width, channels]`, 0–255; in the arena until it is used again. */
export function encodeWith(encoding: Encoding, pixels: Uint8Array, arena: NetworkArena): Uint8Array {
  const { height, width, channels, planes, mix, filters, size, cutoff, normalizationRadius, bins } = encoding;
  const { kernels } = arena;
  const [taken, made] = [height * width * channels, 2 * planes * height * width];
  const count = pixels.length / taken;
  arena.reset(0);
  const images = placeLines(arena, pixels);
  const [mixAt, kernelsAt] = [placeLines(arena, mix), placeLines(arena, filters)];
  const out = takeLines(arena, made * count);
  const scratch = takeLines(arena, 4 * kernels.encodeWords(height, width, planes, size));
  for (let image = 0; image < count; image++) {
    const [from, to] = [images + taken * image, out + made * image];
    kernels.encode(
      ...([from, height, width, channels, mixAt, planes, kernelsAt, size, cutoff, normalizationRadius, bins] as const),
      to,
      scratch,
    );
  }
  return new Uint8Array(arena.memory.buffer, out, made * count);
}
