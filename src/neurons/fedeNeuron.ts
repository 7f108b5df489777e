import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { showShape } from '../core/show.js';
import { sameShape, tidily, toFloat } from '../core/tensors.js';
import { type RefractoryLifParams, type RefractoryState, refractoryLifStep } from './refractoryLif.js';

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
): [tf.Tensor, RefractoryState] {
  const where = 'fedeNeuronStep';
  return tidily(() => {
    const [drive, trace] = [toFloat(input, where, 'input'), toFloat(preTrace, where, 'preTrace')];
    const problem = () => `has shape ${showShape(trace.shape)}, input has ${showShape(drive.shape)}`;
    ensure(sameShape(drive.shape, trace.shape), where, 'preTrace', problem);
    return refractoryLifStep(tf.sub(drive, trace), state, { integration: 'euler', ...params });
  });
}
