import { Population, Receptor, SpikeResponse } from '../records';
import { listFour } from '../spikeLists';
import { exceeds, flush } from '../values';

/**
 * Neurons of the spike response model: u' = membrane·u + gain·g + after·a, with g of the synapses and a of the after-potential, which decay
 * alike. While refractory they go on, but don't fire.
 *
 * @returns where the list of spikes ends.
 */
export function spikeResponse(p: Population, t: i32): usize {
  const k = changetype<SpikeResponse>(p.constants);
  const receptor = changetype<Receptor>(p.receptors);
  const values = receptor.values;
  const synapse = f32x4.splat(k.synapse);
  const threshold = f32x4.splat(k.threshold);
  const now = i32x4.splat(t);
  const v = p.v;
  const until = p.until;
  const drive = p.drive;
  const extra = p.extra;
  const bytes = (<usize>p.size) << 2;
  let end = p.spikes;
  for (let i: usize = 0; i < bytes; i += 16) {
    const g = v128.load(values + i);
    const a = v128.load(extra + i);
    let u = f32x4.mul(v128.load(v + i), f32x4.splat(k.membrane));
    u = f32x4.add(f32x4.add(u, f32x4.mul(g, f32x4.splat(k.gain))), f32x4.mul(a, f32x4.splat(k.after)));
    if (drive !== 0) u = f32x4.add(u, v128.load(drive + i));
    v128.store(v + i, u);
    v128.store(values + i, flush(f32x4.mul(g, synapse)));
    v128.store(extra + i, flush(f32x4.mul(a, synapse)));
    end = listFour(end, exceeds(u, threshold, i32x4.gt_s(v128.load(until + i), now)), i);
  }
  return end;
}
