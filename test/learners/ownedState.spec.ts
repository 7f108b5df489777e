import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { Owned } from '../../src/learners/state/ownedState.js';

it('the new state outlives the tidy it was made in, the old one goes but for what both share', () => {
  const before = tf.memory().numTensors;
  const made: Owned<object>[] = [];
  tf.tidy(() => {
    made.push(new Owned('Test', { a: tf.scalar(1), none: null, steps: 3 }));
  });
  const [owned] = made;
  expect(tf.memory().numTensors).toBe(before + 1);
  tf.tidy(() => {
    owned?.replace({ ...owned.now, fresh: [tf.scalar(2)] });
  });
  expect(tf.memory().numTensors).toBe(before + 2);
  owned?.replace({ last: tf.scalar(3) });
  expect(tf.memory().numTensors).toBe(before + 1);
  owned?.dispose();
  owned?.dispose();
  expect(tf.memory().numTensors).toBe(before);
  expect(() => owned?.now).toThrow('Test: the object was disposed: make a new one');
});
