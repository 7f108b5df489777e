import * as tf from '@tensorflow/tfjs-core';
import { orThrow } from '../core/errors.js';
import { nothingMore } from '../core/params/nothingMore.js';
import { either, integerFrom, oneOf, validateParams } from '../core/params/validation.js';
import { tidily, toFloat } from '../core/tensors.js';
import { checkActivity, fitsTogether } from './checkActivity.js';
import { convolution } from './conv2d.js';
import { ownWiring } from './ownWiring.js';
import type { Conv2dOptions, Topology } from './topology.js';

/** Options of a convolution over a line, with the meanings that `tf.conv1d` gives them; all combinations work. */
export interface Conv1dOptions {
  /** Step of the window. Default 1. */
  readonly strides?: number;
  /** `'valid'`, `'same'` or a number of zeros at either end. Default `'valid'`. */
  readonly pad?: 'valid' | 'same' | number;
  /** Distance of the taps. Default 1. */
  readonly dilations?: number;
}

/**
 * A window slides over a line: z `[batch, length, channels]`, w `[kernel, in, out]`.
 *
 * @throws {StdpError} when an option is unknown or not a positive integer (pad: an integer ≥ 0).
 * @example
 * conv1d({ pad: 'same' }).forward(tf.ones([1, 8, 2]), tf.ones([3, 2, 4])).shape;   // => [1, 8, 4]
 */
export function conv1d(options: Conv1dOptions = {}, ...more: readonly never[]): Topology {
  nothingMore(more, 'conv1d', 'conv1d({ strides, pad, dilations })');
  return conv1dFromJSON(options, 'conv1d');
}

/** {@link conv1d}, with the name that messages about its options begin with. */
export function conv1dFromJSON(given: Conv1dOptions, where: string): Topology {
  const options = conv1dOptions(given, where);
  const image = convolution(asImage(options), where);
  const topology: Topology = {
    type: 'conv1d',
    rank: 3,
    weightRank: 3,
    preRows: (pre, weightShape) => {
      const line = checkActivity(pre, 3, 'conv1d.preRows', 'pre');
      return image.preRows(tf.expandDims(line, 1), [1, ...weightShape]);
    },
    postRows: (post) => checkActivity(post, 3, 'conv1d.postRows', 'post'),
    forward: (pre, w) =>
      tidily(() => {
        const name = 'conv1d.forward';
        const [line, weights] = [toFloat(pre, name, 'pre'), toFloat(w, name, 'w')];
        topology.outputShape(name, line.shape, weights.shape, 'pre');
        return tf.squeeze(image.forward(tf.expandDims(line, 1), tf.expandDims(weights, 0)), [1]);
      }),
    outputShape: (name, preShape, weightShape, argument = 'zPre') => {
      const [[batch = 1, ...line], w] = fitsTogether(name, argument, preShape, weightShape, 3);
      const [, , ...post] = image.outputShape(name, [batch, 1, ...line], [1, ...w], argument);
      return [batch, ...post];
    },
    geometry: () => undefined,
    toJSON: () => ({ type: 'conv1d', ...options }),
    examples: [7, 17, 65].map((length) => ({ pre: [length, 2], w: [3, 2, 3] })),
  };
  return ownWiring(topology);
}

/** No line is longer. */
const most = 2 ** 24;

const checks = {
  strides: integerFrom(1, most),
  pad: either(oneOf('valid', 'same'), integerFrom(0, most)),
  dilations: integerFrom(1, most),
};

/** The options that were given, checked. */
function conv1dOptions(given: Conv1dOptions, where: string): Conv1dOptions {
  const defaults: Required<Conv1dOptions> = { strides: 1, pad: 'valid', dilations: 1 };
  const complete = orThrow(validateParams(where, defaults, given, checks, 'options'));
  const named = Object.entries(complete).filter(([name]) => given[name as keyof Conv1dOptions] !== undefined);
  return Object.freeze(Object.fromEntries(named));
}

/** The same options for images of one row. */
const asImage = ({ strides = 1, pad = 'valid', dilations = 1 }: Conv1dOptions): Conv2dOptions => ({
  strides: [1, strides],
  pad:
    typeof pad === 'number'
      ? [
          [0, 0],
          [0, 0],
          [pad, pad],
          [0, 0],
        ]
      : pad,
  dilations: [1, dilations],
});
