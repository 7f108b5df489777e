import * as tf from '@tensorflow/tfjs-core';
import { isRecord } from '../core/trees.js';
import type { LayerShapes } from './rule.js';
import type { CheckedInput } from './ruleInput.js';

/** Whether a layer has no neurons, so that there are no synapses. */
export const isEmpty = ({ w }: CheckedInput): boolean => w.size === 0;

const filled = (shape: readonly number[]): number[] => shape.map((size) => Math.max(size, 1));

/** The tensor, or where it has no values one of a silent neuron in its place. */
const silentFor = (tensor: tf.Tensor): tf.Tensor => (tensor.size === 0 ? tf.zeros(filled(tensor.shape)) : tensor);

/** The input with a silent neuron where a layer has none. */
export const withSilentNeurons = (input: CheckedInput): CheckedInput => ({
  ...input,
  pre: silentFor(input.pre),
  post: silentFor(input.post),
  w: silentFor(input.w),
  delay: input.delay && silentFor(input.delay),
  voltage: input.voltage && silentFor(input.voltage),
});

/** The state that belongs to {@link withSilentNeurons}: what has values, and the first state of the neurons that were added. */
export function stateOfSilent<State>(state: State, input: CheckedInput, init: (shapes: LayerShapes) => State): State {
  const first = init({ pre: input.pre.shape, post: input.post.shape, w: input.w.shape });
  return replaced(state, first, ({ size }) => size === 0);
}

/** The next state without what the added neurons remember. */
export const withoutSilent = <State>(next: State, before: State): State => replaced(before, next, ({ size }) => size > 0);

/** A state whose tensors are those of another where the condition holds of its own. */
function replaced<State>(state: State, other: State, condition: (tensor: tf.Tensor) => boolean): State {
  if (!isRecord(state) || !isRecord(other)) return state;
  const entries = Object.entries(state).map(([name, value]): readonly [string, unknown] => {
    if (value instanceof tf.Tensor) return [name, condition(value) ? other[name] : value];
    return [name, replaced(value, other[name], condition)];
  });
  return Object.fromEntries(entries) as State;
}
