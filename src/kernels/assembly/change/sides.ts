import { EVENT, estimateActive, listWords, sortEvents } from '../eventLists';
import { at } from '../lanes';
import { sumPieces } from './sumPieces';

// One side of a change of a dense w by many samples, Δ = Σ pre ⊗ post, in blocks of ROWS × COLUMNS weights. Of each sample's
// two factors the side's rarer one decides what is added: post events add pieces of a column, pre events add rows. Where a
// single event says all, nothing is added up: what it points at is read in place.

export const ROWS: i32 = 32;
export const COLUMNS: i32 = 1024;

/** What is known of a side; lives in scratch. */
@unmanaged
export class Side {
  samples: i32;
  /** Addresses of the pre and post of each sample. */
  table: usize;
  byPost: bool;
  /** Where the events of each column (by post) or row (by pre) begin. */
  starts: usize;
  /** By post: the pre of all samples on the present rows, ROWS words each; one more piece of zeros. */
  pieces: usize;
  /** By post: for each column where its piece of the present block is. */
  columns: usize;
  /** By post: the columns that have to be added up, tile by tile, those of equal effort side by side. */
  efforts: usize;
  /** By post: where each tile's efforts begin. */
  tiles: usize;
  /** By post: the sums of the present block, ROWS words a column. */
  block: usize;
  /** Four rows of the present block. */
  lines: usize;
}

/** Words of a {@link Side} and all that it points at. */
export function sideWords(rows: i32, columns: i32, samples: i32): i32 {
  const sorted = listWords(samples, max(rows, columns));
  return 16 + 4 * COLUMNS + ROWS * COLUMNS + (samples + 1) * ROWS + 2 * (columns + 4) + columns / COLUMNS + 4 + sorted;
}

/** Sorts the events of a side. */
export function prepareSide(side: Side, samples: i32, table: usize, rows: i32, columns: i32): void {
  side.samples = samples;
  side.table = table;
  side.lines = at(changetype<usize>(side), 16);
  side.block = at(side.lines, 4 * COLUMNS);
  side.pieces = at(side.block, ROWS * COLUMNS);
  side.columns = at(side.pieces, (samples + 1) * ROWS);
  side.efforts = at(side.columns, columns + 4);
  side.tiles = at(side.efforts, columns + 4);
  side.starts = at(side.tiles, columns / COLUMNS + 4);
  const events = at(side.starts, max(rows, columns) + 2);
  const byPre = <u64>estimateActive(samples, rows, table, 8) * columns;
  const byPost = <u64>estimateActive(samples, columns, table + 4, 8) * rows;
  side.byPost = byPost <= byPre;
  if (!side.byPost) {
    sortEvents(samples, rows, table, 8, table + 4, 0, side.starts, events);
    return;
  }
  sortEvents(samples, columns, table + 4, 8, 0, 4 * ROWS, side.starts, events);
  memory.fill(at(side.pieces, samples * ROWS), 0, 4 * ROWS);
  pointColumns(side, columns);
  sortEfforts(side, columns);
}

@inline
function eventsOf(side: Side, column: i32): i32 {
  return (load<u32>(at(side.starts, column + 1)) - load<u32>(at(side.starts, column))) / <u32>EVENT;
}

/** Whether a column has to be added up: more than one event, or one that isn't 1. */
@inline
function hasEffort(side: Side, column: i32): bool {
  const count = eventsOf(side, column);
  return count > 1 || (count === 1 && load<f32>(<usize>load<u32>(at(side.starts, column)), 4) !== 1);
}

function pointColumns(side: Side, columns: i32): void {
  for (let i = 0; i < columns + 3; i++) {
    let piece = at(side.pieces, side.samples * ROWS);
    if (i < columns && hasEffort(side, i)) piece = at(side.block, (i % COLUMNS) * ROWS);
    else if (i < columns && eventsOf(side, i) === 1) piece = side.pieces + <usize>load<u32>(<usize>load<u32>(at(side.starts, i)));
    store<u32>(at(side.columns, i), <u32>piece);
  }
}

/** Equal counts follow each other, so that the processor can guess how long a sum is. */
function sortEfforts(side: Side, columns: i32): void {
  let next = side.efforts;
  let tile = side.tiles;
  const places = side.pieces; // not in use yet: where the next column of each count goes
  for (let left = 0; left < columns; left += COLUMNS) {
    store<u32>(tile, <u32>next);
    tile += 4;
    const right = min(columns, left + COLUMNS);
    memory.fill(places, 0, at(8, side.samples));
    for (let i = left; i < right; i++) {
      if (!hasEffort(side, i)) continue;
      const p = at(places, eventsOf(side, i) + 1);
      store<u32>(p, load<u32>(p) + 4);
    }
    for (let count = 1; count <= side.samples; count++) {
      const begin = next;
      next += <usize>load<u32>(at(places, count + 1));
      store<u32>(at(places, count), <u32>begin);
    }
    for (let i = left; i < right; i++) {
      if (!hasEffort(side, i)) continue;
      const p = at(places, eventsOf(side, i));
      const place = <usize>load<u32>(p);
      store<u32>(place, i);
      store<u32>(p, <u32>place + 4);
    }
  }
  store<u32>(tile, <u32>next);
}

/** By post: brings the pre of all samples on the present rows side by side, zeros below the last row. */
export function copyPieces(side: Side, top: i32, height: i32): void {
  if (!side.byPost) return;
  for (let s = 0; s < side.samples; s++) {
    const pre = at(<usize>load<u32>(side.table + ((<usize>s) << 3)), top);
    const piece = at(side.pieces, s * ROWS);
    if (height === ROWS) {
      for (let o: usize = 0; o < 4 * ROWS; o += 32) {
        v128.store(piece + o, v128.load(pre + o));
        v128.store(piece + o, v128.load(pre + o, 16), 16);
      }
      continue;
    }
    memory.fill(piece, 0, 4 * ROWS);
    memory.copy(piece, pre, at(0, height));
  }
}

/** By post: adds up the columns of a tile. */
export function sumColumns(side: Side, tile: i32): void {
  if (!side.byPost) return;
  const end = <usize>load<u32>(at(side.tiles, tile + 1));
  for (let p = <usize>load<u32>(at(side.tiles, tile)); p < end; p += 4) {
    const i = load<i32>(p);
    const starts = at(side.starts, i);
    const to = <usize>load<u32>(at(side.columns, i));
    sumPieces(to, side.pieces, <usize>load<u32>(starts), <usize>load<u32>(starts, 4));
  }
}

/** By post: turns four rows of the present block into lines. */
export function turnRows(side: Side, inBlock: i32, left: i32, width: i32): void {
  if (!side.byPost || side.samples === 0) return;
  const end = at(0, (width + 3) & ~3);
  const row = <usize>inBlock * 4;
  const columns = at(side.columns, left);
  for (let o: usize = 0; o < end; o += 16) {
    const a = v128.load(<usize>load<u32>(columns + o) + row);
    const b = v128.load(<usize>load<u32>(columns + o, 4) + row);
    const c = v128.load(<usize>load<u32>(columns + o, 8) + row);
    const d = v128.load(<usize>load<u32>(columns + o, 12) + row);
    const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
    const ef = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
    const gh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
    const line = side.lines + o;
    v128.store(line, v128.shuffle<i64>(ab, cd, 0, 2));
    v128.store(line, v128.shuffle<i64>(ab, cd, 1, 3), 4 * COLUMNS);
    v128.store(line, v128.shuffle<i64>(ef, gh, 0, 2), 8 * COLUMNS);
    v128.store(line, v128.shuffle<i64>(ef, gh, 1, 3), 12 * COLUMNS);
  }
}

/** Where the side's change of one row on the present columns is; 0 when there is none. `r` counts rows of {@link turnRows}. */
export function lineOf(side: Side, row: i32, r: i32, left: i32, width: i32): usize {
  const line = side.lines + <usize>r * 4 * COLUMNS;
  if (side.samples === 0) return 0;
  if (side.byPost) return line;
  const first = <usize>load<u32>(at(side.starts, row));
  const end = <usize>load<u32>(at(side.starts, row + 1));
  if (first === end) return 0;
  if (first + EVENT === end && load<f32>(first, 4) === 1) return at(<usize>load<u32>(first), left);
  const whole = at(0, width & ~31);
  const bytes = at(0, width);
  const shift = at(0, left);
  let o: usize = 0;
  for (; o < whole; o += 128) sumPieces(line + o, shift + o, first, end);
  if (whole > 0 && whole < bytes) {
    // The last piece overlaps the one before: its sums are the same ones.
    o = bytes;
    sumPieces(line + bytes - 128, shift + bytes - 128, first, end);
  }
  for (; o < bytes; o += 4) {
    let sum: f32 = 0;
    for (let event = first; event < end; event += EVENT)
      sum += load<f32>(event, 4) * load<f32>(<usize>load<u32>(event) + shift + o);
    store<f32>(line + o, sum);
  }
  return line;
}
