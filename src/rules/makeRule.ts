import * as tf from '@tensorflow/tfjs-core';
import { paramsToJSON } from '../core/paramsJson.js';
import { ensurePerNeuron } from '../core/perNeuron.js';
import { mapTensors, tensorsOf, tidily, toFloat } from '../core/tensors.js';
import type { PairLaw } from '../kernels/laws.js';
import type { Topology } from '../topologies/topology.js';
import { applyDelta } from '../updates/applyDelta.js';
import type { Delta } from '../updates/delta.js';
import type { UpdateParams } from '../updates/updateParams.js';
import type { LayerShapes, Rule } from './rule.js';
import {
  type BatchedInput,
  type CheckedInput,
  checkInput,
  checkState,
  modulators,
  type RuleInput,
  voltageOf,
  withBatch,
  withoutBatch,
} from './ruleInput.js';

/**
 * A step as one piece of work: the same result as `delta` applied by `update`, or `undefined` where that isn't possible. With
 * `donate` it may overwrite w and the state and return them.
 */
export type FusedStep<State> = (input: CheckedInput, state: State, donate: boolean) => [tf.Tensor, State] | undefined;

/** What the author of a rule writes; {@link makeRule} adds the checks at the door, batches and tidying. */
export interface RuleDefinition<State> {
  readonly name: string;
  readonly params: object;
  readonly topology: Topology;
  init(shapes: LayerShapes): State;
  /** Called with batched float32 tensors whose shapes agree. */
  delta(input: BatchedInput, w: tf.Tensor, state: State): [Delta, State];
  /** How its Deltas meet the weights. */
  readonly update: UpdateParams;
  /**
   * Params that may hold one value per input. Given (if only as an empty list), every other list in params holds one per
   * output, and all lengths are checked.
   */
  readonly perInput?: readonly string[];
  /** See {@link Rule}. */
  readonly pairLaw?: PairLaw | undefined;
  /** The whole step as one piece of work, where that is possible. */
  readonly fused?: FusedStep<State>;
  /** Many steps as one piece of work: pre and post have a leading axis of time, of at least one step. */
  readonly fusedSeries?: (input: CheckedInput, state: State) => [tf.Tensor, State] | undefined;
}

/**
 * A rule from its definition.
 *
 * @param where  the name that error messages begin with. Default: the rule's.
 * @example
 * // Hebb's rule without traces: Δw = 0.01 · pre ⊗ post
 * const hebb = makeRule({
 *   name: 'hebb', params: {}, topology: dense, init: () => ({}),
 *   delta: ({ pre, post }, _w, state) => [{ potentiation: [{ pre, post }], depression: [] }, state],
 *   update: { ...pairStdpDefaults, etaPlus: 0.01 },   // additive, summed over the batch, clamped to [0, 1]
 * });
 * const [w] = hebb.step({ pre: [1, 0], post: [1] }, [[0.5], [0.5]], hebb.init({ pre: [2], post: [1] }));
 * w.print();   // => [[0.51], [0.5]]
 */
export function makeRule<State>(definition: RuleDefinition<State>, where = definition.name): Rule<State> {
  const { name, params, topology, update, perInput } = definition;
  let fields: readonly string[] | undefined; // of the state, known from the first step on
  const enter = (input: RuleInput, w: tf.TensorLike | tf.Tensor, state: State): CheckedInput => {
    const checked = checkInput(where, topology, input, w);
    const { pre, post } = checked;
    fields ??= Object.keys(Object(tidily(() => definition.init({ pre: pre.shape, post: post.shape, w: checked.w.shape }))));
    checkState(where, checked, state, fields);
    return checked;
  };
  const run = (input: RuleInput, { w, batched, ...layers }: CheckedInput, state: State) => {
    const { pre, post } = batched ? layers : withBatch(layers);
    const sizes = { inputs: pre.shape.at(-1) ?? 1, outputs: post.shape.at(-1) ?? 1 };
    if (perInput !== undefined) ensurePerNeuron(where, params, perInput, sizes);
    const voltage = voltageOf(where, input, post, batched);
    const held = batched ? state : withBatch(state);
    const [delta, next] = definition.delta({ pre, post, voltage, ...modulators(where, input, pre, w) }, w, held);
    return { delta, next: mapTensors(batched ? next : withoutBatch(next), (tensor) => tf.clone(tensor)) };
  };
  const step = (input: RuleInput, w: tf.TensorLike | tf.Tensor, state: State, donate: boolean): [tf.Tensor, State] => {
    const checked = enter(input, w, state);
    const whole = definition.fused?.(checked, state, donate);
    if (whole !== undefined) return whole;
    const { delta, next } = run(input, checked, state);
    return [applyDelta(checked.w, delta, topology, update, update, update.batchReduction), next];
  };
  return {
    name,
    params,
    topology,
    update,
    pairLaw: definition.pairLaw,
    init: (shapes) => definition.init(shapes),
    delta: (input, w, state) =>
      tidily(() => {
        const { delta, next } = run(input, enter(input, w, state), state);
        return [mapTensors(delta, (tensor) => tf.clone(tensor)), next];
      }),
    step: (input, w, state, { donate = false } = {}) => {
      const result = tidily(() => step(input, w, state, donate));
      if (donate) disposeBut(result, w, state);
      return result;
    },
    series: (input, w, state) => {
      if (definition.fusedSeries === undefined) return undefined;
      return tidily(() => {
        const pre = toFloat(input.pre, where, 'zPre');
        const post = toFloat(input.post, where, 'zPost');
        if (pre.rank === 0 || pre.shape[0] !== post.shape[0] || pre.shape[0] === 0) return undefined;
        const checked = enter({ ...input, pre: firstStep(pre), post: firstStep(post) }, w, state);
        return definition.fusedSeries?.({ ...checked, pre, post }, state);
      });
    },
    toJSON: () => ({ rule: name, params: paramsToJSON(where, params), topology: topology.toJSON() }),
  };
}

/** Disposes what was given away, but for what the result still uses. */
function disposeBut(result: readonly [tf.Tensor, unknown], w: unknown, state: unknown): void {
  if (result[0] === w) return; // overwritten, and the state with it
  const kept = new Set(tensorsOf(result));
  for (const tensor of [...tensorsOf(w), ...tensorsOf(state)]) if (!kept.has(tensor)) tensor.dispose();
}

const firstStep = (train: tf.Tensor): tf.Tensor => tf.squeeze(tf.slice(train, 0, 1), [0]);
