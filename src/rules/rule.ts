import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { mapTensors, sameShape, showShape, tensorsOf, tidily, toFloat } from '../core/tensors.js';
import type { Topology, TopologyJSON } from '../topologies/topology.js';
import type { Delta } from '../updates/delta.js';

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

/**
 * What a rule sees in one time step.
 *
 * @property pre   presynaptic spikes, `[batch, …]` or `[…]`.
 * @property post  postsynaptic spikes, `[batch, …]` or `[…]`.
 * @property reward  of rules that need one: a number, or one per sample `[batch]`.
 * @property delay   of rules that need one: axonal delays, the shape of the weights, ms.
 * @property voltage  of rules that need one: membrane potentials of the postsynaptic neurons, the shape of `post`, mV.
 */
export interface RuleInput {
  readonly pre: tf.TensorLike | tf.Tensor;
  readonly post: tf.TensorLike | tf.Tensor;
  readonly reward?: number | tf.TensorLike | tf.Tensor;
  readonly delay?: tf.TensorLike | tf.Tensor;
  readonly voltage?: tf.TensorLike | tf.Tensor;
}

/**
 * The input as the author of a rule sees it: batched float32 tensors whose shapes agree.
 *
 * @property reward  a number, or a tensor `[batch]`; undefined when none came.
 * @property delay   the shape of the weights, ms; undefined when none came.
 * @property voltage  the shape of `post`, mV; undefined when none came.
 */
export interface BatchedInput {
  readonly pre: tf.Tensor;
  readonly post: tf.Tensor;
  readonly reward: number | tf.Tensor | undefined;
  readonly delay: tf.Tensor | undefined;
  readonly voltage: tf.Tensor | undefined;
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

const withBatch = <State>(state: State): State => mapTensors(state, (tensor) => tf.expandDims(tensor, 0));
const withoutBatch = <State>(state: State): State => mapTensors(state, (tensor) => tf.squeeze(tensor, [0]));

function checkInput(where: string, topology: Topology, input: RuleInput, w: tf.Tensor) {
  const { rank, weightRank } = topology;
  ensure(
    w.rank === weightRank,
    where,
    'w',
    () => `has shape ${showShape(w.shape)}, a ${topology.type} layer needs rank ${weightRank}`,
  );
  const given = { pre: toFloat(input.pre, where, 'zPre'), post: toFloat(input.post, where, 'zPost') };
  const batched = given.pre.rank === rank;
  const ranks = () => `[batch, …] of rank ${rank}, or rank ${rank - 1} without a batch`;
  ensure(
    batched || given.pre.rank === rank - 1,
    where,
    'zPre',
    () => `has shape ${showShape(given.pre.shape)}, needs ${ranks()}`,
  );
  ensure(
    given.post.rank === given.pre.rank,
    where,
    'zPost',
    () => `has shape ${showShape(given.post.shape)}, needs rank ${given.pre.rank} like zPre`,
  );
  const { pre, post } = batched ? given : withBatch(given);
  const wanted = topology.outputShape(where, pre.shape, w.shape);
  ensure(post.shape[0] === wanted[0], where, 'zPost', () => `has batch ${post.shape[0]}, zPre has ${wanted[0]}`);
  const last = wanted.length === 2;
  ensure(sameShape(post.shape, wanted), where, 'zPost', () =>
    last
      ? `has ${post.shape[1]} columns, w ${showShape(w.shape)} needs ${wanted[1]}`
      : `has shape ${showShape(post.shape)}, zPre ${showShape(pre.shape)} and w ${showShape(w.shape)} need ${showShape(wanted)}`,
  );
  return { pre, post, batched };
}

/** Reward and delay, checked against the batch and the weights. */
function modulators(
  where: string,
  { reward, delay }: RuleInput,
  pre: tf.Tensor,
  w: tf.Tensor,
): Pick<BatchedInput, 'reward' | 'delay'> {
  const given = reward === undefined || typeof reward === 'number' ? reward : toFloat(reward, where, 'reward');
  const batch = pre.shape[0] ?? 1;
  const ok =
    typeof given === 'number'
      ? Number.isFinite(given)
      : given === undefined || given.rank === 0 || sameShape(given.shape, [batch]);
  ensure(
    ok,
    where,
    'reward',
    () =>
      `must be a finite number or one per sample [${batch}], got ${typeof given === 'object' ? showShape(given.shape) : given}`,
  );
  const delays = delay === undefined ? undefined : toFloat(delay, where, 'delay');
  ensure(
    delays === undefined || sameShape(delays.shape, w.shape),
    where,
    'delay',
    () => `has shape ${showShape(delays?.shape ?? [])}, w has ${showShape(w.shape)}`,
  );
  return { reward: given, delay: delays };
}

/** The membrane potentials, batched like the spikes. */
function voltageOf(where: string, { voltage }: RuleInput, post: tf.Tensor, batched: boolean): tf.Tensor | undefined {
  if (voltage === undefined) return undefined;
  const given = toFloat(voltage, where, 'voltage');
  const wanted = batched ? post.shape : post.shape.slice(1);
  const problem = () => `has shape ${showShape(given.shape)}, zPost has ${showShape(wanted)}`;
  ensure(sameShape(given.shape, wanted), where, 'voltage', problem);
  return batched ? given : withBatch(given);
}

/** The state has the fields that `init` gives; those that end in Pre or Post hold one value per neuron of that layer. */
function checkState<State>(
  where: string,
  layers: { readonly pre: tf.Tensor; readonly post: tf.Tensor },
  state: State,
  fields: readonly string[],
): void {
  ensure(typeof state === 'object' && state !== null, where, 'state', () => `must be what init returned, got ${String(state)}`);
  const given: { readonly [field: string]: unknown } = Object.fromEntries(Object.entries(state));
  for (const field of fields)
    ensure(given[field] !== undefined, where, `state.${field}`, () => 'is missing; the state must be what init returned');
  for (const [field, value] of Object.entries(given)) {
    const layer = field.endsWith('Pre') ? layers.pre : field.endsWith('Post') ? layers.post : undefined;
    const [tensor] = tensorsOf(value);
    if (layer === undefined || tensor === undefined) continue;
    const name = layer === layers.pre ? 'zPre' : 'zPost';
    ensure(
      sameShape(tensor.shape, layer.shape),
      where,
      `state.${field}`,
      () => `has shape ${showShape(tensor.shape)}, ${name} has ${showShape(layer.shape)} (batch included)`,
    );
  }
}
