import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { bindsnetHebbian, bindsnetPostPre, bindsnetWeightDependentPostPre } from '../../src/papers/bindsnetPair.js';
import { bindsnetMstdp, bindsnetMstdpet } from '../../src/papers/bindsnetReward.js';
import type { Rule, RuleJSON } from '../../src/rules/rule.js';
import { ruleFromJSON } from '../../src/rules/ruleFromJSON.js';
import { dense } from '../../src/topologies/dense.js';
import { applyDelta } from '../../src/updates/applyDelta.js';

type Decaying = { readonly weightDecay?: number; readonly wMin?: number; readonly wMax?: number };
const nu = [0.2, 0.3] as const;
const presets: readonly (readonly [string, (params: Decaying) => Rule<object>])[] = [
  ['PostPre', (params) => bindsnetPostPre({ nu, ...params })],
  ['WeightDependentPostPre', (params) => bindsnetWeightDependentPostPre({ nu, ...params })],
  ['Hebbian', (params) => bindsnetHebbian({ nu, ...params })],
  ['MSTDP', (params) => bindsnetMstdp({ nu, ...params })],
  ['MSTDPET', (params) => bindsnetMstdpet({ nu, ...params })],
];

const steps = [
  { pre: [[1, 0]], post: [[0, 1]], reward: 1 },
  { pre: [[1, 1]], post: [[1, 0]], reward: -0.5 },
  { pre: [[0, 0]], post: [[0, 0]], reward: 2 },
];

describe.each(presets)('weightDecay of BindsNET %s', (_, make) => {
  it('takes its share of the changed weights in every step, spikes or none, and then they are clipped', async () => {
    const bounds = { wMin: -0.1, wMax: 0.55 };
    const [decaying, plain] = [make({ ...bounds, weightDecay: 0.1 }), make(bounds)];
    const unclipped = { ...plain.update, hardBound: false };
    let w: tf.Tensor = tf.tensor2d([0.5, 0.2, 0.3, 0.55], [2, 2]);
    let state = decaying.init({ pre: [1, 2], post: [1, 2] });
    for (const step of steps) {
      const [delta] = plain.delta(step, w, state);
      const changed = applyDelta(w, delta, dense, unclipped, unclipped, unclipped.batchReduction);
      [w, state] = decaying.step(step, w, state);
      const wanted = [...(await changed.data())].map((value) => Math.min(0.55, Math.max(-0.1, 0.9 * value)));
      expect([...(await w.data())]).toEqual(wanted.map((value) => expect.closeTo(value, 6)));
    }
  });

  it('stands in the JSON', () => {
    const json = JSON.parse(JSON.stringify(make({ weightDecay: 0.25 }))) as RuleJSON;
    expect(ruleFromJSON(json).update.weightDecay).toBe(0.25);
  });
});

it('a decay is a fraction', () => {
  expect(() => bindsnetPostPre({ nu, weightDecay: 1.5 })).toThrow(
    'bindsnetPostPre: weightDecay must be a number in [0, 1], got 1.5',
  );
});
