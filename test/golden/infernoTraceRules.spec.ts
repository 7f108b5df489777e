import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { MSTDP, MSTDPET, STDP, TripletSTDP } from '../../src/learners/traceTrainers.js';
import type { Trainer } from '../../src/learners/trainer.js';
import type { Rule } from '../../src/rules/rule.js';
import { tripletStdp } from '../../src/rules/tripletStdp.js';
import { twoFactorStdp } from '../../src/rules/twoFactorStdp.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import { applyDelta } from '../../src/updates/applyDelta.js';
import type { BatchReduction } from '../../src/updates/batchReduction.js';
import { correlate } from '../../src/updates/correlate.js';
import type { Delta } from '../../src/updates/delta.js';
import { sample } from '../target.js';
import { casesOf } from './families.js';
import {
  agreement,
  expectClose,
  type GoldenCase,
  type GoldenTensor,
  given,
  goldenCase,
  goldenCases,
  goldenTensor,
} from './load.js';
import { isConv, reduction, topology, traceRules, triplets, twoFactor } from './peers/inferno.js';
import { at } from './series.js';

const weightOrder = (golden: GoldenCase) => (isConv(golden) ? [2, 3, 1, 0] : [1, 0]);
const layerOrder = (golden: GoldenCase) => (isConv(golden) ? [0, 2, 3, 1] : [0, 1]);
/** A side of the update as the peer recorded it: a series, or a list with null where the side was empty. */
const side = (series: GoldenTensor | readonly (GoldenTensor | null)[] | null, time: number): GoldenTensor | null => {
  if (series === null) return null;
  return 'shape' in series ? at(series, time) : (series[time] ?? null);
};

/** The state before the first step, and the inputs of each. */
function replay(golden: GoldenCase, rule: Rule<object>) {
  const { inputs, expected } = golden;
  const spikes = (series: GoldenTensor, time: number) => goldenTensor(at(series, time), layerOrder(golden));
  // Without a reward the trainer wasn't called in that step: its weights stand still and its sides are null.
  const called = (time: number) =>
    golden.case.startsWith('trainer called only') ? side(expected.pos, time) !== null || side(expected.neg, time) !== null : true;
  const reward = (time: number) => {
    if (inputs.signal === undefined || !called(time)) return undefined;
    const signal = goldenTensor(at(inputs.signal, time));
    return signal.rank === 0 ? Number(at(inputs.signal, time).data[0]) : signal;
  };
  const input = (time: number) =>
    given({
      pre: spikes(inputs.pre, time),
      post: spikes(inputs.post, time),
      delay: inputs.delay && goldenTensor(inputs.delay, weightOrder(golden)),
      reward: reward(time),
    }) as { readonly pre: tf.Tensor; readonly post: tf.Tensor };
  const w = goldenTensor(inputs.weight, weightOrder(golden));
  const shapes = { pre: input(0).pre.shape, post: input(0).post.shape, w: w.shape };
  return { w, shapes, state: rule.init(shapes), input, steps: inputs.pre.shape[0] as number };
}

async function expectSide(delta: Delta, name: keyof Delta, wanted: GoldenTensor | null, golden: GoldenCase, w: tf.Tensor) {
  const batchReduction = golden.params.batch_reduction === undefined ? 'mean' : reduction(golden);
  const found = correlate(delta[name], topology(golden), w.shape, batchReduction as BatchReduction);
  if (wanted === null) expect(found === undefined ? 0 : Number((await tf.max(tf.abs(found)).data())[0])).toBe(0);
  else await expectClose(found ?? tf.zerosLike(w), wanted, 1e-6, weightOrder(golden));
}

describe.each(traceRules)('$cases', (family) => {
  const sides = sample(casesOf(family)).map(([name]) => name);
  it.each(casesOf(family))('%s', async (name, golden) => {
    const rule = family.rule(golden);
    const { steps, input, ...start } = replay(golden, rule);
    let { w, state } = start;
    for (let time = 0; time < steps; time++) {
      if (sides.includes(name)) {
        const [delta] = rule.delta(input(time), w, state);
        await expectSide(delta, 'potentiation', side(golden.expected.pos, time), golden, w);
        await expectSide(delta, 'depression', side(golden.expected.neg, time), golden, w);
      }
      [w, state] = rule.step(input(time), w, state);
      await expectClose(w, at(golden.expected.weight, time), agreement, weightOrder(golden));
    }
  });
});

describe('Inferno updater', () => {
  it('the Deltas of four steps, applied at once', async () => {
    const golden = goldenCase('inferno_stdp__accumulated');
    const rule = twoFactor.rule(golden);
    const { steps, input, ...start } = replay(golden, rule);
    let { w, state } = start;
    let waiting: Delta = { potentiation: [], depression: [] };
    const scaling = { etaPlus: 1, etaMinus: 1, weightDependence: 'additive', mu: 0 } as const;
    for (let time = 0; time < steps; time++) {
      const [delta, next] = rule.delta(input(time), w, state);
      state = next;
      waiting = {
        potentiation: [...waiting.potentiation, ...delta.potentiation],
        depression: [...waiting.depression, ...delta.depression],
      };
      if (time % golden.params.update_every === golden.params.update_every - 1) {
        w = applyDelta(w, waiting, dense, scaling, { wMin: 0, wMax: 1, hardBound: false }, 'mean');
        waiting = { potentiation: [], depression: [] };
      }
      await expectClose(w, at(golden.expected.weight, time), agreement, [1, 0]);
    }
  });
});

describe.each(traceRules)('the trainer of $cases', (family) => {
  const trainers: { readonly [rule: string]: new (params?: object) => Trainer<object> } = {
    twoFactorStdp: STDP,
    tripletStdp: TripletSTDP,
    mstdp: MSTDP,
    mstdpet: MSTDPET,
  };

  it.each(sample(goldenCases(family.cases)))('%s', async (_, golden) => {
    const rule = family.rule(golden);
    const { steps, input, w, shapes } = replay(golden, rule);
    const Class = trainers[rule.name];
    if (Class === undefined) throw new Error(`${rule.name} has no trainer here`);
    const trainer = new Class(rule.params);
    const unit = trainer.registerCell('layer', { ...shapes, w, topology: topology(golden) });
    const every = golden.params.update_every ?? 1;
    for (let time = 0; time < steps; time++) {
      trainer.step(unit, input(time));
      if (time % every === every - 1) trainer.apply();
      await expectClose(unit.getParameter(), at(golden.expected.weight, time), agreement, weightOrder(golden));
    }
    trainer.dispose();
  });
});

describe('defects of the peer that are right here', () => {
  it('triplets with delays and `delayed`: the peer asks its monitor for a method that it lacks and crashes', async () => {
    const golden = goldenCase('inferno_triplet__undelayed_int');
    const rule = tripletStdp(given({ ...triplets(golden), delayed: true })) as Rule<object>;
    const { steps, input, ...start } = replay(golden, rule);
    let { w, state } = start;
    for (let time = 0; time < steps; time++) {
      [w, state] = rule.step(input(time), w, state);
      await expectClose(w, at(golden.expected.weight, time), agreement, [1, 0]); // whole steps: the same as undelayed
    }
  });

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
