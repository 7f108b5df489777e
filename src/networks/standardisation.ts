import type { FeatureMatrix } from './linearReadout.js';

/**
 * How features are brought to one scale: their mean, and max(std, 0.1 · median of the stds that aren't 0). A feature that
 * hardly varies is not blown up; a scale is 1 where no feature varies.
 */
export function standardisation({ values, count, size }: FeatureMatrix): {
  readonly mean: Float32Array;
  readonly scale: Float32Array;
} {
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < size; column++) {
      const value = values[row * size + column] ?? 0;
      sums[column] = (sums[column] ?? 0) + value;
      squares[column] = (squares[column] ?? 0) + value * value;
    }
  }
  const mean = sums.map((sum) => sum / count);
  const spread = squares.map((square, column) => Math.sqrt(Math.max(0, square / count - (mean[column] ?? 0) ** 2)));
  const alive = spread.filter((value) => value > 1e-6).sort();
  const least = 0.1 * (alive[alive.length >> 1] ?? 10);
  return { mean: Float32Array.from(mean), scale: Float32Array.from(spread, (value) => Math.max(value, least)) };
}
