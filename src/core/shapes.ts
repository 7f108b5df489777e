import { ensure } from './errors.js';
import { isListOf } from './lists.js';
import { show, showShape } from './show.js';

/** The largest number of float32 values that a tensor may have: what fits in 4 GiB. */
export const mostValues = 2 ** 30;

/** The largest layer that keeps several values for each neuron, some of them counted. */
export const mostNeurons = 2 ** 24;

/** The longest record of steps: float32 counts no further. */
export const mostSteps = 2 ** 24;

/** The largest number of axes: with more, operations of TensorFlow.js fail, by backend. */
export const mostAxes = 6;

const isSize = (size: unknown): boolean => Number.isSafeInteger(size) && Number(size) >= 0;

/**
 * A shape as it was given, once it is known to be one.
 *
 * @param rank  how many axes it must have. Default: any number.
 * @param most  how many values it may hold. Default: what fits in 4 GiB.
 * @throws {StdpError} unless it is a list of at most 6 integers ≥ 0 whose tensor fits in 4 GiB.
 */
export function checkShape(
  given: unknown,
  where: string,
  argument: string,
  rank?: number,
  most: number = mostValues,
): readonly number[] {
  const isShape = isListOf(given, isSize);
  ensure(isShape, where, argument, () => `must be a shape, a list of integers ≥ 0, got ${show(given)}`);
  const shape = given as readonly number[];
  ensure(rank === undefined || shape.length === rank, where, argument, () => `must have ${rank} axes, got ${showShape(shape)}`);
  ensure(shape.length <= mostAxes, where, argument, () => `has ${shape.length} axes, at most ${mostAxes} work everywhere`);
  const size = shape.reduce((product, length) => product * length, 1);
  ensure(size <= most, where, argument, () => `${showShape(shape)} holds ${size} values, more than fit in memory`);
  return shape;
}
