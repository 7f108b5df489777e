import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { homeostasis } from '../../src/rules/homeostasis.js';
import { casesOf } from './families.js';
import { agreement, expectClose, goldenCase, goldenTensor } from './load.js';
import { linearHomeostasis } from './peers/inferno.js';
import { at } from './series.js';

// Inferno hands the depressive part over with its negative sign and subtracts it: its parameters only ever rise.
// `…_documented` is the rule as its documentation has it, p + pos + neg, and ours.
describe('Inferno LinearHomeostasis, as documented', () => {
  it.each(casesOf(linearHomeostasis))('%s', async (_, golden) => {
    const { params, inputs, expected } = golden;
    const name: 'weight' | 'delay' | 'bias' = params.param;
    const order = name === 'bias' ? undefined : [1, 0];
    const rule = linearHomeostasis.rule(golden);
    const initial = goldenTensor(inputs[name], order);
    let w = name === 'bias' ? tf.expandDims(initial, 0) : initial;
    const [steps, batch] = inputs.post.shape;
    let state = rule.init({ pre: [batch, w.shape[0] ?? 1], post: inputs.post.shape.slice(1) });
    for (let time = 0; time < steps; time++) {
      const pre = name === 'bias' ? tf.ones([batch, 1]) : goldenTensor(at(inputs.pre, time));
      [w, state] = rule.step({ pre, post: goldenTensor(at(inputs.post, time)) }, w, state);
      await expectClose(name === 'bias' ? tf.squeeze(w, [0]) : w, at(expected[`${name}_documented`], time), agreement, order);
    }
  });

  it('lowers the weights of an overactive output, where Inferno raises them', async () => {
    const { inputs, expected } = goldenCase('inferno_homeostasis__weight_scalar');
    const rule = homeostasis({ plasticity: 0.1, target: 0.3 });
    const [before, post] = [goldenTensor(inputs.weight, [1, 0]), tf.ones([1, 4])];
    const [w] = rule.step({ pre: tf.zeros([1, 3]), post }, before, rule.init({ pre: [1, 3], post: [1, 4] }));
    const change = await tf.sub(w, before).data();
    for (const value of change) expect(value).toBeCloseTo((0.1 * (0.3 - 1)) / 0.3, 5);
    const peer = await tf.sub(goldenTensor(at(expected.weight, 7)), goldenTensor(inputs.weight)).data();
    expect(Math.min(...peer)).toBeGreaterThan(0);
  });
});
