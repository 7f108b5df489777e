import * as tf from '@tensorflow/tfjs-core';
import { isRight } from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import {
  adaptiveThresholdDefaults,
  adaptiveThresholdStep,
  initAdaptiveThreshold,
  validateAdaptiveThresholdParams,
} from '../../src/competition/adaptiveThreshold.js';
import {
  convergenceTrackerStep,
  initConvergenceTracker,
  validateConvergenceTrackerParams,
} from '../../src/competition/convergenceTracker.js';
import { latencyWinners } from '../../src/competition/latencyWinners.js';
import { normalizeWeights } from '../../src/competition/normalizeWeights.js';
import { wtaByMembrane, wtaGlobal } from '../../src/competition/winnerTakeAll.js';
import { orThrow } from '../../src/core/errors.js';

const text = 'spikes' as never;
const layer = (): tf.Tensor => tf.ones([1, 1, 2, 1]);
const winners = { threshold: -1, winners: 3, inhibitionRadius: 0 };

describe('what is wrong is named by function and argument', () => {
  it.each<[string, () => unknown]>([
    ['adaptiveThresholdStep: spikes', () => adaptiveThresholdStep(text, initAdaptiveThreshold([1, 1, 1]))],
    [
      'adaptiveThresholdStep: spikes has shape [2, 1, 1], the thresholds [1, 1, 1] need [B, 1, 1, 1]',
      () => adaptiveThresholdStep(tf.ones([2, 1, 1]), initAdaptiveThreshold([1, 1, 1])),
    ],
    ['convergenceTracker: minWins', () => orThrow(validateConvergenceTrackerParams({ minWins: 0 }))],
    [
      'convergenceTrackerStep: weightDeltas has shape [0, 2], its last axis must have 2 maps',
      () => convergenceTrackerStep(tf.zeros([1, 1, 2]), initConvergenceTracker([1, 1, 2]), tf.zeros([0, 2])),
    ],
    [
      'convergenceTrackerStep: state.winCounts has shape [2], needs [H, W, C]',
      () => convergenceTrackerStep(tf.zeros([1, 1, 2]), { ...initConvergenceTracker([1, 1, 2]), winCounts: tf.zeros([2]) }),
    ],
    [
      'convergenceTrackerStep: state.winCountsRest has shape [2], winCounts has [1, 1, 2]',
      () => convergenceTrackerStep(tf.zeros([1, 1, 2]), { ...initConvergenceTracker([1, 1, 2]), winCountsRest: tf.zeros([2]) }),
    ],
    [
      'convergenceTrackerStep: state.winCountsRest is not a tensor',
      () => convergenceTrackerStep(tf.zeros([1, 1, 2]), { ...initConvergenceTracker([1, 1, 2]), winCountsRest: text }),
    ],
    ['normalizeWeights: w', () => normalizeWeights(text, 1)],
    ['normalizeWeights: w has shape [2], needs [nPre, nPost]', () => normalizeWeights([1, 2], 1)],
    ['wtaGlobal: spikes', () => wtaGlobal(text, layer())],
    ['wtaGlobal: membrane', () => wtaGlobal(layer(), text)],
    ['wtaGlobal: preResetMembrane', () => wtaGlobal(layer(), layer(), text)],
    ['wtaByMembrane: membrane', () => wtaByMembrane(layer(), text)],
    [
      'latencyWinners: potentials',
      () => latencyWinners(new Float32Array(3), { steps: 1, height: 1, width: 1, maps: 2 }, winners),
    ],
  ])('%s', (message, call) => {
    expect(call).toThrow(message);
  });
});

it('an initial threshold may lie on either limit', () => {
  const { thresholdMin, thresholdMax } = adaptiveThresholdDefaults;
  for (const initialThreshold of [thresholdMin, thresholdMax])
    expect(isRight(validateAdaptiveThresholdParams({ initialThreshold }))).toBe(true);
});

describe('latencyWinners', () => {
  it('nobody wins after the last step, however low the threshold is', () => {
    expect(latencyWinners(Float32Array.of(-2, -2), { steps: 2, height: 1, width: 1, maps: 1 }, winners)).toEqual([]);
  });

  it('of equals the first map wins, then the first row and column', () => {
    const shape = { steps: 1, height: 2, width: 2, maps: 2 };
    const potentials = Float32Array.of(0, 5, 5, 0, 5, 0, 0, 5); // maps 1, 0, 0, 1 of the four places
    const order = latencyWinners(potentials, shape, { threshold: 1, winners: 4, inhibitionRadius: 0 });
    expect(order).toEqual([
      { channel: 0, y: 0, x: 1, time: 0 },
      { channel: 1, y: 0, x: 0, time: 0 },
    ]);
  });
});
