import { high, low } from '../change/change';
import { rowBoth, rowMinus, rowPlus } from '../change/row';
import { at, clampAll } from '../lanes';
import { filledOutputs, outputs, taps } from './geometry';

/** w' = changed(w, plus, minus) with both sides as sums [taps, filled outputs]; an address of 0 is an empty side. */
export function applySums(w: usize, out: usize, plus: usize, minus: usize): void {
  const filled = at(0, filledOutputs());
  const line = at(0, outputs);
  const rows = taps();
  for (let j = 0; j < rows; j++) {
    if (plus !== 0 && minus !== 0) rowBoth(outputs, w, out, plus, minus, 1, 1);
    else if (plus !== 0) rowPlus(outputs, w, out, plus, 1);
    else if (minus !== 0) rowMinus(outputs, w, out, minus, 1);
    else if (out !== w) clampAll(outputs, w, out, low, high);
    w += line;
    out += line;
    if (plus !== 0) plus += filled;
    if (minus !== 0) minus += filled;
  }
}
