import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import { preMultPost, reduceConnections } from '../../src/topologies/synapseProducts.js';
import { perSample } from '../../src/updates/perSample.js';

it('products summed over positions are those of one matrix product per sample', async () => {
  const topology = conv2d({ pad: 1, strides: 2 });
  const pre = tf.randomUniform([2, 4, 4, 3], 0, 1, 'float32', 1);
  const post = tf.randomUniform([2, 2, 2, 5], 0, 1, 'float32', 2);
  const shape = [3, 3, 3, 5];
  const [apart, at] = [tf.sum(preMultPost(pre, post, topology, shape), 1), perSample({ pre, post }, topology, shape)];
  expect(at.shape).toEqual([2, ...shape]);
  expect((await tf.max(tf.abs(tf.sub(apart, at))).data())[0]).toBeLessThan(1e-5);
});

it('values that are one per synapse already are multiplied where they are', async () => {
  const [batch, positions, taps, maps] = [2, 4, 3 * 2 * 2, 3];
  const [own, post] = [
    tf.randomUniform([batch, positions, 3, 2, 2, maps], 0, 1, 'float32', 1),
    tf.randomUniform([batch, 2, 2, maps], 0, 1, 'float32', 2),
  ];
  const [x, y] = [await own.data(), await post.data()];
  const products = preMultPost(own, post, conv2d(), [3, 2, 2, maps]);
  expect(products.shape).toEqual([batch, positions, 3, 2, 2, maps]);
  const values = await products.data();
  for (let place = 0; place < batch * positions; place++) {
    for (let tap = 0; tap < taps; tap++) {
      for (let map = 0; map < maps; map++) {
        const index = (place * taps + tap) * maps + map;
        expect(values[index]).toBe(Math.fround((x[index] ?? 0) * (y[place * maps + map] ?? 0)));
      }
    }
  }
  expect(() => preMultPost(tf.ones([2, 4, 3, 2, 2, 1]), post, conv2d(), [3, 2, 2, 1])).toThrow(
    'preMultPost: post has 3 outputs, the weights [3, 2, 2, 1] need 1',
  );
});

it('are reduced to their mean or sum, and to 0 where there are none', async () => {
  const products = [
    [[[1, 2]], [[5, 0]]],
    [[[3, 6]], [[-1, 4]]],
  ]; // [2, 2, 1, 2]
  expect(await reduceConnections(products).array()).toEqual([[2, 3]]);
  expect(await reduceConnections(products, 'sum').array()).toEqual([[8, 12]]);
  for (const reduction of ['mean', 'sum'] as const) {
    expect(await reduceConnections(tf.zeros([0, 2, 1, 2]), reduction).array()).toEqual([[0, 0]]);
  }
});

it('leaves one tensor each', () => {
  const before = tf.memory().numTensors;
  const products = preMultPost([[1, 2]], [[3]], dense, [2, 1]);
  expect(tf.memory().numTensors).toBe(before + 1);
  reduceConnections(products).dispose();
  products.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it('says what does not fit', () => {
  expect(() => preMultPost([[1, 2]], [3], dense, [2, 1])).toThrow('preMultPost: post has shape [1], needs rank 2 with the batch');
  expect(() => preMultPost([[1, 2]], [[3, 4]], dense, [2, 1])).toThrow(
    'preMultPost: post has shape [1, 2], pre and the weights need [1, 1]',
  );
  expect(() => preMultPost([[[[1]]]], [[3]], dense, [2, 1])).toThrow(
    'preMultPost: pre has shape [1, 1, 1, 1], needs [1, 1, 2, 1]',
  );
  expect(() => reduceConnections([[1]])).toThrow(
    'reduceConnections: products has shape [1, 1], needs [batch, positions, …weight shape]',
  );
});
