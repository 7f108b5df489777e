import { EVENT } from '../eventLists';

/**
 * out = Σ over at least one event of value · piece, where an event's piece of 32 words begins at base + its offset. A function
 * of its own, exported so that the compiler leaves it apart: within a larger one it runs out of registers.
 */
export function sumPieces(out: usize, base: usize, first: usize, end: usize): void {
  const head = base + <usize>load<u32>(first);
  let z = v128.load32_splat(first, 4);
  let a = f32x4.mul(z, v128.load(head));
  let b = f32x4.mul(z, v128.load(head, 16));
  let c = f32x4.mul(z, v128.load(head, 32));
  let d = f32x4.mul(z, v128.load(head, 48));
  let e = f32x4.mul(z, v128.load(head, 64));
  let f = f32x4.mul(z, v128.load(head, 80));
  let g = f32x4.mul(z, v128.load(head, 96));
  let h = f32x4.mul(z, v128.load(head, 112));
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
    h = f32x4.add(h, f32x4.mul(z, v128.load(piece, 112)));
  }
  v128.store(out, a);
  v128.store(out, b, 16);
  v128.store(out, c, 32);
  v128.store(out, d, 48);
  v128.store(out, e, 64);
  v128.store(out, f, 80);
  v128.store(out, g, 96);
  v128.store(out, h, 112);
}
