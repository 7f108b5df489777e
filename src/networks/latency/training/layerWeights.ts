import * as tf from '@tensorflow/tfjs-core';
import { ensureIs, integerFrom, nothingMore } from '../../../core/params/validation.js';
import { ensureBackend } from '../../../core/tensors.js';
import { fieldsOf } from '../../checked/images.js';
import { checkedSpec } from '../../checked/options.js';
import { layersOf } from '../spec/branches.js';
import { type NetworkSpec, validateNetworkSpec } from '../spec/networkSpec.js';
import { checkedWeights, weightShapes } from './checkedWeights.js';

/**
 * The weights of a state as tensors `[k, k, in, maps]`; owned by the caller.
 *
 * @param channels  of the network's input.
 * @param weights   of the layers from the first on, as many as there are; row-major.
 * @throws {StdpError} when weights aren't as many as their layer has, or not finite.
 * @example
 * const spec = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2, kernelSize: 1, pad: 0 }] }));
 * layerWeights(spec, { channels: 1 }, [Float32Array.of(0.2, 0.8)]);   // => [[[[[0.2, 0.8]]]]]
 */
export function layerWeights(
  spec: NetworkSpec,
  given: { readonly channels: number },
  weights: readonly Float32Array[],
  ...more: readonly never[]
): readonly tf.Tensor4D[] {
  const where = 'layerWeights';
  nothingMore(more, where, 'layerWeights(spec, given, weights)');
  const network = checkedSpec(validateNetworkSpec, spec, where);
  const { channels } = fieldsOf(given, where, 'times');
  ensureIs(integerFrom(1), channels, where, 'times.channels');
  const most = layersOf(network).length;
  const count = Array.isArray(weights) ? Math.min(weights.length, most) : most;
  const arrays = checkedWeights(weights, network, channels, where, 'weights', () => ({}), count);
  ensureBackend(where);
  return weightTensors(arrays, network, channels);
}

/** {@link layerWeights} of what has been checked. */
export function weightTensors(weights: readonly Float32Array[], spec: NetworkSpec, channels: number): readonly tf.Tensor4D[] {
  const shapes = weightShapes(spec, channels);
  return weights.map((values, index) => tf.tensor4d(Float32Array.from(values), [...(shapes[index] ?? [0, 0, 0, 0])]));
}
