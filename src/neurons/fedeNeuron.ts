import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { neuronParams } from '../core/params/neuronParams.js';
import { param, paramsSchema } from '../core/params/schema.js';
import { nothingMore } from '../core/params/validation.js';
import { showShape } from '../core/show.js';
import { asTensor, sameShape, tidily, toFloat } from '../core/tensors.js';
import { anIntegration } from '../traces/traceParams.js';
import {
  type RefractoryLifParams,
  type RefractoryState,
  refractoryLifFields,
  refractoryState,
  refractoryTimes,
  thresholdStep,
} from './refractoryLif.js';

/**
 * One step of a leaky neuron whose inputs tire: what drives it is the input less the traces of its synapses,
 *
 *     v' as in {@link refractoryLifStep} with  input − preTrace
 *
 * @param input     weighted input, summed over the synapses of each neuron, the shape of the state.
 * @param preTrace  the traces of the same synapses, summed likewise.
 * @param state     from {@link initRefractoryState} or the step before.
 * @param params    see {@link RefractoryLifParams}; `integration` defaults to `'euler'`, as in the peer.
 * @returns `[z, state]`.
 * @throws {StdpError} when shapes disagree or a parameter is out of range.
 *
 * Source: Paredes-Vallés, Scheper and de Croon 2019; PySNN `FedeNeuron`.
 *
 * @example
 * const [, state] = fedeNeuronStep([5], [2], initRefractoryState([1]), { tauMem: 10 });
 * state.v.print();   // => [0.3]
 */
export function fedeNeuronStep(
  input: tf.TensorLike | tf.Tensor,
  preTrace: tf.TensorLike | tf.Tensor,
  state: RefractoryState,
  params?: Partial<RefractoryLifParams>,
  ...more: readonly never[]
): [tf.Tensor, RefractoryState] {
  nothingMore(more, where, 'fedeNeuronStep(input, preTrace, state, params)');
  return tidily(() => {
    const [drive, trace] = [toFloat(input, where, 'input'), toFloat(preTrace, where, 'preTrace')];
    const problem = () => `has shape ${showShape(trace.shape)}, input has ${showShape(drive.shape)}`;
    ensure(sameShape(drive.shape, trace.shape), where, 'preTrace', problem);
    const complete = paramsOf(params, drive.shape);
    return thresholdStep(tf.sub(drive, trace), refractoryState(where, drive, state), complete, asTensor(complete.vTh));
  });
}

const where = 'fedeNeuronStep';

const { validate } = paramsSchema<RefractoryLifParams>(
  where,
  { ...refractoryLifFields, integration: param('euler', anIntegration) },
  refractoryTimes,
);

const paramsOf = neuronParams(where, validate);
