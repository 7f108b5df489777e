import { at, CACHED, clampAll, touch } from '../lanes';
import { high, low } from './change';
import { rowBoth, rowMinus, rowPlus } from './row';
import { COLUMNS, copyPieces, lineOf, prepareSide, ROWS, Side, sideWords, sumColumns, turnColumns } from './sides';

// Many samples meet a dense w: Δ± = Σ pre ⊗ post over a batch and over the terms of a rule. The weights are visited once, in
// blocks that fit the first cache.

/** Writes table entries for a batch: the addresses of each sample's pre and post. */
export function listSamples(table: usize, samples: i32, pre: usize, inputs: i32, post: usize, outputs: i32): void {
  for (let s = 0; s < samples; s++) {
    store<u32>(table + ((<usize>s) << 3), <u32>at(pre, s * inputs));
    store<u32>(table + ((<usize>s) << 3), <u32>at(post, s * outputs), 4);
  }
}

/** Words of scratch that {@link applyMany} takes. */
export function applyManyWords(rows: i32, columns: i32, plus: i32, minus: i32): i32 {
  return sideWords(rows, columns, plus) + sideWords(rows, columns, minus) + 4;
}

/**
 * w' = changed(w, Σ_plus pre ⊗ post, Σ_minus pre ⊗ post).
 *
 * @param plusTable  addresses of the pre and post of each of `plus` samples, see {@link listSamples}.
 * @param scratch    {@link applyManyWords}, a multiple of 16.
 */
export function applyMany(
  rows: i32,
  columns: i32,
  w: usize,
  out: usize,
  plus: i32,
  plusTable: usize,
  minus: i32,
  minusTable: usize,
  scratch: usize,
): void {
  const raise = changetype<Side>(scratch);
  const lower = changetype<Side>(at(scratch, sideWords(rows, columns, plus)));
  prepareSide(raise, plus, plusTable, rows, columns);
  prepareSide(lower, minus, minusTable, rows, columns);
  const streamed = at(0, rows) * <usize>columns > CACHED;
  const sink = at(scratch, applyManyWords(rows, columns, plus, minus) - 4);
  for (let top = 0; top < rows; top += ROWS) {
    const height = min(ROWS, rows - top);
    copyPieces(raise, top, height);
    copyPieces(lower, top, height);
    if (streamed) touch(at(0, height) * <usize>columns, w + at(0, top) * <usize>columns, sink);
    for (let left = 0; left < columns; left += COLUMNS) {
      const width = min(COLUMNS, columns - left);
      const corner = at(0, left) + at(0, top) * <usize>columns;
      prepareBlock(raise, left, width);
      prepareBlock(lower, left, width);
      changeBlock(raise, lower, top, height, left, width, w + corner, out + corner, columns);
    }
  }
}

@inline
function prepareBlock(side: Side, left: i32, width: i32): void {
  sumColumns(side, left / COLUMNS);
  turnColumns(side, left, width);
}

@inline
function changeBlock(
  raise: Side,
  lower: Side,
  top: i32,
  height: i32,
  left: i32,
  width: i32,
  w: usize,
  out: usize,
  columns: i32,
): void {
  for (let row = top; row < top + height; row++) {
    const up = lineOf(raise, row, top, left, width);
    const down = lineOf(lower, row, top, left, width);
    if (up !== 0 && down !== 0) rowBoth(width, w, out, up, down, 1, 1);
    else if (up !== 0) rowPlus(width, w, out, up, 1);
    else if (down !== 0) rowMinus(width, w, out, down, 1);
    else if (out !== w) clampAll(width, w, out, low, high);
    w = at(w, columns);
    out = at(out, columns);
  }
}
