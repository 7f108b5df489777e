import { at, clampLanes } from '../lanes';
import { changed, dependence, etaMinus, etaPlus, high, low, lowered, raised } from './change';
import { ADDITIVE, POWER } from './dependence';

// One row of w: the synapses of one input, in place or from `w` to `out`. An element is computed by the same operations
// in the same order on every path, so that they agree bit for bit. The additive change, the common one, has loops of its own.

/** Depression where `minus` is, potentiation where `plus` is: w + a·plus − b·minus under the weight dependence. */
export function rowBoth(columns: i32, w: usize, out: usize, plus: usize, minus: usize, a: f32, b: f32): void {
  const end = at(0, columns);
  let o: usize = 0;
  if (dependence === ADDITIVE) {
    const up = f32x4.splat(etaPlus * a);
    const down = f32x4.splat(etaMinus * b);
    const l = f32x4.splat(low);
    const h = f32x4.splat(high);
    for (const whole = end & ~63; o < whole; o += 64) {
      v128.store(out + o, both(v128.load(w + o), v128.load(plus + o), v128.load(minus + o), up, down, l, h));
      v128.store(out + o, both(v128.load(w + o, 16), v128.load(plus + o, 16), v128.load(minus + o, 16), up, down, l, h), 16);
      v128.store(out + o, both(v128.load(w + o, 32), v128.load(plus + o, 32), v128.load(minus + o, 32), up, down, l, h), 32);
      v128.store(out + o, both(v128.load(w + o, 48), v128.load(plus + o, 48), v128.load(minus + o, 48), up, down, l, h), 48);
    }
    for (; o < end; o += 4) {
      const x = both(v128.load32_zero(w + o), v128.load32_zero(plus + o), v128.load32_zero(minus + o), up, down, l, h);
      v128.store32_lane(out + o, x, 0);
    }
    return;
  }
  if (dependence === POWER) changeBoth(POWER, end, w, out, plus, minus, a, b);
  else changeBoth(dependence, end, w, out, plus, minus, a, b);
}

@inline
function changeBoth(code: i32, end: usize, w: usize, out: usize, plus: usize, minus: usize, a: f32, b: f32): void {
  const va = f32x4.splat(a);
  const vb = f32x4.splat(b);
  let o: usize = 0;
  for (const whole = end & ~15; o < whole; o += 16) {
    const p = f32x4.mul(va, v128.load(plus + o));
    const m = f32x4.mul(vb, v128.load(minus + o));
    v128.store(out + o, changed(code, v128.load(w + o), p, m));
  }
  for (; o < end; o += 4) {
    const p = f32x4.mul(va, v128.load32_zero(plus + o));
    const m = f32x4.mul(vb, v128.load32_zero(minus + o));
    v128.store32_lane(out + o, changed(code, v128.load32_zero(w + o), p, m), 0);
  }
}

@inline
function both(w: v128, plus: v128, minus: v128, up: v128, down: v128, l: v128, h: v128): v128 {
  return clampLanes(f32x4.add(w, f32x4.sub(f32x4.mul(up, plus), f32x4.mul(down, minus))), l, h);
}

/** Potentiation alone: w + a·plus under the weight dependence. */
export function rowPlus(columns: i32, w: usize, out: usize, plus: usize, a: f32): void {
  const end = at(0, columns);
  let o: usize = 0;
  if (dependence === ADDITIVE) {
    const up = f32x4.splat(etaPlus * a);
    const l = f32x4.splat(low);
    const h = f32x4.splat(high);
    for (const whole = end & ~31; o < whole; o += 32) {
      v128.store(out + o, clampLanes(f32x4.add(v128.load(w + o), f32x4.mul(up, v128.load(plus + o))), l, h));
      v128.store(out + o, clampLanes(f32x4.add(v128.load(w + o, 16), f32x4.mul(up, v128.load(plus + o, 16))), l, h), 16);
    }
    for (; o < end; o += 4) {
      const x = f32x4.add(v128.load32_zero(w + o), f32x4.mul(up, v128.load32_zero(plus + o)));
      v128.store32_lane(out + o, clampLanes(x, l, h), 0);
    }
    return;
  }
  const va = f32x4.splat(a);
  for (const whole = end & ~15; o < whole; o += 16)
    v128.store(out + o, raised(dependence, v128.load(w + o), f32x4.mul(va, v128.load(plus + o))));
  for (; o < end; o += 4) {
    const p = f32x4.mul(va, v128.load32_zero(plus + o));
    v128.store32_lane(out + o, raised(dependence, v128.load32_zero(w + o), p), 0);
  }
}

/** Depression alone: w − b·minus under the weight dependence. */
export function rowMinus(columns: i32, w: usize, out: usize, minus: usize, b: f32): void {
  const end = at(0, columns);
  let o: usize = 0;
  if (dependence === ADDITIVE) {
    const down = f32x4.splat(etaMinus * b);
    const l = f32x4.splat(low);
    const h = f32x4.splat(high);
    for (const whole = end & ~31; o < whole; o += 32) {
      v128.store(out + o, clampLanes(f32x4.sub(v128.load(w + o), f32x4.mul(down, v128.load(minus + o))), l, h));
      v128.store(out + o, clampLanes(f32x4.sub(v128.load(w + o, 16), f32x4.mul(down, v128.load(minus + o, 16))), l, h), 16);
    }
    for (; o < end; o += 4) {
      const x = f32x4.sub(v128.load32_zero(w + o), f32x4.mul(down, v128.load32_zero(minus + o)));
      v128.store32_lane(out + o, clampLanes(x, l, h), 0);
    }
    return;
  }
  const vb = f32x4.splat(b);
  for (const whole = end & ~15; o < whole; o += 16)
    v128.store(out + o, lowered(dependence, v128.load(w + o), f32x4.mul(vb, v128.load(minus + o))));
  for (; o < end; o += 4) {
    const m = f32x4.mul(vb, v128.load32_zero(minus + o));
    v128.store32_lane(out + o, lowered(dependence, v128.load32_zero(w + o), m), 0);
  }
}
