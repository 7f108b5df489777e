import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../core/at.js';
import { ensure, orThrow } from '../../core/errors.js';
import { perNeuronCheck } from '../../core/params/perNeuron.js';
import { nothingMore } from '../../core/params/validation.js';
import { showShape } from '../../core/show.js';
import { asTensor, broadcastShape, sameShape, tidily, toFloat, toTimes } from '../../core/tensors.js';
import { type LatencyStdpParams, latencyStdpSchema } from './latencyStdp.js';

/**
 * The weight change after one stimulus, decided by the order of first spikes alone:
 *
 *     Δw = + etaPlus  · g(w)   where tPre ≤ tPost   (fired before the output or together with it)
 *     Δw = − etaMinus · g(w)   where tPre > tPost   (later, or never: Infinity)
 *     g(w) = (w − wMin)(wMax − w)  with `'soft'`,  1 with `'additive'`
 *
 * Two Infinities count as together, so that an output which never fired (`postTime` Infinity) potentiates every input, as in the
 * peer: leave it out, as {@link computeStdpBatchUpdate} does. Nothing is clamped here: the caller bounds w + Δw.
 *
 * @param w         weights, any shape.
 * @param preTimes  first spike times of the inputs, the shape of `w`.
 * @param postTime  first spike time of the output: a number, or a tensor that broadcasts to `w` (one per map: `[out]`).
 * @param params    see {@link LatencyStdpParams}.
 * @returns Δw, the shape of `w`.
 * @throws {StdpError} when the shapes of `w` and `preTimes` differ or a parameter is out of range.
 *
 * Source: Kheradpisheh et al. 2018, equation 4; spikeseg `compute_stdp_update`.
 *
 * @example
 * computeStdpUpdate([0.5, 0.5], [1, Infinity], 3).print();   // => [0.001, -0.00075]
 */
export function computeStdpUpdate(
  w: tf.TensorLike | tf.Tensor,
  preTimes: tf.TensorLike | tf.Tensor,
  postTime: number | tf.Tensor,
  params?: Partial<LatencyStdpParams>,
  ...more: readonly never[]
): tf.Tensor {
  nothingMore(more, 'computeStdpUpdate', 'computeStdpUpdate(w, preTimes, postTime, params)');
  return orderedUpdate(w, preTimes, postTime, params, 'computeStdpUpdate');
}

/** The same for those who build on it, and refuse in their own name. */
export function orderedUpdate(
  w: tf.TensorLike | tf.Tensor,
  preTimes: tf.TensorLike | tf.Tensor,
  postTime: number | tf.Tensor,
  params: Partial<LatencyStdpParams> | undefined,
  where: string,
): tf.Tensor {
  const { etaPlus, etaMinus, wMin, wMax, weightDependence } = orThrow(latencyStdpSchema.validate(params, where));
  return tidily(() => {
    const weights = toFloat(w, where, 'w');
    const times = toTimes(preTimes, where, 'preTimes');
    ensure(
      sameShape(weights.shape, times.shape),
      where,
      'preTimes',
      () => `has shape ${showShape(times.shape)}, w has ${showShape(weights.shape)}`,
    );
    const outputs = weights.rank === 0 ? 1 : at(weights.shape, -1);
    perNeuronCheck(where, { etaPlus, etaMinus, wMin, wMax }, [])({ inputs: outputs, outputs, weightShape: weights.shape });
    const fired = toTimes(postTime, where, 'postTime');
    const widened = broadcastShape(fired.shape, weights.shape);
    ensure(
      widened !== undefined && sameShape(widened, weights.shape),
      where,
      'postTime',
      () => `has shape ${showShape(fired.shape)}, which doesn't fit w ${showShape(weights.shape)}`,
    );
    const potentiated = tf.lessEqual(times, fired);
    const rate = tf.where(
      potentiated,
      tf.mul(tf.onesLike(weights), asTensor(etaPlus)),
      tf.mul(tf.onesLike(weights), tf.neg(asTensor(etaMinus))),
    );
    return weightDependence === 'soft'
      ? tf.mul(rate, tf.mul(tf.sub(weights, asTensor(wMin)), tf.sub(asTensor(wMax), weights)))
      : rate;
  });
}
