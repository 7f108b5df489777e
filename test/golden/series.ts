import type { GoldenTensor } from './load.js';

/** One time step of a golden series. */
export function at(series: GoldenTensor, time: number): GoldenTensor {
  const [steps = 0, ...shape] = series.shape;
  if (time >= steps) throw new Error(`there is no step ${time} in a series of ${steps}`);
  const size = shape.reduce((product, next) => product * next, 1);
  return { shape, dtype: series.dtype, data: series.data.slice(time * size, (time + 1) * size) };
}

/** Every time step of a golden series. */
export const steps = (series: GoldenTensor): readonly GoldenTensor[] =>
  Array.from({ length: series.shape[0] ?? 0 }, (_, time) => at(series, time));
