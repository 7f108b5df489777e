import * as tf from '@tensorflow/tfjs-core';
import { none } from 'fp-ts/lib/Option.js';
import { describe, expect, it } from 'vitest';
import { type ActiveLayer, LearningRule } from '../../src/learners/learningRule.js';
import { EligibilitySTDP, FedeSTDP } from '../../src/learners/pysnnRules.js';
import { fedeStdpDefaults } from '../../src/rules/homeostasis/fedeStdp.js';
import { type EligibilityState, eligibilityStdp, eligibilityStdpDefaults } from '../../src/rules/reward/eligibilityStdp.js';
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
    expect(rule.state('two')).toEqual(none);
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

/** A value of each parameter that is not its default. */
const others: { readonly [name: string]: unknown } = {
  ...{ dt: 2, tauPre: 5, tauPost: 5, tauEligibility: 3, etaPlus: 0.3, etaMinus: 0.2, wInit: 0.1, a: 0.5, wMin: 0.1, wMax: 0.55 },
  ...{ traceMode: 'nearest', integration: ['exact', 'euler'], coincidence: 'none', readout: 'previous', gate: 'always' },
  ...{ positions: 'sum', normalization: 'batch', batchReduction: ['sum', 'max'], weightDecay: 0.5, hardBound: true },
  ...{ weightDependence: 'soft', mu: 1, reward: 2 },
};

describe.each([
  ['EligibilitySTDP', EligibilitySTDP, eligibilityStdpDefaults],
  ['FedeSTDP', FedeSTDP, fedeStdpDefaults],
] as const)('%s', (name, make, known) => {
  const Make = make as new (layers: object, params: object) => EligibilitySTDP;
  const learned = async (params: object, own?: object) => {
    const layer = { w: tf.fill([2, 2, 1, 1], 0.5), topology: conv2d(), ...(own && { params: own }) };
    const rule = new Make({ image: layer }, params);
    for (const first of [1, 0]) {
      const pre = tf.tensor4d([first, 0, 1, 1, 0, 1, 0, 0, 1, 0, first, 0, 0, 0, first, 1 - first, 0, 0], [2, 3, 3, 1]);
      rule.updateState({ image: { pre, post: tf.tensor4d([1, 0, first, 1, 0, 0, 1, 1 - first], [2, 2, 2, 1]) } });
    }
    rule.step(2);
    return values(rule.weights('image'));
  };

  it.each([...new Set([...Object.keys(others), ...Object.keys(known)])])('honours %s, or refuses it by name', async (param) => {
    const given = others[param] ?? expect.fail('another value is missing');
    const usual = await learned({ etaPlus: 0.1 });
    const outcomes = await Promise.all(
      [given].flat().map((value) => learned({ etaPlus: 0.1, [param]: value }).catch((error: Error) => error.message)),
    );
    const wrong = outcomes.every((outcome) => JSON.stringify(outcome) === JSON.stringify(usual));
    expect(wrong, 'it is taken and changes nothing').toBe(false);
    for (const outcome of outcomes)
      if (typeof outcome === 'string') {
        expect(outcome).toContain(`${name}: ${param} is not a parameter`);
        await expect(learned({}, { [param]: [given].flat()[0] })).rejects.toThrow(`${param} is not a parameter`);
      }
  });
});

it.each(['sum', 'mean', 'max'] as const)(
  'EligibilitySTDP reduces a batch as eligibilityStdp does: %s',
  async (batchReduction) => {
    const params = { etaPlus: 0.1, etaMinus: 0.2, tauEligibility: 10, batchReduction };
    const learner = new EligibilitySTDP({ hidden: { w: [[0.5], [0.5]] } }, params);
    const rule = eligibilityStdp(params);
    let [w, state]: [tf.Tensor, EligibilityState] = [tf.tensor2d([[0.5], [0.5]]), rule.init({ pre: [2, 2], post: [2, 1] })];
    for (const [time, reward] of [1, -2].entries()) {
      const activity = { pre: [[1, 0], [time, 1]], post: [[1 - time], [1]] }; // biome-ignore format: matrices
      learner.updateState({ hidden: activity });
      learner.step(reward);
      [w, state] = rule.step({ ...activity, reward }, w, state);
    }
    expect(await values(learner.weights('hidden'))).toEqual(await values(w));
    learner.dispose();
  },
);

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
