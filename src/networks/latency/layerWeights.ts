import * as tf from '@tensorflow/tfjs-core';
import type { NetworkSpec } from './networkSpec.js';

/**
 * The weights of a state as tensors `[k, k, in, maps]`; owned by the caller.
 *
 * @example
 * const spec = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2, kernelSize: 1 }] }));
 * layerWeights(spec, { channels: 1 }, [Float32Array.of(0.2, 0.8)]);   // => [[[[[0.2, 0.8]]]]]
 */
export const layerWeights = (
  { layers }: NetworkSpec,
  { channels }: { readonly channels: number },
  weights: readonly Float32Array[],
): readonly tf.Tensor4D[] =>
  weights.map((values, index) => {
    const { kernelSize = 1, maps = 1 } = layers[index] ?? {};
    return weightTensor(values, kernelSize, index === 0 ? channels : (layers[index - 1]?.maps ?? 1), maps);
  });

const weightTensor = (values: Float32Array, kernelSize: number, channels: number, maps: number): tf.Tensor4D =>
  tf.tensor4d(Float32Array.from(values), [kernelSize, kernelSize, channels, maps]);
