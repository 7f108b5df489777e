import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { dense } from '../../src/topologies/dense.js';
import { boundLower, fullBound } from '../../src/updates/parameterBounds.js';
import { ratesInside } from '../../src/updates/updateParams.js';
import { applyUpdates, collect, noUpdates } from '../../src/updates/updater.js';

const delta = (up: number, down: number) => ({
  potentiation: [{ perSample: tf.fill([2, 2, 1], up) }],
  depression: [{ perSample: tf.fill([2, 2, 1], down) }],
});

describe('updater', () => {
  it('adds the steps up and applies them once, under bounds of the parameter before', async () => {
    const w = tf.fill([2, 1], 0.25);
    const updates = [delta(0.1, 0.02), delta(0.2, 0.04)].reduce(
      (all, next) => collect(all, next, w, dense, { ...ratesInside, batchReduction: 'mean' }),
      noUpdates,
    );
    expect((await applyUpdates(w, updates).data())[0]).toBeCloseTo(0.25 + 0.3 - 0.06, 6);
    const bounds = fullBound({ bound: 'multiplicative', min: 0, max: 1 });
    expect((await applyUpdates(w, updates, bounds).data())[0]).toBeCloseTo(0.25 + 0.3 * 0.75 - 0.06 * 0.25, 6);
    expect((await applyUpdates(w, updates, {}, 'max').data())[0]).toBeCloseTo(0.25 + 0.2 - 0.04, 6);
  });

  it('takes a function of both parts as bounds', async () => {
    const updates = { positive: [tf.scalar(0.3)], negative: [] };
    const halved = applyUpdates(tf.scalar(1), updates, (_, positive, negative) => tf.div(tf.sub(positive, negative), 2));
    expect((await halved.data())[0]).toBeCloseTo(1.15, 6);
  });

  it('without updates the parameter stays', async () => {
    expect(Array.from(await applyUpdates(tf.tensor1d([1, 2]), noUpdates).data())).toEqual([1, 2]);
  });

  it('leaves exactly the tensors it returns and keeps what it is given', () => {
    const [w, step] = [tf.zeros([2, 1]), delta(0.1, 0.1)];
    const before = tf.memory().numTensors;
    const one = collect(noUpdates, step, w, dense, { ...ratesInside, batchReduction: 'sum' });
    expect(tf.memory().numTensors).toBe(before + 2);
    collect(one, step, w, dense, { ...ratesInside, batchReduction: 'sum' });
    expect(tf.memory().numTensors).toBe(before + 6);
    applyUpdates(w, one, fullBound({ bound: 'scaledPower', min: 0, max: 2, exponentUpper: 0.5 }));
    expect(tf.memory().numTensors).toBe(before + 7);
  });
});

describe('parameter bounds', () => {
  it('say what they lack', () => {
    expect(() => fullBound({ bound: 'power', min: 1, max: 1 })).toThrow('fullBound: min must be below max, got 1 and 1');
    expect(() => fullBound({ bound: 'scaledPower', min: null, max: 1 })).toThrow(
      "fullBound: bound 'scaledPower' needs both min and max, got null and 1",
    );
    expect(() => boundLower(tf.scalar(0), tf.scalar(0), { bound: 'scaledPower', limit: 0, range: 0 })).toThrow(
      'boundLower: range must be a number > 0, got 0',
    );
  });

  it('sharp holds a parameter that lies on its bound (Inferno documents the opposite)', async () => {
    const bounds = fullBound({ bound: 'sharp', min: 0, max: 1 });
    const w = applyUpdates(
      tf.tensor1d([0, 1]),
      { positive: [tf.tensor1d([0.1, 0.1])], negative: [tf.tensor1d([0.3, 0.3])] },
      bounds,
    );
    const [low, high] = await w.data();
    expect(low).toBeCloseTo(0.1, 6);
    expect(high).toBeCloseTo(0.7, 6);
  });
});
