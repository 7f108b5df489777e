import * as tf from '@tensorflow/tfjs-core';
import { none, some } from 'fp-ts/lib/Option.js';
import { describe, expect, it } from 'vitest';
import {
  type AdaptiveThresholdState,
  adaptiveThresholdStep,
  getFiringRates,
  initAdaptiveThreshold,
} from '../../src/competition/adaptiveThreshold.js';
import { computeConvergenceMetric, hasConverged } from '../../src/competition/convergence.js';
import {
  type ConvergenceTrackerState,
  convergenceTrackerStep,
  getConvergedMask,
  initConvergenceTracker,
} from '../../src/competition/convergenceTracker.js';
import { featureInhibition } from '../../src/competition/featureInhibition.js';
import { findWtaWinner } from '../../src/competition/findWtaWinner.js';
import { getKWinners } from '../../src/competition/kWinners.js';
import { latencyWinners } from '../../src/competition/latencyWinners.js';
import { applyLateralInhibition } from '../../src/competition/lateralInhibition.js';
import { normalizeWeights } from '../../src/competition/normalizeWeights.js';
import { pointwiseInhibition } from '../../src/competition/pointwiseInhibition.js';
import { wtaByMembrane, wtaGlobal, wtaLocal } from '../../src/competition/winnerTakeAll.js';
import type { Seed } from '../../src/core/random.js';

const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());

describe('options', () => {
  const map = [[[1, 2]]];
  const winner = { channel: 0, y: 0, x: 0 };
  it.each<[() => unknown, string]>([
    [
      () => applyLateralInhibition(map, winner, { keepwinner: true } as object),
      'applyLateralInhibition: keepwinner is not a parameter; known are radius, keepWinner',
    ],
    [
      () => applyLateralInhibition(map, winner, { keepWinner: 1 } as object),
      'applyLateralInhibition: keepWinner must be true or false, got 1',
    ],
    [() => applyLateralInhibition(map, null as never), 'applyLateralInhibition: winner must be { channel, y, x }, got null'],
    [
      () => applyLateralInhibition(map, some(winner) as never),
      'applyLateralInhibition: winner at y undefined, x undefined, channel undefined lies outside',
    ],
    [
      () => getKWinners([map], { radius: 1 } as object),
      'getKWinners: radius is not a parameter; known are k, inhibitionRadius, spikes',
    ],
    [() => getKWinners([map], 3 as never), 'getKWinners: options must be a record, got 3'],
    [() => featureInhibition(map, 1 as never), 'featureInhibition: features must be a list of channels, got 1'],
    [() => featureInhibition(5, []), 'featureInhibition: potentials is a single number, needs […, C]'],
    [
      () => computeConvergenceMetric([1], { wmax: 5 } as object),
      'computeConvergenceMetric: wmax is not a parameter; known are wMin, wMax',
    ],
    [() => hasConverged([1], '0.1' as never), 'hasConverged: threshold must be a number > 0, got "0.1"'],
    [() => hasConverged([1], 0.1, { wMin: 2 }), 'hasConverged: wMin must be below wMax, got 2 and 1'],
    [() => normalizeWeights([1, 3], 2), 'normalizeWeights: w has shape [2], needs [nPre, nPost] or [kh, kw, in, out]'],
    [() => wtaLocal(map, map, '1' as never), 'wtaLocal: radius must be an integer ≥ 0, got "1"'],
    [
      () => findWtaWinner([map], undefined, 'a' as unknown as Seed),
      'findWtaWinner: seed must be an integer ≥ 0 or a random generator, got "a"',
    ],
    [
      () =>
        latencyWinners(
          new Float32Array(3),
          { steps: 1, height: 1, width: 1, maps: 2 },
          { threshold: 1, winners: 1, inhibitionRadius: 0 },
        ),
      'latencyWinners: potentials must be a Float32Array of 2 values, got Float32Array of 12 bytes',
    ],
    [
      () =>
        latencyWinners(
          Float32Array.of(Number.NaN),
          { steps: 1, height: 1, width: 1, maps: 1 },
          { threshold: 1, winners: 1, inhibitionRadius: 0 },
        ),
      'latencyWinners: potentials holds NaN',
    ],
    [
      () => latencyWinners(new Float32Array(1), { steps: 1, height: 1, width: 1, maps: 1 }, { threshold: 1, k: 1 } as never),
      'latencyWinners: k is not a parameter; known are threshold, winners, inhibitionRadius',
    ],
    [() => initAdaptiveThreshold([2]), 'initAdaptiveThreshold: shape must have 3 axes, got [2]'],
    [() => initConvergenceTracker(5 as never), 'initConvergenceTracker: shape must be a shape, a list of integers ≥ 0, got 5'],
  ])('%# are checked by name', async (call, message) => {
    await expect(async () => call()).rejects.toThrow(message);
  });
});

describe('counters', () => {
  const many = 2 ** 24;

  it('rates of thresholds stay right beyond 2^24 presentations', async () => {
    const [always, never] = [tf.ones([1, 1, 1]), tf.zeros([1, 1, 1])];
    let state: AdaptiveThresholdState = {
      threshold: tf.fill([1, 1, 1], 10),
      spikeCount: tf.fill([1, 1, 1], many),
      presentations: many,
    };
    for (let time = 0; time < 100; time++) state = tf.tidy(() => adaptiveThresholdStep(always, state) as never);
    expect(state.presentations).toBe(many + 100);
    expect(await values(state.spikeCount)).toEqual([many + 100]);
    expect(await values(getFiringRates(state))).toEqual([1]);
    for (let time = 0; time < 3; time++)
      state = tf.tidy(() => adaptiveThresholdStep(time === 1 ? always : never, state) as never);
    const [[count = 0], [rest = 0]] = [
      await values(state.spikeCount),
      state.spikeCountRest ? await values(state.spikeCountRest) : [],
    ];
    expect(count + rest).toBe(many + 101);
  });

  it('wins are counted beyond 2^24, one by one', async () => {
    const win = tf.ones([1, 1, 1]);
    let state: ConvergenceTrackerState = { winCounts: tf.fill([1, 1, 1], many), deltaMagnitude: tf.zeros([1]) };
    for (let time = 0; time < 5; time++) state = convergenceTrackerStep(win, state);
    expect(await values(getConvergedMask(state, { minWins: many + 5 }))).toEqual([1]);
    expect(await values(getConvergedMask(state, { minWins: many + 6 }))).toEqual([0]);
  });
});

describe('a state', () => {
  it('is checked by name', () => {
    const spikes = [[[1, 0]]];
    const state = initAdaptiveThreshold([1, 1, 2]);
    expect(() => adaptiveThresholdStep(spikes, null as never)).toThrow(
      'adaptiveThresholdStep: state must be a record of threshold, spikeCount',
    );
    expect(() => adaptiveThresholdStep(spikes, { ...state, presentations: -1 })).toThrow(
      'state.presentations must be an integer ≥ 0, got -1',
    );
    expect(() => adaptiveThresholdStep(spikes, { ...state, spikeCount: tf.zeros([1, 1, 3]) })).toThrow(
      'adaptiveThresholdStep: state.spikeCountRest has shape [1, 1, 2], spikeCount has [1, 1, 3]',
    );
    expect(() => getFiringRates({ ...state, count: 1 } as never)).toThrow('getFiringRates: state.count is not part of the state');
    const tracker = initConvergenceTracker([1, 1, 2]);
    expect(() => convergenceTrackerStep(spikes, { ...tracker, deltaMagnitude: tf.zeros([3]) })).toThrow(
      'convergenceTrackerStep: state.deltaMagnitude has shape [3], winCounts needs [2]',
    );
    expect(() => getConvergedMask({} as never)).toThrow('getConvergedMask: state.winCounts is missing');
  });
});

describe('nothing, and one', () => {
  it('a map of one place has its winner', async () => {
    const [spikes, membrane] = [tf.tensor4d([1, 0], [1, 1, 1, 2]), tf.tensor4d([-2, 3], [1, 1, 1, 2])];
    expect(await values(wtaGlobal(spikes, membrane).winnerMask)).toEqual([1, 0]);
    expect(await values(wtaGlobal(spikes, membrane).membrane)).toEqual([0, 3]);
    expect(await values(wtaByMembrane(spikes, membrane).winnerMask)).toEqual([0, 0]);
    expect(await values(wtaLocal(spikes, membrane, 2 ** 40).membrane)).toEqual([0, 0]);
    expect(await values(pointwiseInhibition(tf.ones([1, 1, 1, 1])))).toEqual([1]);
    expect(await findWtaWinner([[[[1]]]])).toEqual(some({ channel: 0, y: 0, x: 0, time: 0 }));
  });

  it('layers of nothing have none', async () => {
    for (const shape of [
      [0, 1, 1, 2],
      [1, 0, 1, 2],
      [1, 1, 1, 0],
    ] as [number, number, number, number][]) {
      const empty = tf.zeros(shape);
      for (const result of [wtaGlobal(empty, empty), wtaByMembrane(empty, empty), wtaLocal(empty, empty, 1)])
        expect(Object.values(result as object).map((tensor) => tensor.shape)).toEqual([shape, shape, shape]);
      expect(await findWtaWinner(empty)).toEqual(none);
      expect(await getKWinners(empty, { k: 3 })).toEqual([]);
      expect(normalizeWeights(empty, 1).shape).toEqual(shape);
    }
  });
});

describe('weights', () => {
  it('however small and large they are, their shares add up', async () => {
    expect(await values(normalizeWeights([[1e-37], [3e-37]], 78))).toEqual([19.5, 58.5].map((value) => expect.closeTo(value, 3)));
    expect(await values(normalizeWeights([[1e38], [3e38]], 78))).toEqual([19.5, 58.5].map((value) => expect.closeTo(value, 3)));
    expect(await values(normalizeWeights([[1e30], [3e30]], 1e-30))).toEqual([
      expect.closeTo(0.25e-30, 36),
      expect.closeTo(0.75e-30, 36),
    ]);
  });

  it('that are not finite have not converged: they are refused', async () => {
    for (const w of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      await expect(hasConverged(tf.tensor1d([0, w]))).rejects.toThrow('hasConverged: w holds NaN or Infinity');
  });

  it('between wide bounds have a finite metric', async () => {
    expect(await computeConvergenceMetric([0], { wMin: -1e25, wMax: 1e25 })).toBeCloseTo(0.25, 6);
  });
});

it('what is silenced is 0, not -0', async () => {
  expect(await values(featureInhibition([[-1, -2]], [0]))).toEqual([0, -2]);
  expect(await values(pointwiseInhibition(tf.tensor4d([2, -1, 3, 1], [2, 1, 1, 2])))).toEqual([2, 0, 3, 0]);
});
