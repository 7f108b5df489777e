import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { atMost, ensureIs, integerFrom, nothingMore } from '../core/params/validation.js';
import { checkShape, mostSteps } from '../core/shapes.js';
import { show, showShape } from '../core/show.js';
import { broadcastShape, ensureBackend, sameShape, sumOf, tidily, toFloat } from '../core/tensors.js';

/**
 * An empty delay line: the spikes of the present step and of the `maxDelay` steps before it, newest first.
 *
 * @param shape     shape of the spikes.
 * @param maxDelay  longest delay, in steps: an integer ≥ 0.
 * @returns zeros `[maxDelay + 1, …shape]`.
 * @throws {StdpError} when `shape` is none or `maxDelay` is not an integer in [0, 2²⁴].
 * @example
 * initDelayLine([3], 2).shape;   // => [3, 3]
 */
export function initDelayLine(shape: readonly number[], maxDelay: number, ...more: readonly never[]): tf.Tensor {
  const where = 'initDelayLine';
  nothingMore(more, where, 'initDelayLine(shape, maxDelay)');
  ensureBackend(where);
  ensureIs(atMost(mostSteps, integerFrom(0)), maxDelay, where, 'maxDelay');
  return tf.zeros([...checkShape([maxDelay + 1, ...checkShape(shape, where, 'shape')], where, 'shape')]);
}

/**
 * One step along the delay line: `out[t] = spikes[t − delay]`, for every spike, also while others are under way.
 *
 * @param spikes  spikes that leave now, any shape.
 * @param line    from {@link initDelayLine} or the step before.
 * @param delay   steps on the way: an integer in [0, maxDelay], or a tensor of them that broadcasts with `spikes`
 *                (for a delay per synapse `[in, out]` give the spikes as `[batch, in, 1]`). Other values never arrive.
 * @returns `[arriving, line]`: what arrives now, and the next line.
 * @throws {StdpError} when `spikes` does not fit the line, `delay` is a number that it cannot hold or a tensor that does not
 *         broadcast with `spikes`.
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
  line: tf.TensorLike | tf.Tensor,
  delay: number | tf.TensorLike | tf.Tensor,
  ...more: readonly never[]
): [tf.Tensor, tf.Tensor] {
  const where = 'delayLineStep';
  nothingMore(more, where, 'delayLineStep(spikes, line, delay)');
  return tidily(() => {
    const [leaving, held] = [toFloat(spikes, where, 'spikes'), toFloat(line, where, 'line')];
    const [length = 0, ...shape] = held.shape;
    ensure(length > 0, where, 'line', () => `has shape ${showShape(held.shape)}, needs [maxDelay + 1, …] as of initDelayLine`);
    const misfit = () => `has shape ${showShape(leaving.shape)}, the line holds ${showShape(shape)}`;
    ensure(sameShape(leaving.shape, shape), where, 'spikes', misfit);
    const next = pushed(leaving, held);
    const steps = held.size === 0 ? Array.from({ length }, () => tf.zeros(shape)) : tf.unstack(next);
    if (typeof delay === 'number') {
      const arriving = steps[delay];
      ensure(arriving !== undefined, where, 'delay', () => `must be an integer in [0, ${length - 1}], got ${show(delay)}`);
      return [arriving, next];
    }
    const delays = toFloat(delay, where, 'delay');
    const apart = () => `has shape ${showShape(delays.shape)}, which doesn't broadcast with spikes ${showShape(shape)}`;
    const common = broadcastShape(delays.shape, shape);
    ensure(common !== undefined, where, 'delay', apart);
    if (tf.util.sizeFromShape(common) === 0) return [tf.zeros(common), next];
    // 1 where the delay is `step`: by arithmetic, because comparisons that broadcast are slow on wasm.
    const chosen = steps.map((then, step) => tf.mul(then, tf.sub(1, tf.step(tf.abs(tf.sub(delays, step))))));
    return [sumOf(chosen), next];
  });
}

/** The line with the spikes that leave now in front, without those that left first. */
function pushed(leaving: tf.Tensor, line: tf.Tensor): tf.Tensor {
  if (line.size === 0) return tf.clone(line);
  const [length = 1, ...shape] = line.shape;
  const older = tf.slice(line, [0, ...shape.map(() => 0)], [length - 1, ...shape]);
  return tf.concat([tf.expandDims(leaving, 0), older], 0);
}
