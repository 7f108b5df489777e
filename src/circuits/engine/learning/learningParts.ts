import { ensure } from '../../../core/errors.js';
import type { Seed } from '../../../core/random.js';
import { show } from '../../../core/show.js';
import type { Arrays, ProjectionWiring } from '../../circuitState.js';
import { type CircuitArena, type CircuitRecord, type Held, hold } from '../memory.js';
import type { Variables } from '../placeNeurons.js';

/** A projection whose synapses lie in memory, and what its state holds. */
export interface Synapses {
  readonly record: CircuitRecord<'Projection'>;
  readonly wiring: ProjectionWiring;
  readonly arrays: Arrays;
  /** Neurons. */
  readonly pre: number;
  readonly post: number;
  /** Whether spikes come from a source: they are few. */
  readonly isFromSource: boolean;
  readonly weights: Held<Float32Array>;
  readonly dt: number;
  /** Seed of what is drawn while it runs. */
  readonly seed: Seed;
  /** Puts as many other synapses in the place of these. */
  setWiring(wiring: ProjectionWiring): void;
}

/** What a part of a projection keeps in memory, and what of it belongs to the state. */
export interface Placed {
  readonly address: number;
  readonly variables: Variables;
}

/** A step before all others. */
const never = -(2 ** 30);

/** The numbers of a part of the state; `first` everywhere where it has none yet. */
export function kept(arena: CircuitArena, arrays: Arrays, name: string, length: number, first = 0): Held<Float32Array> {
  const before = arrays[name];
  ensureKept(before, Float32Array, name, length);
  return hold(arena, before instanceof Float32Array ? before : new Float32Array(length).fill(first));
}

/** Steps of latest spikes. */
export function keptSteps(arena: CircuitArena, arrays: Arrays, name: string, length: number): Held<Int32Array> {
  const before = arrays[name];
  ensureKept(before, Int32Array, name, length);
  return hold(arena, before instanceof Int32Array ? before : new Int32Array(length).fill(never));
}

function ensureKept(
  before: Arrays[string] | undefined,
  kind: Float32ArrayConstructor | Int32ArrayConstructor,
  name: string,
  length: number,
): void {
  const fits = before === undefined || (before instanceof kind && before.length === length);
  ensure(fits, 'run', 'state.projections', () => `have ${show(before)} as ${name}, must be a ${kind.name} of ${length}`);
}
