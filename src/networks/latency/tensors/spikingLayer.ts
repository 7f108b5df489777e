import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../../../core/tensors.js';
import { backendKernels } from '../../../kernels/tensors/current.js';
import { conv2d } from '../../../topologies/conv2d.js';
import type { ConvLayerSpec } from '../spec/networkSpec.js';
import { cumulativeWave } from '../spikeTimes.js';

/** Potentials of integrate-and-fire neurons at each step: `[images, h, w, in]` times → `[images · steps, oh, ow, maps]`. */
export const potentialsOverTime = (times: tf.Tensor4D, w: tf.Tensor4D, { pad }: ConvLayerSpec, steps: number): tf.Tensor4D =>
  tidily(() => conv2d({ pad }).forward(cumulativeWave(times, steps), w) as tf.Tensor4D);

/** Potentials after the last step: `[images, oh, ow, maps]`. */
export const finalPotentials = (times: tf.Tensor4D, w: tf.Tensor4D, { pad }: ConvLayerSpec, steps: number): tf.Tensor4D =>
  tidily(() => conv2d({ pad }).forward(tf.step(tf.sub(steps - 0.5, times)), w) as tf.Tensor4D);

/**
 * The step at which each neuron fires, `steps` when it never does: potentials only rise (weights ≥ 0), so it is the
 * number of steps at which the potential is not above the threshold yet.
 */
export const firstSpikes = (times: tf.Tensor4D, w: tf.Tensor4D, layer: ConvLayerSpec, steps: number): tf.Tensor4D =>
  tidily(() => {
    const fused = backendKernels()?.firstSpikes?.(times, w, { ...layer, steps });
    if (fused !== undefined) return fused;
    const potentials = potentialsOverTime(times, w, layer, steps);
    const [, height, width, maps] = potentials.shape;
    const fired = tf.sum(tf.reshape(tf.step(tf.sub(potentials, layer.threshold)), [-1, steps, height * width * maps]), 1);
    return tf.reshape(tf.sub(steps, fired), [-1, height, width, maps]) as tf.Tensor4D;
  });

/**
 * What the next layer sees: the first spike in each square of `poolSize`, laid from the top left corner; squares that
 * reach over the edge see what is there.
 */
export function poolFirstSpikes(times: tf.Tensor4D, poolSize: number): tf.Tensor4D {
  if (poolSize === 1) return tf.clone(times);
  return tidily(() => {
    const [, height, width] = times.shape;
    const missing = (size: number) => Math.ceil(size / poolSize) * poolSize - size;
    const edges: [number, number][] = [
      [0, 0],
      [0, missing(height)],
      [0, missing(width)],
      [0, 0],
    ];
    const filled = tf.pad(times, edges, never);
    return tf.neg(tf.maxPool(tf.neg(filled) as tf.Tensor4D, poolSize, poolSize, 'valid'));
  });
}

/** Later than any step: times are bytes. */
const never = 255;
