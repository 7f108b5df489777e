import { at } from './lanes';

// What the activities of a rule are made of besides traces, and what an eligibility asks of its weight.

/** out = a · b. */
export function multiply(count: i32, a: usize, b: usize, out: usize): void {
  const whole = at(0, count & ~3);
  const end = at(0, count);
  let o: usize = 0;
  for (; o < whole; o += 16) v128.store(out + o, f32x4.mul(v128.load(a + o), v128.load(b + o)));
  for (; o < end; o += 4) store<f32>(out + o, load<f32>(a + o) * load<f32>(b + o));
}

/** out = a where a > threshold, less the threshold; else 0. */
export function rectify(count: i32, a: usize, threshold: f32, out: usize): void {
  const limit = f32x4.splat(threshold);
  const none = f32x4.splat(0);
  const whole = at(0, count & ~3);
  const end = at(0, count);
  let o: usize = 0;
  for (; o < whole; o += 16) v128.store(out + o, f32x4.pmax(none, f32x4.sub(v128.load(a + o), limit)));
  for (; o < end; o += 4) {
    const above = load<f32>(a + o) - threshold;
    store<f32>(out + o, above > 0 ? above : 0);
  }
}

/** Adds what is above 0 of factor·change to `plus`, and the size of what is below 0 to `minus`. */
export function addSigned(count: i32, change: usize, factor: f32, plus: usize, minus: usize): void {
  const f = f32x4.splat(factor);
  const none = f32x4.splat(0);
  const whole = at(0, count & ~3);
  const end = at(0, count);
  let o: usize = 0;
  for (; o < whole; o += 16) {
    const signed = f32x4.mul(f, v128.load(change + o));
    v128.store(plus + o, f32x4.add(v128.load(plus + o), f32x4.pmax(none, signed)));
    v128.store(minus + o, f32x4.add(v128.load(minus + o), f32x4.pmax(none, f32x4.neg(signed))));
  }
  for (; o < end; o += 4) {
    const signed = factor * load<f32>(change + o);
    store<f32>(plus + o, load<f32>(plus + o) + (signed > 0 ? signed : 0));
    store<f32>(minus + o, load<f32>(minus + o) + (signed < 0 ? -signed : 0));
  }
}
