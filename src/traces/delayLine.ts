import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { showShape } from '../core/show.js';
import { sameShape, sumOf, tidily, toFloat } from '../core/tensors.js';

/**
 * An empty delay line: the spikes of the present step and of the `maxDelay` steps before it, newest first.
 *
 * @param shape     shape of the spikes.
 * @param maxDelay  longest delay, in steps: an integer ≥ 0.
 * @returns zeros `[maxDelay + 1, …shape]`.
 * @throws {StdpError} when `maxDelay` is not an integer ≥ 0.
 * @example
 * initDelayLine([3], 2).shape;   // => [3, 3]
 */
export function initDelayLine(shape: readonly number[], maxDelay: number): tf.Tensor {
  ensure(
    Number.isSafeInteger(maxDelay) && maxDelay >= 0,
    'initDelayLine',
    'maxDelay',
    () => `must be an integer ≥ 0, got ${maxDelay}`,
  );
  return tf.zeros([maxDelay + 1, ...shape]);
}

/**
 * One step along the delay line: `out[t] = spikes[t − delay]`, for every spike, also while others are under way.
 *
 * @param spikes  spikes that leave now, any shape.
 * @param line    from {@link initDelayLine} or the step before.
 * @param delay   steps on the way: an integer in [0, maxDelay], or a tensor of them that broadcasts with `spikes`
 *                (for a delay per synapse `[in, out]` give the spikes as `[batch, in, 1]`). Other values never arrive.
 * @returns `[arriving, line]`: what arrives now, and the next line.
 * @throws {StdpError} when `spikes` does not fit the line, or `delay` is a number that it cannot hold.
 *
 * Source: PySNN `Connection.propagate_spike`, which loses a spike when another follows before it has arrived, and
 * every spike of a tensor delay of 0; none is lost here.
 *
 * @example
 * const line = initDelayLine([1], 1);
 * const [first, next] = delayLineStep([1], line, 1);
 * const [second] = delayLineStep([0], next, 1);
 * [first, second];   // => [[0], [1]]
 */
export function delayLineStep(
  spikes: tf.TensorLike | tf.Tensor,
  line: tf.Tensor,
  delay: number | tf.TensorLike | tf.Tensor,
): [tf.Tensor, tf.Tensor] {
  const where = 'delayLineStep';
  return tidily(() => {
    const leaving = toFloat(spikes, where, 'spikes');
    const [length = 1, ...shape] = line.shape;
    const misfit = () => `has shape ${showShape(leaving.shape)}, the line holds ${showShape(shape)}`;
    ensure(sameShape(leaving.shape, shape), where, 'spikes', misfit);
    const older = tf.slice(line, [0, ...shape.map(() => 0)], [length - 1, ...shape]);
    const next = tf.concat([tf.expandDims(leaving, 0), older], 0);
    const steps = tf.unstack(next);
    if (typeof delay === 'number') {
      const arriving = steps[delay];
      ensure(arriving !== undefined, where, 'delay', () => `must be an integer in [0, ${length - 1}], got ${delay}`);
      return [arriving, next];
    }
    const delays = toFloat(delay, where, 'delay');
    // 1 where the delay is `step`: by arithmetic, because comparisons that broadcast are slow on wasm.
    const chosen = steps.map((held, step) => tf.mul(held, tf.step(tf.sub(0.5, tf.abs(tf.sub(delays, step))))));
    return [sumOf(chosen), next];
  });
}
