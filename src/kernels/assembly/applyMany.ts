import { countActive, EVENT, listWords, sortEvents } from './eventLists';
import { at, clampAll } from './lanes';
import { high, low } from './law';
import { rowBoth, rowMinus, rowPlus } from './row';
import { sumPieces } from './sumPieces';

// Many samples meet a dense w: Δ± = Σ pre ⊗ post over a batch and over the terms of a rule. The weights are visited once,
// in blocks that fit the first cache. Of each sample's two factors the side's rarer one decides what is added: post events
// add pieces of a column, pre events add rows.

const ROWS: i32 = 32;
const COLUMNS: i32 = 128;

/** Writes table entries for a batch: the addresses of each sample's pre and post. */
export function listSamples(table: usize, samples: i32, pre: usize, inputs: i32, post: usize, outputs: i32): void {
  for (let s = 0; s < samples; s++) {
    store<u32>(table + ((<usize>s) << 3), <u32>at(pre, s * inputs));
    store<u32>(table + ((<usize>s) << 3), <u32>at(post, s * outputs), 4);
  }
}

/** Words of scratch that {@link applyMany} takes. */
export function applyManyWords(rows: i32, columns: i32, plus: i32, minus: i32): i32 {
  return sideWords(rows, columns, plus) + sideWords(rows, columns, minus) + 32;
}

@inline
function sideWords(rows: i32, columns: i32, samples: i32): i32 {
  return listWords(samples, max(rows, columns)) + samples * ROWS + ROWS * COLUMNS + 4 * COLUMNS + 16;
}

/** One side of the change: its samples and, sorted, the events of the rarer factor. */
@unmanaged
class Side {
  samples: i32;
  table: usize;
  byPost: bool;
  /** Where the events of each column (by post) or row (by pre) begin. */
  starts: usize;
  /** By post: the pre of all samples on the present rows, ROWS words each. */
  pieces: usize;
  /** By post: the sums of the present block, column by column, ROWS words each. */
  block: usize;
  /** The sums of four rows of the present block. */
  lines: usize;
}

/**
 * w' = law(w, Σ_plus pre ⊗ post, Σ_minus pre ⊗ post).
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
  const lower = changetype<Side>(scratch + 32);
  prepare(raise, plus, plusTable, rows, columns, scratch + 64);
  prepare(lower, minus, minusTable, rows, columns, at(scratch + 64, sideWords(rows, columns, plus)));
  for (let top = 0; top < rows; top += ROWS) {
    const height = min(ROWS, rows - top);
    copyPieces(raise, top, height);
    copyPieces(lower, top, height);
    for (let left = 0; left < columns; left += COLUMNS) {
      const width = min(COLUMNS, columns - left);
      sumColumns(raise, left, width);
      sumColumns(lower, left, width);
      for (let row = 0; row < height; row += 4) {
        const filled = min(4, height - row);
        const raised = sumLines(raise, top + row, row, filled, left, width);
        const lowered = sumLines(lower, top + row, row, filled, left, width);
        for (let r = 0; r < filled; r++) {
          const o = at(0, (top + row + r) * columns + left);
          const p = raise.lines + <usize>r * 4 * COLUMNS;
          const m = lower.lines + <usize>r * 4 * COLUMNS;
          const up = (raised >> r) & 1;
          const down = (lowered >> r) & 1;
          if (up & down) rowBoth(width, w + o, out + o, p, m, 1, 1);
          else if (up) rowPlus(width, w + o, out + o, p, 1);
          else if (down) rowMinus(width, w + o, out + o, m, 1);
          else if (out !== w) clampAll(width, w + o, out + o, low, high);
        }
      }
    }
  }
}

function prepare(side: Side, samples: i32, table: usize, rows: i32, columns: i32, scratch: usize): void {
  const most = max(rows, columns);
  side.samples = samples;
  side.table = table;
  side.lines = scratch;
  side.block = at(side.lines, 4 * COLUMNS);
  side.pieces = at(side.block, ROWS * COLUMNS);
  side.starts = at(side.pieces, samples * ROWS);
  const events = at(side.starts, most + 2);
  const inputs = <u64>countActive(samples, rows, table, 8) * columns;
  const outputs = <u64>countActive(samples, columns, table + 4, 8) * rows;
  side.byPost = outputs <= inputs;
  if (side.byPost) sortEvents(samples, columns, table + 4, 8, 0, 4 * ROWS, side.starts, events);
  else sortEvents(samples, rows, table, 8, table + 4, 0, side.starts, events);
}

/** The pre of all samples on the present rows, side by side, zeros below the last row. */
function copyPieces(side: Side, top: i32, height: i32): void {
  if (!side.byPost) return;
  for (let s = 0; s < side.samples; s++) {
    const pre = at(<usize>load<u32>(side.table + ((<usize>s) << 3)), top);
    const piece = at(side.pieces, s * ROWS);
    if (height < ROWS) memory.fill(piece, 0, 4 * ROWS);
    memory.copy(piece, pre, at(0, height));
  }
}

/** By post: each column's sum of the pieces of its events. */
function sumColumns(side: Side, left: i32, width: i32): void {
  if (!side.byPost) return;
  let to = side.block;
  for (let i = left; i < left + width; i++) {
    const first = <usize>load<u32>(at(side.starts, i));
    const end = <usize>load<u32>(at(side.starts, i + 1));
    if (first === end) memory.fill(to, 0, 4 * ROWS);
    else sumPieces(to, side.pieces, first, end);
    to += 4 * ROWS;
  }
}

/** The sums of up to four rows as lines. Answers which of them hold anything, as bits. */
function sumLines(side: Side, row: i32, inBlock: i32, filled: i32, left: i32, width: i32): i32 {
  if (side.samples === 0) return 0;
  if (side.byPost) {
    transpose(side.block + <usize>inBlock * 4, side.lines, width);
    return 15;
  }
  let mask = 0;
  for (let r = 0; r < filled; r++) {
    const first = <usize>load<u32>(at(side.starts, row + r));
    const end = <usize>load<u32>(at(side.starts, row + r + 1));
    if (first === end) continue;
    mask |= 1 << r;
    sumPosts(side.lines + <usize>r * 4 * COLUMNS, first, end, at(0, left), width);
  }
  return mask;
}

/** Four words of each column of a block become four lines. */
@inline
function transpose(block: usize, lines: usize, width: i32): void {
  const end = at(0, (width + 3) & ~3);
  for (let o: usize = 0; o < end; o += 16) {
    const p = block + o * ROWS;
    const a = v128.load(p);
    const b = v128.load(p, 4 * ROWS);
    const c = v128.load(p, 8 * ROWS);
    const d = v128.load(p, 12 * ROWS);
    const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
    const ef = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
    const gh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
    const line = lines + o;
    v128.store(line, v128.shuffle<i64>(ab, cd, 0, 2));
    v128.store(line, v128.shuffle<i64>(ab, cd, 1, 3), 4 * COLUMNS);
    v128.store(line, v128.shuffle<i64>(ef, gh, 0, 2), 8 * COLUMNS);
    v128.store(line, v128.shuffle<i64>(ef, gh, 1, 3), 12 * COLUMNS);
  }
}

/** Σ value · post over the events of a row, on the present columns. */
@inline
function sumPosts(line: usize, first: usize, end: usize, left: usize, width: i32): void {
  const whole = at(0, width & ~3);
  const bytes = at(0, width);
  for (let event = first; event < end; event += EVENT) {
    const post = <usize>load<u32>(event) + left;
    const value = load<f32>(event, 4);
    const z = f32x4.splat(value);
    let o: usize = 0;
    if (event === first) {
      for (; o < whole; o += 16) v128.store(line + o, f32x4.mul(z, v128.load(post + o)));
      for (; o < bytes; o += 4) store<f32>(line + o, value * load<f32>(post + o));
    } else {
      for (; o < whole; o += 16) v128.store(line + o, f32x4.add(v128.load(line + o), f32x4.mul(z, v128.load(post + o))));
      for (; o < bytes; o += 4) store<f32>(line + o, load<f32>(line + o) + value * load<f32>(post + o));
    }
  }
}
