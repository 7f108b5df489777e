import { floatAt, integerAt } from '../../../core/at.js';
import { fork } from '../../../core/random.js';
import type { ProjectionWiring } from '../../circuitState.js';
import { rewired } from '../../learning/rewired.js';
import type { Projection } from '../../projection.js';
import type { Held } from '../memory.js';
import type { Synapses } from './learningParts.js';

/** Synapses of a projection that go and come. */
export interface Rewiring {
  /** Steps from one time to the next. */
  readonly every: number;
  /** Rewires, so many steps after the beginning. */
  rewire(step: number): void;
  /** The synapses as they are now. */
  wiring(): ProjectionWiring;
}

/** What belongs to synapses, and must follow them. */
interface Followers {
  /** What they remember; a new one nothing. */
  readonly remembered: readonly Held<Float32Array>[];
  readonly set: readonly ((wiring: ProjectionWiring) => void)[];
}

/** Has a projection rewired, so that all that belongs to its synapses follows them. */
export function placeRewiring(
  { wiring, weights, post, dt, seed }: Synapses,
  { from, to, wiring: kind }: Projection,
  { every, below, weight }: NonNullable<Projection['rewiring']>,
  { remembered, set }: Followers,
): Rewiring {
  const steps = Math.round(every / dt);
  const pairs = { post, self: from !== to || mayHaveSelf(kind) };
  let now = wiring;
  return {
    every: steps,
    wiring: () => now,
    rewire: (step) => {
      const { wiring, was } = rewired(now, weights.view(), below, pairs, fork(seed, step / steps));
      follow(weights.view(), was, weight);
      for (const values of remembered) follow(values.view(), was, 0);
      for (const tell of set) tell(wiring);
      now = wiring;
    },
  };
}

/** Whether a wiring of one population onto itself has synapses of neurons onto themselves. */
function mayHaveSelf(wiring: Projection['wiring'] = 'dense'): boolean {
  if (typeof wiring === 'string') return true;
  return 'self' in wiring ? wiring.self === true : ['dense', 'oneToOne', 'list'].includes(wiring.type);
}

/** Each value at the place of its synapse; `fresh` where that is new. */
function follow(values: Float32Array, was: Int32Array, fresh: number): void {
  const before = values.slice();
  for (let synapse = 0; synapse < was.length; synapse++) {
    const old = integerAt(was, synapse);
    values[synapse] = old < 0 ? fresh : floatAt(before, old);
  }
}
