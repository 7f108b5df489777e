import { deliver } from './deliver';
import { learn } from './learning/learn';
import { deliverShortTerm } from './learning/shortTerm';
import { loseAtSpikes, scaleWeights } from './learning/upkeep';
import { Circuit, Heterosynaptic, Population, Projection, Scaling } from './records';
import { listOf } from './spikeLists';

/** The spikes of a projection that arrive in step t, and what it learns. */
@inline
export function arrive(circuit: Circuit, q: Projection, t: i32): void {
  const list = listOf(changetype<Population>(q.from), t - q.delay);
  const spikes = load<usize>(list);
  const count = load<i32>(list, 4);
  if (q.shortTerm !== 0) deliverShortTerm(q, spikes, count, t);
  else if (q.learning === 0 && count > 0) deliver(q, spikes, count);
  if (q.learning !== 0) learn(circuit, q, spikes, count, t, q.shortTerm === 0);
  if (q.heterosynaptic !== 0) loseAtSpikes(q, changetype<Heterosynaptic>(q.heterosynaptic));
  if (q.scaling !== 0 && (t + 1) % changetype<Scaling>(q.scaling).every === 0) scaleWeights(q, changetype<Scaling>(q.scaling));
}
