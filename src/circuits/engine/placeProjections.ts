import { at } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import type { CircuitState, ProjectionWiring } from '../circuitState.js';
import { streamOf } from '../streams.js';
import type { CheckedCircuit } from '../validateCircuit.js';
import { isPlastic, placeParts } from './learning/placeParts.js';
import type { Rewiring } from './learning/placeRewiring.js';
import { type CircuitArena, type CircuitRecord, type Held, hold, newTable } from './memory.js';
import type { Variables } from './placeNeurons.js';
import type { PlacedPopulation } from './placePopulation.js';
import { receptorOf } from './receptorOf.js';

/** A projection in memory. */
export interface PlacedProjection {
  readonly name: string;
  readonly record: CircuitRecord<'Projection'>;
  /** Variables that change. */
  readonly variables: Variables;
  readonly synapses: number;
  /** What rewires it. */
  readonly rewiring?: Rewiring;
  /** The synapses as they are. */
  wiring(): ProjectionWiring;
  /** The weights as they are: of each synapse, or one for all. */
  weights(): Float32Array;
}

/** Bytes of synapses that caches keep. */
const cached = 1 << 18;

/** Lays out the projections of a circuit as a state has them. */
export function placeProjections(
  arena: CircuitArena,
  circuit: CheckedCircuit,
  state: CircuitState,
  populations: readonly PlacedPopulation[],
): readonly PlacedProjection[] {
  const entries = Object.entries(circuit.projections);
  const table = newTable(arena, 'Projection', entries.length);
  const named = (name: string): PlacedPopulation => {
    const found = populations.find((population) => population.name === name);
    ensure(found !== undefined, 'run', 'projections', () => `name '${name}', which is no population`);
    return found;
  };
  return entries.map(([name, projection], index) => {
    const [from, to] = [named(projection.from), named(projection.to)];
    const wiring = state.wiring[name];
    const w = state.projections[name]?.['w'];
    ensure(
      wiring !== undefined && w instanceof Float32Array,
      'run',
      'state',
      () => `has no synapses of '${name}': wire and init make them`,
    );
    const record = at(table, index);
    const { weights, setWiring } = placeSynapses(arena, record, wiring, w, isPlastic(projection));
    const values = receptorOf(circuit, name, to).address;
    record.set({
      from: from.record.address,
      to: to.record.address,
      values,
      delay: Math.round(projection.delay / circuit.dt),
    });
    const ends = { pre: from.size, post: to.size, isFromSource: from.kind !== 'neurons', dt: circuit.dt };
    const own = { arrays: state.projections[name] ?? {}, seed: streamOf(circuit.seed, 'rewiring', index) };
    const parts = placeParts(arena, name, projection, { record, wiring, weights, setWiring, ...own, ...ends });
    return {
      ...{ name, record, ...parts, synapses: wiring.target.length, weights: () => weights?.view() ?? w },
      wiring: () => parts.rewiring?.wiring() ?? wiring,
    };
  });
}

/** Lays out synapses; answers their weights where each has its own, and what puts others in their place. */
function placeSynapses(
  arena: CircuitArena,
  record: CircuitRecord<'Projection'>,
  wiring: ProjectionWiring,
  w: Float32Array,
  mayChange: boolean,
): { readonly weights: Held<Float32Array> | undefined; readonly setWiring: (wiring: ProjectionWiring) => void } {
  const isOwn = w.length === wiring.target.length && (mayChange || w.length !== 1);
  const problem = () => `has ${w.length} weights for ${wiring.target.length} synapses`;
  ensure(isOwn || w.length === 1, 'run', 'state', problem);
  const weights = isOwn ? hold(arena, w) : undefined;
  const [start, target] = [hold(arena, wiring.start), hold(arena, wiring.target)];
  record.set({
    ...{ start: start.address, target: target.address, isWide: wiring.target instanceof Uint32Array ? 1 : 0 },
    isLarge: wiring.target.byteLength + w.byteLength > cached ? 1 : 0,
    ...(weights === undefined ? { weight: at(w, 0) } : { weights: weights.address }),
  });
  const setWiring = (other: ProjectionWiring): void => {
    start.view().set(other.start);
    target.view().set(other.target);
  };
  return { weights, setWiring };
}
