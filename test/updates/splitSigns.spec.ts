import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { splitSigns } from '../../src/updates/splitSigns.js';

it('parts a change by its sign', async () => {
  const { raises, lowers } = splitSigns(tf.tensor1d([2, 0, -3]));
  expect([...(await raises.data())]).toEqual([2, 0, 0]);
  expect([...(await lowers.data())]).toEqual([0, 0, 3]);
});

it('lets gradients through, also where nothing changes', async () => {
  const whole = (change: tf.Tensor) => {
    const { raises, lowers } = splitSigns(change);
    return tf.sub(raises, lowers);
  };
  const gradient = tf.grad((change) => tf.sum(whole(change)))(tf.tensor1d([2, 0, -3]));
  expect([...(await gradient.data())]).toEqual([1, 1, 1]);
});
