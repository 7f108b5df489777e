import { EVENT } from './eventLists';
import { at } from './lanes';

/**
 * sum += Σ over events of value · row, where an event's row begins at base + its offset. Sums stay in registers.
 *
 * @param words  of a row, filled up to a multiple of four; what lies behind a row may be read.
 * @param whole  whether all values are 1.
 */
export function sumRows(sum: usize, base: usize, first: usize, end: usize, words: i32, ones: bool): void {
  if (first === end) return;
  if (ones) sumAll(sum, base, first, end, words, true);
  else sumAll(sum, base, first, end, words, false);
}

@inline
function sumAll(sum: usize, base: usize, first: usize, end: usize, words: i32, ones: bool): void {
  const bytes = at(0, words);
  let o: usize = 0;
  for (; o + 128 <= bytes; o += 128) sumEight(sum + o, base + o, first, end, ones);
  for (; o + 48 <= bytes; o += 48) sumThree(sum + o, base + o, first, end, ones);
  for (; o < bytes; o += 16) sumOne(sum + o, base + o, first, end, ones);
}

@inline
function part(row: usize, offset: usize, z: v128, ones: bool): v128 {
  const values = v128.load(row + offset);
  return ones ? values : f32x4.mul(z, values);
}

@inline
function valueOf(event: usize, ones: bool): v128 {
  return ones ? f32x4.splat(1) : v128.load32_splat(event, 4);
}

@inline
function sumEight(sum: usize, base: usize, first: usize, end: usize, ones: bool): void {
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
    const z = valueOf(event, ones);
    a = f32x4.add(a, part(row, 0, z, ones));
    b = f32x4.add(b, part(row, 16, z, ones));
    c = f32x4.add(c, part(row, 32, z, ones));
    d = f32x4.add(d, part(row, 48, z, ones));
    e = f32x4.add(e, part(row, 64, z, ones));
    f = f32x4.add(f, part(row, 80, z, ones));
    g = f32x4.add(g, part(row, 96, z, ones));
    h = f32x4.add(h, part(row, 112, z, ones));
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

@inline
function sumThree(sum: usize, base: usize, first: usize, end: usize, ones: bool): void {
  let a = v128.load(sum);
  let b = v128.load(sum, 16);
  let c = v128.load(sum, 32);
  for (let event = first; event < end; event += EVENT) {
    const row = base + <usize>load<u32>(event);
    const z = valueOf(event, ones);
    a = f32x4.add(a, part(row, 0, z, ones));
    b = f32x4.add(b, part(row, 16, z, ones));
    c = f32x4.add(c, part(row, 32, z, ones));
  }
  v128.store(sum, a);
  v128.store(sum, b, 16);
  v128.store(sum, c, 32);
}

@inline
function sumOne(sum: usize, base: usize, first: usize, end: usize, ones: bool): void {
  let a = v128.load(sum);
  for (let event = first; event < end; event += EVENT) {
    const row = base + <usize>load<u32>(event);
    a = f32x4.add(a, part(row, 0, valueOf(event, ones), ones));
  }
  v128.store(sum, a);
}
