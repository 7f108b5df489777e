import { at, clampLanes } from '../lanes';
import { dependence, etaMinus, etaPlus, high, low, lowered, raised } from './change';
import { ADDITIVE, POWER } from './dependence';

// A few columns of one row, from `w` to `out`: those in a list of byte offsets. `values` is what the columns' activity is
// multiplied with, 0 where all of it is 1.

/** Potentiation at the listed columns: w + a·value under the weight dependence. */
export function columnsPlus(w: usize, out: usize, list: usize, count: i32, values: usize, a: f32): void {
  if (dependence === POWER) gathered(POWER, w, out, list, count, values, a, true);
  else if (dependence !== ADDITIVE) gathered(dependence, w, out, list, count, values, a, true);
  else if (values !== 0) scaledSteps(w, out, list, count, values, etaPlus * a);
  else steps(w, out, list, count, etaPlus * a);
}

/** Depression at the listed columns: w − b·value under the weight dependence. */
export function columnsMinus(w: usize, out: usize, list: usize, count: i32, values: usize, b: f32): void {
  if (dependence !== ADDITIVE) gathered(dependence, w, out, list, count, values, b, false);
  else if (values !== 0) scaledSteps(w, out, list, count, values, -(etaMinus * b));
  else steps(w, out, list, count, -(etaMinus * b));
}

@inline
function step(w: usize, out: usize, change: v128, l: v128, h: v128): void {
  v128.store32_lane(out, clampLanes(f32x4.add(v128.load32_zero(w), change), l, h), 0);
}

@inline
function steps(w: usize, out: usize, list: usize, count: i32, size: f32): void {
  const change = f32x4.splat(size);
  const l = f32x4.splat(low);
  const h = f32x4.splat(high);
  const end = at(list, count);
  let q = list;
  for (const whole = at(list, count & ~1); q < whole; q += 8) {
    const first = <usize>load<u32>(q);
    const second = <usize>load<u32>(q, 4);
    step(w + first, out + first, change, l, h);
    step(w + second, out + second, change, l, h);
  }
  if (q < end) step(w + <usize>load<u32>(q), out + <usize>load<u32>(q), change, l, h);
}

function scaledSteps(w: usize, out: usize, list: usize, count: i32, values: usize, size: f32): void {
  const change = f32x4.splat(size);
  const l = f32x4.splat(low);
  const h = f32x4.splat(high);
  const end = at(list, count);
  for (let q = list; q < end; q += 4) {
    const o = <usize>load<u32>(q);
    step(w + o, out + o, f32x4.mul(change, v128.load32_zero(values + o)), l, h);
  }
}

/** Changes that depend on the weight: four listed columns at a time. */
@inline
function gathered(code: i32, w: usize, out: usize, list: usize, count: i32, values: usize, size: f32, up: bool): void {
  const splat = f32x4.splat(size);
  const end = at(list, count);
  let q = list;
  for (const whole = at(list, count & ~3); q < whole; q += 16) {
    const o0 = <usize>load<u32>(q);
    const o1 = <usize>load<u32>(q, 4);
    const o2 = <usize>load<u32>(q, 8);
    const o3 = <usize>load<u32>(q, 12);
    const change = values === 0 ? splat : f32x4.mul(splat, gather(values, o0, o1, o2, o3));
    const old = gather(w, o0, o1, o2, o3);
    const x = up ? raised(code, old, change) : lowered(code, old, change);
    v128.store32_lane(out + o0, x, 0);
    v128.store32_lane(out + o1, x, 1);
    v128.store32_lane(out + o2, x, 2);
    v128.store32_lane(out + o3, x, 3);
  }
  for (; q < end; q += 4) {
    const o = <usize>load<u32>(q);
    const change = values === 0 ? splat : f32x4.mul(splat, v128.load32_zero(values + o));
    const old = v128.load32_zero(w + o);
    v128.store32_lane(out + o, up ? raised(code, old, change) : lowered(code, old, change), 0);
  }
}

@inline
function gather(base: usize, o0: usize, o1: usize, o2: usize, o3: usize): v128 {
  const low = v128.load32_lane(base + o1, v128.load32_zero(base + o0), 1);
  return v128.load32_lane(base + o3, v128.load32_lane(base + o2, low, 2), 3);
}
