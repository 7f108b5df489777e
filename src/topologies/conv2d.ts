import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { show, showShape } from '../core/show.js';
import { tidily } from '../core/tensors.js';
import { isRecord } from '../core/trees.js';
import type { ConvGeometry } from '../kernels/laws.js';
import { ownWiring } from './ownWiring.js';
import type { Conv2dOptions, Topology } from './topology.js';
import { unfold, windowsOf } from './unfold.js';

/**
 * A window slides over an image: z `[batch, height, width, channels]`, w `[kh, kw, in, out]`.
 *
 * Strides, pad and dilations mean what they mean in `tf.conv2d`, and all combinations work, also those that tfjs
 * itself refuses (strides together with dilations).
 *
 * @throws {StdpError} when an option is unknown or not a positive integer (pad: an integer ≥ 0).
 * @example
 * conv2d({ strides: 2, pad: 'same' }).forward(tf.ones([1, 8, 8, 1]), tf.ones([3, 3, 1, 4])).shape;   // => [1, 4, 4, 4]
 */
export function conv2d(given: Conv2dOptions = {}): Topology {
  checkOptions(given);
  const options = JSON.parse(JSON.stringify(given)) as Conv2dOptions; // what the caller changes later is not seen
  const topology: Topology = {
    type: 'conv2d',
    rank: 4,
    weightRank: 4,
    preRows: (pre, weightShape) => unfold(pre as tf.Tensor4D, weightShape, options),
    postRows: (post) => {
      const [batch = 1, height = 1, width = 1, channels = 1] = post.shape;
      return tf.reshape(post, [batch, height * width, channels]);
    },
    forward: (pre, w) => {
      topology.outputShape('conv2d.forward', pre.shape, w.shape, 'pre');
      return forward(pre as tf.Tensor4D, w as tf.Tensor4D, options);
    },
    outputShape: (where, preShape, weightShape, argument = 'zPre') => {
      const ranks = preShape.length === 4 && weightShape.length === 4;
      ensure(ranks, where, argument, () => `${showShape(preShape)} and w ${showShape(weightShape)} must have rank 4`);
      const [batch = 1, , , channels] = preShape;
      const [, , inputs, outputs = 0] = weightShape;
      ensure(channels === inputs, where, argument, () => `has ${channels} channels, w ${showShape(weightShape)} needs ${inputs}`);
      const { height, width } = windowsOf(preShape, weightShape, options);
      const fits = height.count > 0 && width.count > 0;
      ensure(fits, where, 'w', () => `${showShape(weightShape)} is larger than the padded input ${showShape(preShape)}`);
      return [batch, height.count, width.count, outputs];
    },
    geometry: (preShape, weightShape) => geometry(preShape, weightShape, options),
    toJSON: () => ({ type: 'conv2d', ...options }),
  };
  return ownWiring(topology);
}

function geometry(preShape: readonly number[], weightShape: readonly number[], options: Conv2dOptions): ConvGeometry {
  const { height, width } = windowsOf(preShape, weightShape, options);
  const [, inHeight = 1, inWidth = 1, channels = 1] = preShape;
  const [kernelHeight = 1, kernelWidth = 1, , maps = 1] = weightShape;
  return [
    ...([inHeight, inWidth, channels, kernelHeight, kernelWidth, height.count, width.count, maps] as const),
    ...([height.stride, width.stride, height.dilation, width.dilation, height.before, width.before] as const),
  ];
}

function forward(pre: tf.Tensor4D, w: tf.Tensor4D, options: Conv2dOptions): tf.Tensor {
  const { height, width } = windowsOf(pre.shape, w.shape, options);
  const strided = height.stride > 1 || width.stride > 1;
  const dilated = height.dilation > 1 || width.dilation > 1;
  if (strided && dilated) return forwardByRows(pre, w, options);
  const pad: [[number, number], [number, number], [number, number], [number, number]] = [
    [0, 0],
    [height.before, height.after],
    [width.before, width.after],
    [0, 0],
  ];
  return tf.conv2d(pre, w, [height.stride, width.stride], pad, 'NHWC', [height.dilation, width.dilation]);
}

/** tf.conv2d has no strides together with dilations; the rows have. */
const forwardByRows = (pre: tf.Tensor4D, w: tf.Tensor4D, options: Conv2dOptions): tf.Tensor =>
  tidily(() => {
    const [kh, kw, inputs, outputs] = w.shape;
    const { height, width } = windowsOf(pre.shape, w.shape, options);
    const rows = tf.reshape(unfold(pre, w.shape, options), [-1, kh * kw * inputs]);
    return tf.reshape(tf.matMul(rows, tf.reshape(w, [-1, outputs])), [pre.shape[0], height.count, width.count, outputs]);
  });

function checkOptions(given: Conv2dOptions): void {
  ensure(isRecord(given), 'conv2d', 'options', () => `must be a record, got ${show(given)}`);
  const { strides = 1, pad = 'valid', dilations = 1, ...unknown } = given;
  const [stranger] = Object.keys(unknown);
  const known = 'is not an option; known are strides, pad, dilations';
  ensure(stranger === undefined, 'conv2d', stranger ?? '', () => known);
  const integersFrom = (least: number, value: unknown) =>
    (Array.isArray(value) ? value.flat() : [value]).every((entry) => Number.isSafeInteger(entry) && entry >= least);
  const pairOrNumber = (value: unknown) => !Array.isArray(value) || value.length === 2;
  ensure(
    integersFrom(1, strides) && pairOrNumber(strides),
    'conv2d',
    'strides',
    () => `must be a positive integer or a pair, got ${show(strides)}`,
  );
  ensure(
    integersFrom(1, dilations) && pairOrNumber(dilations),
    'conv2d',
    'dilations',
    () => `must be a positive integer or a pair, got ${show(dilations)}`,
  );
  const isPair = (sides: unknown) => Array.isArray(sides) && sides.length === 2;
  const outer = Array.isArray(pad) ? [pad[0], pad[3]].flat() : [];
  const explicit = Array.isArray(pad) && pad.length === 4 && pad.every(isPair) && outer.every((side) => side === 0);
  const isPad = pad === 'valid' || pad === 'same' || ((typeof pad === 'number' || explicit) && integersFrom(0, pad));
  ensure(
    isPad,
    'conv2d',
    'pad',
    () => `must be 'valid', 'same', an integer ≥ 0 or [[0, 0], [top, bottom], [left, right], [0, 0]], got ${show(pad)}`,
  );
}
