import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { disposeState, replaceState } from '../../src/learners/ownedState.js';

it('the new state outlives the tidy it was made in, the old one goes', () => {
  const before = tf.memory().numTensors;
  const first = tf.tidy(() => {
    const made = { a: tf.scalar(1), none: null, steps: 3 };
    replaceState(undefined, made);
    return undefined;
  });
  expect(first).toBeUndefined();
  expect(tf.memory().numTensors).toBe(before + 1);
  const second = replaceState({ old: tf.scalar(1) }, { fresh: [tf.scalar(2)] });
  expect(tf.memory().numTensors).toBe(before + 2);
  disposeState(second);
  disposeState(undefined);
  expect(tf.memory().numTensors).toBe(before + 1);
});
