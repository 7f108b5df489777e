import { advance } from './advance';
import { arrive } from './arrive';
import { hasRoom, record } from './recording';
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
  const populations = circuit.populations;
  const populationsEnd = populations + <usize>circuit.populationCount * offsetof<Population>();
  const projections = circuit.projections;
  const projectionsEnd = projections + <usize>circuit.projectionCount * offsetof<Projection>();
  for (let t = from; t < to; t++) {
    if (!hasRoom(circuit)) return t;
    for (let p = populations; p < populationsEnd; p += offsetof<Population>()) {
      const population = changetype<Population>(p);
      const end = advance(circuit, population, t);
      noteSpikes(population, end, t);
      if (population.count > 0) reset(population, t);
    }
    for (let q = projections; q < projectionsEnd; q += offsetof<Projection>()) arrive(circuit, changetype<Projection>(q), t);
    record(circuit, t);
  }
  return to;
}
