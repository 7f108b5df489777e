import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../core/at.js';
import { show } from '../../core/show.js';
import { countOf } from '../../formats/arrays/elements.js';
import { conv1d } from '../../topologies/conv1d.js';
import { conv2d } from '../../topologies/conv2d.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import { type Behaviour, type NodeContext, parameter, sizesOf, valuesOf } from './nodeContext.js';

/** A node that remembers nothing. */
const stateless = (tensors: readonly tf.Tensor[], compute: (input: tf.Tensor) => tf.Tensor): Behaviour => ({
  tensors,
  remembers: {},
  step: (input) => [compute(input), {}],
});

/** Input, Output: what comes in goes out. */
export const identity = (): Behaviour => stateless([], (input) => tf.clone(input));

/** Linear, Affine: x·w + b. */
export function linear(context: NodeContext): Behaviour {
  const weight = tf.transpose(parameter(context, 'weight'));
  if (context.node.type === 'Linear') return stateless([weight], (input) => dense.forward(input, weight));
  const bias = parameter(context, 'bias');
  return stateless([weight, bias], (input) => tf.add(dense.forward(input, weight), bias));
}

/** Scale: s·x. */
export function scale(context: NodeContext): Behaviour {
  const factor = parameter(context, 'scale');
  return stateless([factor], (input) => tf.mul(input, factor));
}

/** Threshold: 1 where x > θ, else 0. */
export function threshold(context: NodeContext): Behaviour {
  const theta = parameter(context, 'threshold', true);
  return stateless([theta], (input) => tf.step(tf.sub(input, theta)));
}

/** Flatten: axes in one another. */
export function flatten({ ends, require }: NodeContext): Behaviour {
  const [before = [], shape = []] = [ends.into, ends.out];
  require(countOf(before) === countOf(shape), () => `whose start_dim and end_dim are no axes of ${show(before)}`);
  return stateless([], (input) => tf.reshape(input, [at(input.shape, 0), ...shape]));
}

/** Conv1d, Conv2d: channels are the first axis in NIR, the last one here. */
export function convolution(context: NodeContext): Behaviour {
  const axes = context.node.type === 'Conv1d' ? 1 : 2;
  const [groups = 1] = sizesOf(context, 'groups', 1);
  const taps = parameter(context, 'weight');
  const fits = Number.isInteger(groups) && groups > 0 && at(taps.shape, 0) % groups === 0;
  context.require(fits, () => `whose ${at(taps.shape, 0)} maps can't be shared out over ${groups} groups`);
  const bias = parameter(context, 'bias');
  const parts = tf.split(tf.transpose(taps, axes === 1 ? [2, 1, 0] : [2, 3, 1, 0]), groups, -1);
  const topology = wiring(context, axes);
  const [inwards, outwards] =
    axes === 1
      ? [
          [0, 2, 1],
          [0, 2, 1],
        ]
      : [
          [0, 2, 3, 1],
          [0, 3, 1, 2],
        ];
  return stateless([...parts, bias], (input) => {
    context.require(input.rank === axes + 2, () => `which gets ${show(input.shape.slice(1))}, needs ${axes + 1} axes`);
    const images = tf.split(tf.transpose(input, inwards), groups, -1);
    const maps = images.map((image, index) => topology.forward(image, at(parts, index)));
    return tf.transpose(tf.add(tf.concat(maps, -1), bias), outwards);
  });
}

/** The wiring of a convolution or a pool. */
function wiring(context: NodeContext, axes: number): Topology {
  const [[stride = 1, across = stride], [dilation = 1, wide = dilation]] = [
    sizesOf(context, 'stride', axes),
    'dilation' in context.node.params ? sizesOf(context, 'dilation', axes) : [1, 1],
  ];
  const pad = padding(context, axes);
  if (axes === 1) return conv1d({ strides: stride, pad: typeof pad === 'string' ? pad : at(pad, 0), dilations: dilation });
  const [top = 0, left = 0] = typeof pad === 'string' ? [] : pad;
  const sides = [
    [0, 0],
    [top, top],
    [left, left],
    [0, 0],
  ] as const;
  return conv2d({ strides: [stride, across], pad: typeof pad === 'string' ? pad : sides, dilations: [dilation, wide] });
}

function padding(context: NodeContext, axes: number): 'same' | 'valid' | readonly number[] {
  const { padding: given } = context.node.params;
  if (given === 'same' || given === 'valid') return given;
  context.require(typeof given !== 'string', () => `whose padding must be numbers, "same" or "valid", got ${show(given)}`);
  return sizesOf(context, 'padding', axes);
}

/** SumPool2d, AvgPool2d: a sum over each window, zeros around the image; the mean counts them. */
export function pool(context: NodeContext): Behaviour {
  const [height = 1, width = 1] = sizesOf(context, 'kernel_size', 2);
  const isSize = [height, width].every((side) => Number.isInteger(side) && side > 0 && side <= 2 ** 12);
  context.require(isSize, () => `whose kernel_size must be positive integers, got ${show(valuesOf(context, 'kernel_size'))}`);
  const topology = wiring(context, 2);
  const isMean = context.node.type === 'AvgPool2d';
  const window = tf.ones([height, width, 1, 1]);
  return stateless([window], (input) => {
    context.require(input.rank === 4, () => `which gets ${show(input.shape.slice(1))}, needs [channels, height, width]`);
    const [batch = 0, channels = 0, ...sides] = input.shape;
    const sums = topology.forward(tf.reshape(input, [batch * channels, ...sides, 1]), window);
    const pooled = tf.reshape(sums, [batch, channels, ...sums.shape.slice(1, 3)]);
    return isMean ? tf.div(pooled, height * width) : pooled;
  });
}

/** Delay: what came in so long ago, in whole steps; nothing before the first. */
export function delay(context: NodeContext): Behaviour {
  const { dt, unit, require, ends } = context;
  const shape = ends.out ?? [];
  const steps = valuesOf(context, 'delay').map((time) => {
    const count = Math.round(time / dt);
    require(count > 0 || time === 0, () => `whose delay must be 0 or at least half of dt = ${dt} ${unit}, got ${time}`);
    return count;
  });
  const longest = steps.reduce((most, count) => Math.max(most, count), 0);
  if (longest === 0) return identity();
  require(longest * steps.length <= 2 ** 24, () =>
    `whose delay is up to ${longest} steps of dt = ${dt} ${unit}, which don't fit in memory`);
  const taps = tf.cast(tf.transpose(tf.oneHot(tf.tensor1d(steps, 'int32'), longest + 1)), 'float32');
  const chosen = tf.reshape(taps, [longest + 1, ...shape]);
  return {
    tensors: [chosen],
    remembers: { past: tf.zeros([longest, ...shape]) },
    step: (input, state) => {
      const { past } = state as { readonly past: tf.Tensor };
      const all = tf.concat([tf.expandDims(input, 1), past], 1);
      return [
        tf.sum(tf.mul(all, chosen), 1),
        {
          past: tf.slice(
            all,
            past.shape.map(() => 0),
            past.shape,
          ),
        },
      ];
    },
  };
}
