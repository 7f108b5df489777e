import * as tf from '@tensorflow/tfjs-core';
import { ensure, orThrow, type Validated } from '../core/errors.js';
import { showShape } from '../core/show.js';
import { sameShape, tidily, toFloat } from '../core/tensors.js';
import {
  finiteNumber,
  type Numeric,
  nonNegativeScalar,
  oneOf,
  positiveScalar,
  timeConstant,
  validateParams,
} from '../core/validation.js';
import { addSpikes, asTensor, decayTrace, type Integration } from '../traces/exponentialTrace.js';

/**
 * State of neurons that rest after a spike.
 *
 * @property v           membrane potential, in the unit of `vRest`.
 * @property refractory  steps for which the neuron takes no input yet.
 */
export interface RefractoryState {
  readonly v: tf.Tensor;
  readonly refractory: tf.Tensor;
}

/**
 * Parameters of leaky integrate-and-fire neurons that take their input as it is and rest after a spike.
 *
 * @property dt           step, ms. Default 1.
 * @property tauMem       time constant of the membrane, ms; Infinity never leaks. Default 10.
 * @property integration  `'exact'`: decay exp(−dt/τ), input times gain; `'euler'`: decay 1 − dt/τ, input times gain·dt/τ. Default `'exact'`.
 * @property gain         of the input, dimensionless. Default 1.
 * @property vRest        potential that it decays to. Default 0.
 * @property vReset       potential after a spike. Default 0.
 * @property vTh          threshold, reached or passed. Default 1.
 * @property tauRefractory  time without input after a spike, ms, rounded to steps. Default 0.
 */
export interface RefractoryLifParams {
  readonly dt: number;
  readonly tauMem: Numeric;
  readonly integration: Integration;
  readonly gain: Numeric;
  readonly vRest: Numeric;
  readonly vReset: Numeric;
  readonly vTh: Numeric;
  readonly tauRefractory: number;
}

/** Rest and reset 0, threshold 1, 10 ms, no refractory time. */
export const refractoryLifDefaults: RefractoryLifParams = {
  dt: 1,
  tauMem: 10,
  integration: 'exact',
  gain: 1,
  vRest: 0,
  vReset: 0,
  vTh: 1,
  tauRefractory: 0,
};

/** One check for each of {@link RefractoryLifParams}. */
export const refractoryLifChecks = {
  dt: positiveScalar,
  tauMem: timeConstant,
  integration: oneOf('exact', 'euler'),
  gain: finiteNumber,
  vRest: finiteNumber,
  vReset: finiteNumber,
  vTh: finiteNumber,
  tauRefractory: nonNegativeScalar,
};

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateRefractoryLifParams({ tauRefractory: -1 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'refractoryLifStep: tauRefractory must be a number ≥ 0, got -1'
 */
export const validateRefractoryLifParams = (
  given?: Partial<RefractoryLifParams>,
  where = 'refractoryLifStep',
): Validated<RefractoryLifParams> => validateParams(where, refractoryLifDefaults, given, refractoryLifChecks);

/**
 * Neurons at rest that are ready to fire.
 *
 * @example
 * initRefractoryState([2], { vRest: -65 });   // => { v: [-65, -65], refractory: [0, 0] }
 */
export function initRefractoryState(shape: readonly number[], params?: Partial<RefractoryLifParams>): RefractoryState {
  const { vRest } = orThrow(validateRefractoryLifParams(params, 'initRefractoryState'));
  return tidily(() => ({ v: tf.add(tf.zeros([...shape]), asTensor(vRest)), refractory: tf.zeros([...shape]) }));
}

/**
 * One step of leaky integrate-and-fire neurons with a refractory time:
 *
 *     u  = vRest + decay·(v − vRest) + gain·input·[refractory = 0]
 *     z  = [u ≥ vTh],   v' = vReset where z, else u
 *     refractory' = tauRefractory/dt where z, else max(0, refractory − 1)
 *
 * With `tauMem: Infinity` they never leak. The refractory time is counted in whole steps, so that it always ends.
 *
 * @param input   the shape of the state.
 * @param state   from {@link initRefractoryState} or the step before.
 * @param params  see {@link RefractoryLifParams}.
 * @returns `[z, state]`.
 * @throws {StdpError} when shapes disagree or a parameter is out of range.
 *
 * Source: PySNN `IFNeuron`, `LIFNeuron` (counts milliseconds in floating point, and with dt = 0.1 is silent for ever);
 * BindsNET `LIFNodes`.
 *
 * @example
 * const params = { tauMem: Infinity, tauRefractory: 1 };
 * const [z, state] = refractoryLifStep([1], initRefractoryState([1]), params);
 * const [next] = refractoryLifStep([1], state, params);
 * [z, next];   // => [[1], [0]]
 */
export function refractoryLifStep(
  input: tf.TensorLike | tf.Tensor,
  state: RefractoryState,
  params?: Partial<RefractoryLifParams>,
): [tf.Tensor, RefractoryState] {
  const where = 'refractoryLifStep';
  const complete = orThrow(validateRefractoryLifParams(params, where));
  return tidily(() => thresholdStep(toFloat(input, where, 'input'), state, complete, asTensor(complete.vTh), where));
}

/** The step with a threshold for each neuron, of any shape that broadcasts with the state. */
export function thresholdStep(
  input: tf.Tensor,
  { v, refractory }: RefractoryState,
  { dt, tauMem, integration, gain, vRest, vReset, tauRefractory }: RefractoryLifParams,
  threshold: tf.Tensor,
  where: string,
): [tf.Tensor, RefractoryState] {
  ensure(
    sameShape(input.shape, v.shape),
    where,
    'input',
    () => `has shape ${showShape(input.shape)}, state.v has ${showShape(v.shape)}`,
  );
  const membrane = { tau: tauMem, amplitude: gain, dt, traceMode: 'cumulative', integration } as const;
  const free = tf.sub(1, tf.step(refractory));
  const decayed = decayTrace(tf.sub(v, asTensor(vRest)), membrane);
  const u = tf.add(addSpikes(decayed, tf.mul(input, free), membrane), asTensor(vRest));
  const z = tf.sub(1, tf.step(tf.sub(threshold, u)));
  const stays = tf.sub(1, z);
  const steps = Math.round(tauRefractory / dt);
  return [
    z,
    {
      v: tf.add(tf.mul(u, stays), tf.mul(z, asTensor(vReset))),
      refractory: tf.add(tf.mul(tf.relu(tf.sub(refractory, 1)), stays), tf.mul(z, steps)),
    },
  ];
}
