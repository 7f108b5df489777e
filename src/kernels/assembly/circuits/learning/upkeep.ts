import { at } from '../../lanes';
import { Columns, Heterosynaptic, Population, Projection, Scaling } from '../records';
import { targetOf } from './pairRows';

// What changes weights besides a rule.

/** Brings the summed weights of each postsynaptic neuron to a total: by a factor, or by one amount for all its synapses. */
export function scaleWeights(q: Projection, scaling: Scaling): void {
  const neurons = changetype<Population>(q.to).size;
  const rows = changetype<Population>(q.from).size;
  const synapses = <usize>load<u32>(at(q.start, rows));
  memory.fill(scaling.sums, 0, (<usize>neurons) << 3);
  for (let s: usize = 0; s < synapses; s++) {
    const sum = scaling.sums + (targetOf(q, s) << 1);
    store<f64>(sum, load<f64>(sum) + <f64>load<f32>(q.weights + (s << 2)));
  }
  for (let j = 0; j < neurons; j++) store<f32>(at(scaling.shares, j), shareOf(scaling, j));
  for (let s: usize = 0; s < synapses; s++) {
    const w = q.weights + (s << 2);
    const share = load<f32>(scaling.shares + targetOf(q, s));
    store<f32>(w, scaling.counts === 0 ? load<f32>(w) * share : load<f32>(w) + share);
  }
}

function shareOf(scaling: Scaling, j: i32): f32 {
  const sum = load<f64>(scaling.sums + ((<usize>j) << 3));
  if (scaling.counts !== 0) {
    const count = load<i32>(at(scaling.counts, j));
    return count === 0 ? 0 : <f32>((<f64>scaling.total - sum) / <f64>count);
  }
  return sum === 0 ? 1 : <f32>(<f64>scaling.total / sum);
}

/** At each spike of a postsynaptic neuron all its weights lose a fraction. */
export function loseAtSpikes(q: Projection, heterosynaptic: Heterosynaptic): void {
  const population = changetype<Population>(q.to);
  const entries = changetype<Columns>(heterosynaptic.columns);
  const end = at(population.spikes, population.count);
  for (let spike = population.spikes; spike < end; spike += 4) {
    const column = at(entries.start, load<i32>(spike));
    const last = <usize>load<u32>(column, 4);
    for (let k = <usize>load<u32>(column); k < last; k++) {
      const w = q.weights + ((<usize>load<u32>(entries.slot + (k << 2))) << 2);
      store<f32>(w, load<f32>(w) * heterosynaptic.kept);
    }
  }
}
