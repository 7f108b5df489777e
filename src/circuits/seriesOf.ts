import type { Series } from './circuitState.js';

/** Values through time, from a row for each step; no rows have no width. */
export function seriesOf(steps: readonly number[], rows: readonly Float32Array[]): Series {
  const [first = new Float32Array(0)] = rows;
  const values = new Float32Array(first.length * rows.length);
  rows.forEach((row, index) => {
    values.set(row, index * first.length);
  });
  return { step: Int32Array.from(steps), values, width: first.length };
}
