import type { GoldenTensor } from './load.js';

/** One time step of a golden series. */
export function at(series: GoldenTensor, time: number): GoldenTensor {
  const shape = series.shape.slice(1);
  const size = shape.reduce((product, next) => product * next, 1);
  return { shape, dtype: series.dtype, data: series.data.slice(time * size, (time + 1) * size) };
}
