import { deliver } from './deliver';
import { Population, Projection } from './records';
import { listOf } from './spikeLists';

/** The spikes of a projection that arrive in step t. */
export function arrive(q: Projection, t: i32): void {
  const list = listOf(changetype<Population>(q.from), t - q.delay);
  const spikes = load<usize>(list);
  const count = load<i32>(list, 4);
  if (count > 0) deliver(q, spikes, count);
}
