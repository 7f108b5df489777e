import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { initStdpState, latencyStdp, ruleFromJSON, stdpStepLinear } from '../../src/entries/everything.js';

const step = (params: object) =>
  stdpStepLinear(tf.ones([3]), tf.ones([2]), tf.fill([3, 2], 0.5), initStdpState([3], [2]), params);

it.each([
  [{ tauPre: [10, 20] }, 'stdpStepLinear: tauPre has 2 values, the layer has 3 neurons'],
  [{ aPost: [1, 1, 1] }, 'stdpStepLinear: aPost has 3 values, the layer has 2 neurons'],
  [{ etaPlus: [1, 1, 1] }, 'stdpStepLinear: etaPlus has 3 values, the layer has 2 neurons'],
])('a parameter per neuron that is too long or too short is named: %j', (params, message) => {
  expect(() => step(params)).toThrow(message);
});

const three = [1, 1, 1];
const exponential = { kernel: 'exponential', eta: three, tau: 3 };
it.each([
  ['twoFactorStdp', { tauPre: three }, 'tauPre'],
  ['mstdpet', { tauEligibility: three }, 'tauEligibility'],
  ['tripletStdp', { tauPreSlow: three }, 'tauPreSlow'],
  ['kernelStdp', { kernelPost: exponential }, 'eta'],
  ['delayAdjustedStdp', { etaPlus: three }, 'etaPlus'],
  ['homeostasis', { target: three }, 'target'],
  ['productRule', { tauX1: three }, 'tauX1'],
])('%s %j names it as well', (rule, params, name) => {
  const made = ruleFromJSON({ rule, params, topology: { type: 'dense' } });
  const [input, shapes] = [
    { pre: [1, 0], post: [1, 1] },
    { pre: [2], post: [2] },
  ];
  expect(() => made.step(input, tf.fill([2, 2], 0.5), made.init(shapes))).toThrow(`${rule}: ${name} has 3 values`);
});

it('one value, or one per neuron, serves', () => {
  expect(step({ tauPre: [10, 20, 30], aPost: [1], etaMinus: tf.scalar(0.1) })[0].shape).toEqual([3, 2]);
});

it('a rate per map of the order rule is checked too', () => {
  const rule = latencyStdp({ etaPlus: [0.1, 0.2, 0.3] });
  const input = { pre: tf.ones([3]), post: tf.ones([2]) };
  expect(() => rule.step(input, tf.fill([3, 2], 0.5), rule.init({ pre: [3], post: [2] }))).toThrow(
    'latencyStdp: etaPlus has 3 values',
  );
});
