import { at } from '../lanes';
import { Population } from './records';

// The latest spikes of a population: a list for each step, in a ring that holds as many as can be on their way.

/** Finds room for as many spikes as there are neurons. */
@inline
export function beginList(p: Population): void {
  if (p.head + at(0, p.size + 4) > p.ringEnd) p.head = p.ring;
  p.spikes = p.head;
}

/** Notes the list that ends at an address as that of step t, without what fills up the last vector; and logs it. */
@inline
export function noteSpikes(p: Population, end: usize, t: i32): void {
  const spikes = p.spikes;
  while (end > spikes && load<i32>(end - 4) >= p.size) end -= 4;
  const count = <i32>((end - spikes) >> 2);
  const entry = listOf(p, t);
  store<i32>(entry, count, 4);
  p.count = count;
  if (count === 0) return;
  store<u32>(entry, <u32>spikes);
  p.head = end;
  if (p.log !== 0) logSpikes(p, t);
}

function logSpikes(p: Population, t: i32): void {
  const from = p.logEntries;
  const to = from + p.count;
  memory.copy(at(p.log, from), p.spikes, at(0, p.count));
  for (let entry = from; entry < to; entry++) store<i32>(at(p.logSteps, entry), t);
  p.logEntries = to;
}

/** Lists those of four neurons from i on whose bit is set; answers where the list ends. */
@inline
export function listFour(list: usize, mask: i32, i: usize): usize {
  let end = list;
  for (let rest = mask; rest; rest &= rest - 1) {
    store<i32>(end, <i32>(i >> 2) + ctz(rest));
    end += 4;
  }
  return end;
}

/** Where the list of the spikes of a step is noted. */
@inline
export function listOf(p: Population, t: i32): usize {
  return p.steps + ((<usize>(t & p.stepsMask)) << 3);
}
