import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { twoFactorStdp } from '../../src/rules/pair/twoFactorStdp.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { replay } from './replay.js';

replay('inferno_');

describe('defects of Inferno that are right here', () => {
  it('convolutions learn as shipped: the pattern of the peer raises (its golden cases repair it)', () => {
    const rule = twoFactorStdp({}, conv2d({ pad: 1, strides: 2, dilations: 2 }));
    const [pre, post, w] = [tf.ones([1, 7, 7, 2]), tf.ones([1, 3, 3, 2]), tf.zeros([3, 3, 2, 2])];
    expect(rule.step({ pre, post }, w, rule.init({ pre: pre.shape, post: post.shape }))[0].shape).toEqual([3, 3, 2, 2]);
  });

  it('a rate of 0 is a rate: the peer refuses it when a cell is registered', async () => {
    const rule = twoFactorStdp({ etaPost: 0, etaPre: -0.1 });
    const [w] = rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
    expect((await w.data())[0]).toBeCloseTo(0.4, 6);
  });

  it('cells of one name never share traces: state belongs to whoever holds it, where the peer leaks monitors', async () => {
    const rule = twoFactorStdp({ etaPost: 0.1, etaPre: 0.1 });
    const shapes = { pre: [1], post: [1] };
    const [, busy] = rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init(shapes));
    const [silent] = rule.step({ pre: [0], post: [0] }, [[0.5]], rule.init(shapes));
    expect((await busy.tPre.data())[0]).toBe(1);
    expect((await silent.data())[0]).toBe(0.5);
  });
});
