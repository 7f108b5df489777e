import type * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { checkShape } from '../core/shapes.js';
import { show, showShape } from '../core/show.js';
import { isRecord } from '../core/trees.js';
import type { Topology, TopologyJSON } from '../topologies/topology.js';
import type { Delta } from '../updates/delta.js';
import type { UpdateParams } from '../updates/updateParams.js';
import type { ExtraInput, RuleInput } from './ruleInput.js';

export type { BatchedInput, ExtraInput, RuleInput } from './ruleInput.js';

/** Shapes of the two layers that a state belongs to, with or without a batch axis. */
export interface LayerShapes {
  readonly pre: readonly number[];
  readonly post: readonly number[];
  /** Shape of the weights: of rules that remember something for each synapse; a dense layer's can be left out. */
  readonly w?: readonly number[];
}

/**
 * Throws unless the shapes are those of two layers, with a batch axis or both without.
 *
 * @param argument  what messages call them.
 * @throws {StdpError} that names what is wrong.
 */
export function checkLayerShapes(shapes: LayerShapes, topology: Topology, where: string, argument = 'shapes'): void {
  ensure(isRecord(shapes), where, argument, () => `must be a record { pre, post, w }, got ${show(shapes)}`);
  for (const name in shapes)
    ensure(['pre', 'post', 'w'].includes(name), where, `${argument}.${name}`, () => 'is not a layer; known are pre, post, w');
  const { rank, weightRank } = topology;
  const pre = checkShape(shapes.pre, where, `${argument}.pre`);
  const ranks = () => `${showShape(pre)} must have ${rank} axes, or ${rank - 1} without a batch`;
  ensure(pre.length === rank || pre.length === rank - 1, where, `${argument}.pre`, ranks);
  const post = checkShape(shapes.post, where, `${argument}.post`, pre.length);
  const sameBatch = pre.length < rank || pre[0] === post[0];
  ensure(sameBatch, where, `${argument}.post`, () => `has batch ${post[0]}, pre has ${pre[0]}`);
  if (shapes.w !== undefined) checkShape(shapes.w, where, `${argument}.w`, weightRank);
}

/** Shape of a state with one value for each synapse: that of the weights, after the batch axis if the layers have one. */
export function synapseShape(topology: Topology, { pre, post, w }: LayerShapes, where: string): readonly number[] {
  const sample = (shape: readonly number[]) => shape.slice(shape.length - topology.rank + 1);
  const weights = w ?? topology.weightShape?.(sample(pre), sample(post));
  ensure(weights !== undefined, where, 'shapes.w', () => `is missing: the state of a ${topology.type} layer needs it`);
  return checkShape(pre.length === topology.rank ? [at(pre, 0), ...weights] : weights, where, 'shapes');
}

/** A rule as plain JSON; {@link ruleFromJSON} turns it back. */
export interface RuleJSON {
  readonly rule: string;
  readonly params: object;
  readonly topology: TopologyJSON;
}

/** How a step is carried out. */
export interface StepOptions {
  /**
   * Gives the weights and the state away: the result may overwrite their memory, which saves a copy of the weights. Use only what is
   * returned afterwards; w and state are gone. Default false.
   */
  readonly donate?: boolean;
}

/**
 * A local learning rule over a topology: three pure functions. State is an immutable record of tensors.
 *
 * - `init(shapes)`: the state before the first step.
 * - `delta(input, w, state)`: what one step asks of the weights, and the next state. Factors come batched.
 * - `step(input, w, state)`: the same, applied as `update` says: new weights and state.
 *
 * Nothing that goes in is changed or disposed, but for what a step is given to keep (`donate`); exactly what is returned
 * stays.
 */
export interface Rule<State> {
  readonly name: string;
  readonly params: object;
  readonly topology: Topology;
  readonly update: UpdateParams;
  /** What it reads besides spikes. */
  readonly reads: readonly ExtraInput[];
  /** What its `w` are: weights, or delays in ms. */
  readonly learns: 'weight' | 'delay';
  init(shapes: LayerShapes): State;
  delta(input: RuleInput, w: tf.TensorLike | tf.Tensor, state: State): [Delta, State];
  step(input: RuleInput, w: tf.TensorLike | tf.Tensor, state: State, options?: StepOptions): [tf.Tensor, State];
  /** The rule as plain JSON. @throws {StdpError} when a parameter is a function or a tensor. */
  toJSON(): RuleJSON;
}
