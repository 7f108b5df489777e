import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import { ruleFromJSON } from '../../src/rules/ruleFromJSON.js';
import { tripletStdp } from '../../src/rules/triplet/tripletStdp.js';

const shapes = { pre: [1, 3], post: [1, 2], w: [3, 2] };
const rule = pairStdp();

describe('shapes of layers', () => {
  it.each<[string, unknown]>([
    ['pairStdp: shapes must be a record { pre, post, w }, got 5', 5],
    ['pairStdp: shapes.out is not a layer; known are pre, post, w', { ...shapes, out: [1] }],
    ['pairStdp: shapes.pre', { ...shapes, pre: [-1, 3] }],
    ['pairStdp: shapes.pre [1, 1, 3] must have 2 axes, or 1 without a batch', { ...shapes, pre: [1, 1, 3] }],
    ['pairStdp: shapes.post', { ...shapes, post: [2] }],
    ['pairStdp: shapes.post has batch 4, pre has 1', { ...shapes, post: [4, 2] }],
    ['pairStdp: shapes.w', { ...shapes, w: [3] }],
  ])('%s', (message, given) => {
    expect(() => rule.init(given as never)).toThrow(message);
  });

  it('two layers may take turns, each with a state of its own', () => {
    const large = { pre: [1, 5], post: [1, 4], w: [5, 4] };
    const step = (layer: typeof shapes, state = rule.init(layer)) =>
      rule.step(
        { pre: tf.ones(layer.pre as [number, number]), post: tf.ones(layer.post as [number, number]) },
        tf.ones(layer.w as [number, number]),
        state,
      );
    for (const layer of [shapes, large, shapes, large]) {
      const [w, state] = step(layer);
      expect([w.shape, state.tPre.shape, state.tPost.shape]).toEqual([layer.w, layer.pre, layer.post]);
    }
    expect(() => step(large, rule.init(shapes))).toThrow('pairStdp: state.tPre has shape [1, 3]');
    expect(() => step(shapes, rule.init(large))).toThrow('pairStdp: state.tPre has shape [1, 5]');
  });
});

describe('states', () => {
  const good = () => rule.init(shapes);
  it.each<[string, () => unknown]>([
    ['pairStdp: state must be what init returned, got 5', () => 5],
    ['pairStdp: state must be what init returned, got null', () => null],
    ['pairStdp: state.tPost is missing; the state must be what init returned', () => ({ tPre: good().tPre })],
    ['pairStdp: state.extra is not part of the state, which holds tPre, tPost', () => ({ ...good(), extra: 1 })],
    ['pairStdp: state.tPre', () => ({ ...good(), tPre: 'traces' })],
    ['pairStdp: state.tPre has shape [3]', () => ({ ...good(), tPre: tf.zeros([3]) })],
  ])('%s', (message, state) => {
    const input = { pre: tf.ones([1, 3]), post: tf.ones([1, 2]) };
    expect(() => rule.step(input, tf.ones([3, 2]), state() as never)).toThrow(message);
  });

  it('may hold integers, lists, and fields that are undefined', async () => {
    const input = { pre: tf.ones([1, 3]), post: tf.ones([1, 2]) };
    const wanted = await rule.step(input, tf.ones([3, 2]), good())[1].tPre.data();
    const odd = [
      { tPre: tf.zeros([1, 3], 'int32'), tPost: tf.zeros([1, 2]) },
      { tPre: [[0, 0, 0]], tPost: [[0, 0]] },
      { ...good(), more: undefined },
    ];
    for (const state of odd) expect(await rule.step(input, tf.ones([3, 2]), state as never)[1].tPre.data()).toEqual(wanted);
  });

  it('of a rule with more traces have more', () => {
    const triplet = tripletStdp();
    const input = { pre: tf.ones([1, 3]), post: tf.ones([1, 2]) };
    expect(() => triplet.step(input, tf.ones([3, 2]), good() as never)).toThrow('tripletStdp: state.');
  });
});

describe('rules as JSON', () => {
  const json = { rule: 'pairStdp', params: {}, topology: { type: 'dense' } };
  it.each<[string, unknown]>([
    ['ruleFromJSON: json must be a record { rule, params, topology }, got 5', 5],
    ['ruleFromJSON: rule 5 is unknown; known are', { ...json, rule: 5 }],
    ['ruleFromJSON: params must be a record, got 5', { ...json, params: 5 }],
    ['ruleFromJSON: json must be a record', { ...json, topology: 5 }],
  ])('%s', (message, given) => {
    expect(() => ruleFromJSON(given as never)).toThrow(message);
  });
});
