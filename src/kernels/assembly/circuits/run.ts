import { advance } from './advance';
import { arrive } from './arrive';
import { record, roomFor } from './recording';
import { Circuit, Population, Projection } from './records';
import { reset } from './reset';
import { noteSpikes } from './spikeLists';

/**
 * The steps from `from` up to `to`, as long as there is room for what is recorded. The order of a step: all neurons advance, who is above
 * the threshold fires and is reset; spikes arrive, projection by projection; what they leave behind is noted.
 *
 * @returns the step that it came to.
 */
export function runCircuit(address: usize, from: i32, to: i32): i32 {
  const circuit = changetype<Circuit>(address);
  let t = from;
  while (t < to) {
    const room = roomFor(circuit);
    if (room === 0) break;
    const end = t + min(min(to - t, room), STRETCH);
    stretch(circuit, t, end);
    t = end;
  }
  return t;
}

/** Steps of a call: what is called often is compiled well before a long run is over. */
const STRETCH: i32 = 256;

/** Some steps, for which there is room. */
export function stretch(circuit: Circuit, from: i32, to: i32): void {
  const populations = circuit.populations;
  const populationsEnd = populations + <usize>circuit.populationCount * offsetof<Population>();
  const projections = circuit.projections;
  const projectionsEnd = projections + <usize>circuit.projectionCount * offsetof<Projection>();
  for (let t = from; t < to; t++) {
    for (let p = populations; p < populationsEnd; p += offsetof<Population>()) step(circuit, changetype<Population>(p), t);
    for (let q = projections; q < projectionsEnd; q += offsetof<Projection>()) arrive(circuit, changetype<Projection>(q), t);
    record(circuit, t);
  }
}

@inline
function step(circuit: Circuit, p: Population, t: i32): void {
  const end = advance(circuit, p, t);
  noteSpikes(p, end, t);
  if (p.count > 0) reset(p, t);
}
