import type { Kernels } from '../module/binary.js';
import { changeWeight } from './change/applyOne.js';
import type { ScalarChange } from './change/change.js';
import type { Heap } from './heap.js';

const { fround } = Math;

/** assembly/vectors.ts in plain float32 arithmetic. */
export function scalarVectors(
  heap: Heap,
  change: ScalarChange,
): Pick<Kernels, 'addSigned' | 'changeAll' | 'multiply' | 'rectify'> {
  const read = (address: number, index: number): number => heap.floats[address / 4 + index] ?? 0;
  return {
    multiply: (count, a, b, out) => {
      for (let i = 0; i < count; i++) heap.floats[out / 4 + i] = fround(read(a, i) * read(b, i));
    },
    rectify: (count, a, threshold, out) => {
      const limit = fround(threshold);
      for (let i = 0; i < count; i++) {
        const above = fround(read(a, i) - limit);
        heap.floats[out / 4 + i] = above > 0 ? above : 0;
      }
    },
    addSigned: (count, values, factor, plus, minus) => {
      for (let i = 0; i < count; i++) {
        const signed = fround(fround(factor) * read(values, i));
        heap.floats[plus / 4 + i] = fround(read(plus, i) + (signed > 0 ? signed : 0));
        heap.floats[minus / 4 + i] = fround(read(minus, i) + (signed < 0 ? -signed : 0));
      }
    },
    changeAll: (count, w, out, plus, minus, a, b) => {
      for (let i = 0; i < count; i++) {
        heap.floats[out / 4 + i] = changeWeight(change, read(w, i), read(plus, i), read(minus, i), a, b);
      }
    },
  };
}
