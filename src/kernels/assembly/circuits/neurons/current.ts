import { Current, Population, Receptor } from '../records';
import { listFour } from '../spikeLists';
import { exceeds, flush } from '../values';

/**
 * Neurons with currents: C·dv/dt = leak·(rest − v) + Σ I, with I held over a step: v' = u + (drive + Σ I − leak·u)·gain, where u is the
 * potential with the jumps of this step. Without a leak, gain is dt / C.
 *
 * @returns where the list of spikes ends.
 */
export function current(p: Population, t: i32): usize {
  const k = changetype<Current>(p.constants);
  const leak = f32x4.splat(k.leak);
  const constant = f32x4.splat(k.drive);
  const gain = f32x4.splat(k.gain);
  const threshold = f32x4.splat(k.threshold);
  const now = i32x4.splat(t);
  const v = p.v;
  const until = p.until;
  const drive = p.drive;
  const first = p.receptors;
  const last = p.receptorsEnd;
  const bytes = (<usize>p.size) << 2;
  let end = p.spikes;
  for (let i: usize = 0; i < bytes; i += 16) {
    const before = v128.load(v + i);
    let jumped = before;
    let injected = drive === 0 ? constant : f32x4.add(constant, v128.load(drive + i));
    for (let r = first; r < last; r += offsetof<Receptor>()) {
      const receptor = changetype<Receptor>(r);
      const values = receptor.values + i;
      const own = v128.load(values);
      injected = f32x4.add(injected, f32x4.mul(own, f32x4.splat(receptor.pull)));
      jumped = f32x4.add(jumped, f32x4.mul(own, f32x4.splat(receptor.jump)));
      v128.store(values, flush(f32x4.mul(own, f32x4.splat(receptor.decay))));
    }
    const moved = f32x4.add(jumped, f32x4.mul(f32x4.sub(injected, f32x4.mul(leak, jumped)), gain));
    const isHeld = i32x4.gt_s(v128.load(until + i), now);
    const after = v128.bitselect(before, moved, isHeld);
    v128.store(v + i, after);
    end = listFour(end, exceeds(after, threshold, isHeld), i);
  }
  return end;
}
