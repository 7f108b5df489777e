import { addAt } from '../../core/at.js';

/** A bar of a histogram: how many values lie from one number to another. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** How many bars a histogram has. */
const BARS = 40;

/** How often values occur, in equal steps from the least to the greatest; NaN and infinite ones are left out. */
export function histogramBars(values: Float32Array): readonly Bar[] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  const [start, step] = greatest > least ? [least, (greatest - least) / BARS] : [least - 0.5, 1 / BARS];
  const counts = new Float64Array(least <= greatest ? BARS : 0);
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    addAt(counts, Math.min(BARS - 1, Math.floor((value - start) / step)), 1);
  }
  return Array.from(counts, (count, bar) => ({ from: start + bar * step, to: start + (bar + 1) * step, count }));
}
