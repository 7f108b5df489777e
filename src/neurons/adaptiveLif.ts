import * as tf from '@tensorflow/tfjs-core';
import { chain, right } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { ensureStateShape, stateTensors } from '../core/checkState.js';
import type { Validated } from '../core/errors.js';
import { frozen } from '../core/frozen.js';
import { neuronParams } from '../core/params/neuronParams.js';
import { finiteNumber, flag, type Numeric, nothingMore, oneOf, timeConstant, validateParams } from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { stableEuler } from '../core/stableEuler.js';
import { asTensor, ensureBackend, tidily, toFloat } from '../core/tensors.js';
import type { Integration } from '../traces/traceParams.js';
import { addSpikes, decayTrace } from '../traces/unchecked/exponentialTrace.js';
import {
  atRest,
  type RefractoryLifParams,
  type RefractoryState,
  refractoryLifChecks,
  refractoryLifDefaults,
  refractoryState,
  thresholdStep,
  validRefractoryTimes,
} from './refractoryLif.js';

/** State of neurons whose threshold follows their activity: `theta` is what it has risen by. */
export interface AdaptiveLifState extends RefractoryState {
  readonly theta: tf.Tensor;
}

/**
 * Parameters of neurons with an adaptive threshold: those of {@link RefractoryLifParams} (`vTh` is the fixed part of the
 * threshold) and
 *
 * @property tauTheta          time constant of theta, ms, with `'euler'` at least dt/2; Infinity never decays. Default 1e7.
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
export const adaptiveLifDefaults: AdaptiveLifParams = frozen({
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
});

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
  pipe(
    validateParams(where, adaptiveLifDefaults, given, {
      ...refractoryLifChecks,
      tauTheta: timeConstant,
      thetaPlus: finiteNumber,
      thetaIntegration: oneOf('exact', 'euler'),
      thetaOrder: oneOf('decayFirst', 'decayLast'),
      sharedTheta: flag,
    }),
    chain((params) => validRefractoryTimes(where, params)),
    chain((params) => (params.thetaIntegration === 'euler' ? stableEuler(where, params, ['tauTheta']) : right(params))),
  );

/**
 * Neurons at rest with theta 0.
 *
 * @param shape  `[batch, …]`, or without a batch where theta is not shared.
 * @throws {StdpError} when the shape is none, or a parameter out of range or of another number of neurons.
 * @example
 * initAdaptiveLifState([2, 3]).theta.shape;   // => [1, 3]
 */
export function initAdaptiveLifState(
  shape: readonly number[],
  params?: Partial<AdaptiveLifParams>,
  ...more: readonly never[]
): AdaptiveLifState {
  const where = 'initAdaptiveLifState';
  nothingMore(more, where, 'initAdaptiveLifState(shape, params)');
  ensureBackend(where);
  const sizes = checkShape(shape, where, 'shape');
  return tidily(() => {
    const { vRest, sharedTheta } = paramsOf.init(params, sizes);
    return { ...atRest(sizes, vRest), theta: tf.zeros(thetaShape(sizes, sharedTheta)) };
  });
}

/** That of the neurons, with one sample for all where they share it. */
const thetaShape = (shape: readonly number[], shared: boolean): number[] =>
  shared && shape.length > 1 ? [1, ...shape.slice(1)] : [...shape];

/**
 * One step of {@link refractoryLifStep} with a threshold that rises with each spike and falls back:
 *
 *     theta' = decay·theta + thetaPlus·Σ_b z        z = [u ≥ vTh + decay·theta]   ('decayLast': vTh + theta)
 *
 * To freeze theta (when testing), give `thetaPlus: 0, tauTheta: Infinity`. A batch of no samples changes nothing.
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
  ...more: readonly never[]
): [tf.Tensor, AdaptiveLifState] {
  nothingMore(more, where, 'adaptiveLifStep(input, state, params)');
  return tidily(() => {
    const current = toFloat(input, where, 'input');
    const complete = paramsOf.step(params, current.shape);
    const { tauTheta: tau, thetaPlus: amplitude, thetaIntegration: integration, thetaOrder, sharedTheta, dt, vTh } = complete;
    const rest = refractoryState(where, current, state, ['theta']);
    const { theta } = stateTensors(where, state, ['theta'], ['v', 'refractory']);
    ensureStateShape(where, { theta }, thetaShape(current.shape, sharedTheta), 'the input');
    if (current.size === 0)
      return [tf.clone(current), { v: tf.clone(rest.v), refractory: tf.clone(rest.refractory), theta: tf.clone(theta) }];

    const rise = { tau, amplitude, dt, traceMode: 'cumulative', integration } as const;
    const decayed = decayTrace(theta, rise);
    const threshold = tf.add(thetaOrder === 'decayFirst' ? decayed : theta, asTensor(vTh));
    const [z, next] = thresholdStep(current, rest, complete, threshold);
    const spikes = sharedTheta && z.rank > 1 ? tf.sum(z, 0, true) : z;
    return [z, { ...next, theta: addSpikes(decayed, spikes, rise) }];
  });
}

const where = 'adaptiveLifStep';
const paramsOf = {
  init: neuronParams('initAdaptiveLifState', validateAdaptiveLifParams),
  step: neuronParams(where, validateAdaptiveLifParams),
};
