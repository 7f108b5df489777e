import type { Kernels } from '../../module/binary.js';
import type { Heap } from '../heap.js';
import type { ScalarChange } from './change.js';

const { fround } = Math;

/**
 * One weight of a row with pre activities a and b: w + a·plus − b·minus under the weight dependence, by the operations of assembly/change/row.ts.
 */
export function changeWeight(change: ScalarChange, w: number, plus: number, minus: number, a: number, b: number): number {
  if (change.additive) {
    const up = fround(fround(change.etaPlus * a) * plus);
    const down = fround(fround(change.etaMinus * b) * minus);
    return change.bounded(fround(w + fround(up - down)));
  }
  if (b === 0) return change.raised(w, fround(a * plus));
  if (a === 0) return change.lowered(w, fround(b * minus));
  return change.changed(w, fround(a * plus), fround(b * minus));
}

/** assembly/applyOne.ts, row by row, only where something happens. */
export const scalarApplyOne = (heap: Heap, change: ScalarChange): Pick<Kernels, 'applyOne'> => ({
  applyOne: (rows, columns, w, out, plusPre, plusPost, minusPre, minusPost) => {
    const { floats } = heap;
    const value = (address: number, index: number): number => (address === 0 ? 0 : (floats[address / 4 + index] ?? 0));
    const active = (post: number): readonly number[] =>
      post === 0 ? [] : Array.from({ length: columns }, (_, i) => i).filter((i) => value(post, i) !== 0);
    const [plus, minus] = [active(plusPost), active(minusPost)];
    const either = [...new Set([...plus, ...minus])];
    for (let row = 0; row < rows; row++) {
      const a = plus.length === 0 ? 0 : value(plusPre, row);
      const b = minus.length === 0 ? 0 : value(minusPre, row);
      const [from, to] = [w / 4 + row * columns, out / 4 + row * columns];
      if (out !== w) for (let i = 0; i < columns; i++) floats[to + i] = change.bounded(floats[from + i] ?? 0);
      if (a === 0 && b === 0) continue;
      for (const i of a === 0 ? minus : b === 0 ? plus : either)
        floats[to + i] = changeWeight(change, floats[from + i] ?? 0, value(plusPost, i), value(minusPost, i), a, b);
    }
  },
});
