import * as tf from '@tensorflow/tfjs-core';
import { chain } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { ensureStateShape, stateTensors } from '../core/checkState.js';
import type { Validated } from '../core/errors.js';
import { frozen } from '../core/frozen.js';
import { neuronParams } from '../core/params/neuronParams.js';
import {
  finiteNumber,
  type Numeric,
  nothingMore,
  positiveScalar,
  timeConstant,
  validateParams,
} from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { stableEuler } from '../core/stableEuler.js';
import { asTensor, ensureBackend, tidily, toFloat } from '../core/tensors.js';
import { decayTrace, traceStep } from '../traces/unchecked/exponentialTrace.js';
import { project } from './project.js';

/** State of a leaky integrator: membrane potential `v` and synaptic current `i`, dimensionless, of the same shape. */
export interface LeakyIntegratorState {
  readonly v: tf.Tensor;
  readonly i: tf.Tensor;
}

/**
 * Parameters of a leaky integrator with exponential synapses.
 *
 * @property tauSyn  time constant of the synaptic current, ms, at least dt/2; Infinity never decays. Default 5.
 * @property tauMem  time constant of the membrane, ms, at least dt/2. Default 10.
 * @property vLeak   resting potential, dimensionless. Default 0.
 * @property dt      step, ms. Default 1.
 */
export interface LeakyIntegratorParams {
  readonly tauSyn: Numeric;
  readonly tauMem: Numeric;
  readonly vLeak: Numeric;
  readonly dt: number;
}

/** Norse's values: 5 ms and 10 ms, rest at 0, steps of 1 ms. */
export const leakyIntegratorDefaults: LeakyIntegratorParams = frozen({ tauSyn: 5, tauMem: 10, vLeak: 0, dt: 1 });

/** One check for every field, shared with the neurons that add a threshold. */
export const leakyIntegratorChecks = { tauSyn: timeConstant, tauMem: timeConstant, vLeak: finiteNumber, dt: positiveScalar };

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateLeakyIntegratorParams({ dt: -1 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'liStep: dt must be a number > 0, got -1'
 */
export const validateLeakyIntegratorParams = (
  given?: Partial<LeakyIntegratorParams>,
  where = 'liStep',
): Validated<LeakyIntegratorParams> =>
  pipe(
    validateParams(where, leakyIntegratorDefaults, given, leakyIntegratorChecks),
    chain((params) => stableEuler(where, params, ['tauSyn', 'tauMem'])),
  );

/**
 * A membrane at rest (v = vLeak) without current.
 *
 * @throws {StdpError} when the shape is none, or a parameter out of range or of another number of neurons.
 * @example
 * initLeakyIntegratorState([1], { vLeak: -1 });   // => { v: [-1], i: [0] }
 */
export function initLeakyIntegratorState(
  shape: readonly number[],
  params?: Partial<LeakyIntegratorParams>,
  ...more: readonly never[]
): LeakyIntegratorState {
  const where = 'initLeakyIntegratorState';
  nothingMore(more, where, 'initLeakyIntegratorState(shape, params)');
  ensureBackend(where);
  const sizes = checkShape(shape, where, 'shape');
  return tidily(() => atRest(sizes, paramsOf.init(params, sizes).vLeak));
}

/** v = vLeak, i = 0. */
export const atRest = (shape: readonly number[], vLeak: Numeric): LeakyIntegratorState => ({
  v: tf.add(tf.zeros([...shape]), asTensor(vLeak)),
  i: tf.zeros([...shape]),
});

/**
 * One Euler step of current and membrane, before any threshold:
 *
 *     iJump = i + current,   v' = v + dt/tauMem·(vLeak − v + iJump),   i' = iJump·(1 − dt/tauSyn)
 *
 * @throws {StdpError} when the state is none, or of another shape than the current.
 */
export function integrateCurrent(
  current: tf.Tensor,
  state: LeakyIntegratorState,
  { tauSyn, tauMem, vLeak, dt }: LeakyIntegratorParams,
  where: string,
): LeakyIntegratorState {
  // The state of recurrent neurons serves those without recurrence too.
  const { v, i } = stateTensors(where, state, ['v', 'i'], ['z']);
  ensureStateShape(where, { v, i }, current.shape, 'the input');
  const euler = { amplitude: 1, dt, traceMode: 'cumulative', integration: 'euler' } as const;
  const jumped = tf.add(i, current);
  return {
    v: traceStep(v, tf.add(jumped, asTensor(vLeak)), { ...euler, tau: tauMem }),
    i: decayTrace(jumped, { ...euler, tau: tauSyn }),
  };
}

/**
 * One step of a leaky integrator, the usual read-out of a spiking network: spikes jump onto the current, the membrane
 * follows the current that has jumped, and nothing ever fires.
 *
 *     iJump = i + input·inputWeights,   v' = v + dt/tauMem·(vLeak − v + iJump),   i' = iJump·(1 − dt/tauSyn)
 *
 * @param input         spikes `[batch, in]` or `[in]`.
 * @param state         from {@link initLeakyIntegratorState}, `[batch, n]` or `[n]`.
 * @param inputWeights  `[in, n]`.
 * @param params        see {@link LeakyIntegratorParams}.
 * @returns `[v, state]`.
 * @throws {StdpError} when shapes disagree or a parameter is out of range.
 *
 * Source: Norse `li_step`.
 *
 * @example
 * liStep([1, 0], initLeakyIntegratorState([1]), [[2], [3]])[0].print();   // => [0.2]
 */
export function liStep(
  input: tf.TensorLike | tf.Tensor,
  state: LeakyIntegratorState,
  inputWeights: tf.TensorLike | tf.Tensor,
  params?: Partial<LeakyIntegratorParams>,
  ...more: readonly never[]
): [tf.Tensor, LeakyIntegratorState] {
  const where = 'liStep';
  nothingMore(more, where, 'liStep(input, state, inputWeights, params)');
  return tidily(() => {
    const spikes = toFloat(input, where, 'input');
    const current = project(spikes, toFloat(inputWeights, where, 'inputWeights'), where, 'inputWeights');
    const next = integrateCurrent(current, state, paramsOf.step(params, current.shape), where);
    return [tf.clone(next.v), next];
  });
}

/**
 * {@link liStep} with the input taken as a current of the state's shape.
 *
 * @throws {StdpError} as {@link liStep}.
 *
 * Source: Norse `li_feed_forward_step`.
 *
 * @example
 * liFeedForwardStep([2], initLeakyIntegratorState([1]))[0].print();   // => [0.2]
 */
export function liFeedForwardStep(
  input: tf.TensorLike | tf.Tensor,
  state: LeakyIntegratorState,
  params?: Partial<LeakyIntegratorParams>,
  ...more: readonly never[]
): [tf.Tensor, LeakyIntegratorState] {
  const where = 'liFeedForwardStep';
  nothingMore(more, where, 'liFeedForwardStep(input, state, params)');
  return tidily(() => {
    const current = toFloat(input, where, 'input');
    const next = integrateCurrent(current, state, paramsOf.feedForward(params, current.shape), where);
    return [tf.clone(next.v), next];
  });
}

const paramsOf = {
  init: neuronParams('initLeakyIntegratorState', validateLeakyIntegratorParams),
  step: neuronParams('liStep', validateLeakyIntegratorParams),
  feedForward: neuronParams('liFeedForwardStep', validateLeakyIntegratorParams),
};
