import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { frozenCopy } from '../core/frozen.js';
import { nothingMore } from '../core/params/nothingMore.js';
import { check, ensureIs } from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { show, showShape } from '../core/show.js';
import { sameShape, tidily, toFloat } from '../core/tensors.js';
import { isRecord } from '../core/trees.js';
import { checkActivity } from './checkActivity.js';
import { convOptions } from './convOptions.js';
import { ownWiring } from './ownWiring.js';
import type { Conv2dOptions, Topology } from './topology.js';
import { unfold, windowsOf } from './unfold.js';

/** Options of a locally connected layer: those of a convolution, and */
export interface Local2dOptions extends Conv2dOptions {
  /** Height and width of the window, one number or [y, x]. */
  readonly kernelSize: number | readonly [number, number];
}

/**
 * A window slides over an image as in a convolution, with a filter of its own at each position: z `[batch, height, width, channels]`,
 * w `[positions, kh·kw·in, out]`, positions and taps row by row.
 *
 *     post[b, p, o] = Σₖ pre[b, p, k] · w[p, k, o]        Δw[p, k, o] = Σ_b pre[b, p, k] · post[b, p, o]
 *
 * Source: Keras `LocallyConnected2D`; retinotopic wiring.
 *
 * @throws {StdpError} when `kernelSize` is missing, or an option is unknown or out of its range.
 * @example
 * local2d({ kernelSize: 3 }).forward(tf.ones([1, 5, 5, 1]), tf.ones([9, 9, 4])).shape;   // => [1, 3, 3, 4]
 */
export function local2d(options: Local2dOptions, ...more: readonly never[]): Topology {
  nothingMore(more, 'local2d', 'local2d({ kernelSize, strides, pad, dilations })');
  return local2dFromJSON(options, 'local2d');
}

/** {@link local2d}, with the name that messages about its options begin with. */
export function local2dFromJSON(given: Partial<Local2dOptions>, where: string): Topology {
  const { kernelSize, ...windows } = checkedOptions(given, where);
  const options = Object.freeze(convOptions(windows, where));
  const kernel = typeof kernelSize === 'number' ? ([kernelSize, kernelSize] as const) : kernelSize;
  const rowsOf = (images: tf.Tensor) => unfold(images as tf.Tensor4D, [...kernel, at(images.shape, 3)], options);
  const topology: Topology = {
    type: 'local2d',
    rank: 4,
    weightRank: 3,
    preRows: (pre, weightShape) => {
      const images = checkActivity(pre, 4, 'local2d.preRows', 'pre');
      topology.outputShape('local2d.preRows', images.shape, weightShape, 'pre');
      return tf.reshape(rowsOf(images), [at(images.shape, 0), 1, -1]);
    },
    postRows: (post, weightShape) =>
      tidily(() => {
        const [batch = 1, height = 1, width = 1, maps = 1] = checkActivity(post, 4, 'local2d.postRows', 'post').shape;
        const [positions = 1, taps = 1] = checkShape(weightShape, 'local2d.postRows', 'weightShape', 3);
        const everyTap = tf.mul(tf.reshape(post, [batch, height * width, 1, maps]), tf.ones([1, positions, taps, 1]));
        return tf.reshape(everyTap, [batch, 1, positions * taps, maps]);
      }),
    forward: (pre, w) =>
      tidily(() => {
        const name = 'local2d.forward';
        const [images, weights] = [toFloat(pre, name, 'pre'), toFloat(w, name, 'w')];
        const shape = topology.outputShape(name, images.shape, weights.shape, 'pre');
        if (images.size * weights.size === 0) return tf.zeros([...shape]);
        const sums = tf.matMul(tf.transpose(rowsOf(images), [1, 0, 2]), weights); // [positions, batch, maps]
        return tf.reshape(tf.transpose(sums, [1, 0, 2]), [...shape]);
      }),
    outputShape: (name, preShape, weightShape, argument = 'zPre') => {
      const [batch = 1, , , channels = 1] = checkShape(preShape, name, argument, 4);
      const maps = at(checkShape(weightShape, name, 'w', 3), 2);
      const { height, width } = windowsOf(preShape, kernel, options);
      const needed = [height.count * width.count, kernel[0] * kernel[1] * channels, maps];
      const problem = () => `has shape ${showShape(weightShape)}, ${argument} ${showShape(preShape)} needs ${showShape(needed)}`;
      ensure(needed[0] !== 0 && sameShape(weightShape, needed), name, 'w', problem);
      return checkShape([batch, height.count, width.count, maps], name, `the output of ${argument}`);
    },
    geometry: () => undefined,
    toJSON: () => ({ type: 'local2d', kernelSize, ...options }),
    weightShape: (pre, post) => {
      const [height = 1, width = 1, maps = 1] = post;
      return [height * width, kernel[0] * kernel[1] * at(pre, 2), maps];
    },
    examples: [5, 17, 65].flatMap((side) => {
      const pre = [side, side + 1, 2];
      const { height, width } = windowsOf([1, ...pre], kernel, options);
      const positions = height.count * width.count;
      return positions === 0 ? [] : [{ pre, w: [positions, kernel[0] * kernel[1] * 2, 3] }];
    }),
  };
  return ownWiring(topology);
}

const isSize = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= 2 ** 12;

const aKernelSize = check('a positive integer or a pair [height, width]', (value) =>
  Array.isArray(value) ? value.length === 2 && value.every(isSize) : isSize(value),
);

const known = ['kernelSize', 'strides', 'pad', 'dilations'];

function checkedOptions(given: Partial<Local2dOptions>, where: string): Local2dOptions {
  ensure(isRecord(given as unknown), where, 'options', () => `must be a record, got ${show(given)}`);
  for (const name in given) ensure(known.includes(name), where, name, () => `is not an option; known are ${known.join(', ')}`);
  ensureIs(aKernelSize, given.kernelSize, where, 'kernelSize');
  return frozenCopy(given, where, 'options') as Local2dOptions;
}
