import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../../core/errors.js';
import { tidily } from '../../core/tensors.js';
import { isNeurons } from '../checked/populations.js';
import type { CircuitInput, CircuitState, ProjectionWiring } from '../circuitState.js';
import { endsOf } from '../endsOf.js';
import type { NeuronTensors } from '../neurons/registerNeuron.js';
import type { NeuronPopulation } from '../population.js';
import type { CheckedCircuit } from '../validateCircuit.js';
import { weightsOf } from '../weightsOf.js';
import { arrayOf, projectionArrays, projectionFrom } from './composedState.js';
import { neuronStep } from './neuronStep.js';
import { noiseOf } from './noise.js';
import { type ComposedProjection, composedProjection, type ProjectionNow } from './projectionStep.js';
import { type NeuronStep, variable } from './values.js';

/** Neurons as operations on tensors. */
export interface ComposedNeurons {
  readonly name: string;
  readonly population: NeuronPopulation;
  readonly step: NeuronStep;
  /** What comes from outside in step t, the `since`-th of a run. */
  drive(t: number, since: number): tf.Tensor;
}

/** A projection with synapses. */
export interface NamedProjection {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly receptor: string;
  /** Steps. */
  readonly delay: number;
  readonly composed: ComposedProjection;
}

/** A circuit at one time, in tensors. */
export interface CircuitNow {
  readonly neurons: { readonly [population: string]: NeuronTensors };
  readonly projections: { readonly [name: string]: ProjectionNow };
}

/** The populations of neurons of a circuit. */
export const composedNeurons = (
  { populations, dt, seed }: CheckedCircuit,
  { currents = {} }: CircuitInput,
): readonly ComposedNeurons[] =>
  Object.entries(populations).flatMap(([name, population], index) => {
    if (!isNeurons(population)) return [];
    const { size, noise } = population;
    const given = currents[name];
    const drive = (t: number, since: number): tf.Tensor => {
      const own =
        given === undefined
          ? tf.zeros([size])
          : tf.tensor1d(given.length === size ? given : given.slice(since * size, (since + 1) * size));
      return noise === undefined ? own : tf.add(own, tf.tensor1d(noiseOf(noise, size, seed, index, t)));
    };
    return [{ name, population, step: neuronStep(population, dt), drive }];
  });

/** The projections of a circuit that have synapses, in its order. */
export const composedProjections = (circuit: CheckedCircuit, { wiring }: CircuitState): readonly NamedProjection[] =>
  Object.entries(circuit.projections).flatMap(([name, projection]) => {
    const synapses = synapsesOf(wiring, name);
    if (synapses.target.length === 0) return [];
    const { from, to, receptor, delay } = projection;
    const composed = composedProjection(projection, endsOf(circuit, projection), synapses, circuit.dt);
    return [{ name, from, to, receptor, delay: Math.round(delay / circuit.dt), composed }];
  });

function synapsesOf(wiring: CircuitState['wiring'], name: string): ProjectionWiring {
  const synapses = wiring[name];
  ensure(synapses !== undefined, 'runComposed', 'state', () => `has no synapses of '${name}': wire and init make them`);
  return synapses;
}

/** A state as tensors. */
export const tensorsFrom = (
  state: CircuitState,
  neurons: readonly ComposedNeurons[],
  projections: readonly NamedProjection[],
): CircuitNow =>
  tidily(() => ({
    neurons: Object.fromEntries(neurons.map(({ name }) => [name, variablesFrom(state, name)])),
    projections: Object.fromEntries(
      projections.map(({ name, composed }) => {
        const arrays = state.projections[name] ?? {};
        const { target } = synapsesOf(state.wiring, name);
        const { w } = arrays;
        const fits = w instanceof Float32Array && (w.length === 1 || w.length === target.length);
        ensure(fits, 'runComposed', 'state', () => `has no weights of '${name}' for its ${target.length} synapses`);
        const begun = composed.begin(tf.mul(tf.ones([target.length]), tf.tensor1d(w)));
        return [name, projectionFrom(begun, arrays, state.step, name)] as const;
      }),
    ),
  }));

function variablesFrom(state: CircuitState, name: string): NeuronTensors {
  const arrays = state.populations[name];
  ensure(arrays !== undefined, 'runComposed', 'state', () => `has no population '${name}': init(circuit, wiring) makes it`);
  const { pendingStep: _, pendingNeuron: __, ...own } = arrays;
  return Object.fromEntries(
    Object.entries(own).map(([name, values]) => {
      const isCount = values instanceof Int32Array;
      return [name, isCount ? tf.tensor1d(values, 'int32') : tf.tensor1d(Float32Array.from(values))] as const;
    }),
  );
}

/** Tensors as a state keeps them. */
export async function arraysOf(
  now: CircuitNow,
  before: CircuitState,
): Promise<Pick<CircuitState, 'populations' | 'projections'>> {
  const populations = Object.entries(now.neurons).map(async ([name, variables]) => {
    const read = Object.keys(variables).map(async (each) => [each, await arrayOf(variable(variables, each))] as const);
    return [name, Object.fromEntries(await Promise.all(read))] as const;
  });
  const projections = Object.entries(now.projections).map(async ([name, projection]) => {
    const arrays = await projectionArrays(projection);
    const { w } = arrays;
    return [name, w !== undefined && weightsOf(before, name).length === 1 ? { ...arrays, w: w.slice(0, 1) } : arrays] as const;
  });
  return {
    populations: Object.fromEntries(await Promise.all(populations)),
    projections: { ...before.projections, ...Object.fromEntries(await Promise.all(projections)) },
  };
}
