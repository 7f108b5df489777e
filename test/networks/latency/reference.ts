import type { ConvLayerSpec } from '../../../src/networks/latency/spec/networkSpec.js';
import type { SpikeTimes } from '../../../src/networks/latency/spikeTimes.js';

/** Numbers `[height, width, channels]`, row-major, of one image. */
export interface Plane {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: readonly number[];
}

/** One image's spike times. */
export const imageOf = ({ values, height, width, channels }: SpikeTimes, image: number): Plane => {
  const size = height * width * channels;
  return { height, width, channels, values: [...values.subarray(image * size, (image + 1) * size)] };
};

/** Integrate-and-fire by plain loops: the potential of every neuron after the spikes of all steps up to `step`. */
export function potentialsAt(times: Plane, w: Float32Array, { kernelSize, pad, maps }: ConvLayerSpec, step: number): Plane {
  const [height, width] = [times.height + 2 * pad - kernelSize + 1, times.width + 2 * pad - kernelSize + 1];
  const values: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let map = 0; map < maps; map++) {
        let potential = 0;
        for (let a = 0; a < kernelSize; a++) {
          for (let b = 0; b < kernelSize; b++) {
            const [row, column] = [y + a - pad, x + b - pad];
            if (row < 0 || row >= times.height || column < 0 || column >= times.width) continue;
            for (let channel = 0; channel < times.channels; channel++) {
              const time = times.values[(row * times.width + column) * times.channels + channel] ?? Number.NaN;
              if (time <= step) potential += w[((a * kernelSize + b) * times.channels + channel) * maps + map] ?? Number.NaN;
            }
          }
        }
        values.push(potential);
      }
    }
  }
  return { height, width, channels: maps, values };
}

/** The first step at which each neuron is above its threshold; `steps` when never. */
export function firstSpikesOf(times: Plane, w: Float32Array, layer: ConvLayerSpec, steps: number): Plane {
  const waves = Array.from({ length: steps }, (_, step) => potentialsAt(times, w, layer, step));
  const shape = waves[0] ?? times;
  const values = shape.values.map((_, neuron) => {
    const fired = waves.findIndex(({ values: potentials }) => (potentials[neuron] ?? 0) > layer.threshold);
    return fired < 0 ? steps : fired;
  });
  return { ...shape, values };
}

/** The earliest time in squares of `size`. */
export function earliestIn({ height, width, channels, values }: Plane, size: number): Plane {
  const [rows, columns] = [Math.ceil(height / size), Math.ceil(width / size)];
  const pooled = new Array<number>(rows * columns * channels).fill(Number.POSITIVE_INFINITY);
  values.forEach((value, index) => {
    const [y, x] = [Math.floor(index / channels / width), Math.floor(index / channels) % width];
    const target = (Math.floor(y / size) * columns + Math.floor(x / size)) * channels + (index % channels);
    pooled[target] = Math.min(pooled[target] ?? 0, value);
  });
  return { height: rows, width: columns, channels, values: pooled };
}
