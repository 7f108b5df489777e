import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { mapTensors, sameShape, showShape, toFloat } from '../core/tensors.js';
import type { Topology } from '../topologies/topology.js';

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

/** A batch of one around every tensor of a state. */
export const withBatch = <State>(state: State): State => mapTensors(state, (tensor) => tf.expandDims(tensor, 0));
/** The only sample of every tensor of a state. */
export const withoutBatch = <State>(state: State): State => mapTensors(state, (tensor) => tf.squeeze(tensor, [0]));

/** Spikes and weights as float32 tensors whose shapes agree, batched or not as they came. */
export interface CheckedInput {
  readonly pre: tf.Tensor;
  readonly post: tf.Tensor;
  readonly w: tf.Tensor;
  readonly batched: boolean;
}

/** Spikes and weights as float32 tensors that fit together. */
export function checkInput(
  where: string,
  topology: Topology,
  input: RuleInput,
  weights: tf.TensorLike | tf.Tensor,
): CheckedInput {
  const { rank, weightRank } = topology;
  const w = toFloat(weights, where, 'w');
  ensure(
    w.rank === weightRank,
    where,
    'w',
    () => `has shape ${showShape(w.shape)}, a ${topology.type} layer needs rank ${weightRank}`,
  );
  const pre = toFloat(input.pre, where, 'zPre');
  const post = toFloat(input.post, where, 'zPost');
  const batched = pre.rank === rank;
  const ranks = () => `[batch, …] of rank ${rank}, or rank ${rank - 1} without a batch`;
  ensure(batched || pre.rank === rank - 1, where, 'zPre', () => `has shape ${showShape(pre.shape)}, needs ${ranks()}`);
  ensure(post.rank === pre.rank, where, 'zPost', () => `has shape ${showShape(post.shape)}, needs rank ${pre.rank} like zPre`);
  const [preShape, postShape] = batched
    ? [pre.shape, post.shape]
    : [
        [1, ...pre.shape],
        [1, ...post.shape],
      ];
  const wanted = topology.outputShape(where, preShape, w.shape);
  ensure(postShape[0] === wanted[0], where, 'zPost', () => `has batch ${postShape[0]}, zPre has ${wanted[0]}`);
  ensure(sameShape(postShape, wanted), where, 'zPost', () =>
    wanted.length === 2
      ? `has ${postShape[1]} columns, w ${showShape(w.shape)} needs ${wanted[1]}`
      : `has shape ${showShape(postShape)}, zPre ${showShape(preShape)} and w ${showShape(w.shape)} need ${showShape(wanted)}`,
  );
  return { pre, post, w, batched };
}

/** Reward and delay, checked against the batch and the weights. */
export function modulators(
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
export function voltageOf(where: string, { voltage }: RuleInput, post: tf.Tensor, batched: boolean): tf.Tensor | undefined {
  if (voltage === undefined) return undefined;
  const given = toFloat(voltage, where, 'voltage');
  const wanted = batched ? post.shape : post.shape.slice(1);
  const problem = () => `has shape ${showShape(given.shape)}, zPost has ${showShape(wanted)}`;
  ensure(sameShape(given.shape, wanted), where, 'voltage', problem);
  return batched ? given : withBatch(given);
}

/** The state has the fields that `init` gives; those that end in Pre or Post hold one value per neuron of that layer. */
export function checkState<State>(where: string, layers: CheckedInput, state: State, fields: readonly string[]): void {
  ensure(typeof state === 'object' && state !== null, where, 'state', () => `must be what init returned, got ${String(state)}`);
  const given = state as { readonly [field: string]: unknown };
  for (const field of fields) {
    const value = given[field];
    if (value === undefined) ensure(false, where, `state.${field}`, () => 'is missing; the state must be what init returned');
    if (!(value instanceof tf.Tensor)) continue;
    const layer = field.endsWith('Pre') ? layers.pre : field.endsWith('Post') ? layers.post : undefined;
    if (layer === undefined || sameShape(value.shape, layer.shape)) continue;
    const note = layers.batched ? ' (batch included)' : '';
    const problem = () =>
      `has shape ${showShape(value.shape)}, ${layer === layers.pre ? 'zPre' : 'zPost'} has ${showShape(layer.shape)}${note}`;
    ensure(false, where, `state.${field}`, problem);
  }
}
