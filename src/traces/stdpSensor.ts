import * as tf from '@tensorflow/tfjs-core';
import { chain } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { stateTensors } from '../core/checkState.js';
import { ensure, type Validated } from '../core/errors.js';
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
import { showShape } from '../core/show.js';
import { stableEuler } from '../core/stableEuler.js';
import { asTensor, ensureBackend, sameShape, tidily, toFloat } from '../core/tensors.js';
import { decayTrace } from './unchecked/exponentialTrace.js';

/** What an STDP sensor remembers: one trace per pre and one per post neuron, dimensionless. */
export interface StdpSensorState {
  readonly aPre: tf.Tensor;
  readonly aPost: tf.Tensor;
}

/**
 * Parameters of an STDP sensor.
 *
 * @property etaPlus   what a pre spike adds to aPre. Default 1.
 * @property etaMinus  what a post spike adds to aPost. Default 1.
 * @property tauPre    time constant of aPre, ms, at least dt/2. Default 100.
 * @property tauPost   time constant of aPost, ms, at least dt/2. Default 100.
 * @property dt        step, ms. Default 1.
 */
export interface StdpSensorParams {
  readonly etaPlus: Numeric;
  readonly etaMinus: Numeric;
  readonly tauPre: Numeric;
  readonly tauPost: Numeric;
  readonly dt: number;
}

/** Norse's values: spikes of height 1, traces of 100 ms. */
export const stdpSensorDefaults: StdpSensorParams = frozen({ etaPlus: 1, etaMinus: 1, tauPre: 100, tauPost: 100, dt: 1 });

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateStdpSensorParams({ dt: 0 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'stdpSensorStep: dt must be a number > 0, got 0'
 */
export const validateStdpSensorParams = (
  given?: Partial<StdpSensorParams>,
  where = 'stdpSensorStep',
): Validated<StdpSensorParams> =>
  pipe(
    validateParams(where, stdpSensorDefaults, given, {
      etaPlus: finiteNumber,
      etaMinus: finiteNumber,
      tauPre: timeConstant,
      tauPost: timeConstant,
      dt: positiveScalar,
    }),
    chain((params) => stableEuler(where, params, ['tauPre', 'tauPost'])),
  );

/**
 * Both traces at 0.
 *
 * @throws {StdpError} when a shape is none.
 * @example
 * initStdpSensorState([2], [1]);   // => { aPre: [0, 0], aPost: [0] }
 */
export function initStdpSensorState(
  preShape: readonly number[],
  postShape: readonly number[],
  ...more: readonly never[]
): StdpSensorState {
  const where = 'initStdpSensorState';
  nothingMore(more, where, 'initStdpSensorState(preShape, postShape)');
  ensureBackend(where);
  const [pre, post] = [checkShape(preShape, where, 'preShape'), checkShape(postShape, where, 'postShape')];
  return { aPre: tf.zeros([...pre]), aPost: tf.zeros([...post]) };
}

/**
 * One step of the traces that a correlation sensor keeps; a spike adds its full height:
 *
 *     aPre'  = aPre ·(1 − dt/tauPre)  + etaPlus ·zPre
 *     aPost' = aPost·(1 − dt/tauPost) + etaMinus·zPost
 *
 * @param zPre    spikes, the shape of `state.aPre`.
 * @param zPost   spikes, the shape of `state.aPost`.
 * @param state   from {@link initStdpSensorState} or the previous step.
 * @param params  see {@link StdpSensorParams}.
 * @returns the new state.
 * @throws {StdpError} when shapes disagree or a parameter is out of range.
 *
 * Source: Norse `stdp_sensor_step` (which decays both traces with one time constant and ignores the other).
 *
 * @example
 * stdpSensorStep([1], [0], initStdpSensorState([1], [1]), { etaPlus: 0.5 }).aPre.print();   // => [0.5]
 */
export function stdpSensorStep(
  zPre: tf.TensorLike | tf.Tensor,
  zPost: tf.TensorLike | tf.Tensor,
  state: StdpSensorState,
  params?: Partial<StdpSensorParams>,
  ...more: readonly never[]
): StdpSensorState {
  nothingMore(more, where, 'stdpSensorStep(zPre, zPost, state, params)');
  return tidily(() => {
    const { aPre, aPost } = stateTensors(where, state, ['aPre', 'aPost']);
    const { etaPlus, etaMinus, tauPre, tauPost, dt } = paramsOf(params, aPost.shape, aPre.shape);
    const advance = (trace: tf.Tensor, spikes: tf.TensorLike | tf.Tensor, argument: string, eta: Numeric, tau: Numeric) => {
      const z = toFloat(spikes, where, argument);
      const problem = () => `has shape ${showShape(z.shape)}, its trace has ${showShape(trace.shape)}`;
      ensure(sameShape(z.shape, trace.shape), where, argument, problem);
      const decayed = decayTrace(trace, { tau, amplitude: 1, dt, traceMode: 'cumulative', integration: 'euler' });
      return tf.add(decayed, tf.mul(z, asTensor(eta)));
    };
    return { aPre: advance(aPre, zPre, 'zPre', etaPlus, tauPre), aPost: advance(aPost, zPost, 'zPost', etaMinus, tauPost) };
  });
}

const where = 'stdpSensorStep';
const paramsOf = neuronParams(where, validateStdpSensorParams, ['etaPlus', 'tauPre']);
