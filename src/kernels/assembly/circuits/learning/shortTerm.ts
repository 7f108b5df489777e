import { at } from '../../lanes';
import { Powers, Projection, ShortTerm } from '../records';
import { add } from '../values';
import { targetOf } from './pairRows';
import { leftAfter } from './traces';

/**
 * Spikes of step t arrive through synapses with short-term plasticity: at each u' = u + U·(1 − u), w·u'·x is delivered, x' = x·(1 − u').
 * Between spikes u decays to 0 and x recovers to 1, exactly.
 */
export function deliverShortTerm(q: Projection, spikes: usize, count: i32, t: i32): void {
  const short = changetype<ShortTerm>(q.shortTerm);
  const end = at(spikes, count);
  for (let spike = spikes; spike < end; spike += 4) {
    const i = load<i32>(spike);
    const share = release(short, i, t);
    const last = <usize>load<u32>(at(q.start, i), 4);
    for (let s = <usize>load<u32>(at(q.start, i)); s < last; s++) {
      const w = q.weights === 0 ? q.weight : load<f32>(q.weights + (s << 2));
      add(q.values + targetOf(q, s), w * share);
    }
  }
}

/** What a spike of a neuron releases, u'·x. */
function release(short: ShortTerm, i: i32, t: i32): f32 {
  const steps = t - load<i32>(at(short.last, i));
  const left: f32 = short.facilitation === 0 ? 0 : leftAfter(changetype<Powers>(short.facilitation), steps);
  const before = load<f32>(at(short.u, i)) * left;
  const u = before + short.utilization * (<f32>1 - before);
  const x = <f32>1 - (<f32>1 - load<f32>(at(short.x, i))) * leftAfter(changetype<Powers>(short.recovery), steps);
  store<f32>(at(short.u, i), u);
  store<f32>(at(short.x, i), x * (<f32>1 - u));
  store<i32>(at(short.last, i), t);
  return u * x;
}
