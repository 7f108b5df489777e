import * as tf from '@tensorflow/tfjs-core';
import { floatAt } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { nothingMore } from '../../core/params/nothingMore.js';
import { show } from '../../core/show.js';
import { ensureBackend, tidily } from '../../core/tensors.js';
import { tensorsOf } from '../../core/trees.js';
import { checkedInput } from '../arguments/input.js';
import { checkedState } from '../arguments/state.js';
import { checkRewards } from '../checkRewards.js';
import type { Circuit } from '../circuit.js';
import type { CircuitInput, CircuitRecords, CircuitState } from '../circuitState.js';
import { ready } from '../ready.js';
import { type CheckedCircuit, checkedCircuit } from '../validateCircuit.js';
import { weightsOf } from '../weightsOf.js';
import {
  arraysOf,
  type CircuitNow,
  type ComposedNeurons,
  composedNeurons,
  composedProjections,
  type NamedProjection,
  tensorsFrom,
} from './composedCircuit.js';
import { type LatestSpikes, latestSpikes } from './pending.js';
import { recorder } from './recorder.js';
import { sourceSpikes } from './sources.js';
import { variable } from './values.js';

/**
 * {@link run} as operations of TensorFlow.js, on any backend: with every rule of the library, and neurons of one's own
 * ({@link registerNeuron}). Slower by far, a few milliseconds a step, in the same order of a step, with the same spikes of sources; the
 * result is the same to rounding.
 *
 * A state goes on with the engine that began it: what this one keeps beside the weights are the states of the rules.
 *
 * @param steps  a whole number ≥ 0.
 * @param input  as in {@link run}.
 * @throws {StdpError} (as a rejection) when what is given doesn't fit the circuit; and where weights are to change every few steps, or
 *         synapses to be drawn anew, which {@link run} alone does.
 * @example
 * const circuit = {
 *   dt: 1,
 *   populations: { e: { size: 1, neuron: 'integrateAndFire', params: { current: 0.4 } } },
 *   records: { spikes: ['e'] },
 * };
 * const [, { spikes }] = await runComposed(circuit, init(circuit, wire(circuit)), 7);
 * spikes['e']?.step;   // => [2, 5]
 */
export async function runComposed(
  circuit: Circuit,
  state: CircuitState,
  steps: number,
  input: CircuitInput = {},
  ...more: readonly never[]
): Promise<readonly [CircuitState, CircuitRecords]> {
  const where = 'runComposed';
  nothingMore(more, where, 'runComposed(circuit, state, steps, input)');
  ensureBackend(where);
  await ready(); // sources fire by kernels
  const checked = checkedCircuit(circuit, where);
  const isCount = Number.isSafeInteger(steps) && steps >= 0;
  ensure(isCount, where, 'steps', () => `must be a whole number ≥ 0, got ${show(steps)}`);
  checkedState(checked, state, where);
  checkedInput(checked, input, { where, steps });
  checkRewards(checked, input, where);
  const sources = sourceSpikes(checked, state, steps, input);
  const [neurons, projections] = [composedNeurons(checked, input), composedProjections(checked, state)];
  const latest = latestSpikes(checked, state);
  const records = recorder(checked, state);
  let now = tensorsFrom(state, neurons, projections);
  try {
    for (let t = state.step; t < state.step + steps; t++) {
      for (const name of Object.keys(checked.populations)) if (!(name in now.neurons)) latest.add(name, t, sources.at(name, t));
      now = await advanced(now, neurons, latest, t, t - state.step);
      now = replaced(now, () => arrived(now, projections, latest, t, rewardOf(input, t - state.step)));
      const held = now;
      await records.note(t + 1, {
        spikes: (name) => latest.of(name, t),
        weights: async (name) => weightsNow(held, state, name),
        voltage: async (name) => Float32Array.from(await variable(held.neurons[name] ?? {}, 'v').data()),
      });
    }
    return [
      await stateAfter(checked, state, state.step + steps, now, sources.populations, latest, records.windows()),
      records.take(),
    ];
  } finally {
    tf.dispose([...tensorsOf(now)]);
  }
}

/** What is made of a circuit in tensors, in their place. */
function replaced(before: CircuitNow, change: () => CircuitNow): CircuitNow {
  const after = tidily(change);
  disposeBut(before, after);
  return after;
}

/** The neurons of all populations one step later; their spikes are noted. */
async function advanced(
  before: CircuitNow,
  neurons: readonly ComposedNeurons[],
  latest: LatestSpikes,
  t: number,
  since: number,
): Promise<CircuitNow> {
  const steps = tidily(() =>
    neurons.map(({ name, step, drive }) => ({ name, ...step(before.neurons[name] ?? {}, drive(t, since), t) })),
  );
  const after = { ...before, neurons: Object.fromEntries(steps.map(({ name, variables }) => [name, variables])) };
  for (const { name, spikes } of steps) latest.add(name, t, Float32Array.from(await spikes.data()));
  disposeBut([before.neurons, steps], after);
  return after;
}

/** All tensors but those that go on. */
function disposeBut(tree: unknown, after: CircuitNow): void {
  const kept = new Set(tensorsOf(after));
  for (const tensor of tensorsOf(tree)) if (!kept.has(tensor)) tensor.dispose();
}

/** What arrives, projection by projection, and what they learn. */
function arrived(
  before: CircuitNow,
  projections: readonly NamedProjection[],
  latest: LatestSpikes,
  t: number,
  reward: number,
): CircuitNow {
  return projections.reduce<CircuitNow>((now, { name, from, to, receptor, delay, composed }) => {
    const [own, target] = [now.projections[name], now.neurons[to]];
    if (own === undefined || target === undefined) return now;
    const spikesOf = (population: string, step: number) => tf.tensor1d(latest.of(population, step));
    const seen = {
      arriving: spikesOf(from, t - delay),
      fired: spikesOf(from, t),
      post: spikesOf(to, t),
      voltage: target['v'],
      reward,
      t,
    };
    const { arrived, next } = composed.step(own, seen);
    const changed = { ...target, [receptor]: tf.add(variable(target, receptor), arrived) };
    return { neurons: { ...now.neurons, [to]: changed }, projections: { ...now.projections, [name]: next } };
  }, before);
}

const rewardOf = ({ reward = 0 }: CircuitInput, since: number): number =>
  typeof reward === 'number' ? reward : floatAt(reward, since);

/** The weights of a projection as they are now. */
async function weightsNow(now: CircuitNow, state: CircuitState, name: string): Promise<Float32Array> {
  const w = now.projections[name]?.w;
  return w === undefined ? weightsOf(state, name) : Float32Array.from(await w.data());
}

async function stateAfter(
  circuit: CheckedCircuit,
  before: CircuitState,
  step: number,
  now: CircuitNow,
  sources: CircuitState['populations'],
  latest: LatestSpikes,
  windows: CircuitState['windows'],
): Promise<CircuitState> {
  const { populations, projections } = await arraysOf(now, before);
  const all = Object.keys(circuit.populations).map((name) => {
    return [name, { ...(populations[name] ?? sources[name]), ...latest.pending(name, step) }] as const;
  });
  return { step, wiring: before.wiring, populations: Object.fromEntries(all), projections, windows };
}
