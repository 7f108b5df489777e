import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { fork } from '../../src/core/random.js';
import {
  applyDelta,
  dense,
  fedeStdp,
  latencyStdpWinners,
  pairStdp,
  type Rule,
  ruleFromJSON,
  ruleNames,
  sparse,
  type Topology,
  type TopologyJSON,
} from '../../src/entries/everything.js';
import { spikes, uniform } from '../kernels/layers.js';
import { sample } from '../target.js';

const [inputs, outputs] = [6, 4];
const layers = { pre: [inputs], post: [outputs], w: [inputs, outputs] };

/** All rules of weights that have bounds. */
const bounded = ruleNames.filter((name) => {
  const { learns, params } = ruleFromJSON({ rule: name, params: {}, topology: { type: 'dense' } });
  return learns === 'weight' && 'wMin' in params;
});

/** A rule that learns fast, so that bounds are met, within such bounds. */
function rule(
  name: string,
  bounds: { readonly wMin: unknown; readonly wMax: unknown },
  topology: TopologyJSON = { type: 'dense' },
): Rule<object> {
  const { params } = ruleFromJSON({ rule: name, params: {}, topology: { type: 'dense' } });
  const rates = Object.entries(params).filter(([key, value]) => /^(eta|punished|a[A-Z])/.test(key) && typeof value === 'number');
  const fast = Object.fromEntries(rates.map(([key, value]) => [key, Math.sign(value) * 0.3]));
  const hard = 'hardBound' in params ? { hardBound: true } : {};
  return ruleFromJSON({ rule: name, params: { ...fast, ...hard, ...bounds }, topology });
}

/** Weights after six steps. */
function learned(learner: Rule<object>, start: tf.Tensor): tf.Tensor {
  let [w, state]: [tf.Tensor, object] = [start, learner.init({ ...layers, w: start.shape })];
  for (let time = 0; time < 6; time++) {
    const reward = learner.reads.includes('reward') ? { reward: time % 2 === 0 ? 1 : -1 } : {};
    const input = {
      pre: spikes([inputs], 0.5, false, fork(5, time)),
      post: spikes([outputs], 0.5, false, fork(6, time)),
      ...reward,
    };
    [w, state] = learner.step(input, w, state);
  }
  return w;
}

const values = async (w: tf.Tensor) => Array.from(await w.data());
const closeTo = (wanted: readonly number[]) => wanted.map((value) => expect.closeTo(value, 5));
const start = () => uniform(layers.w, 3, 0, 1);

describe.each(sample(bounded))('%s', (name) => {
  it('keeps a bound per input, as in mixed signs under Dale’s law, and one per output: each as if it were the only one', async () => {
    const excites = [1, 0, 1, 1, 0, 0];
    const perInput = (ofExciting: number, ofInhibiting: number) =>
      tf.tensor2d(excites.map((is) => [is === 1 ? ofExciting : ofInhibiting]));
    const signs = tf.tensor2d(excites.map((is) => [is === 1 ? 1 : -1]));
    const signed = tf.mul(start(), signs);
    const mixed = await values(learned(rule(name, { wMin: perInput(0, -1), wMax: perInput(1, 0) }), signed));
    const exciting = await values(learned(rule(name, { wMin: 0, wMax: 1 }), signed));
    const inhibiting = await values(learned(rule(name, { wMin: -1, wMax: 0 }), signed));
    const at = (index: number) => excites[Math.floor(index / outputs)] === 1;
    expect(mixed).toEqual(closeTo(mixed.map((_, index) => Number((at(index) ? exciting : inhibiting)[index]))));
    expect(mixed.every((value, index) => (at(index) ? value >= 0 && value <= 1 : value >= -1 && value <= 0))).toBe(true);
    expect(mixed).not.toEqual(await values(signed));

    const tops = [0.5, 0.9, 0.7, 1];
    const columns = await values(learned(rule(name, { wMin: 0, wMax: tops }), start()));
    for (const [column, wMax] of tops.entries()) {
      const alone = await values(learned(rule(name, { wMin: 0, wMax }), start()));
      const own = (all: readonly number[]) => all.filter((_, index) => index % outputs === column);
      expect(own(columns)).toEqual(closeTo(own(alone)));
    }
  });

  it('keeps bounds per input and per synapse on a list of synapses, as on a dense layer of the same ones', async () => {
    const places = Array.from({ length: inputs * outputs }, (_, index) => index).filter((index) => index % 3 !== 1);
    const indices = places.map((index) => [Math.floor(index / outputs), index % outputs] as const);
    const listed = sparse(indices, { inputs, outputs });
    const taken = (all: tf.Tensor) => tf.gather(tf.reshape(all, [-1]), tf.tensor1d(places, 'int32'));
    const tops = [uniform([inputs, 1], 7, 0.3, 1), uniform([inputs, outputs], 8, 0.3, 1), uniform([1, outputs], 9, 0.3, 1)];
    for (const wMax of tops) {
      const of = (topology: Topology) => rule(name, { wMin: 0, wMax }, topology.toJSON());
      const whole = taken(learned(of(dense), start()));
      expect(await values(learned(of(listed), taken(start())))).toEqual(closeTo(await values(whole)));
    }
    const wrong = rule(name, { wMin: 0, wMax: tf.ones([inputs + 1, 1]) }, listed.toJSON());
    expect(() => learned(wrong, taken(start()))).toThrow(`${name}: wMax has shape [7, 1], which is not one per neuron`);
  });

  it('refuses bounds that enclose nothing, and those of another number of neurons', () => {
    expect(() => rule(name, { wMin: [0, 0.5, 0, 0], wMax: [1, 0.4, 1, 1] })).toThrow(`${name}: wMin must be below wMax`);
    expect(() => rule(name, { wMin: [0, 0.5], wMax: 0.4 })).toThrow(`${name}: wMin must be below wMax`);
    expect(() => learned(rule(name, { wMin: 0, wMax: [1, 1, 1] }), start())).toThrow(`${name}: wMax has 3 values`);
  });
});

it('they are all rules of weights but those whose weights are free', () => {
  const free = ruleNames.filter(
    (name) => ruleFromJSON({ rule: name, params: {}, topology: { type: 'dense' } }).learns === 'weight',
  );
  expect(free.filter((name) => !bounded.includes(name))).toEqual(['fedeStdp']);
  expect(fedeStdp().update.hardBound).toBe(false);
});

it('inhibitory weights learn as excitatory ones do, moved', async () => {
  const params = { etaPlus: 0.3, etaMinus: 0.2, weightDependence: 'multiplicativePow', mu: 1 } as const;
  const down = learned(pairStdp({ ...params, wMin: -1, wMax: 0 }) as Rule<object>, tf.sub(start(), 1));
  const up = learned(pairStdp({ ...params, wMin: 0, wMax: 1 }) as Rule<object>, start());
  expect(await values(tf.add(down, 1))).toEqual(closeTo(await values(up)));
});

it('applyDelta and rules by winners take bounds per output too', async () => {
  const delta = { potentiation: [{ pre: tf.tensor2d([[1]]), post: tf.tensor2d([[1, 1]]) }], depression: [] };
  const scaling = { etaPlus: 1, etaMinus: 1, weightDependence: 'additive', mu: 0 } as const;
  const w = applyDelta([[0, 0]], delta, dense, scaling, { wMin: 0, wMax: [0.5, 0.8], hardBound: true });
  expect(await values(w)).toEqual(closeTo([0.5, 0.8]));
  const refused = () => applyDelta([[0, 0]], delta, dense, scaling, { wMin: 0, wMax: [1, 1, 1], hardBound: true });
  expect(refused).toThrow('applyDelta: wMax has 3 values');
  const winners = [{ channel: 1, y: 0, x: 0, time: 1 }];
  const params = { etaPlus: 1, weightDependence: 'additive', wMin: 0, wMax: [1, 0.6] } as const;
  expect(await values(latencyStdpWinners(tf.fill([1, 1, 1, 2], 0.5), tf.zeros([1, 1, 1]), winners, params))).toEqual(
    closeTo([0.5, 0.6]),
  );
});
