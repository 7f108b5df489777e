import { halfTapOf, tapOf } from './sightings';

// The potentials of a block of maps after all that a list names, in registers. The loops are functions of their own, exported
// so that the compiler leaves them apart: within a larger one they run out of registers.

/** Of a whole block: `out` receives 32 potentials. */
export function sumBlock(weights: usize, first: usize, end: usize, out: usize): void {
  sum(true, weights, first, end, out);
}

/** Of a half block: `out` receives 16 potentials. */
export function sumHalf(weights: usize, first: usize, end: usize, out: usize): void {
  sum(false, weights, first, end, out);
}

@inline
function sum(whole: bool, weights: usize, first: usize, end: usize, out: usize): void {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let g = a;
  let h = a;
  for (let p = first; p < end; p += 4) {
    const w = weights + (whole ? tapOf(load<u32>(p)) : halfTapOf(load<u32>(p)));
    a = f32x4.add(a, v128.load(w));
    b = f32x4.add(b, v128.load(w, 16));
    c = f32x4.add(c, v128.load(w, 32));
    d = f32x4.add(d, v128.load(w, 48));
    if (!whole) continue;
    e = f32x4.add(e, v128.load(w, 64));
    f = f32x4.add(f, v128.load(w, 80));
    g = f32x4.add(g, v128.load(w, 96));
    h = f32x4.add(h, v128.load(w, 112));
  }
  v128.store(out, a);
  v128.store(out, b, 16);
  v128.store(out, c, 32);
  v128.store(out, d, 48);
  if (!whole) return;
  v128.store(out, e, 64);
  v128.store(out, f, 80);
  v128.store(out, g, 96);
  v128.store(out, h, 112);
}
