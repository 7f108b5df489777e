import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { homeostasis } from '../../src/rules/homeostasis/homeostasis.js';

it('its count and its mean go on beyond 2^24 steps', async () => {
  const rule = homeostasis({ target: 0.5 });
  const past = 2 ** 25;
  let state = { ...rule.init({ pre: [1], post: [2] }), stepsPost: tf.fill([2], past), ratePost: tf.fill([2], 0.5) };
  let w: tf.Tensor = tf.fill([1, 2], 0.5);
  for (let step = 0; step < 64; step++) [w, state] = rule.step({ pre: [0], post: [1, 0] }, w, state);
  const sums = await Promise.all(
    [state.stepsPost, state.stepsRestPost, state.ratePost, state.rateRestPost].map((part) => part.data()),
  );
  const [steps, stepsRest, rate, rateRest] = sums.map((part) => Array.from(part));
  for (const [neuron, spikes] of [64, 0].entries()) {
    expect((steps?.[neuron] ?? 0) + (stepsRest?.[neuron] ?? 0)).toBe(past + 64);
    expect((rate?.[neuron] ?? 0) + (rateRest?.[neuron] ?? 0)).toBeCloseTo((past / 2 + spikes) / (past + 64), 12);
  }
});
