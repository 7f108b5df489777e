import * as tf from '@tensorflow/tfjs-core';
import { ensureStateShape, stateTensors } from '../core/checkState.js';
import type { Validated } from '../core/errors.js';
import { neuronParams } from '../core/params/neuronParams.js';
import { type ParamsOf, param, paramsSchema } from '../core/params/schema.js';
import { finiteNumber, type Numeric, nothingMore, positiveScalar, timeConstant } from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { stableSteps } from '../core/stableEuler.js';
import { asTensor, ensureBackend, tidily, toFloat } from '../core/tensors.js';
import { decayTrace, traceStep } from '../traces/unchecked/exponentialTrace.js';
import { project } from './project.js';

/** State of a leaky integrator: membrane potential `v` and synaptic current `i`, dimensionless, of the same shape. */
export interface LeakyIntegratorState {
  readonly v: tf.Tensor;
  readonly i: tf.Tensor;
}

/** The parameters of {@link LeakyIntegratorParams}. */
export const leakyIntegratorFields = {
  /** Time constant of the synaptic current, ms, at least dt/2; Infinity never decays. Default 5. */
  tauSyn: param(5, timeConstant),
  /** Time constant of the membrane, ms, at least dt/2. Default 10. */
  tauMem: param(10, timeConstant),
  /** Resting potential, dimensionless. Default 0. */
  vLeak: param(0, finiteNumber),
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
};

/** Parameters of a leaky integrator with exponential synapses. */
export interface LeakyIntegratorParams extends ParamsOf<typeof leakyIntegratorFields> {}

const schema = paramsSchema<LeakyIntegratorParams>('liStep', leakyIntegratorFields, stableSteps('tauSyn', 'tauMem'));

/** Norse's values: 5 ms and 10 ms, rest at 0, steps of 1 ms. */
export const leakyIntegratorDefaults: LeakyIntegratorParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateLeakyIntegratorParams({ dt: -1 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'liStep: dt must be a number > 0, got -1'
 */
export const validateLeakyIntegratorParams = (given?: Partial<LeakyIntegratorParams>): Validated<LeakyIntegratorParams> =>
  schema.validate(given);

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
  init: neuronParams('initLeakyIntegratorState', schema.validate),
  step: neuronParams('liStep', schema.validate),
  feedForward: neuronParams('liFeedForwardStep', schema.validate),
};
