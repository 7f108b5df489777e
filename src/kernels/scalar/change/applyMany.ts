import type { Kernels } from '../../module/binary.js';
import type { Heap } from '../heap.js';
import { changeWeight } from './applyOne.js';
import type { ScalarChange } from './change.js';

const { fround } = Math;

/** assembly/applyMany.ts: each row's sums over the samples, in their order. */
export const scalarApplyMany = (
  heap: Heap,
  change: ScalarChange,
): Pick<Kernels, 'applyMany' | 'applyManyWords' | 'listSamples'> => ({
  listSamples: (table, samples, pre, inputs, post, outputs) => {
    for (let s = 0; s < samples; s++) {
      heap.words[table / 4 + 2 * s] = pre + 4 * s * inputs;
      heap.words[table / 4 + 2 * s + 1] = post + 4 * s * outputs;
    }
  },
  applyManyWords: () => 0,
  applyMany: (rows, columns, w, out, plus, plusTable, minus, minusTable) => {
    const { floats } = heap;
    const raise = new Float32Array(columns);
    const lower = new Float32Array(columns);
    for (let row = 0; row < rows; row++) {
      const up = sumRow(heap, raise, row, plus, plusTable) ? 1 : 0;
      const down = sumRow(heap, lower, row, minus, minusTable) ? 1 : 0;
      for (let i = 0; i < columns; i++) {
        const weight = floats[w / 4 + row * columns + i] ?? 0;
        floats[out / 4 + row * columns + i] =
          up + down === 0 ? change.bounded(weight) : changeWeight(change, weight, raise[i] ?? 0, lower[i] ?? 0, up, down);
      }
    }
  },
});

/** Σ over samples of pre · post for one row. Answers whether there was anything to add. */
function sumRow({ floats, words }: Heap, sums: Float32Array, row: number, samples: number, table: number): boolean {
  sums.fill(0);
  let any = false;
  for (let s = 0; s < samples; s++) {
    const value = floats[(words[table / 4 + 2 * s] ?? 0) / 4 + row] ?? 0;
    if (value === 0) continue;
    any = true;
    const post = (words[table / 4 + 2 * s + 1] ?? 0) / 4;
    for (let i = 0; i < sums.length; i++) sums[i] = fround((sums[i] ?? 0) + fround(value * (floats[post + i] ?? 0)));
  }
  return any;
}
