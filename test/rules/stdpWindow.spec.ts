import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { eligibilityStdp } from '../../src/rules/eligibilityStdp.js';
import { mstdp } from '../../src/rules/mstdp.js';
import { pairStdp } from '../../src/rules/pairStdp.js';
import type { PairStdpParams } from '../../src/rules/pairStdpParams.js';
import { rewardStdp } from '../../src/rules/rewardStdp.js';
import { ruleFromJSON, ruleNames } from '../../src/rules/ruleFromJSON.js';
import { stdpWindow } from '../../src/rules/stdpWindow.js';
import { conv2d } from '../../src/topologies/conv2d.js';

const params = { tauPre: 17, tauPost: 34, aPre: 1.2, aPost: 0.8, etaPlus: 0.01, etaMinus: 0.012, integration: 'exact' } as const;

describe('stdpWindow', () => {
  it.each<[PairStdpParams['coincidence'], number, number]>([
    ['both', 1, 1],
    ['potentiation', 1, 0],
    ['depression', 0, 1],
    ['none', 0, 0],
  ])(
    'pairStdp exact equals the closed form for all |Δt| ≤ 100 ms; coincidence %s decides Δt = 0',
    async (coincidence, up, down) => {
      const { times, changes } = await stdpWindow(pairStdp({ ...params, coincidence }));
      expect([times.length, changes.length, times[0], times.at(-1)]).toEqual([201, 201, -100, 100]);
      for (const [index, time] of times.entries()) {
        const plus = (time > 0 || (time === 0 && up)) && 0.01 * 1.2 * Math.exp(-time / 17);
        const minus = (time < 0 || (time === 0 && down)) && 0.012 * 0.8 * Math.exp(time / 34);
        expect(Math.abs((changes[index] ?? Number.NaN) - (Number(plus) - Number(minus)))).toBeLessThan(1e-6);
      }
    },
  );

  it('counts steps of dt, also where range / dt is no exact number', async () => {
    const rule = pairStdp({ ...params, dt: 0.1, tauPre: 0.2 });
    const { times, changes } = await stdpWindow(rule, { range: 0.3, dt: 0.1 });
    expect(times).toHaveLength(7);
    expect(times[6]).toBeCloseTo(0.3, 6);
    expect(changes[6]).toBeCloseTo(0.01 * 1.2 * Math.exp(-0.3 / 0.2), 6);
  });

  it('starts from w0', async () => {
    const soft = pairStdp({ ...params, weightDependence: 'multiplicativeRelu' });
    const { changes } = await stdpWindow(soft, { range: 1, w0: 0.75 });
    expect(changes[2]).toBeCloseTo(0.25 * 0.01 * 1.2 * Math.exp(-1 / 17), 6);
    expect(changes[0]).toBeCloseTo(-0.75 * 0.012 * 0.8 * Math.exp(-1 / 34), 6);
  });

  it('pays a reward in every step, and goes on for as long as the eligibility lasts', async () => {
    const mstdpRule = mstdp({ etaPost: 0.1, etaPre: -0.1 });
    const unpaid = await stdpWindow(mstdpRule, { range: 10 });
    expect([...unpaid.changes].every((change) => change === 0)).toBe(true);
    const paid = await stdpWindow(mstdpRule, { range: 10, reward: 2 });
    expect(paid.changes[20]).toBeCloseTo(0.2 * Math.exp(-10 / 20), 6);
    const lasting = eligibilityStdp({ etaPlus: 0.1, etaMinus: 0.1, tauEligibility: 5 });
    const { changes } = await stdpWindow(lasting, { range: 10, reward: 1, after: 100 });
    const due = 1 / (1 - Math.exp(-1 / 5)); // 1 + e^(−1/5) + e^(−2/5) + …
    expect(changes[20]).toBeCloseTo(due * 0.1 * Math.exp(-10 / 20), 5);
    expect(changes[0]).toBeCloseTo(-due * 0.1 * Math.exp(-10 / 20), 5);
  });

  it('pays a whole stimulus once, at its end', async () => {
    const rule = rewardStdp({ etaPlus: 0.1, etaMinus: 0.05 });
    const { changes } = await stdpWindow(rule, { range: 3, reward: 1, rewardIn: 'lastStep' });
    const [late, early] = [-0.05, 0.1].map((change) => expect.closeTo(change, 6));
    expect([...changes]).toEqual([late, late, late, early, early, early, early]);
  });

  it('says what is wrong, and leaves no tensors', async () => {
    const rule = pairStdp(params);
    const before = tf.memory().numTensors;
    await expect(stdpWindow(rule, { range: 0 })).rejects.toThrow('stdpWindow: range must be a number > 0 in ms, got 0');
    await expect(stdpWindow(rule, { dt: Number.NaN })).rejects.toThrow('stdpWindow: dt must be a number > 0 in ms, got NaN');
    await expect(stdpWindow(rule, { w0: Number.NaN })).rejects.toThrow('stdpWindow: w0 must be a finite number, got NaN');
    await expect(stdpWindow(rule, { after: -1 })).rejects.toThrow('stdpWindow: after must be a number ≥ 0 in ms, got -1');
    await expect(stdpWindow(pairStdp(params, conv2d()))).rejects.toThrow('stdpWindow: rule is on conv2d, needs dense');
    await stdpWindow(rule, { range: 5 });
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each(ruleNames)('is finite for %s', async (rule) => {
    const { times, changes } = await stdpWindow(ruleFromJSON({ rule, params: {}, topology: { type: 'dense' } }), { range: 10 });
    expect(times).toHaveLength(21);
    expect([...changes].every(Number.isFinite)).toBe(true);
  });
});
