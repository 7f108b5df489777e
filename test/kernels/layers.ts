import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { fork, randomUniform, type Seed } from '../../src/core/random.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import type { Conv2dOptions, Topology } from '../../src/topologies/topology.js';

/** A layer of any size and wiring, for kernels that must serve all of them. */
export interface Layer {
  readonly topology: Topology;
  readonly pre: readonly number[];
  readonly post: readonly number[];
  readonly w: readonly number[];
}

const size = (most: number) => fc.integer({ min: 1, max: most });

export const denseLayer: fc.Arbitrary<Layer> = fc.record({ batch: size(5), inputs: size(70), outputs: size(150) }).map(
  ({ batch, inputs, outputs }): Layer => ({
    topology: dense,
    pre: [batch, inputs],
    post: [batch, outputs],
    w: [inputs, outputs],
  }),
);

const pair = (most: number) => fc.tuple(size(most), size(most));
const pad = fc.oneof(
  fc.constantFrom('valid' as const, 'same' as const),
  fc.integer({ min: 0, max: 2 }),
  fc.tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: 0, max: 3 }))).map(
    ([a = 0, b = 0, c = 0, d = 0]) =>
      [
        [0, 0],
        [a, b],
        [c, d],
        [0, 0],
      ] as const,
  ),
);

export const convLayer: fc.Arbitrary<Layer> = fc
  .record({
    batch: size(3),
    image: pair(9),
    channels: size(6),
    kernel: pair(4),
    maps: size(9),
    strides: pair(3),
    dilations: pair(2),
    pad,
  })
  .map(({ batch, image, channels, kernel, maps, ...options }): Layer => {
    const topology = conv2d(options satisfies Conv2dOptions);
    const [pre, w] = [
      [batch, ...image, channels],
      [...kernel, channels, maps],
    ];
    try {
      return { topology, pre, w, post: topology.outputShape('test', pre, w) };
    } catch {
      return { topology: conv2d(), pre, w: [1, 1, channels, maps], post: [batch, ...image, maps] }; // the kernel is too large
    }
  });

export const anyLayer: fc.Arbitrary<Layer> = fc.oneof(denseLayer, convLayer);

const length = (shape: readonly number[]) => shape.reduce((product, next) => product * next, 1);

/** Spikes of a density; with `graded` their sizes differ and some are negative. */
export function spikes(shape: readonly number[], density: number, graded: boolean, seed: Seed): tf.Tensor {
  const [fired, sizes] = [randomUniform(length(shape), fork(seed, 0)), randomUniform(length(shape), fork(seed, 1), -0.5, 1.5)];
  const values = fired.map((value, index) => (value < density ? (graded ? (sizes[index] ?? 0) : 1) : 0));
  return tf.tensor(values, [...shape]);
}

export const uniform = (shape: readonly number[], seed: Seed, low = 0, high = 1): tf.Tensor =>
  tf.tensor(randomUniform(length(shape), seed, low, high), [...shape]);
