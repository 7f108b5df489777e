import * as tf from '@tensorflow/tfjs-core';
import { stateTensors } from '../core/checkState.js';
import { ensure, type Validated } from '../core/errors.js';
import { neuronParams } from '../core/params/neuronParams.js';
import { type ParamsOf, param, paramsSchema } from '../core/params/schema.js';
import { finiteNumber, nothingMore, oneOf } from '../core/params/validation.js';
import { select } from '../core/select.js';
import { checkShape } from '../core/shapes.js';
import { showShape } from '../core/show.js';
import { asTensor, ensureBackend, sameShape, tidily, toFloat } from '../core/tensors.js';

/** State of non-leaky neurons: the membrane potential `v`, dimensionless. */
export interface IntegrateAndFireState {
  readonly v: tf.Tensor;
}

const fields = {
  /** Threshold, dimensionless; one number, or one per neuron. Default 1. */
  vTh: param(1, finiteNumber),
  /** What a spike does to v: `'zero'` sets it to 0, `'subtract'` takes vTh off, `'none'` leaves it. Default `'zero'`. */
  reset: param('zero', oneOf('zero', 'subtract', 'none')),
};

/** Parameters of non-leaky integrate-and-fire neurons. */
export interface IntegrateAndFireParams extends ParamsOf<typeof fields> {}

const schema = paramsSchema<IntegrateAndFireParams>('integrateAndFireStep', fields);

/** Threshold 1, reset to 0. */
export const integrateAndFireDefaults: IntegrateAndFireParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateIntegrateAndFireParams({ vTh: NaN });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'integrateAndFireStep: vTh must be a finite number, got NaN'
 */
export const validateIntegrateAndFireParams = (given?: Partial<IntegrateAndFireParams>): Validated<IntegrateAndFireParams> =>
  schema.validate(given);

/**
 * Neurons at rest: v = 0.
 *
 * @throws {StdpError} when it is no shape.
 * @example
 * initIntegrateAndFireState([2]).v.print();   // => [0, 0]
 */
export function initIntegrateAndFireState(shape: readonly number[], ...more: readonly never[]): IntegrateAndFireState {
  nothingMore(more, 'initIntegrateAndFireState', 'initIntegrateAndFireState(shape)');
  ensureBackend('initIntegrateAndFireState');
  return { v: tf.zeros([...checkShape(shape, 'initIntegrateAndFireState', 'shape')]) };
}

/**
 * One step of neurons that never leak:
 *
 *     u = v + input,  z = [u > vTh]  (strict),  v' = (1 − z)·u  or  u − z·vTh  or  u
 *
 * @param input   weighted input, the shape of the state, e.g. `[batch, n]` or NHWC.
 * @param state   from {@link initIntegrateAndFireState} or the previous step.
 * @param params  see {@link IntegrateAndFireParams}.
 * @returns `[z, state]`: spikes 0/1 and the new state.
 * @throws {StdpError} when the shapes of input and state differ or a parameter is out of range.
 *
 * Source: the neuron of Kheradpisheh et al. 2018 (there `reset: 'none'` with one spike per image).
 *
 * @example
 * integrateAndFireStep([0.4, 1.5], { v: tf.tensor1d([0.5, 0]) })[0].print();   // => [0, 1]
 */
export function integrateAndFireStep(
  input: tf.TensorLike | tf.Tensor,
  state: IntegrateAndFireState,
  params?: Partial<IntegrateAndFireParams>,
  ...more: readonly never[]
): [tf.Tensor, IntegrateAndFireState] {
  nothingMore(more, where, 'integrateAndFireStep(input, state, params)');
  return tidily(() => {
    const current = toFloat(input, where, 'input');
    const { v: before } = stateTensors(where, state, ['v']);
    const problem = () => `has shape ${showShape(current.shape)}, state.v has ${showShape(before.shape)}`;
    ensure(sameShape(current.shape, before.shape), where, 'input', problem);
    const { vTh, reset } = paramsOf(params, current.shape);
    const u = tf.add(before, current);
    const z = tf.step(tf.sub(u, asTensor(vTh)));
    const v = {
      zero: () => select(z, tf.zerosLike(u), u),
      subtract: () => tf.sub(u, tf.mul(z, asTensor(vTh))),
      none: () => u,
    }[reset]();
    return [z, { v }];
  });
}

const where = 'integrateAndFireStep';
const paramsOf = neuronParams(where, schema.validate);
