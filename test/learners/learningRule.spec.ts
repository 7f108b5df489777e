import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type ActiveLayer, LearningRule } from '../../src/learners/learningRule.js';
import { EligibilitySTDP, FedeSTDP } from '../../src/learners/pysnnRules.js';
import { eligibilityStdp } from '../../src/rules/eligibilityStdp.js';
import { conv2d } from '../../src/topologies/conv2d.js';

interface HebbState {
  readonly products: tf.Tensor;
}

/** A user's rule: what has fired together since the last reset. */
class Hebb extends LearningRule<HebbState, { readonly eta: number }> {
  protected override nextState({ name, pre, post }: ActiveLayer<{ readonly eta: number }>, state?: HebbState): HebbState {
    const products = this.preMultPost(name, pre, post);
    return { products: state === undefined ? products : tf.add(state.products, products) };
  }
  protected override change(layer: { readonly params: { readonly eta: number } }, { products }: HebbState, reward: number) {
    return tf.mul(this.reduceConnections(products), layer.params.eta * reward);
  }
}

const values = async (tensor: tf.Tensor) => {
  const data = [...(await tensor.data())];
  tensor.dispose();
  return data.map((value) => Math.round(value * 1e5) / 1e5);
};

describe('LearningRule', () => {
  it('keeps two layers apart, each with its own parameters', async () => {
    const rule = new Hebb({ one: { w: [[0], [0]] }, two: { w: [[0], [0]], params: { eta: 1 } } }, { eta: 0.1 });
    rule.updateState({ one: { pre: [1, 0], post: [1] } });
    rule.step();
    expect(await values(rule.weights('one'))).toEqual([0.1, 0]);
    expect(await values(rule.weights('two'))).toEqual([0, 0]);
    rule.updateState({
      two: {
        pre: [
          [0, 1],
          [0, 1],
        ],
        post: [[1], [0]],
      },
    });
    rule.step(2);
    expect(await values(rule.weights('one'))).toEqual([0.3, 0]);
    expect(await values(rule.weights('two'))).toEqual([0, 1]);
    rule.resetState();
    rule.step();
    expect(await values(rule.weights('two'))).toEqual([0, 1]);
    expect(rule.state('two')).toBeUndefined();
    rule.dispose();
  });

  it('survives a tidy around it and leaves nothing once disposed', () => {
    const before = tf.memory().numTensors;
    const rule = new Hebb({ image: { w: tf.zeros([2, 2, 1, 3]), topology: conv2d() } }, { eta: 0.1 });
    tf.tidy(() => {
      for (let time = 0; time < 3; time++) {
        rule.updateState({ image: { pre: tf.ones([3, 3, 1]), post: tf.ones([2, 2, 3]) } });
        rule.step();
      }
    });
    expect(tf.memory().numTensors).toBe(before + 3); // the caller's zeros, weights and products
    rule.dispose();
    expect(tf.memory().numTensors).toBe(before + 1);
  });

  it('says what is wrong with a layer', () => {
    const make = (layers: object) => () => new Hebb(layers as never, { eta: 0.1 });
    expect(make({})).toThrow('Hebb: layers is empty, needs at least one');
    expect(make({ one: { w: [0] } })).toThrow('Hebb: layers.one.w has rank 1, a dense layer needs rank 2');
    expect(make({ one: { w: [[0]], params: { rate: 1 } } })).toThrow(
      'Hebb: layers.one.params.rate is not a parameter; known are eta',
    );
    const rule = new Hebb({ one: { w: [[0]] } }, { eta: 0.1 });
    expect(() => rule.updateState({ two: { pre: [1], post: [1] } })).toThrow('Hebb: layers has no "two"; known are one');
    expect(() => rule.updateState({ one: { pre: [1], post: [1, 1] } })).toThrow(
      'Hebb: one.post has shape [1, 2], pre and w need [1, 1]',
    );
    rule.dispose();
  });
});

describe('EligibilitySTDP', () => {
  it('is eligibilityStdp whose reward comes after the step', async () => {
    const params = { etaPlus: 0.1, etaMinus: 0.05, tauEligibility: 10 };
    const learner = new EligibilitySTDP({ hidden: { w: [[0.5], [0.5]] } }, params);
    const rule = eligibilityStdp({ ...params, batchReduction: 'mean' });
    let w: tf.Tensor = tf.tensor2d([[0.5], [0.5]]);
    let state = rule.init({ pre: [2, 2], post: [2, 1] });
    for (const [time, reward] of [0, 1, -2].entries()) {
      const activity = {
        pre: [
          [1, 0],
          [time % 2, 1],
        ],
        post: [[time % 2], [1]],
      };
      learner.updateState({ hidden: activity });
      learner.step(reward);
      [w, state] = rule.step({ ...activity, reward }, w, state);
    }
    expect(await values(learner.weights('hidden'))).toEqual(await values(w));
    learner.dispose();
  });
});

describe('FedeSTDP', () => {
  it('silence changes nothing, and parameters are checked', async () => {
    const learner = new FedeSTDP({ hidden: { w: [[0.4]] } }, { gate: 'always', etaPlus: 0.1, etaMinus: 0.1 });
    learner.updateState({ hidden: { pre: [0], post: [0] } });
    learner.step();
    expect(await values(learner.weights('hidden'))).toEqual([0.4]);
    learner.dispose();
    expect(() => new FedeSTDP({ hidden: { w: [[0.4]] } }, { a: 2 })).toThrow('FedeSTDP: a must be a number in [0, 1], got 2');
  });
});
