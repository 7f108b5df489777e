import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import { maxPoolSpikes } from '../../src/topologies/maxPool.js';
import { preMultPost, reduceConnections } from '../../src/topologies/synapseProducts.js';
import { topologyFromJSON } from '../../src/topologies/topologyFromJSON.js';

const disposed = () => {
  const tensor = tf.zeros([1, 2]);
  tensor.dispose();
  return tensor;
};

describe('words and arguments', () => {
  it.each<[() => unknown, string]>([
    [
      () => reduceConnections(tf.ones([1, 1, 2, 2]), 'Mean' as never),
      `reduceConnections: reduction must be one of 'mean', 'sum', got "Mean"`,
    ],
    [() => reduceConnections(null as never), 'reduceConnections: products is not a tensor'],
    [() => preMultPost([[1]], [[1]], {} as never, [1, 1]), 'preMultPost: topology must be a topology'],
    [() => preMultPost([[1]], [[1]], dense, 2 as never), 'preMultPost: weightShape must be a shape'],
    [() => preMultPost([[[[1]]]], [[1, 2]], dense, [1, 1]), 'preMultPost: post has 2 outputs, the weights [1, 1] need 1'],
    [() => preMultPost([[1]], [[1]], dense, [2, 1]), 'preMultPost: pre has 1 columns'],
    [() => dense.forward(null as never, tf.ones([2, 1])), 'dense.forward: pre is not a tensor'],
    [() => dense.forward(disposed(), tf.ones([2, 1])), 'dense.forward: pre was disposed'],
    [() => dense.preRows([[1]] as never, [1, 1]), 'dense.preRows: pre must be a tensor, got [[1]]'],
    [() => conv2d().postRows(tf.zeros([2]), [1, 1, 1, 1]), 'conv2d.postRows: post has shape [2], needs rank 4 with the batch'],
    [() => conv2d().forward(tf.zeros([2]), tf.zeros([1])), 'conv2d.forward: pre [2] and w [1] must have rank 4'],
    [() => conv2d({ strides: [1, [1]] } as never), 'conv2d: strides must be a positive integer or a pair, got [1, [1]]'],
    [() => conv2d({ pad: 1e9 }), "conv2d: pad must be 'valid', 'same', an integer ≥ 0 or"],
    [
      () => conv2d({ pad: 2 ** 24 }).outputShape('conv2d', [1, 2, 2, 1], [1, 1, 1, 1]),
      'conv2d: the output of zPre [1, 33554434, 33554434, 1] holds',
    ],
    [() => conv2d(null as never), 'conv2d: options must be a record, got null'],
    [() => topologyFromJSON({ type: 'conv2d', strides: 0 }), 'topologyFromJSON: strides must be a positive integer or a pair'],
    [() => topologyFromJSON(Symbol('x') as never), 'topologyFromJSON: json must be a record'],
    [() => maxPoolSpikes(tf.zeros([1, 4, 4, 1]), Symbol('2') as never), 'maxPoolSpikes: size must be an integer ≥ 1'],
    [() => maxPoolSpikes(undefined as never, 2), 'maxPoolSpikes: wave is not a tensor'],
  ])('%s is refused in words and leaves nothing', (call, message) => {
    const before = tf.memory().numTensors;
    expect(call).toThrow(message);
    expect(tf.memory().numTensors - before).toBeLessThanOrEqual(2); // the arguments that the call made itself
  });
});

describe('nothing', () => {
  it('has a forward of zeros: the sum over no inputs', async () => {
    expect(await dense.forward(tf.zeros([2, 0]), tf.zeros([0, 3])).array()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(conv2d().forward(tf.zeros([0, 4, 4, 1]), tf.zeros([2, 2, 1, 3])).shape).toEqual([0, 3, 3, 3]);
  });

  it('pools to nothing', () => {
    expect(maxPoolSpikes(tf.zeros([0, 4, 4, 2]), 2).shape).toEqual([0, 2, 2, 2]);
  });

  it('has no products, and 0 as their mean', async () => {
    expect(preMultPost(tf.zeros([0, 2]), tf.zeros([0, 1]), dense, [2, 1]).shape).toEqual([0, 1, 2, 1]);
    expect(await reduceConnections(tf.zeros([0, 1, 2, 1])).array()).toEqual([[0], [0]]);
  });
});

it('takes integers and truth values as what they are', async () => {
  const mask = tf.cast(tf.tensor2d([[1, 0]], [1, 2], 'bool'), 'float32');
  expect(await dense.forward(mask, tf.tensor2d([[2], [3]], [2, 1], 'int32')).array()).toEqual([[2]]);
});
