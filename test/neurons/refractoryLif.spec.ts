import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { normalizeWeights } from '../../src/competition/normalizeWeights.js';
import { adaptiveLifStep, initAdaptiveLifState } from '../../src/neurons/adaptiveLif.js';
import { fedeNeuronStep } from '../../src/neurons/fedeNeuron.js';
import { keepOneSpike } from '../../src/neurons/keepOneSpike.js';
import { initRefractoryState, refractoryLifStep } from '../../src/neurons/refractoryLif.js';

describe('refractoryLifStep', () => {
  it('is deaf for exactly tauRefractory/dt steps, whatever the step', async () => {
    for (const [dt, tauRefractory, deaf] of [
      [0.1, 0.3, 3],
      [0.1, 0.4, 4],
      [0.5, 2, 4],
      [1, 0, 0],
    ] as const) {
      const params = { dt, tauRefractory, tauMem: Number.POSITIVE_INFINITY };
      let state = initRefractoryState([1], params);
      const spikes: number[] = [];
      for (let time = 0; time < 12; time++) {
        const [z, next] = refractoryLifStep([1], state, params);
        spikes.push((await z.data())[0] ?? 0);
        state = next;
      }
      expect(spikes).toEqual(spikes.map((_, time) => (time % (deaf + 1) === 0 ? 1 : 0)));
    }
  });

  it('leaves three tensors, and names what does not fit', () => {
    const state = initRefractoryState([2]);
    const before = tf.memory().numTensors;
    refractoryLifStep([1, 0], state);
    expect(tf.memory().numTensors).toBe(before + 3);
    expect(() => refractoryLifStep([1], state)).toThrow('refractoryLifStep: input has shape [1], state.v has [2]');
    expect(() => refractoryLifStep([1, 0], state, { dt: 0 })).toThrow('refractoryLifStep: dt must be a number > 0, got 0');
    expect(() => fedeNeuronStep([1, 0], [1], state)).toThrow('fedeNeuronStep: preTrace has shape [1], input has [2]');
  });
});

describe('adaptiveLifStep', () => {
  const params = { vRest: 0, vReset: 0, vTh: 1, tauRefractory: 0, thetaPlus: 0.5, tauTheta: Number.POSITIVE_INFINITY };

  it('shares theta over the batch, or keeps one each', async () => {
    for (const [sharedTheta, wanted] of [
      [true, [1, 0.5]],
      [false, [0.5, 0.5, 0.5, 0]],
    ] as const) {
      const all = { ...params, sharedTheta };
      const [, state] = adaptiveLifStep(
        [
          [2, 2],
          [2, 0],
        ],
        initAdaptiveLifState([2, 2], all),
        all,
      );
      expect([...(await state.theta.data())]).toEqual(wanted);
    }
  });

  it('a risen threshold needs more input', async () => {
    const [, state] = adaptiveLifStep([[1]], initAdaptiveLifState([1, 1], params), params);
    const [weak] = adaptiveLifStep([[1.4]], state, params);
    const [strong] = adaptiveLifStep([[1.6]], state, params);
    expect([(await weak.data())[0], (await strong.data())[0]]).toEqual([0, 1]);
  });
});

describe('keepOneSpike', () => {
  it('with seeds keeps each of the spikers about equally often, never another', async () => {
    const counts = [0, 0, 0, 0];
    for (let seed = 0; seed < 300; seed++) {
      const kept = [...(await keepOneSpike([1, 0, 1, 1], seed).data())];
      expect(kept.reduce((sum, z) => sum + z)).toBe(1);
      kept.forEach((z, index) => {
        counts[index] = (counts[index] ?? 0) + z;
      });
    }
    expect(counts[1]).toBe(0);
    for (const index of [0, 2, 3]) expect(Math.abs((counts[index] ?? 0) - 100)).toBeLessThan(40);
  });

  it('keeps silence', async () => {
    expect([...(await keepOneSpike(tf.zeros([2, 3]), 1).data())]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('normalizeWeights', () => {
  it('scales every output of a convolution, and leaves an empty one empty', async () => {
    const w = tf.tensor([1, 0, -3, 0], [2, 1, 1, 2]);
    expect([...(await normalizeWeights(w, 2).data())]).toEqual([0.5, 0, -1.5, 0]);
    expect(() => normalizeWeights(w, 0)).toThrow('normalizeWeights: norm must be a number > 0, got 0');
  });
});
