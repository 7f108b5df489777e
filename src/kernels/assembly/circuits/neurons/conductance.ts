import { exp2 } from '../../powers';
import { Conductance, Population, Receptor } from '../records';
import { listFour } from '../spikeLists';
import { exceeds, flush } from '../values';

// Neurons with conductances: C·dv/dt = leak·(rest − v) + Σ g·(reversal − v) + current. With g held over a step, q = g·dt/C,
//
//     v' = v + (drive + Σ g·reversal − g·v)·(dt/C) / (q / (1 − exp(−q)))
//     q / (1 − exp(−q)) = 1 + q/2 + q²/12 up to q = 3, and q + 1/4 from there on, with the same slope
//
// which is Padé's form where steps are short, and never overshoots where g is large.

/** @returns where the list of spikes ends. */
export function conductance(p: Population, t: i32): usize {
  return isPair(p) ? integrate(p, t, true, false, false) : integrate(p, t, false, false, false);
}

/** With a threshold that each spike raises. */
export function adaptive(p: Population, t: i32): usize {
  return isPair(p) ? integrate(p, t, true, true, false) : integrate(p, t, false, true, false);
}

/** With an exponential upstroke and a current of adaptation, both held over the step. */
export function adEx(p: Population, t: i32): usize {
  return integrate(p, t, false, false, true);
}

/** Whether there are two receptors, whose constants stay in registers. */
@inline
function isPair(p: Population): bool {
  return p.receptorsEnd - p.receptors === 2 * offsetof<Receptor>();
}

@inline
function integrate(p: Population, t: i32, hasTwo: bool, isAdaptive: bool, isExponential: bool): usize {
  const k = changetype<Conductance>(p.constants);
  const leak = f32x4.splat(k.leak);
  const constant = f32x4.splat(k.drive);
  const pace = f32x4.splat(k.pace);
  const threshold = f32x4.splat(k.threshold);
  const decay = f32x4.splat(k.decay);
  const now = i32x4.splat(t);
  const v = p.v;
  const until = p.until;
  const drive = p.drive;
  const extra = p.extra;
  const first = p.receptors;
  const last = p.receptorsEnd;
  const one = changetype<Receptor>(first);
  const other = changetype<Receptor>(first + offsetof<Receptor>());
  const ones = hasTwo ? one.values : 0;
  const others = hasTwo ? other.values : 0;
  const pullOfOne = f32x4.splat(hasTwo ? one.pull : 0);
  const pullOfOther = f32x4.splat(hasTwo ? other.pull : 0);
  const decayOfOne = f32x4.splat(hasTwo ? one.decay : 0);
  const decayOfOther = f32x4.splat(hasTwo ? other.decay : 0);
  const bytes = (<usize>p.size) << 2;
  let end = p.spikes;
  for (let i: usize = 0; i < bytes; i += 16) {
    const before = v128.load(v + i);
    let g = leak;
    let injected = drive === 0 ? constant : f32x4.add(constant, v128.load(drive + i));
    if (hasTwo) {
      const g1 = v128.load(ones + i);
      const g2 = v128.load(others + i);
      g = f32x4.add(f32x4.add(g, g1), g2);
      injected = f32x4.add(f32x4.add(injected, f32x4.mul(g1, pullOfOne)), f32x4.mul(g2, pullOfOther));
      v128.store(ones + i, flush(f32x4.mul(g1, decayOfOne)));
      v128.store(others + i, flush(f32x4.mul(g2, decayOfOther)));
    } else {
      for (let r = first; r < last; r += offsetof<Receptor>()) {
        const receptor = changetype<Receptor>(r);
        const values = receptor.values + i;
        const own = v128.load(values);
        g = f32x4.add(g, own);
        injected = f32x4.add(injected, f32x4.mul(own, f32x4.splat(receptor.pull)));
        v128.store(values, flush(f32x4.mul(own, f32x4.splat(receptor.decay))));
      }
    }
    let limit = threshold;
    if (isAdaptive) {
      const theta = v128.load(extra + i);
      limit = f32x4.add(threshold, theta);
      v128.store(extra + i, flush(f32x4.mul(theta, decay)));
    }
    if (isExponential) {
      const w = v128.load(extra + i);
      const above = f32x4.sub(f32x4.pmin(before, threshold), f32x4.splat(k.knee));
      const rise = f32x4.mul(f32x4.splat(k.rise), exp2(f32x4.mul(above, f32x4.splat(k.sharpness))));
      injected = f32x4.add(injected, f32x4.sub(rise, w));
      const pull = f32x4.mul(f32x4.splat(k.coupling), f32x4.sub(before, f32x4.splat(k.rest)));
      v128.store(extra + i, flush(f32x4.add(f32x4.mul(w, decay), pull)));
    }
    const q = f32x4.mul(g, pace);
    const near = f32x4.pmin(q, f32x4.splat(3));
    const bend = f32x4.mul(near, f32x4.sub(f32x4.mul(near, f32x4.splat(<f32>(1.0 / 12))), f32x4.splat(0.5)));
    const part = f32x4.div(pace, f32x4.add(f32x4.add(f32x4.splat(1), q), bend));
    const move = f32x4.mul(f32x4.sub(injected, f32x4.mul(g, before)), part);
    const isHeld = i32x4.gt_s(v128.load(until + i), now);
    const after = f32x4.add(before, v128.andnot(move, isHeld));
    v128.store(v + i, after);
    end = listFour(end, exceeds(after, limit, isHeld), i);
  }
  return end;
}
