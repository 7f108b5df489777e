import { EVENT } from '../eventLists';

// Sums of pieces, Σ over at least one event of value · piece, in registers. Loops of their own, exported so that the compiler leaves
// them apart: within larger ones they run out of registers.

/** Words of a piece: as many sums, and as many words that wait to be added, as there are registers for. */
export const PIECE: i32 = 28;

/** One sum for each of a list of columns, to where `targets` says; an event's piece begins at base + its offset. */
export function sumEach(list: usize, listEnd: usize, targets: usize, starts: usize, base: usize): void {
  for (; list < listEnd; list += 4) sumColumn(load<u32>(list), targets, starts, base);
}

/** Sums side by side up to `end`, of the same events: an event's pieces begin at its address + shift. */
export function sumAlong(out: usize, outEnd: usize, shift: usize, first: usize, end: usize): void {
  for (; out < outEnd; out += 4 * PIECE, shift += 4 * PIECE) sumPiece(out, shift, first, end);
}

@inline
function sumColumn(column: u32, targets: usize, starts: usize, base: usize): void {
  const place = (<usize>column) << 2;
  const first = <usize>load<u32>(starts + place);
  sumPiece(<usize>load<u32>(targets + place), base, first, <usize>load<u32>(starts + place, 4));
}

@inline
function sumPiece(out: usize, base: usize, first: usize, end: usize): void {
  const head = base + <usize>load<u32>(first);
  let z = v128.load32_splat(first, 4);
  let a = f32x4.mul(z, v128.load(head));
  let b = f32x4.mul(z, v128.load(head, 16));
  let c = f32x4.mul(z, v128.load(head, 32));
  let d = f32x4.mul(z, v128.load(head, 48));
  let e = f32x4.mul(z, v128.load(head, 64));
  let f = f32x4.mul(z, v128.load(head, 80));
  let g = f32x4.mul(z, v128.load(head, 96));
  for (let event = first + EVENT; event < end; event += EVENT) {
    const piece = base + <usize>load<u32>(event);
    z = v128.load32_splat(event, 4);
    a = f32x4.add(a, f32x4.mul(z, v128.load(piece)));
    b = f32x4.add(b, f32x4.mul(z, v128.load(piece, 16)));
    c = f32x4.add(c, f32x4.mul(z, v128.load(piece, 32)));
    d = f32x4.add(d, f32x4.mul(z, v128.load(piece, 48)));
    e = f32x4.add(e, f32x4.mul(z, v128.load(piece, 64)));
    f = f32x4.add(f, f32x4.mul(z, v128.load(piece, 80)));
    g = f32x4.add(g, f32x4.mul(z, v128.load(piece, 96)));
  }
  v128.store(out, a);
  v128.store(out, b, 16);
  v128.store(out, c, 32);
  v128.store(out, d, 48);
  v128.store(out, e, 64);
  v128.store(out, f, 80);
  v128.store(out, g, 96);
}
