import type { Kernels } from '../../module/binary.js';
import type { Heap } from '../heap.js';

const { floor, fround, max, min } = Math;

/** An image's numbers, row by row. */
interface Plane {
  readonly height: number;
  readonly width: number;
  readonly values: ArrayLike<number>;
}

/** assembly/latency/encode.ts and what it is made of. */
export const scalarEncode = (heap: Heap): Pick<Kernels, 'encode' | 'encodeWords'> => ({
  encodeWords: () => 0,
  encode: (pixels, height, width, kernels, size, cutoff, radius, bins, out) => {
    const image = { height, width, values: heap.bytes.subarray(pixels, pixels + height * width) };
    const values = [0, 1].flatMap((channel) => {
      const start = kernels / 4 + channel * size * size;
      const response = contrast(image, heap.floats.subarray(start, start + size * size), size, fround(cutoff));
      return [...(radius === 0 ? response : divideByMean({ height, width, values: response }, radius))];
    });
    rankOrder(values, bins, heap.bytes.subarray(out, out + values.length));
  },
});

function contrast({ height, width, values }: Plane, kernel: Float32Array, size: number, cutoff: number): Float32Array {
  const half = floor(size / 2);
  return Float32Array.from({ length: height * width }, (_, pixel) => {
    let sum = 0;
    for (let tap = 0; tap < size * size; tap++) {
      const [y, x] = [floor(pixel / width) + floor(tap / size) - half, (pixel % width) + (tap % size) - half];
      const inside = x >= 0 && x < width; // above and below there are no values
      sum = fround(sum + fround((kernel[tap] ?? 0) * (inside ? (values[y * width + x] ?? 0) : 0)));
    }
    return sum >= cutoff ? sum : 0;
  });
}

function divideByMean({ height, width, values }: Plane, radius: number): Float32Array {
  const area = (2 * radius + 1) ** 2;
  const columns = new Float64Array(width);
  const addRow = (row: number, sign: number): void => {
    // Of a row outside the image there are no values.
    for (let x = 0; x < width; x++) columns[x] = (columns[x] ?? 0) + sign * (values[row * width + x] ?? 0);
  };
  const out = new Float32Array(height * width);
  for (let y = -radius; y < height; y++) {
    addRow(y + radius, 1);
    addRow(y - radius - 1, -1);
    let sum = 0;
    for (let x = -radius; y >= 0 && x < width; x++) {
      sum += columns[x + radius] ?? 0;
      sum -= columns[x - radius - 1] ?? 0;
      const value = x < 0 ? 0 : (values[y * width + x] ?? 0);
      if (value !== 0) out[y * width + x] = value / (sum / area + 1e-12);
    }
  }
  return out;
}

/** Values `[2, pixels]`, times `[pixels, 2]`. */
function rankOrder(values: readonly number[], bins: number, times: Uint8Array): void {
  const pixels = values.length / 2;
  const places = values.map((_, place) => place).filter((place) => (values[place] ?? 0) !== 0);
  places.sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
  const perBin = max(1, floor(places.length / bins));
  times.fill(bins);
  places.forEach((place, rank) => {
    times[2 * (place % pixels) + floor(place / pixels)] = min(bins - 1, floor(rank / perBin));
  });
}
