import * as tf from '@tensorflow/tfjs-core';
import { stateTensors } from '../core/checkState.js';
import { ensure, type Validated } from '../core/errors.js';
import { neuronParams } from '../core/params/neuronParams.js';
import { type ParamsOf, param, paramsSchema } from '../core/params/schema.js';
import { finiteNumber, type Numeric, nothingMore, positiveScalar, timeConstant } from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { showShape } from '../core/show.js';
import { stableSteps } from '../core/stableEuler.js';
import { asTensor, ensureBackend, sameShape, tidily, toFloat } from '../core/tensors.js';
import { decayTrace } from './unchecked/exponentialTrace.js';

/** What an STDP sensor remembers: one trace per pre and one per post neuron, dimensionless. */
export interface StdpSensorState {
  readonly aPre: tf.Tensor;
  readonly aPost: tf.Tensor;
}

const fields = {
  /** What a pre spike adds to aPre. Default 1. */
  etaPlus: param(1, finiteNumber),
  /** What a post spike adds to aPost. Default 1. */
  etaMinus: param(1, finiteNumber),
  /** Time constant of aPre, ms, at least dt/2. Default 100. */
  tauPre: param(100, timeConstant),
  /** Time constant of aPost, ms, at least dt/2. Default 100. */
  tauPost: param(100, timeConstant),
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
};

/** Parameters of an STDP sensor. */
export interface StdpSensorParams extends ParamsOf<typeof fields> {}

const schema = paramsSchema<StdpSensorParams>('stdpSensorStep', fields, stableSteps('tauPre', 'tauPost'));

/** Norse's values: spikes of height 1, traces of 100 ms. */
export const stdpSensorDefaults: StdpSensorParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateStdpSensorParams({ dt: 0 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'stdpSensorStep: dt must be a number > 0, got 0'
 */
export const validateStdpSensorParams = (given?: Partial<StdpSensorParams>): Validated<StdpSensorParams> =>
  schema.validate(given);

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
const paramsOf = neuronParams(where, schema.validate, ['etaPlus', 'tauPre']);
