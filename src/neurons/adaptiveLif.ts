import * as tf from '@tensorflow/tfjs-core';
import { orThrow, type Validated } from '../core/errors.js';
import { tidily, toFloat } from '../core/tensors.js';
import { finiteNumber, flag, type Numeric, oneOf, timeConstant, validateParams } from '../core/validation.js';
import { addSpikes, asTensor, decayTrace, type Integration } from '../traces/exponentialTrace.js';
import {
  initRefractoryState,
  type RefractoryLifParams,
  type RefractoryState,
  refractoryLifChecks,
  refractoryLifDefaults,
  thresholdStep,
} from './refractoryLif.js';

/** State of neurons whose threshold follows their activity: `theta` is what it has risen by. */
export interface AdaptiveLifState extends RefractoryState {
  readonly theta: tf.Tensor;
}

/**
 * Parameters of neurons with an adaptive threshold: those of {@link RefractoryLifParams} (`vTh` is the fixed part of the
 * threshold) and
 *
 * @property tauTheta          time constant of theta, ms; Infinity never decays. Default 1e7.
 * @property thetaPlus         what a spike adds to theta (with `'euler'` times dt/tauTheta). Default 0.05.
 * @property thetaIntegration  how theta decays: `'exact'` or `'euler'`. Default `'exact'`.
 * @property thetaOrder        theta decays before it meets the potential (`'decayFirst'`), or after (`'decayLast'`). Default `'decayFirst'`.
 * @property sharedTheta       whether the samples of a batch share one theta, which sums their spikes. Default true.
 */
export interface AdaptiveLifParams extends RefractoryLifParams {
  readonly tauTheta: Numeric;
  readonly thetaPlus: Numeric;
  readonly thetaIntegration: Integration;
  readonly thetaOrder: 'decayFirst' | 'decayLast';
  readonly sharedTheta: boolean;
}

/** The excitatory neurons of Diehl and Cook 2015 as in BindsNET, in mV and ms. */
export const adaptiveLifDefaults: AdaptiveLifParams = {
  ...refractoryLifDefaults,
  tauMem: 100,
  vRest: -65,
  vReset: -60,
  vTh: -52,
  tauRefractory: 5,
  tauTheta: 1e7,
  thetaPlus: 0.05,
  thetaIntegration: 'exact',
  thetaOrder: 'decayFirst',
  sharedTheta: true,
};

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateAdaptiveLifParams({ tauTheta: 0 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'adaptiveLifStep: tauTheta must be a positive number of ms, got 0'
 */
export const validateAdaptiveLifParams = (
  given?: Partial<AdaptiveLifParams>,
  where = 'adaptiveLifStep',
): Validated<AdaptiveLifParams> =>
  validateParams(where, adaptiveLifDefaults, given, {
    ...refractoryLifChecks,
    tauTheta: timeConstant,
    thetaPlus: finiteNumber,
    thetaIntegration: oneOf('exact', 'euler'),
    thetaOrder: oneOf('decayFirst', 'decayLast'),
    sharedTheta: flag,
  });

/**
 * Neurons at rest with theta 0.
 *
 * @param shape  `[batch, …]`, or without a batch where theta is not shared.
 * @example
 * initAdaptiveLifState([2, 3]).theta.shape;   // => [1, 3]
 */
export function initAdaptiveLifState(shape: readonly number[], params?: Partial<AdaptiveLifParams>): AdaptiveLifState {
  const { vRest, sharedTheta } = orThrow(validateAdaptiveLifParams(params, 'initAdaptiveLifState'));
  const theta = sharedTheta && shape.length > 1 ? [1, ...shape.slice(1)] : [...shape];
  return tidily(() => ({ ...initRefractoryState(shape, { vRest }), theta: tf.zeros(theta) }));
}

/**
 * One step of {@link refractoryLifStep} with a threshold that rises with each spike and falls back:
 *
 *     theta' = decay·theta + thetaPlus·Σ_b z        z = [u ≥ vTh + decay·theta]   ('decayLast': vTh + theta)
 *
 * To freeze theta (when testing), give `thetaPlus: 0, tauTheta: Infinity`.
 *
 * @param input   the shape of `state.v`.
 * @param state   from {@link initAdaptiveLifState} or the step before.
 * @param params  see {@link AdaptiveLifParams}.
 * @returns `[z, state]`.
 * @throws {StdpError} when shapes disagree or a parameter is out of range.
 *
 * Source: Diehl and Cook 2015, BindsNET `DiehlAndCookNodes` (its `one_spike` is {@link keepOneSpike}); PySNN
 * `AdaptiveLIFNeuron` (`vTh: 0`, theta starts at its threshold, `'decayLast'`, not shared).
 *
 * @example
 * const params = { vRest: 0, vReset: 0, vTh: 1, thetaPlus: 0.5 };
 * const [z, state] = adaptiveLifStep([[1.2]], initAdaptiveLifState([1, 1], params), params);
 * [z, state.theta];   // => [[[1]], [[0.5]]]
 */
export function adaptiveLifStep(
  input: tf.TensorLike | tf.Tensor,
  state: AdaptiveLifState,
  params?: Partial<AdaptiveLifParams>,
): [tf.Tensor, AdaptiveLifState] {
  const where = 'adaptiveLifStep';
  const complete = orThrow(validateAdaptiveLifParams(params, where));
  return tidily(() => {
    const { tauTheta: tau, thetaPlus: amplitude, thetaIntegration: integration, dt, vTh } = complete;
    const rise = { tau, amplitude, dt, traceMode: 'cumulative', integration } as const;
    const decayed = decayTrace(state.theta, rise);
    const threshold = tf.add(complete.thetaOrder === 'decayFirst' ? decayed : state.theta, asTensor(vTh));
    const [z, next] = thresholdStep(toFloat(input, where, 'input'), state, complete, threshold, where);
    const spikes = complete.sharedTheta && z.rank > 1 ? tf.sum(z, 0, true) : z;
    return [z, { ...next, theta: addSpikes(decayed, spikes, rise) }];
  });
}
