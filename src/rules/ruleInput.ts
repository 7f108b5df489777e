import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { show, showShape } from '../core/show.js';
import { sameShape, toFloat } from '../core/tensors.js';
import { isRecord, mapTensors } from '../core/trees.js';
import type { Topology } from '../topologies/topology.js';

/**
 * What a rule sees in one time step. All values must be finite. In lists and typed arrays that is checked; in tensors it isn't, since
 * reading them would cost more than a step: what NaN and Infinity in them come to differs between backends, and with a bound it
 * may look like a weight.
 */
export interface RuleInput {
  /** Presynaptic spikes, `[batch, …]` or `[…]`. */
  readonly pre: tf.TensorLike | tf.Tensor;
  /** Postsynaptic spikes, `[batch, …]` or `[…]`. */
  readonly post: tf.TensorLike | tf.Tensor;
  /**
   * Of the whole layer: a number, or one per sample `[batch]`. Rules without a third factor leave it alone, so that one train serves
   * them and others (`rule.reads` tells which rule reads it).
   */
  readonly reward?: number | tf.TensorLike | tf.Tensor;
  /** Axonal delays, the shape of the weights, ms, of rules that need them. */
  readonly delay?: tf.TensorLike | tf.Tensor;
  /** Membrane potentials of the postsynaptic neurons, the shape of `post`, mV, of rules that need them. */
  readonly voltage?: tf.TensorLike | tf.Tensor;
}

/** The input as the author of a rule sees it: batched float32 tensors whose shapes agree. */
export interface BatchedInput {
  readonly pre: tf.Tensor;
  readonly post: tf.Tensor;
  /** A number, or a tensor `[batch]`; undefined when none came. */
  readonly reward: number | tf.Tensor | undefined;
  /** The shape of the weights, ms; undefined when none came. */
  readonly delay: tf.Tensor | undefined;
  /** The shape of `post`, mV; undefined when none came. */
  readonly voltage: tf.Tensor | undefined;
}

/** A batch of one around every tensor of a state. */
export const withBatch = <State>(state: State): State => mapTensors(state, (tensor) => tf.expandDims(tensor, 0));
/** The only sample of every tensor of a state. */
export const withoutBatch = <State>(state: State): State => mapTensors(state, (tensor) => tf.squeeze(tensor, [0]));

/** What messages call a rule and its input. */
export interface CallNames {
  /** The public function. */
  readonly where: string;
  /** Name of its argument, or of the field of its input, for presynaptic spikes. */
  readonly pre: string;
  /** The same for postsynaptic spikes. */
  readonly post: string;
}

/** What a rule may read besides spikes. */
export type ExtraInput = 'reward' | 'delay' | 'voltage';

/** The input of one step as float32 tensors whose shapes agree, batched or not as they came. */
export interface CheckedInput extends BatchedInput {
  readonly w: tf.Tensor;
  /** Whether spikes came with a batch axis. */
  readonly batched: boolean;
}

/** The same with a batch axis, around a batch of one where none came. */
export const batchedInput = (input: CheckedInput): CheckedInput =>
  input.batched ? input : { ...input, ...withBatch({ pre: input.pre, post: input.post, voltage: input.voltage }), batched: true };

/**
 * Input and weights that fit together and the topology.
 *
 * @param takes  what the rule reads besides spikes.
 * @throws {StdpError} that names what doesn't fit, or what the rule doesn't read.
 */
export function checkInput(
  names: CallNames,
  topology: Topology,
  takes: readonly ExtraInput[],
  input: RuleInput,
  weights: tf.TensorLike | tf.Tensor,
): CheckedInput {
  const { where } = names;
  checkFields(where, takes, input);
  const w = toFloat(weights, where, 'w');
  const { weightRank, type } = topology;
  ensure(w.rank === weightRank, where, 'w', () => `has shape ${showShape(w.shape)}, a ${type} layer needs rank ${weightRank}`);
  const pre = toFloat(input.pre, where, names.pre);
  const post = toFloat(input.post, where, names.post);
  const batched = checkLayers(names, topology, pre.shape, post.shape, w.shape);
  const batch = batched ? at(pre.shape, 0) : 1;
  return {
    pre,
    post,
    w,
    batched,
    reward: checkedReward(where, input.reward, batch),
    delay: shapedLike(where, 'delay', input.delay, 'w', w),
    voltage: shapedLike(where, 'voltage', input.voltage, names.post, post),
  };
}

/** What comes to all rules, so that one train serves several; those without a third factor leave its reward alone. */
const everyones: readonly string[] = ['pre', 'post', 'reward'];

/** No field is unknown, and no delay or voltage comes that the rule doesn't read. */
function checkFields(where: string, takes: readonly ExtraInput[], input: unknown): asserts input is RuleInput {
  ensure(isRecord(input), where, 'input', () => `must be a record { pre, post }, got ${show(input)}`);
  for (const name in input) {
    if (everyones.includes(name) || takes.includes(name as ExtraInput) || input[name] === undefined) continue;
    const reads = ['pre', 'post', ...takes].join(', ');
    ensure(false, where, `input.${name}`, () => `is not read by this rule, which reads ${reads}`);
  }
}

/** Shapes of spikes that fit the weights; answers whether they have a batch axis. */
function checkLayers(
  { where, pre, post }: CallNames,
  topology: Topology,
  preShape: readonly number[],
  postShape: readonly number[],
  weightShape: readonly number[],
): boolean {
  const { rank } = topology;
  const batched = preShape.length === rank;
  const ranks = () => `[batch, …] of rank ${rank}, or rank ${rank - 1} without a batch`;
  ensure(batched || preShape.length === rank - 1, where, pre, () => `has shape ${showShape(preShape)}, needs ${ranks()}`);
  const sameRank = postShape.length === preShape.length;
  ensure(sameRank, where, post, () => `has shape ${showShape(postShape)}, needs rank ${preShape.length} like ${pre}`);
  const [inputs, outputs] = batched
    ? [preShape, postShape]
    : [
        [1, ...preShape],
        [1, ...postShape],
      ];
  const wanted = topology.outputShape(where, inputs, weightShape, pre);
  ensure(outputs[0] === wanted[0], where, post, () => `has batch ${outputs[0]}, ${pre} has ${wanted[0]}`);
  ensure(sameShape(outputs, wanted), where, post, () =>
    wanted.length === 2
      ? `has ${outputs[1]} columns, w ${showShape(weightShape)} needs ${wanted[1]}`
      : `has shape ${showShape(outputs)}, ${pre} ${showShape(inputs)} and w ${showShape(weightShape)} need ${showShape(wanted)}`,
  );
  return batched;
}

function checkedReward(where: string, reward: RuleInput['reward'], batch: number): number | tf.Tensor | undefined {
  if (reward === undefined) return undefined;
  const problem = (got: string) => `must be a finite number or one per sample [${batch}], got ${got}`;
  if (typeof reward === 'number') {
    ensure(Number.isFinite(Math.fround(reward)), where, 'reward', () => problem(String(reward)));
    return reward;
  }
  const given = toFloat(reward, where, 'reward');
  const fits = given.rank === 0 || sameShape(given.shape, [batch]);
  ensure(fits, where, 'reward', () => problem(showShape(given.shape)));
  return given;
}

function shapedLike(
  where: string,
  argument: string,
  value: tf.TensorLike | tf.Tensor | undefined,
  model: string,
  { shape }: tf.Tensor,
): tf.Tensor | undefined {
  if (value === undefined) return undefined;
  const given = toFloat(value, where, argument);
  ensure(
    sameShape(given.shape, shape),
    where,
    argument,
    () => `has shape ${showShape(given.shape)}, ${model} has ${showShape(shape)}`,
  );
  return given;
}
