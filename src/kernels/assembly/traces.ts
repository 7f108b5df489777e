import { at } from './lanes';

/**
 * One step of an exponential trace with one time constant: out = trace·decay + spikes·height; with `nearest` a spike
 * replaces what is left of earlier ones.
 */
export function traceStep(count: i32, trace: usize, spikes: usize, out: usize, decay: f32, height: f32, nearest: bool): void {
  const d = f32x4.splat(decay);
  const h = f32x4.splat(height);
  const none = f32x4.splat(0);
  const whole = at(0, count & ~3);
  const end = at(0, count);
  let o: usize = 0;
  if (nearest) {
    for (; o < whole; o += 16) {
      const z = v128.load(spikes + o);
      const kept = v128.and(f32x4.mul(v128.load(trace + o), d), f32x4.eq(z, none));
      v128.store(out + o, f32x4.add(kept, f32x4.mul(z, h)));
    }
    for (; o < end; o += 4) {
      const z = load<f32>(spikes + o);
      store<f32>(out + o, (z === 0 ? load<f32>(trace + o) * decay : 0) + z * height);
    }
    return;
  }
  for (; o < whole; o += 16)
    v128.store(out + o, f32x4.add(f32x4.mul(v128.load(trace + o), d), f32x4.mul(v128.load(spikes + o), h)));
  for (; o < end; o += 4) store<f32>(out + o, load<f32>(trace + o) * decay + load<f32>(spikes + o) * height);
}
