import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { doubledRates } from '../../src/rules/adaptRates.js';
import { computeStdpBatchUpdate } from '../../src/rules/computeStdpBatchUpdate.js';
import { countEarlyInputs } from '../../src/rules/earlyInputs.js';
import { kernelStdp } from '../../src/rules/kernelStdp.js';

it('updates are counted in doubles: in float32 a map would stop at 2^24 of them', () => {
  const geometry = { pre: [0, 1, 1, 1], post: [0, 1, 1, 1], kernel: [1, 1, 1, 1], stride: 1, top: 0, left: 0 };
  const { early, updates } = countEarlyInputs([], [], [], geometry);
  expect([early, updates].every((counts) => counts instanceof Float64Array)).toBe(true);
});

it('no stimulus changes nothing', async () => {
  const change = await computeStdpBatchUpdate([[[[0.5, 0.5]]]], tf.zeros([0, 1, 2, 1]), tf.zeros([0, 1, 2, 2]));
  expect(Array.from(await change.data())).toEqual([0, 0]);
});

it('a rate of 0 stays 0 however often it is doubled', () => {
  expect(doubledRates({ etaPlus: 0, etaMinus: 0 }, 1e9)).toEqual({ etaPlus: 0, etaMinus: 0 });
});

it('a kernel by function must give a change', () => {
  for (const kernel of [() => tf.zeros([3]), () => 1]) {
    const rule = kernelStdp({ kernelPost: kernel as never });
    expect(() => rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }))).toThrow(/^kernelStdp: kernel/);
  }
});
