import { EVENT } from '../eventLists';
import { at } from '../lanes';

// sum += Σ over events of value · row, where an event's row begins at base + its offset. Sums stay in registers. The loops are
// functions of their own, exported so that the compiler leaves them apart: within a larger one they run out of registers.

/**
 * Adds rows of any length.
 *
 * @param words  of a row, a multiple of four; what is behind a row may be read.
 * @param ones   whether all values are 1.
 */
export function sumRows(sum: usize, base: usize, first: usize, end: usize, words: i32, ones: bool): void {
  const bytes = at(0, words);
  let o: usize = 0;
  if (ones) {
    for (; o + 128 <= bytes; o += 128) sumEight(sum + o, base + o, first, end);
    for (; o + 48 <= bytes; o += 48) sumThree(sum + o, base + o, first, end);
  }
  for (; o < bytes; o += 16) sumOne(sum + o, base + o, first, end);
}

/** Eight vectors of rows whose values are 1. */
export function sumEight(sum: usize, base: usize, first: usize, end: usize): void {
  let a = v128.load(sum);
  let b = v128.load(sum, 16);
  let c = v128.load(sum, 32);
  let d = v128.load(sum, 48);
  let e = v128.load(sum, 64);
  let f = v128.load(sum, 80);
  let g = v128.load(sum, 96);
  let h = v128.load(sum, 112);
  for (let event = first; event < end; event += EVENT) {
    const row = base + <usize>load<u32>(event);
    a = f32x4.add(a, v128.load(row));
    b = f32x4.add(b, v128.load(row, 16));
    c = f32x4.add(c, v128.load(row, 32));
    d = f32x4.add(d, v128.load(row, 48));
    e = f32x4.add(e, v128.load(row, 64));
    f = f32x4.add(f, v128.load(row, 80));
    g = f32x4.add(g, v128.load(row, 96));
    h = f32x4.add(h, v128.load(row, 112));
  }
  v128.store(sum, a);
  v128.store(sum, b, 16);
  v128.store(sum, c, 32);
  v128.store(sum, d, 48);
  v128.store(sum, e, 64);
  v128.store(sum, f, 80);
  v128.store(sum, g, 96);
  v128.store(sum, h, 112);
}

/** Three vectors of rows whose values are 1. */
export function sumThree(sum: usize, base: usize, first: usize, end: usize): void {
  let a = v128.load(sum);
  let b = v128.load(sum, 16);
  let c = v128.load(sum, 32);
  for (let event = first; event < end; event += EVENT) {
    const row = base + <usize>load<u32>(event);
    a = f32x4.add(a, v128.load(row));
    b = f32x4.add(b, v128.load(row, 16));
    c = f32x4.add(c, v128.load(row, 32));
  }
  v128.store(sum, a);
  v128.store(sum, b, 16);
  v128.store(sum, c, 32);
}

/** Three vectors of two rows each, for two sums: the chains of additions of one alone would wait for each other. */
export function sumTwiceThree(sum: usize, other: usize, base: usize, otherBase: usize, first: usize, end: usize): void {
  let a = v128.load(sum);
  let b = v128.load(sum, 16);
  let c = v128.load(sum, 32);
  let d = v128.load(other);
  let e = v128.load(other, 16);
  let f = v128.load(other, 32);
  for (let event = first; event < end; event += EVENT) {
    const offset = <usize>load<u32>(event);
    const row = base + offset;
    const otherRow = otherBase + offset;
    a = f32x4.add(a, v128.load(row));
    b = f32x4.add(b, v128.load(row, 16));
    c = f32x4.add(c, v128.load(row, 32));
    d = f32x4.add(d, v128.load(otherRow));
    e = f32x4.add(e, v128.load(otherRow, 16));
    f = f32x4.add(f, v128.load(otherRow, 32));
  }
  v128.store(sum, a);
  v128.store(sum, b, 16);
  v128.store(sum, c, 32);
  v128.store(other, d);
  v128.store(other, e, 16);
  v128.store(other, f, 32);
}

/** One vector of rows with any values. */
export function sumOne(sum: usize, base: usize, first: usize, end: usize): void {
  let a = v128.load(sum);
  for (let event = first; event < end; event += EVENT) {
    const row = base + <usize>load<u32>(event);
    a = f32x4.add(a, f32x4.mul(v128.load32_splat(event, 4), v128.load(row)));
  }
  v128.store(sum, a);
}
