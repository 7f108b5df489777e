import * as tf from '@tensorflow/tfjs-core';
import { right } from 'fp-ts/lib/Either.js';
import { ensureStateShape, stateTensors } from '../core/checkState.js';
import { ensure, refuse, type Validated } from '../core/errors.js';
import { neuronParams } from '../core/params/neuronParams.js';
import { type ParamsOf, param, paramsSchema, type Relation } from '../core/params/schema.js';
import {
  finiteNumber,
  type Numeric,
  nonNegativeScalar,
  nothingMore,
  positiveScalar,
  timeConstant,
} from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { showShape } from '../core/show.js';
import { stableEuler } from '../core/stableEuler.js';
import { asTensor, ensureBackend, sameShape, tidily, toFloat } from '../core/tensors.js';
import { anIntegration } from '../traces/traceParams.js';
import { addSpikes, decayTrace } from '../traces/unchecked/exponentialTrace.js';

/** State of neurons that rest after a spike. */
export interface RefractoryState {
  /** Membrane potential, in the unit of `vRest`. */
  readonly v: tf.Tensor;
  /** Steps for which the neuron takes no input yet. */
  readonly refractory: tf.Tensor;
}

/** The parameters of {@link RefractoryLifParams}. */
export const refractoryLifFields = {
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
  /** Time constant of the membrane, ms, with `'euler'` at least dt/2; Infinity never leaks. Default 10. */
  tauMem: param(10, timeConstant),
  /** `'exact'`: decay exp(−dt/τ), input times gain; `'euler'`: decay 1 − dt/τ, input times gain·dt/τ. Default `'exact'`. */
  integration: param('exact', anIntegration),
  /** Gain of the input, dimensionless. Default 1. */
  gain: param(1, finiteNumber),
  /** Potential that it decays to. Default 0. */
  vRest: param(0, finiteNumber),
  /** Potential after a spike. Default 0. */
  vReset: param(0, finiteNumber),
  /** Threshold, reached or passed. Default 1. */
  vTh: param(1, finiteNumber),
  /** Time without input after a spike, ms, rounded to steps, 2²⁴ at most. Default 0. */
  tauRefractory: param(0, nonNegativeScalar),
};

/** Parameters of leaky integrate-and-fire neurons that take their input as it is and rest after a spike. */
export interface RefractoryLifParams extends ParamsOf<typeof refractoryLifFields> {}

/** Steps that float32 counts down one by one. */
const longestRest = 2 ** 24;

/** The times of the parameters go with the step: an Euler membrane doesn't explode, and the refractory time can be counted. */
export const refractoryTimes: Relation<RefractoryLifParams> = (params, where) => {
  const { dt, tauRefractory, integration } = params;
  const problem = `must be at most 2^24 steps of ${dt} ms, which float32 can count, got ${tauRefractory}`;
  if (tauRefractory / dt > longestRest) return refuse(where, 'tauRefractory', problem);
  return integration === 'euler' ? stableEuler(where, params, ['tauMem']) : right(params);
};

const schema = paramsSchema<RefractoryLifParams>('refractoryLifStep', refractoryLifFields, refractoryTimes);

/** Rest and reset 0, threshold 1, 10 ms, no refractory time. */
export const refractoryLifDefaults: RefractoryLifParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateRefractoryLifParams({ tauRefractory: -1 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'refractoryLifStep: tauRefractory must be a number ≥ 0, got -1'
 */
export const validateRefractoryLifParams = (given?: Partial<RefractoryLifParams>): Validated<RefractoryLifParams> =>
  schema.validate(given);

/**
 * Neurons at rest that are ready to fire.
 *
 * @throws {StdpError} when the shape is none, or a parameter out of range or of another number of neurons.
 * @example
 * initRefractoryState([2], { vRest: -65 });   // => { v: [-65, -65], refractory: [0, 0] }
 */
export function initRefractoryState(
  shape: readonly number[],
  params?: Partial<RefractoryLifParams>,
  ...more: readonly never[]
): RefractoryState {
  const where = 'initRefractoryState';
  nothingMore(more, where, 'initRefractoryState(shape, params)');
  ensureBackend(where);
  const sizes = checkShape(shape, where, 'shape');
  return tidily(() => atRest(sizes, paramsOf.init(params, sizes).vRest));
}

/** v = vRest, ready to fire. */
export const atRest = (shape: readonly number[], vRest: Numeric): RefractoryState => ({
  v: tf.add(tf.zeros([...shape]), asTensor(vRest)),
  refractory: tf.zeros([...shape]),
});

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
  ...more: readonly never[]
): [tf.Tensor, RefractoryState] {
  const where = 'refractoryLifStep';
  nothingMore(more, where, 'refractoryLifStep(input, state, params)');
  return tidily(() => {
    const current = toFloat(input, where, 'input');
    const complete = paramsOf.step(params, current.shape);
    return thresholdStep(current, refractoryState(where, current, state), complete, asTensor(complete.vTh));
  });
}

const paramsOf = {
  init: neuronParams('initRefractoryState', schema.validate),
  step: neuronParams('refractoryLifStep', schema.validate),
};

/**
 * The checked state of neurons that get an input.
 *
 * @param also  see {@link stateTensors}.
 * @throws {StdpError} when it is none, or of another shape than the input.
 */
export function refractoryState(where: string, input: tf.Tensor, state: unknown, also?: readonly string[]): RefractoryState {
  const { v, refractory } = stateTensors(where, state, ['v', 'refractory'], also);
  const problem = () => `has shape ${showShape(input.shape)}, state.v has ${showShape(v.shape)}`;
  ensure(sameShape(input.shape, v.shape), where, 'input', problem);
  ensureStateShape(where, { refractory }, input.shape, 'the input');
  return { v, refractory };
}

/** The step with a threshold for each neuron, of any shape that broadcasts with the state; all tensors were checked before. */
export function thresholdStep(
  input: tf.Tensor,
  { v, refractory }: RefractoryState,
  { dt, tauMem, integration, gain, vRest, vReset, tauRefractory }: RefractoryLifParams,
  threshold: tf.Tensor,
): [tf.Tensor, RefractoryState] {
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
