import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { frozenCopy } from '../core/frozen.js';
import { nothingMore } from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';
import type { ConvGeometry } from '../kernels/constants.js';
import { checkActivity, fitsTogether } from './checkActivity.js';
import { convOptions } from './convOptions.js';
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
export function conv2d(options: Conv2dOptions = {}, ...more: readonly never[]): Topology {
  nothingMore(more, 'conv2d', 'conv2d({ strides, pad, dilations })');
  return convolution(options, 'conv2d');
}

/** {@link conv2d}, with the name that messages about its options begin with. */
export function convolution(given: Conv2dOptions, where: string): Topology {
  const options = frozenCopy(convOptions(given, where), where, 'options');
  const topology: Topology = {
    type: 'conv2d',
    rank: 4,
    weightRank: 4,
    preRows: (pre, weightShape) => {
      const images = checkActivity(pre, 4, 'conv2d.preRows', 'pre');
      return unfold(images as tf.Tensor4D, checkShape(weightShape, 'conv2d.preRows', 'weightShape', 4), options);
    },
    postRows: (post) => {
      const [batch = 1, height = 1, width = 1, channels = 1] = checkActivity(post, 4, 'conv2d.postRows', 'post').shape;
      return tf.reshape(post, [batch, height * width, channels]);
    },
    forward: (pre, w) =>
      tidily(() => {
        const name = 'conv2d.forward';
        const [images, weights] = [toFloat(pre, name, 'pre'), toFloat(w, name, 'w')];
        const shape = topology.outputShape(name, images.shape, weights.shape, 'pre');
        if (images.size * weights.size === 0) return tf.zeros([...shape]);
        return forward(images as tf.Tensor4D, weights as tf.Tensor4D, options);
      }),
    outputShape: (name, preShape, weightShape, argument = 'zPre') => {
      const [pre, w] = fitsTogether(name, argument, preShape, weightShape, 4);
      const [[batch = 1, , , channels], [, , inputs, outputs = 0]] = [pre, w];
      ensure(channels === inputs, name, argument, () => `has ${channels} channels, w ${showShape(w)} needs ${inputs}`);
      const { height, width } = windowsOf(pre, w, options);
      const fits = height.count > 0 && width.count > 0;
      ensure(fits, name, 'w', () => `${showShape(w)} is larger than the padded input ${showShape(pre)}`);
      return checkShape([batch, height.count, width.count, outputs], name, `the output of ${argument}`);
    },
    geometry: (preShape, weightShape) => ({ kind: 'conv', sizes: geometry(preShape, weightShape, options) }),
    toJSON: () => ({ type: 'conv2d', ...options }),
    examples: [5, 17, 65].map((side) => ({ pre: [side, side + 1, 2], w: [3, 2, 2, 3] })),
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
