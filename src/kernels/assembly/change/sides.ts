import { EVENT, estimateActive, listWords, sortEvents } from '../eventLists';
import { at } from '../lanes';
import { PIECE, sumAlong, sumEach } from './sumPieces';
import { turnPieces } from './turnFour';

// One side of a change of a dense w by many samples, Δ = Σ pre ⊗ post, in blocks of ROWS × COLUMNS weights. Of each sample's
// two factors the side's rarer one decides what is added: post events add pieces of a column, pre events add rows. Where a
// single event says all, nothing is added up: what it points at is read in place.

export const ROWS: i32 = PIECE;
export const COLUMNS: i32 = 1024;
/** Words from line to line: lines a power of two apart would share few places of the cache. */
const LINE: i32 = COLUMNS + 16;

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
  /** By post: the rows of the present block. By pre: one row. */
  lines: usize;
}

/** Words of a {@link Side} and all that it points at. */
export function sideWords(rows: i32, columns: i32, samples: i32): i32 {
  const sorted = listWords(samples, max(rows, columns));
  return 16 + ROWS * LINE + ROWS * COLUMNS + (samples + 1) * ROWS + 2 * (columns + 4) + columns / COLUMNS + 4 + sorted;
}

/** Sorts the events of a side. */
export function prepareSide(side: Side, samples: i32, table: usize, rows: i32, columns: i32): void {
  side.samples = samples;
  side.table = table;
  side.lines = at(changetype<usize>(side), 16);
  side.block = at(side.lines, ROWS * LINE);
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
      for (let o: usize = 0; o < 4 * ROWS; o += 16) v128.store(piece + o, v128.load(pre + o));
      continue;
    }
    memory.fill(piece, 0, 4 * ROWS);
    memory.copy(piece, pre, at(0, height));
  }
}

/** By post: adds up the columns of a tile. */
export function sumColumns(side: Side, tile: i32): void {
  if (!side.byPost) return;
  const first = <usize>load<u32>(at(side.tiles, tile));
  const end = <usize>load<u32>(at(side.tiles, tile + 1));
  sumEach(first, end, side.columns, side.starts, side.pieces);
}

/** By post: turns the columns of the present block into lines. */
export function turnColumns(side: Side, left: i32, width: i32): void {
  if (!side.byPost || side.samples === 0) return;
  const columns = at(side.columns, left);
  const end = at(columns, (width + 3) & ~3);
  for (let p = columns, line = side.lines; p < end; p += 16, line += 16) {
    turnPieces(<usize>load<u32>(p), <usize>load<u32>(p, 4), <usize>load<u32>(p, 8), <usize>load<u32>(p, 12), line, 4 * LINE);
  }
}

/** Where the side's change of one row on the present columns is, until the next row is asked for; 0 when there is none. */
export function lineOf(side: Side, row: i32, top: i32, left: i32, width: i32): usize {
  if (side.samples === 0) return 0;
  const line = side.lines;
  if (side.byPost) return line + <usize>(row - top) * 4 * LINE;
  const first = <usize>load<u32>(at(side.starts, row));
  const end = <usize>load<u32>(at(side.starts, row + 1));
  if (first === end) return 0;
  if (first + EVENT === end && load<f32>(first, 4) === 1) return at(<usize>load<u32>(first), left);
  const bytes = at(0, width);
  const whole = bytes - (bytes % (4 * PIECE));
  const shift = at(0, left);
  let o = whole;
  sumAlong(line, line + whole, shift, first, end);
  if (whole > 0 && whole < bytes) {
    // The last piece overlaps the one before: its sums are the same ones.
    o = bytes;
    sumAlong(line + bytes - 4 * PIECE, line + bytes, shift + bytes - 4 * PIECE, first, end);
  }
  for (; o < bytes; o += 4) {
    let sum: f32 = 0;
    for (let event = first; event < end; event += EVENT)
      sum += load<f32>(event, 4) * load<f32>(<usize>load<u32>(event) + shift + o);
    store<f32>(line + o, sum);
  }
  return line;
}
