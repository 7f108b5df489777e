import * as tf from '@tensorflow/tfjs-core';
import { ensure, orThrow } from '../core/errors.js';
import { flag, integerFrom, nothingMore, validateParams } from '../core/params/validation.js';
import { show, showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';
import { isRecord } from '../core/trees.js';
import type { Winner } from './winner.js';

/** How far a winner reaches. */
export interface LateralInhibitionOptions {
  /** Rows and columns around the winner (Chebyshev distance); 0 is its position alone. Default 0. */
  readonly radius?: number;
  /** Whether the winner's own potential stays. Default false: it is silenced with the others. */
  readonly keepWinner?: boolean;
}

/**
 * The winner silences all maps around it: potentials with |y − winner.y| ≤ radius and |x − winner.x| ≤ radius become 0.
 *
 * @param potentials  [H, W, C].
 * @param winner      as {@link findWtaWinner} gives it; its time is not read.
 * @param options     see {@link LateralInhibitionOptions}.
 * @returns new potentials, [H, W, C].
 * @throws {StdpError} when `potentials` is not of rank 3, the winner lies outside it or an option is wrong.
 *
 * Source: spikeseg `apply_lateral_inhibition`, which has no radius and always silences the winner too.
 *
 * @example
 * const winner = { channel: 0, y: 0, x: 0 };
 * applyLateralInhibition(tf.ones([1, 2, 2]), winner).print();                         // => [[[0, 0], [1, 1]]]
 * applyLateralInhibition(tf.ones([1, 2, 2]), winner, { keepWinner: true }).print();   // => [[[1, 0], [1, 1]]]
 */
export function applyLateralInhibition(
  potentials: tf.TensorLike | tf.Tensor,
  winner: Omit<Winner, 'time'>,
  options?: LateralInhibitionOptions,
  ...more: readonly never[]
): tf.Tensor {
  const where = 'applyLateralInhibition';
  nothingMore(more, where, 'applyLateralInhibition(potentials, winner, options)');
  const defaults = { radius: 0, keepWinner: false };
  const { radius, keepWinner } = orThrow(
    validateParams(where, defaults, options, { radius: integerFrom(0), keepWinner: flag }, 'options'),
  );
  ensure(isRecord(winner), where, 'winner', () => `must be { channel, y, x }, got ${show(winner)}`);
  return tidily(() => {
    const values = toFloat(potentials, where, 'potentials');
    ensure(values.rank === 3, where, 'potentials', () => `has shape ${showShape(values.shape)}, needs [H, W, C]`);
    const [height = 0, width = 0, channels = 0] = values.shape;
    const { y, x, channel } = winner;
    ensure(
      isIndex(y, height) && isIndex(x, width) && isIndex(channel, channels),
      where,
      'winner',
      () => `at y ${show(y)}, x ${show(x)}, channel ${show(channel)} lies outside potentials ${showShape(values.shape)}`,
    );
    const around = tf.logicalAnd(near(y, radius, [height, 1, 1]), near(x, radius, [1, width, 1]));
    const own = tf.logicalAnd(
      near(y, 0, [height, 1, 1]),
      tf.logicalAnd(near(x, 0, [1, width, 1]), near(channel, 0, [1, 1, channels])),
    );
    const inhibited = keepWinner ? tf.logicalAnd(around, tf.logicalNot(own)) : around;
    return tf.where(inhibited, tf.zerosLike(values), values);
  });
}

const isIndex = (value: number, size: number): boolean => Number.isSafeInteger(value) && value >= 0 && value < size;

/** Which positions along the one long axis of `shape` are at most `radius` from `centre`. */
const near = (centre: number, radius: number, shape: [number, number, number]): tf.Tensor =>
  tf.reshape(tf.lessEqual(tf.abs(tf.sub(tf.range(0, Math.max(...shape)), centre)), radius), shape);
