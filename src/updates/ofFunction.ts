import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { show, showShape } from '../core/show.js';
import { broadcastShape, sameShape, toFloat } from '../core/tensors.js';

/**
 * What a function of the caller's gave, in float32, once it is known to be a tensor of the shape that is needed.
 *
 * @param broadcasts  whether a shape will do that only becomes the needed one where both meet. Default false.
 * @throws {StdpError} `<where>: <argument> must give …, gave …`
 */
export function ofFunction(
  given: unknown,
  shape: readonly number[],
  where: string,
  argument: string,
  broadcasts = false,
): tf.Tensor {
  ensure(given instanceof tf.Tensor, where, argument, () => `must give a tensor ${showShape(shape)}, gave ${show(given)}`);
  const met = broadcasts ? (broadcastShape(given.shape, shape) ?? []) : given.shape;
  ensure(sameShape(met, shape), where, argument, () => `gave shape ${showShape(given.shape)}, needs ${showShape(shape)}`);
  return toFloat(given, where, argument);
}
