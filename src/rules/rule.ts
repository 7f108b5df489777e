import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { mapTensors, tidily, toFloat } from '../core/tensors.js';
import type { Topology, TopologyJSON } from '../topologies/topology.js';
import type { Delta } from '../updates/delta.js';
import {
  type BatchedInput,
  checkInput,
  checkState,
  modulators,
  type RuleInput,
  voltageOf,
  withBatch,
  withoutBatch,
} from './ruleInput.js';

export type { BatchedInput, RuleInput } from './ruleInput.js';

/**
 * Shapes of the two layers that a state belongs to, with or without a batch axis.
 *
 * @property w  shape of the weights: of rules that remember something for each synapse; a dense layer's can be left out.
 */
export interface LayerShapes {
  readonly pre: readonly number[];
  readonly post: readonly number[];
  readonly w?: readonly number[];
}

/** Shape of a state with one value for each synapse: that of the weights, after the batch axis if the layers have one. */
export function synapseShape(topology: Topology, { pre, post, w }: LayerShapes, where: string): readonly number[] {
  const weights = w ?? (topology.type === 'dense' ? [pre.at(-1) ?? 1, post.at(-1) ?? 1] : undefined);
  ensure(weights !== undefined, where, 'shapes.w', () => `is missing: the state of a ${topology.type} layer needs it`);
  return pre.length === topology.rank ? [pre[0] ?? 1, ...weights] : weights;
}

/** A rule as plain JSON; {@link ruleFromJSON} turns it back. */
export interface RuleJSON {
  readonly rule: string;
  readonly params: object;
  readonly topology: TopologyJSON;
}

/**
 * A local learning rule over a topology: three pure functions. State is an immutable record of tensors.
 *
 * - `init(shapes)`: the state before the first step.
 * - `delta(input, w, state)`: what one step asks of the weights, and the next state. Factors come batched.
 * - `step(input, w, state)`: the same, applied: new weights and state.
 *
 * Nothing that goes in is changed or disposed; exactly what is returned stays.
 */
export interface Rule<State> {
  readonly name: string;
  readonly params: object;
  readonly topology: Topology;
  init(shapes: LayerShapes): State;
  delta(input: RuleInput, w: tf.TensorLike | tf.Tensor, state: State): [Delta, State];
  step(input: RuleInput, w: tf.TensorLike | tf.Tensor, state: State): [tf.Tensor, State];
  toJSON(): RuleJSON;
}

/** What the author of a rule writes; {@link makeRule} adds the checks at the door, batches and tidying. */
export interface RuleDefinition<State> {
  readonly name: string;
  readonly params: object;
  readonly topology: Topology;
  init(shapes: LayerShapes): State;
  /** Called with batched float32 tensors whose shapes agree. */
  delta(input: BatchedInput, w: tf.Tensor, state: State): [Delta, State];
  /** How a Delta of this rule meets the weights. */
  apply(w: tf.Tensor, delta: Delta): tf.Tensor;
}

/**
 * A rule from its definition.
 *
 * @param where  the name that error messages begin with. Default: the rule's.
 * @example
 * // Hebb's rule without traces: Δw = 0.01 · pre ⊗ post
 * const bounds = { wMin: 0, wMax: 1, hardBound: true };
 * const hebb = makeRule({
 *   name: 'hebb', params: {}, topology: dense, init: () => ({}),
 *   delta: ({ pre, post }, _w, state) => [{ potentiation: [{ pre, post }], depression: [] }, state],
 *   apply: (w, delta) => applyDelta(w, delta, dense, { etaPlus: 0.01, etaMinus: 0, weightDependence: 'additive', mu: 0 }, bounds),
 * });
 * const [w] = hebb.step({ pre: [1, 0], post: [1] }, [[0.5], [0.5]], hebb.init({ pre: [2], post: [1] }));
 * w.print();   // => [[0.51], [0.5]]
 */
export function makeRule<State>(definition: RuleDefinition<State>, where = definition.name): Rule<State> {
  const { name, params, topology } = definition;
  let fields: readonly string[] | undefined; // of the state, known from the first step on
  const run = (input: RuleInput, w: tf.TensorLike | tf.Tensor, state: State) => {
    const weights = toFloat(w, where, 'w');
    const { pre, post, batched } = checkInput(where, topology, input, weights);
    const held = batched ? state : withBatch(state);
    fields ??= Object.keys(Object(definition.init({ pre: pre.shape, post: post.shape, w: weights.shape })));
    checkState(where, { pre, post }, held, fields);
    const voltage = voltageOf(where, input, post, batched);
    const [delta, next] = definition.delta({ pre, post, voltage, ...modulators(where, input, pre, weights) }, weights, held);
    return { weights, delta, next: mapTensors(batched ? next : withoutBatch(next), (tensor) => tf.clone(tensor)) };
  };
  return {
    name,
    params,
    topology,
    init: (shapes) => definition.init(shapes),
    delta: (input, w, state) =>
      tidily(() => {
        const { delta, next } = run(input, w, state);
        return [mapTensors(delta, (tensor) => tf.clone(tensor)), next];
      }),
    step: (input, w, state) =>
      tidily(() => {
        const { weights, delta, next } = run(input, w, state);
        return [definition.apply(weights, delta), next];
      }),
    toJSON: () => ({ rule: name, params, topology: topology.toJSON() }),
  };
}
