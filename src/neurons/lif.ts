import * as tf from '@tensorflow/tfjs-core';
import { ensure, orThrow, type Validated } from '../core/errors.js';
import { showShape } from '../core/show.js';
import { sameShape, tidily, toFloat } from '../core/tensors.js';
import { finiteNumber, type Numeric, validateParams } from '../core/validation.js';
import { asTensor } from '../traces/exponentialTrace.js';
import {
  initLeakyIntegratorState,
  integrateCurrent,
  type LeakyIntegratorParams,
  type LeakyIntegratorState,
  leakyIntegratorChecks,
  leakyIntegratorDefaults,
} from './leakyIntegrator.js';
import { project } from './project.js';

/** State of LIF neurons without recurrence: membrane potential `v` and synaptic current `i`. */
export type LifFeedForwardState = LeakyIntegratorState;

/** State of recurrent LIF neurons: also the spikes `z` of the previous step. */
export interface LifState extends LifFeedForwardState {
  readonly z: tf.Tensor;
}

/**
 * Parameters of leaky integrate-and-fire neurons: those of {@link LeakyIntegratorParams} and
 *
 * @property vTh     threshold, dimensionless. Default 1.
 * @property vReset  potential after a spike, dimensionless. Default 0.
 */
export interface LifParams extends LeakyIntegratorParams {
  readonly vTh: Numeric;
  readonly vReset: Numeric;
}

/** Norse's values: threshold 1, reset to 0, time constants as in {@link leakyIntegratorDefaults}. */
export const lifDefaults: LifParams = { ...leakyIntegratorDefaults, vTh: 1, vReset: 0 };

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * pipe(validateLifParams({ tauMem: 0 }), match((error) => error.message, () => 'good'));   // => 'lifStep: tauMem must be a positive number of ms, got 0'
 */
export const validateLifParams = (given?: Partial<LifParams>, where = 'lifStep'): Validated<LifParams> =>
  validateParams(where, lifDefaults, given, { ...leakyIntegratorChecks, vTh: finiteNumber, vReset: finiteNumber });

/**
 * Neurons at rest (v = vLeak), silent, without current. The state serves both step functions.
 *
 * @example
 * initLifState([2], { vLeak: -1 });   // => { v: [-1, -1], i: [0, 0], z: [0, 0] }
 */
export function initLifState(shape: readonly number[], params?: Partial<LifParams>): LifState {
  const { vLeak } = orThrow(validateLifParams(params, 'initLifState'));
  return tidily(() => ({ ...initLeakyIntegratorState(shape, { vLeak }), z: tf.zeros([...shape]) }));
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
): [tf.Tensor, LifState] {
  const where = 'lifStep';
  const complete = orThrow(validateLifParams(params, where));
  return tidily(() => {
    const feedForward = project(
      toFloat(input, where, 'input'),
      toFloat(inputWeights, where, 'inputWeights'),
      where,
      'inputWeights',
    );
    const recurrent = project(state.z, toFloat(recurrentWeights, where, 'recurrentWeights'), where, 'recurrentWeights');
    ensure(
      sameShape(feedForward.shape, recurrent.shape),
      where,
      'recurrentWeights',
      () => `gives currents ${showShape(recurrent.shape)}, the input gives ${showShape(feedForward.shape)}`,
    );
    const [z, next] = spike(integrateCurrent(tf.add(feedForward, recurrent), state, complete, where), complete);
    return [z, { ...next, z: tf.clone(z) }];
  });
}

/**
 * {@link lifStep} without recurrence and with the input taken as a current of the state's shape: any shape, e.g.
 * `[batch, n]` or NHWC.
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
): [tf.Tensor, LifFeedForwardState] {
  const where = 'lifFeedForwardStep';
  const complete = orThrow(validateLifParams(params, where));
  return tidily(() => spike(integrateCurrent(toFloat(input, where, 'input'), state, complete, where), complete));
}

/** Threshold and reset of membranes that have just integrated. */
function spike({ v: u, i }: LeakyIntegratorState, { vTh, vReset }: LifParams): [tf.Tensor, LifFeedForwardState] {
  const z = tf.step(tf.sub(u, asTensor(vTh)));
  return [z, { v: tf.add(tf.mul(tf.sub(1, z), u), tf.mul(z, asTensor(vReset))), i }];
}
