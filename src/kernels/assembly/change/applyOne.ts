import { at, CACHED, clampAll, copyRow, touch } from '../lanes';
import { areOnes, collect, TOO_MANY } from '../spikes';
import { high, low } from './change';
import { columnsMinus, columnsPlus } from './columns';
import { rowBoth, rowMinus, rowPlus } from './row';

/**
 * One sample meets a dense w: Δ₊ = plusPre ⊗ plusPost, Δ₋ = minusPre ⊗ minusPost (an address of 0: that side is empty).
 * Rows whose pre is 0 on both sides are left alone; a row with one side visits only the columns whose post isn't 0, when
 * those are few.
 *
 * @param bounded  whether all weights lie within the clamp already, so that those that nothing touches keep their value; in place
 *                 (`out` = `w`) they must.
 * @param scratch  2·(columns + 64) words.
 */
export function applyOne(
  rows: i32,
  columns: i32,
  w: usize,
  out: usize,
  bounded: bool,
  plusPre: usize,
  plusPost: usize,
  minusPre: usize,
  minusPost: usize,
  scratch: usize,
): void {
  // Where all of a row is written anyway, its columns at once soon cost less than some of them twice.
  const few = out === w ? columns / 3 : columns / 16;
  const plusList = scratch;
  const minusList = at(scratch, columns + 64);
  const plusCount = plusPre === 0 ? 0 : collect(columns, plusPost, plusList, few);
  const minusCount = minusPre === 0 ? 0 : collect(columns, minusPost, minusList, few);
  const plusValues = plusCount === TOO_MANY || areOnes(plusPost, plusList, plusCount) ? <usize>0 : plusPost;
  const minusValues = minusCount === TOO_MANY || areOnes(minusPost, minusList, minusCount) ? <usize>0 : minusPost;
  const length = at(0, columns);
  const streamed = out === w && length * <usize>rows > CACHED;
  for (let j = 0; j < rows; j++) {
    const a = plusCount === 0 ? <f32>0 : load<f32>(at(plusPre, j));
    const b = minusCount === 0 ? <f32>0 : load<f32>(at(minusPre, j));
    const plusWhole = a !== 0 && plusCount === TOO_MANY;
    const minusWhole = b !== 0 && minusCount === TOO_MANY;
    if (a !== 0 && b !== 0) rowBoth(columns, w, out, plusPost, minusPost, a, b);
    else if (plusWhole) rowPlus(columns, w, out, plusPost, a);
    else if (minusWhole) rowMinus(columns, w, out, minusPost, b);
    else {
      if (out !== w) {
        if (bounded) copyRow(columns, w, out);
        else clampAll(columns, w, out, low, high);
      }
      if (a !== 0) {
        if (streamed && midway(plusCount, columns)) touch(length, w, scratch - 16);
        columnsPlus(w, out, plusList, plusCount, plusValues, a);
      } else if (b !== 0) columnsMinus(w, out, minusList, minusCount, minusValues, b);
    }
    w += length;
    out += length;
  }
}

/** Between about 2 and 12 % of columns, most lines of a row are needed but no prefetcher guesses which. */
@inline
function midway(count: i32, columns: i32): bool {
  return count * 50 > columns && count * 8 < columns;
}
