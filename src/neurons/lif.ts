import * as tf from '@tensorflow/tfjs-core';
import { ensureStateShape, stateTensors } from '../core/checkState.js';
import { ensure, type Validated } from '../core/errors.js';
import { neuronParams } from '../core/params/neuronParams.js';
import { type ParamsOf, param, paramsSchema } from '../core/params/schema.js';
import { finiteNumber, nothingMore } from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { showShape } from '../core/show.js';
import { stableSteps } from '../core/stableEuler.js';
import { asTensor, ensureBackend, sameShape, tidily, toFloat } from '../core/tensors.js';
import {
  atRest,
  integrateCurrent,
  type LeakyIntegratorParams,
  type LeakyIntegratorState,
  leakyIntegratorFields,
} from './leakyIntegrator.js';
import { project } from './project.js';

/** State of LIF neurons without recurrence: membrane potential `v` and synaptic current `i`. */
export type LifFeedForwardState = LeakyIntegratorState;

/** State of recurrent LIF neurons: also the spikes `z` of the previous step. */
export interface LifState extends LifFeedForwardState {
  readonly z: tf.Tensor;
}

const fields = {
  /** Threshold, dimensionless. Default 1. */
  vTh: param(1, finiteNumber),
  /** Potential after a spike, dimensionless. Default 0. */
  vReset: param(0, finiteNumber),
};

/** Parameters of leaky integrate-and-fire neurons, those of {@link LeakyIntegratorParams} included. */
export interface LifParams extends ParamsOf<typeof fields>, LeakyIntegratorParams {}

/** What completes and checks {@link LifParams}. */
export const lifSchema = paramsSchema<LifParams>(
  'lifStep',
  { ...leakyIntegratorFields, ...fields },
  stableSteps('tauSyn', 'tauMem'),
);

/** Norse's values: threshold 1, reset to 0, time constants as in {@link leakyIntegratorDefaults}. */
export const lifDefaults: LifParams = lifSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const checked = validateLifParams({ tauMem: 0 });
 * checked._tag === 'Left' ? checked.left.message : 'good';   // => 'lifStep: tauMem must be a positive number of ms, got 0'
 */
export const validateLifParams = (given?: Partial<LifParams>): Validated<LifParams> => lifSchema.validate(given);

/**
 * Neurons at rest (v = vLeak), silent, without current. The state serves both step functions.
 *
 * @throws {StdpError} when the shape is none, or a parameter out of range or of another number of neurons.
 * @example
 * initLifState([2], { vLeak: -1 });   // => { v: [-1, -1], i: [0, 0], z: [0, 0] }
 */
export function initLifState(shape: readonly number[], params?: Partial<LifParams>, ...more: readonly never[]): LifState {
  const where = 'initLifState';
  nothingMore(more, where, 'initLifState(shape, params)');
  ensureBackend(where);
  const sizes = checkShape(shape, where, 'shape');
  return tidily(() => ({ ...atRest(sizes, paramsOf.init(params, sizes).vLeak), z: tf.zeros([...sizes]) }));
}

/**
 * One Euler step of recurrent leaky integrate-and-fire neurons with exponential synapses:
 *
 *     iJump = i + input·inputWeights + z·recurrentWeights
 *     u     = v + dt/tauMem·(vLeak − v + iJump)
 *     i'    = iJump·(1 − dt/tauSyn)
 *     z'    = [u > vTh]                       (strict: exactly on the threshold is silent)
 *     v'    = (1 − z')·u + z'·vReset
 *
 * @param input             spikes `[batch, in]` or `[in]`.
 * @param state             from {@link initLifState}, `[batch, n]` or `[n]`.
 * @param inputWeights      `[in, n]`.
 * @param recurrentWeights  `[n, n]`, from row to column.
 * @param params            see {@link LifParams}.
 * @returns `[z, state]`.
 * @throws {StdpError} when shapes disagree or a parameter is out of range.
 *
 * Source: Norse `lif_step`.
 *
 * @example
 * const [z, state] = lifStep([1, 1], initLifState([1]), [[20], [0]], [[0]]);
 * z.print();         // => [1]
 * state.v.print();   // => [0]
 */
export function lifStep(
  input: tf.TensorLike | tf.Tensor,
  state: LifState,
  inputWeights: tf.TensorLike | tf.Tensor,
  recurrentWeights: tf.TensorLike | tf.Tensor,
  params?: Partial<LifParams>,
  ...more: readonly never[]
): [tf.Tensor, LifState] {
  const where = 'lifStep';
  nothingMore(more, where, 'lifStep(input, state, inputWeights, recurrentWeights, params)');
  return tidily(() => {
    const spikes = toFloat(input, where, 'input');
    const feedForward = project(spikes, toFloat(inputWeights, where, 'inputWeights'), where, 'inputWeights');
    const { z: before } = stateTensors(where, state, ['z'], ['v', 'i']);
    const recurrent = project(before, toFloat(recurrentWeights, where, 'recurrentWeights'), where, 'recurrentWeights');
    ensure(
      sameShape(feedForward.shape, recurrent.shape),
      where,
      'recurrentWeights',
      () => `gives currents ${showShape(recurrent.shape)}, the input gives ${showShape(feedForward.shape)}`,
    );
    ensureStateShape(where, { z: before }, feedForward.shape, 'the input');
    const complete = paramsOf.step(params, feedForward.shape);
    const [z, next] = spike(integrateCurrent(tf.add(feedForward, recurrent), state, complete, where), complete);
    return [z, { ...next, z: tf.clone(z) }];
  });
}

/**
 * {@link lifStep} without recurrence and with the input taken as a current of the state's shape: any shape, e.g.
 * `[batch, n]` or NHWC.
 *
 * @throws {StdpError} as {@link lifStep}.
 *
 * Source: Norse `lif_feed_forward_step`.
 *
 * @example
 * lifFeedForwardStep([20, 1], initLifState([2]))[0].print();   // => [1, 0]
 */
export function lifFeedForwardStep(
  input: tf.TensorLike | tf.Tensor,
  state: LifFeedForwardState,
  params?: Partial<LifParams>,
  ...more: readonly never[]
): [tf.Tensor, LifFeedForwardState] {
  const where = 'lifFeedForwardStep';
  nothingMore(more, where, 'lifFeedForwardStep(input, state, params)');
  return tidily(() => {
    const current = toFloat(input, where, 'input');
    const complete = paramsOf.feedForward(params, current.shape);
    return spike(integrateCurrent(current, state, complete, where), complete);
  });
}

const paramsOf = {
  init: neuronParams('initLifState', lifSchema.validate),
  step: neuronParams('lifStep', lifSchema.validate),
  feedForward: neuronParams('lifFeedForwardStep', lifSchema.validate),
};

/** Threshold and reset of membranes that have just integrated. */
function spike({ v: u, i }: LeakyIntegratorState, { vTh, vReset }: LifParams): [tf.Tensor, LifFeedForwardState] {
  const z = tf.step(tf.sub(u, asTensor(vTh)));
  return [z, { v: tf.add(tf.mul(tf.sub(1, z), u), tf.mul(z, asTensor(vReset))), i }];
}
