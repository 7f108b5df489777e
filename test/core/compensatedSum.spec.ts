import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { addCompensated } from '../../src/core/compensatedSum.js';

it.each([2 ** 24, 2 ** 24 + 2, 2 ** 30, 2 ** 40])('counts on from %d, in ones and in larger steps', async (start) => {
  const counted = tf.tidy(() => {
    let { sum, rest } = addCompensated(tf.tensor1d([start, 0]), undefined, tf.tensor1d([1, 1]));
    for (let time = 0; time < 40; time++) ({ sum, rest } = addCompensated(sum, rest, tf.tensor1d([time % 3, 1])));
    return tf.stack([sum, rest]);
  });
  const [sum, other, rest, otherRest] = await counted.data();
  const wanted = start + 1 + Array.from({ length: 40 }, (_, time) => time % 3).reduce((total, value) => total + value, 0);
  expect(Number(sum) + Number(rest)).toBe(wanted);
  expect(sum).toBe(Math.fround(wanted));
  expect([other, otherRest]).toEqual([41, 0]);
});
