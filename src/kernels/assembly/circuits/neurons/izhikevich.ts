import { Izhikevich, Population, Receptor } from '../records';
import { listFour } from '../spikeLists';
import { flush } from '../values';

/**
 * Izhikevich's neurons: dv/dt = 0.04·v² + 5·v + 140 − u + I, in two half steps, then du/dt = a·(b·v − u). One that has reached the threshold
 * fires.
 *
 * @returns where the list of spikes ends.
 */
export function izhikevich(p: Population, t: i32): usize {
  const k = changetype<Izhikevich>(p.constants);
  const constant = f32x4.splat(k.drive);
  const half = f32x4.splat(k.half);
  const now = i32x4.splat(t);
  const v = p.v;
  const until = p.until;
  const drive = p.drive;
  const extra = p.extra;
  const first = p.receptors;
  const last = p.receptorsEnd;
  const bytes = (<usize>p.size) << 2;
  let end = p.spikes;
  for (let i: usize = 0; i < bytes; i += 16) {
    const before = v128.load(v + i);
    const u = v128.load(extra + i);
    let injected = drive === 0 ? constant : f32x4.add(constant, v128.load(drive + i));
    for (let r = first; r < last; r += offsetof<Receptor>()) {
      const receptor = changetype<Receptor>(r);
      const values = receptor.values + i;
      const own = v128.load(values);
      injected = f32x4.add(injected, own);
      v128.store(values, flush(f32x4.mul(own, f32x4.splat(receptor.decay))));
    }
    const moved = halfStep(halfStep(before, u, injected, half), u, injected, half);
    const isHeld = i32x4.gt_s(v128.load(until + i), now);
    const after = v128.bitselect(before, moved, isHeld);
    v128.store(v + i, after);
    const pull = f32x4.sub(f32x4.mul(f32x4.splat(k.b), after), u);
    v128.store(extra + i, f32x4.add(u, f32x4.mul(f32x4.splat(k.recovery), pull)));
    const isAbove = f32x4.ge(after, f32x4.splat(k.threshold));
    end = listFour(end, i32x4.bitmask(v128.andnot(isAbove, isHeld)), i);
  }
  return end;
}

@inline
function halfStep(v: v128, u: v128, injected: v128, half: v128): v128 {
  const slope = f32x4.add(f32x4.mul(f32x4.splat(0.04), v), f32x4.splat(5));
  const rise = f32x4.add(f32x4.sub(f32x4.add(f32x4.mul(slope, v), f32x4.splat(140)), u), injected);
  return f32x4.add(v, f32x4.mul(half, rise));
}
