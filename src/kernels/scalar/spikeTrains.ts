import { philox4x32 } from '../../core/random.js';
import { log2 } from './change/power.js';

const { fround, min, trunc } = Math;

/** A stream of random numbers: its two words and the two words of the seed. */
export interface Stream {
  readonly low: number;
  readonly high: number;
  readonly keyLow: number;
  readonly keyHigh: number;
}

/**
 * assembly/competitive/spikeTrains.ts: the pixels that spike in each step, in their order.
 *
 * @param image   the inputs as bytes.
 * @param scales  1 / log2(1 − p) of each level of a pixel.
 * @param first   block of the stream that pixel 0 begins with.
 */
export function drawTrains(
  image: Uint8Array,
  scales: Float32Array,
  steps: number,
  first: number,
  stream: Stream,
): readonly (readonly number[])[] {
  const events: number[][] = Array.from({ length: steps }, () => []);
  image.forEach((level, pixel) => {
    if (level === 0) return;
    for (const step of trainOf(scales[level] ?? 0, steps, first + pixel, image.length, stream)) events[step]?.push(pixel);
  });
  return events;
}

/** The steps in which one pixel spikes. */
function* trainOf(scale: number, steps: number, first: number, stride: number, { low, high, keyLow, keyHigh }: Stream) {
  const block = new Uint32Array(4);
  let step = 0;
  for (let index = first; step < steps; index += stride) {
    block.set([index, 0, low, high]);
    philox4x32(block, keyLow, keyHigh);
    for (const word of block) {
      const u = ((word >>> 8) + 1) * 2 ** -24;
      step += trunc(min(fround(log2(u) * scale), steps));
      if (step >= steps) return;
      yield step++;
    }
  }
}
