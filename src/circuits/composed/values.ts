import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../../core/errors.js';
import type { NeuronTensors } from '../neurons/registerNeuron.js';

/** Variables one step later, and the spikes of that step, 0 or 1. */
export interface Advanced {
  readonly variables: NeuronTensors;
  readonly spikes: tf.Tensor;
}

/**
 * One step of neurons.
 *
 * @param drive  what comes from outside into each.
 * @param t      the number of the step.
 */
export type NeuronStep = (variables: NeuronTensors, drive: tf.Tensor, t: number) => Advanced;

/** A variable of neurons. */
export function variable(variables: NeuronTensors, name: string): tf.Tensor {
  const found = variables[name];
  ensure(found !== undefined, 'runComposed', 'state', () => `has no variable '${name}' of its neurons: init makes them`);
  return found;
}

/** Values below 1e-30 are 0. */
export const flush = (x: tf.Tensor): tf.Tensor => tf.mul(x, tf.cast(tf.greater(tf.abs(x), 1e-30), 'float32'));

/** Who is held at a potential: refractory in step t. */
export const heldIn = (variables: NeuronTensors, t: number): tf.Tensor =>
  tf.greater(variable(variables, 'until'), tf.scalar(t, 'int32'));

/** Who may fire and does, 0 or 1. */
export const firing = (isAbove: tf.Tensor, isHeld: tf.Tensor): tf.Tensor =>
  tf.cast(tf.logicalAnd(isAbove, tf.logicalNot(isHeld)), 'float32');

/** `after` where a neuron fires, else `before`. */
export const atSpikes = (spikes: tf.Tensor, after: number | tf.Tensor, before: tf.Tensor): tf.Tensor =>
  tf.where(
    tf.cast(spikes, 'bool'),
    typeof after === 'number' ? tf.fill(before.shape, after, before.dtype as 'float32') : after,
    before,
  );

/** When those that fire in step t may fire again. */
export const pausedAfter = (variables: NeuronTensors, spikes: tf.Tensor, t: number, refractory: number): tf.Tensor =>
  atSpikes(spikes, t + 1 + refractory, variable(variables, 'until'));
