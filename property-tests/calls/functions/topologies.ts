import type * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import * as library from '../../../src/entries/everything.js';
import { type Call, call, ownCall } from '../call.js';
import { anyLayers, convLayers, denseLayers } from '../layers.js';
import { type Recipe, record, tensor, value, values } from '../recipes.js';

const { constantFrom, nat, tuple } = fc;

const batched = (shape: readonly number[], rank: number): readonly number[] => (shape.length === rank ? shape : [1, ...shape]);

/** Pre, post and weights with a batch axis, where a function needs one. */
const layers = tuple(anyLayers, nat(50)).map(([{ topology, shapes }, seed]) => ({
  topology,
  pre: batched(shapes.pre, topology.rank),
  post: batched(shapes.post, topology.rank),
  w: shapes.w,
  seed,
}));

const options: fc.Arbitrary<Recipe> = constantFrom(
  values({ strides: 2, pad: 1, dilations: 1 }),
  values({ strides: [1, 2], pad: 'same', dilations: [2, 1] }),
  values({ pad: 'valid' }),
);
const waves = constantFrom([2, 4, 5, 3], [1, 2, 2, 1], [0, 3, 3, 1], [2, 3, 3, 0]);

/** How layers are wired. */
export const topologyCalls: readonly Call[] = [
  ownCall(
    'conv2d',
    options.map((given) => [given]),
    (given: never) => JSON.stringify(library.conv2d(given)),
  ),
  ownCall(
    'conv1d',
    constantFrom(values({ strides: 2, pad: 1, dilations: 1 }), values({ pad: 'same' })).map((given) => [given]),
    (given: never) => JSON.stringify(library.conv1d(given)),
  ),
  ownCall(
    'local2d',
    constantFrom(values({ kernelSize: 3, strides: [1, 2], pad: 'same' }), values({ kernelSize: [1, 2] })).map((given) => [given]),
    (given: never) => JSON.stringify(library.local2d(given)),
  ),
  ownCall(
    'sparse',
    constantFrom(
      [
        value([
          [0, 1],
          [2, 0],
        ]),
        values({ inputs: 3, outputs: 2 }),
      ],
      [value([[0, 1]])],
      [values({ probability: 0.5, seed: 1 }), values({ inputs: 3, outputs: 2 })],
    ),
    (...given: readonly never[]) => JSON.stringify((library.sparse as (...all: readonly never[]) => unknown)(...given)),
  ),
  ownCall(
    'masked',
    tuple(layers, nat(50)).map(([{ topology, w }, seed]) => [value(topology), tensor(w, 'spikes', seed)]),
    (...given: readonly never[]) => JSON.stringify((library.masked as (...all: readonly never[]) => unknown)(...given)),
  ),
  ownCall(
    'topologyFromJSON',
    constantFrom(
      values({ type: 'lateral' }),
      values({ type: 'local2d', kernelSize: 2 }),
      record({ type: value('masked'), topology: value({ type: 'dense' }), shape: value([1, 2]), mask: value('10') }),
      values({ type: 'dense' }),
      record({ type: value('conv2d'), strides: value(2), pad: value([...[[0, 0]], [1, 2], [0, 1], [0, 0]]) }),
    ).map((json) => [json]),
    (json: never) => JSON.stringify(library.topologyFromJSON(json)),
  ),
  ownCall(
    'dense.forward',
    denseLayers.map(({ shapes }) => [tensor(batched(shapes.pre, 2), 'spikes'), tensor(shapes.w)]),
    library.dense.forward,
  ),
  call(
    'forward of a convolution',
    tuple(options, convLayers).map(([given, { shapes }]) => [given, tensor(batched(shapes.pre, 4), 'spikes'), tensor(shapes.w)]),
    (given: never, pre: tf.Tensor, w: tf.Tensor) => library.conv2d(given).forward(pre, w),
  ),
  ownCall(
    'maxPoolSpikes',
    tuple(waves, nat(1)).map(([shape, padding]) => [tensor(shape, 'spikes'), value(2), value(1), value(padding)]),
    library.maxPoolSpikes,
  ),
  ownCall(
    'preMultPost',
    layers.map(({ topology, pre, post, w, seed }) => [
      tensor(pre, 'spikes', seed),
      tensor(post, 'graded', seed + 1),
      value(topology),
      value([...w]),
    ]),
    library.preMultPost,
  ),
  ownCall(
    'preMultPost',
    constantFrom([2, 1, 3, 2], [0, 1, 2, 2]).map((products) => [
      tensor(products, 'spikes'),
      tensor([products[0] ?? 1, 2], 'graded', 1),
      value(library.dense),
      value(products.slice(2)),
    ]),
    library.preMultPost,
  ),
  ownCall(
    'reduceConnections',
    tuple(constantFrom([2, 3, 2, 2], [1, 1, 1, 1], [0, 1, 3, 2], [2, 1, 0, 2]), constantFrom('mean', 'sum')).map(
      ([shape, reduction]) => [tensor(shape), value(reduction)],
    ),
    library.reduceConnections,
  ),
];
