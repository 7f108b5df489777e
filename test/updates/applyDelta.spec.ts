import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../src/core/random.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import { applyDelta } from '../../src/updates/applyDelta.js';
import type { BatchReduction } from '../../src/updates/batchReduction.js';
import { correlate } from '../../src/updates/correlate.js';
import type { FactorPair } from '../../src/updates/delta.js';
import type { Bounds, Scaling } from '../../src/updates/scaling.js';

const scaling: Scaling = { etaPlus: 0.5, etaMinus: 0.25, weightDependence: 'additive', mu: 0 };
const open: Bounds = { wMin: 0, wMax: 1, hardBound: false };
const draw = (shape: readonly number[], seed: number) =>
  tf.reshape(
    tf.tensor1d(
      randomUniform(
        shape.reduce((size, next) => size * next, 1),
        seed,
      ),
    ),
    [...shape],
  );
const numbers = async (tensor: tf.Tensor | undefined) => [...((await tensor?.data()) ?? [])];
const expectClose = async (actual: tf.Tensor | undefined, wanted: tf.Tensor) => {
  expect(actual?.shape).toEqual(wanted.shape);
  const got = await numbers(actual);
  for (const [index, value] of (await numbers(wanted)).entries()) expect(got[index]).toBeCloseTo(value, 4);
};

describe('correlate', () => {
  const [pre, post] = [
    () =>
      tf.tensor2d([
        [1, 2],
        [0, 3],
      ]),
    () => tf.tensor2d([[1], [2]]),
  ];

  it('sums outer products over batch and pairs', async () => {
    const pair = { pre: pre(), post: post() };
    expect(await numbers(correlate([pair], dense, [2, 1], 'sum', 'test'))).toEqual([1, 2 + 6]);
    expect(await numbers(correlate([pair, pair], dense, [2, 1], 'sum', 'test'))).toEqual([2, 16]);
  });

  it.each<[string, BatchReduction, number[]]>([
    ['mean', 'mean', [0.5, 4]],
    ['max', 'max', [1, 6]],
    ['a function', (samples) => tf.min(samples, 0), [0, 2]],
  ])('%s of the samples', async (_, reduction, wanted) => {
    expect(await numbers(correlate([{ pre: pre(), post: post() }], dense, [2, 1], reduction, 'test'))).toEqual(wanted);
  });

  it('the largest sample is taken of the sum of the pairs, not of each', async () => {
    const one: FactorPair = { pre: tf.tensor2d([[1], [0]]), post: tf.tensor2d([[1], [1]]) };
    const two: FactorPair = { pre: tf.tensor2d([[0], [1]]), post: tf.tensor2d([[1], [1]]) };
    expect(await numbers(correlate([one, two], dense, [1, 1], 'max', 'test'))).toEqual([1]);
  });

  it('the factor 1 stands for all inputs, in the padding too, or for all outputs', async () => {
    const topology = conv2d({ pad: 1, strides: 2 });
    const w = [3, 3, 1, 2];
    const image = draw([2, 4, 4, 1], 1);
    const out = draw(topology.outputShape('f', image.shape, w), 2);
    for (const reduction of ['sum', 'mean', 'max'] as const) {
      const all = tf.ones([...out.shape]);
      await expectClose(
        correlate([{ pre: image, post: 1 }], topology, w, reduction, 'test'),
        correlate([{ pre: image, post: all }], topology, w, reduction, 'test') ?? tf.zeros([0]),
      );
    }
    const perMap = tf.sum(out, [0, 1, 2]);
    await expectClose(correlate([{ pre: 1, post: out }], topology, w, 'sum', 'test'), tf.mul(tf.ones(w), perMap));
  });

  it('of nothing is nothing', () => {
    expect(correlate([], dense, [2, 1], 'sum', 'test')).toBeUndefined();
  });
});

describe('applyDelta', () => {
  const w = () =>
    tf.tensor2d([
      [0.25, 0.5],
      [0.75, 1],
    ]);
  const ones = () => [{ pre: tf.ones([1, 2]), post: tf.ones([1, 2]) }];

  it('adds etaPlus·Δ₊ and subtracts etaMinus·Δ₋', async () => {
    expect(await numbers(applyDelta(w(), { potentiation: ones(), depression: [] }, dense, scaling, open))).toEqual([
      0.75, 1, 1.25, 1.5,
    ]);
    expect(await numbers(applyDelta(w(), { potentiation: [], depression: ones() }, dense, scaling, open))).toEqual([
      0, 0.25, 0.5, 0.75,
    ]);
    expect(await numbers(applyDelta(w(), { potentiation: ones(), depression: ones() }, dense, scaling, open))).toEqual([
      0.5, 0.75, 1, 1.25,
    ]);
  });

  it('scales both sides by the same old weights', async () => {
    const relu = { ...scaling, weightDependence: 'multiplicativeRelu' } as const;
    const changed = applyDelta(w(), { potentiation: ones(), depression: ones() }, dense, relu, open);
    const wanted = [0.25, 0.5, 0.75, 1].map((old) => old + 0.5 * (1 - old) - 0.25 * old);
    expect(await numbers(changed)).toEqual(wanted);
  });

  it('takes one rate per output, as an array or a tensor', async () => {
    for (const etaPlus of [[0.5, 0], tf.tensor1d([0.5, 0])]) {
      const changed = applyDelta(w(), { potentiation: ones(), depression: [] }, dense, { ...scaling, etaPlus }, open);
      expect(await numbers(changed)).toEqual([0.75, 0.5, 1.25, 1]);
    }
  });

  it('clamps after the change, and only with hardBound', async () => {
    const up = { potentiation: ones(), depression: [] };
    expect(await numbers(applyDelta(w(), up, dense, scaling, { ...open, hardBound: true }))).toEqual([0.75, 1, 1, 1]);
    const still = { potentiation: [], depression: [] };
    const outside = tf.tensor2d([[-1, 3]]);
    expect(await numbers(applyDelta(outside, still, dense, scaling, { ...open, hardBound: true }))).toEqual([0, 1]);
    expect(await numbers(applyDelta(outside, still, dense, scaling, open))).toEqual([-1, 3]);
  });

  it('leaves its arguments alone and exactly one new tensor', async () => {
    const [weights, pairs] = [w(), ones()];
    const before = tf.memory().numTensors;
    for (const reduction of ['sum', 'max'] as const) {
      const changed = applyDelta(
        weights,
        { potentiation: pairs, depression: pairs },
        dense,
        { ...scaling, etaMinus: [1, 2] },
        open,
        reduction,
      );
      expect(tf.memory().numTensors).toBe(before + 1);
      changed.dispose();
    }
    expect(await numbers(weights)).toEqual([0.25, 0.5, 0.75, 1]);
  });
});
