import { quotient, reciprocal } from '../change/buckets';
import { at } from '../lanes';
import { channels, columns, height, pad, rows, side, width } from './field';
import { markSpikes, marksOf64 } from './marks';

// What each output sees of all spikes of an image. A column of the kernel is cut into segments of up to four taps; for what may
// spike in a segment, its pattern, the sum of the weights stands in a table [channels, side, patterns of a column]. So what an
// output sees is a list of patterns, each a word, 256 · the line of the table. What it sees in a segment's rows of the input is a
// stretch of one list for all the columns of these rows, moved.

/** Words behind a list that may be read and written. */
const SLACK: i32 = 16;

@inline
function segments(): i32 {
  return (side + 3) >> 2;
}

/** Taps of a segment, as even as can be; the last one has what is left. */
@inline
function segmentTaps(): i32 {
  return (side + segments() - 1) / segments();
}

/** Lines of the table for a column of the kernel: the patterns of all its segments. */
export function patterns(): i32 {
  const taps = segmentTaps();
  const last = segments() - 1;
  return (last << taps) + (1 << (side - last * taps));
}

/** Words of the views of an image. */
export function viewsWords(): i32 {
  return listsWords() + segments() * listWords() + marksWords() + SLACK;
}

/** Words of the lists of all outputs. */
@inline
function listsWords(): i32 {
  const outputs = rows() * columns();
  return outputs + 1 + outputs * side * segments() * channels + SLACK;
}

/** Words of the list of a segment's rows: where each column begins, the patterns, and the same by place, a byte each. */
@inline
function listWords(): i32 {
  return width + 1 + width * channels + SLACK + (width * channels + 64) / 4;
}

@inline
function marksWords(): i32 {
  return ((height + 2 * pad) * width * channels + 64) / 4;
}

/** The table of the block that begins with a map: [channels, side, patterns of a column, maps of the block]. */
@inline
export function blockOfSums(sums: usize, map: i32): usize {
  return at(sums, map * channels * side * patterns());
}

/** The address of where the list of an output begins; that of the next is where it ends. */
@inline
export function listOf(views: usize, output: i32): usize {
  return at(views, output);
}

/**
 * Lists what each output sees.
 *
 * @param times  [height, width, channels], a byte each, `steps` for never; up to 15 bytes behind them are read.
 * @param views  receives the lists.
 */
export function viewAll(times: usize, steps: i32, views: usize): void {
  const lists = at(views, listsWords());
  const marks = at(lists, segments() * listWords());
  const perColumn = patterns();
  markSpikes(height * width * channels, times, steps, marks, pad * width * channels);
  let output = views;
  let next = at(views, rows() * columns() + 1);
  for (let row = 0; row < rows(); row++) {
    listSegments(marks + <usize>(row * width * channels), lists, perColumn);
    for (let left = -pad; left < columns() - pad; left++) {
      store<u32>(output, <u32>next);
      output += 4;
      next = copyStretches(lists, left, perColumn, next);
    }
  }
  store<u32>(output, <u32>next);
}

/** The patterns of all segments of the kernel, laid over all columns of the input at once. */
@inline
function listSegments(marks: usize, lists: usize, perColumn: i32): void {
  const taps = segmentTaps();
  let line = 0;
  for (let tap = 0; tap < side; tap += taps) {
    listPatterns(marks + <usize>(tap * width * channels), min(taps, side - tap), line, perColumn, lists);
    line += 1 << taps;
    lists = at(lists, listWords());
  }
}

/** Lists the patterns of `taps` rows as they are seen by an output whose field begins with the first column. */
function listPatterns(marks: usize, taps: i32, line: i32, perColumn: i32, list: usize): void {
  const count = width * channels;
  const byChannels = reciprocal(channels);
  const seen = at(list, width + 1 + count + SLACK);
  findPatterns(marks, taps, seen);
  let next = at(list, width + 1);
  let column = 0;
  for (let i = 0; i < count; i += 64) {
    const mask = marksOf64(seen + <usize>i, count - i);
    const end = min(i + 64, count);
    for (; column * channels < end; column++) {
      const before = ~(~(<u64>0) << (column * channels - i));
      store<u32>(at(list, column), <u32>next + ((<u32>popcnt(mask & before)) << 2));
    }
    for (let rest = mask; rest; rest &= rest - 1) {
      const place = i + <i32>ctz(rest);
      const x = quotient(place, byChannels);
      const tap = (place - x * channels) * side + x;
      store<i32>(next, (tap * perColumn + line + <i32>load<u8>(seen + <usize>place)) << 8);
      next += 4;
    }
  }
  store<u32>(at(list, width), <u32>next);
}

/** The patterns of `taps` rows by place, a byte each. */
@inline
function findPatterns(marks: usize, taps: i32, out: usize): void {
  const row = <usize>(width * channels);
  for (let i: usize = 0; i < row; i += 16) {
    let bit = i8x16.splat(1);
    let pattern = v128.and(v128.load(marks + i), bit);
    for (let tap = 1; tap < taps; tap++) {
      bit = i8x16.shl(bit, 1);
      pattern = v128.or(pattern, v128.and(v128.load(marks + i + row * tap), bit));
    }
    v128.store(out + i, pattern);
  }
}

/** Copies what an output sees of each segment; answers where its list ends. */
@inline
function copyStretches(lists: usize, left: i32, perColumn: i32, next: usize): usize {
  const first = at(0, min(max(0, left), width));
  const end = at(0, max(0, min(width, left + side)));
  const moved = i32x4.splat((-left * perColumn) << 8);
  for (let segment = 0; segment < segments(); segment++) {
    const begin = <usize>load<u32>(lists + first);
    const bytes = <usize>load<u32>(lists + end) - begin;
    for (let o: usize = 0; o < bytes; o += 64) copyMoved(next + o, begin + o, moved);
    next += bytes;
    lists = at(lists, listWords());
  }
  return next;
}

/** Copies 16 words with a number added to each: it is seldom more, and how many there are is hard to guess. */
@inline
function copyMoved(to: usize, from: usize, by: v128): void {
  v128.store(to, i32x4.add(v128.load(from), by));
  v128.store(to, i32x4.add(v128.load(from, 16), by), 16);
  v128.store(to, i32x4.add(v128.load(from, 32), by), 32);
  v128.store(to, i32x4.add(v128.load(from, 48), by), 48);
}
