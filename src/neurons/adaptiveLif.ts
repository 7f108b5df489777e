import * as tf from '@tensorflow/tfjs-core';
import { right } from 'fp-ts/lib/Either.js';
import { ensureStateShape, stateTensors } from '../core/checkState.js';
import type { Validated } from '../core/errors.js';
import { neuronParams } from '../core/params/neuronParams.js';
import { type ParamsOf, param, paramsSchema } from '../core/params/schema.js';
import { finiteNumber, flag, nonNegativeScalar, nothingMore, oneOf, timeConstant } from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { stableEuler } from '../core/stableEuler.js';
import { asTensor, ensureBackend, tidily, toFloat } from '../core/tensors.js';
import { anIntegration } from '../traces/traceParams.js';
import { addSpikes, decayTrace } from '../traces/unchecked/exponentialTrace.js';
import {
  atRest,
  type RefractoryLifParams,
  type RefractoryState,
  refractoryLifFields,
  refractoryState,
  refractoryTimes,
  thresholdStep,
} from './refractoryLif.js';

/** State of neurons whose threshold follows their activity: `theta` is what it has risen by. */
export interface AdaptiveLifState extends RefractoryState {
  readonly theta: tf.Tensor;
}

const fields = {
  /** Time constant of the membrane, ms, with `'euler'` at least dt/2; Infinity never leaks. Default 100. */
  tauMem: param(100, timeConstant),
  /** Potential that it decays to, mV. Default −65. */
  vRest: param(-65, finiteNumber),
  /** Potential after a spike, mV. Default −60. */
  vReset: param(-60, finiteNumber),
  /** The fixed part of the threshold, reached or passed, mV. Default −52. */
  vTh: param(-52, finiteNumber),
  /** Time without input after a spike, ms, rounded to steps, 2²⁴ at most. Default 5. */
  tauRefractory: param(5, nonNegativeScalar),
  /** Time constant of theta, ms, with `'euler'` at least dt/2; Infinity never decays. Default 1e7. */
  tauTheta: param(1e7, timeConstant),
  /** What a spike adds to theta (with `'euler'` times dt/tauTheta). Default 0.05. */
  thetaPlus: param(0.05, finiteNumber),
  /** How theta decays: `'exact'` or `'euler'`. Default `'exact'`. */
  thetaIntegration: param('exact', anIntegration),
  /** Theta decays before it meets the potential (`'decayFirst'`), or after (`'decayLast'`). Default `'decayFirst'`. */
  thetaOrder: param('decayFirst', oneOf('decayFirst', 'decayLast')),
  /** Whether the samples of a batch share one theta, which sums their spikes. Default true. */
  sharedTheta: param(true, flag),
};

/** Parameters of neurons with an adaptive threshold, those of {@link RefractoryLifParams} included. */
export interface AdaptiveLifParams extends ParamsOf<typeof fields>, RefractoryLifParams {}

const schema = paramsSchema<AdaptiveLifParams>(
  'adaptiveLifStep',
  { ...refractoryLifFields, ...fields },
  refractoryTimes,
  (params, where) => (params.thetaIntegration === 'euler' ? stableEuler(where, params, ['tauTheta']) : right(params)),
);

/** The excitatory neurons of Diehl and Cook 2015 as in BindsNET, in mV and ms. */
export const adaptiveLifDefaults: AdaptiveLifParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateAdaptiveLifParams({ tauTheta: 0 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'adaptiveLifStep: tauTheta must be a positive number of ms, got 0'
 */
export const validateAdaptiveLifParams = (given?: Partial<AdaptiveLifParams>): Validated<AdaptiveLifParams> =>
  schema.validate(given);

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
  init: neuronParams('initAdaptiveLifState', schema.validate),
  step: neuronParams(where, schema.validate),
};
