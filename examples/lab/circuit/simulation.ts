import {
  type Circuit,
  type CircuitRecords,
  type CircuitState,
  init,
  type Projection,
  type ProjectionRule,
  run,
  wire,
} from 'tfjs-stdp/circuits';

/** A circuit, with what the lab records of it, at one time. */
export interface Simulation {
  readonly circuit: Circuit;
  readonly state: CircuitState;
}

/** Begins a circuit anew. @throws {StdpError} when it is none. */
export function begun(spec: Circuit): Simulation {
  const circuit = recorded(spec);
  return { circuit, state: init(circuit, wire(circuit)) };
}

/**
 * The same network with other numbers or rules, from where it is. What has other neurons or synapses begins anew.
 *
 * @throws {StdpError} when it is no circuit.
 */
export function changed({ circuit: before, state }: Simulation, spec: Circuit): Simulation {
  const circuit = recorded(spec);
  if (structureOf(circuit) !== structureOf(before)) return begun(spec);
  init(circuit, state.wiring); // checks it
  const projections = Object.entries(circuit.projections ?? {}).map(([name, projection]) => {
    const [arrays = {}, former] = [state.projections[name], before.projections?.[name]];
    const w = arrays['w'] ?? new Float32Array(1);
    const synapses = state.wiring[name]?.target.length ?? w.length;
    const own = projection.rule !== undefined && w.length === 1 ? new Float32Array(synapses).fill(Number(w[0])) : w;
    return [name, ruleName(former) === ruleName(projection) ? { ...arrays, w: own } : { w: own }] as const;
  });
  return { circuit, state: { ...state, projections: Object.fromEntries(projections), windows: {} } };
}

/** A simulation some steps later, and what it recorded meanwhile. */
export function advanced({ circuit, state }: Simulation, steps: number): readonly [Simulation, CircuitRecords] {
  const [next, records] = run(circuit, state, steps);
  return [{ circuit, state: next }, records];
}

const ruleName = (projection: Projection | undefined): string | undefined => projection?.rule?.rule;

/** What can't change while a network runs. */
const structureOf = ({ dt, seed, populations, projections = {} }: Circuit): string =>
  JSON.stringify([
    dt,
    seed,
    Object.entries(populations).map(([name, population]) => [
      name,
      population.size,
      'neuron' in population ? population.neuron : population.source,
    ]),
    Object.entries(projections).map(([name, { from, to, delay, wiring, weight }]) => [name, from, to, delay, wiring, weight]),
  ]);

/** Milliseconds of the network between two points of its rates, and of its weights. */
const [ratesEvery, weightsEvery] = [20, 200];

/** All spikes and rates, and how the weights that learn are spread. */
function recorded(spec: Circuit): Circuit {
  const { dt, populations, projections = {} } = spec;
  const whole = (ms: number): number => Math.max(1, Math.round(ms / dt)) * dt;
  const names = Object.keys(populations ?? {});
  const plastic = Object.keys(projections).filter((name) => projections[name]?.rule !== undefined);
  return {
    ...spec,
    records: {
      spikes: names,
      rates: { of: names, every: whole(ratesEvery) },
      ...(plastic.length > 0 && { weights: { of: plastic, every: whole(weightsEvery), as: 'histogram' } }),
    },
  };
}

/** A circuit whose synapses stay as they are. */
export const still = (circuit: Circuit): Circuit => ({
  ...circuit,
  projections: Object.fromEntries(
    Object.entries(circuit.projections ?? {}).map(([name, { rule: _, ...projection }]) => [name, projection]),
  ),
});

/** A circuit with another rule on one of its projections, or with none. */
export function withRule(circuit: Circuit, name: string, rule: ProjectionRule | undefined): Circuit {
  const present = circuit.projections?.[name];
  if (present === undefined) return circuit;
  const { rule: _, ...projection } = present;
  return {
    ...circuit,
    projections: { ...circuit.projections, [name]: rule === undefined ? projection : { ...projection, rule } },
  };
}
