import * as tf from '@tensorflow/tfjs-core';
import { at } from './at.js';
import { ensure } from './errors.js';
import { mostAxes } from './shapes.js';
import { show, showShape } from './show.js';

/**
 * Numbers and truth values, in lists of lists or in a typed array, as a new float32 tensor that shares no memory with them.
 *
 * @throws {StdpError} when a value is no number, is not finite (`'finite'`) or NaN (`'times'`), or rows differ in length.
 */
export function hostTensor(given: unknown, where: string, argument: string, range: 'finite' | 'times'): tf.Tensor {
  const { values, shape } = hostValues(given, where, argument, range);
  return tf.tensor(values, [...shape], 'float32');
}

/** Numbers with their shape. */
export interface HostValues {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** {@link hostTensor} for which no backend is needed: the values and the shape. */
export function hostValues(given: unknown, where: string, argument: string, range: 'finite' | 'times'): HostValues {
  ensure(given !== undefined, where, argument, () => 'is not a tensor: it is missing');
  const shape = shapeOf(given);
  ensure(
    shape.length <= mostAxes,
    where,
    argument,
    () => `has ${shape.length} axes or more, at most ${mostAxes} work everywhere`,
  );
  const values = new Float32Array(tf.util.sizeFromShape([...shape]));
  let next = 0;
  const require = (condition: boolean, problem: () => string) => ensure(condition, where, argument, problem);
  const take = (leaf: unknown, axis: number): void => {
    if (axis === shape.length) {
      values[next++] = numberIn(leaf);
      return;
    }
    const length = at(shape, axis);
    require(isList(leaf), () => `is not a tensor: rows of ${showShape(shape)} hold ${show(leaf)}`);
    const row = leaf as ArrayLike<unknown>;
    require(row.length === length, () => `is not a tensor: it has rows of ${length} and of ${row.length} entries`);
    for (let index = 0; index < length; index++) take(row[index], axis + 1);
  };
  const numberIn = (leaf: unknown): number => {
    const isNumber = typeof leaf === 'number' || typeof leaf === 'boolean';
    require(isNumber, () => `is not a tensor: it holds ${show(leaf)}, no number`);
    const value = Math.fround(Number(leaf));
    const allowed = range === 'finite' ? Number.isFinite(value) : !Number.isNaN(value);
    require(allowed, () => `holds ${show(leaf)}, which is not a ${range === 'finite' ? 'finite float32' : 'time'}`);
    return value;
  };
  take(given, 0);
  return { values, shape };
}

const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** Lengths of the first entries of each axis. */
function shapeOf(given: unknown): readonly number[] {
  const shape: number[] = [];
  for (let level = given; isList(level) && shape.length <= mostAxes; level = level[0]) shape.push(level.length);
  return shape;
}
