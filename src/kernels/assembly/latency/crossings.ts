import { halfTapOf, tapOf } from './sightings';

// The times at which the maps of a block fire for the first time. Potentials only rise, so a time is the number of steps after
// which the potential is not above the threshold. Functions of their own, as in sumPatterns.ts.

/**
 * Of a whole block.
 *
 * @param from     the sighting with which a threshold can be crossed at all; nothing is compared before it.
 * @param earlier  32 bytes: receives the times where they are earlier than what is there.
 */
export function crossBlock(w: usize, first: usize, from: usize, end: usize, threshold: f32, steps: i32, earlier: usize): void {
  cross(true, w, first, from, end, threshold, steps, earlier);
}

/** Of a half block, likewise: 16 bytes. */
export function crossHalf(w: usize, first: usize, from: usize, end: usize, threshold: f32, steps: i32, earlier: usize): void {
  cross(false, w, first, from, end, threshold, steps, earlier);
}

@inline
function cross(
  whole: bool,
  weights: usize,
  first: usize,
  from: usize,
  end: usize,
  threshold: f32,
  steps: i32,
  earlier: usize,
): void {
  const level = f32x4.splat(threshold);
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let g = a;
  let h = a;
  let p = first;
  for (; p < from; p += 4) {
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
  let now = v128.load8_splat(p);
  let late = now;
  let lateToo = now;
  for (; p < end; p += 4) {
    const time = v128.load8_splat(p);
    const passed = i8x16.sub(time, now);
    late = i8x16.add(late, v128.and(passed, notAbove(a, b, c, d, level)));
    if (whole) lateToo = i8x16.add(lateToo, v128.and(passed, notAbove(e, f, g, h, level)));
    now = time;
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
  const passed = i8x16.sub(i8x16.splat(<i8>steps), now);
  late = i8x16.add(late, v128.and(passed, notAbove(a, b, c, d, level)));
  v128.store(earlier, i8x16.min_u(v128.load(earlier), late));
  if (!whole) return;
  lateToo = i8x16.add(lateToo, v128.and(passed, notAbove(e, f, g, h, level)));
  v128.store(earlier, i8x16.min_u(v128.load(earlier, 16), lateToo), 16);
}

/** Which of 16 potentials are not above the level, as bytes of ones. */
@inline
function notAbove(a: v128, b: v128, c: v128, d: v128, level: v128): v128 {
  const first = i16x8.narrow_i32x4_s(f32x4.le(a, level), f32x4.le(b, level));
  const second = i16x8.narrow_i32x4_s(f32x4.le(c, level), f32x4.le(d, level));
  return i8x16.narrow_i16x8_s(first, second);
}
