import * as tf from '@tensorflow/tfjs-core';
import { isNone, none, type Option, some } from 'fp-ts/lib/Option.js';
import { describe, expect, it } from 'vitest';
import { findWtaWinner } from '../../src/competition/findWtaWinner.js';
import { applyLateralInhibition } from '../../src/competition/lateralInhibition.js';
import { type WtaResult, wtaByMembrane, wtaGlobal, wtaLocal } from '../../src/competition/winnerTakeAll.js';
import { AdaptiveThreshold } from '../../src/learners/adaptiveThreshold.js';
import { ConvergenceTracker } from '../../src/learners/convergenceTracker.js';
import { WTAInhibition } from '../../src/learners/wtaInhibition.js';
import { expectClose, goldenCase, goldenCases, goldenTensor } from './load.js';

/** [C, H, W] to [H, W, C]; [N, C, H, W] to [N, H, W, C]. */
const HWC = [1, 2, 0];
const NHWC = [0, 2, 3, 1];
const TOLERANCE = 3e-5;

const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());

describe('spikeseg: competition', () => {
  const { cases } = goldenCase('spikeseg_find_winner__0').expected;
  it.each([...cases.keys()])('winner of case %i', async (index) => {
    const { spikes, potentials, winner, loc, time } = cases[index];
    const found = await findWtaWinner(
      goldenTensor(spikes, NHWC),
      potentials === null ? undefined : goldenTensor(potentials, HWC),
    );
    expect(found).toEqual(winner === null ? none : some({ channel: winner, y: loc[0], x: loc[1], time }));
  });

  it('lateral inhibition', async () => {
    const { params, inputs, expected } = goldenCase('spikeseg_lateral__0');
    const winner = { channel: params.winner_map, y: params.winner_y, x: params.winner_x };
    await expectClose(applyLateralInhibition(goldenTensor(inputs.potentials, HWC), winner), expected.potentials, 0, HWC);
  });

  it('winner-take-all functions', async () => {
    const { params, inputs, expected } = goldenCase('spikeseg_wta__functions');
    const input = (name: string): tf.Tensor => goldenTensor(inputs[name], NHWC);
    const agree = async ({ spikes, membrane, winnerMask }: WtaResult, name: string): Promise<void> => {
      await expectClose(spikes, expected[name].spikes, 0, NHWC);
      await expectClose(membrane, expected[name].membrane, 0, NHWC);
      await expectClose(winnerMask, expected[name].winner_mask, 0, NHWC);
    };
    await agree(wtaGlobal(input('spikes'), input('membrane')), 'global_');
    await agree(wtaGlobal(input('spikes'), input('membrane'), input('pre_reset_membrane')), 'global_prereset');
    await agree(wtaLocal(input('spikes'), input('membrane'), params.radius), 'local');
    await agree(wtaByMembrane(input('spikes'), input('membrane')), 'by_membrane');
    await agree(wtaGlobal(input('spikes_neg'), input('membrane_neg')), 'global_negative');
    await agree(wtaByMembrane(input('spikes_neg'), input('membrane_neg')), 'by_membrane_negative');
  });

  it.each(goldenCases('spikeseg_wta__module_'))('%s', async (_name, { params, expected }) => {
    const { mode, local_radius: localRadius, homeostasis_lr: homeostasisRate, target_rate: targetRate } = params;
    const wta = new WTAInhibition({ mode, localRadius, homeostasisRate, targetRate }, 3, [5, 5], params.initial_threshold);
    let spikesIn = 0;
    for (const step of expected.steps) {
      const [spikes, membrane, before] = ['spikes', 'membrane', 'pre_reset_membrane'].map((name) =>
        goldenTensor(step[name], NHWC),
      );
      const result = wta.forward(spikes ?? [], membrane ?? [], before);
      await expectClose(result.spikes, step.out_spikes, 0, NHWC);
      await expectClose(result.membrane, step.out_membrane, 0, NHWC);
      await expectClose(result.winnerMask, step.winner_mask, 0, NHWC);
      await expectClose(orFail(wta.getWinnerMask()), step.winner_mask, 0, NHWC);
      await expectClose(orFail(wta.getThresholds()), step.thresholds, TOLERANCE, NHWC);
      spikesIn += step.spikes.data.reduce((sum: number, value: number) => sum + value, 0);
    }
    const { total_winners: totalWinners, presentations } = expected;
    // The peer counts the spikes that are left, so that its ratio is 1 always; its page says "winners to total spikes".
    expect(await wta.statistics()).toEqual({ totalSpikes: spikesIn, totalWinners, presentations });
    expect(await wta.winnerRatio()).toBe(totalWinners / spikesIn);
    wta.dispose();
  });

  it('adaptive threshold', async () => {
    const { params, inputs, expected } = goldenCase('spikeseg_adaptive_threshold__0');
    const homeostasis = new AdaptiveThreshold(3, [5, 5], {
      initialThreshold: params.initial_threshold,
      targetRate: params.target_rate,
      learningRate: params.learning_rate,
      thresholdMin: params.threshold_min,
      thresholdMax: params.threshold_max,
    });
    const [thresholds, rates]: [tf.Tensor[], tf.Tensor[]] = [[], []];
    for (const [index, spikes] of tf.unstack(goldenTensor(inputs.spikes, [0, 1, 3, 4, 2])).entries()) {
      homeostasis.update(spikes);
      thresholds.push(tf.squeeze(homeostasis.getThresholds(), [0]));
      rates.push(homeostasis.firingRates());
      if (index + 1 === params.reset_statistics_after) homeostasis.resetStatistics();
    }
    await expectClose(tf.stack(thresholds), expected.thresholds, TOLERANCE, NHWC);
    await expectClose(tf.stack(rates), expected.firing_rates, TOLERANCE, NHWC);
  });

  it('convergence tracker', async () => {
    const { params, inputs, expected } = goldenCase('spikeseg_convergence_tracker__0');
    const tracker = new ConvergenceTracker(3, [5, 5], { minWins: params.min_wins });
    for (const [index, mask] of tf.unstack(goldenTensor(inputs.winner_masks, [0, 1, 3, 4, 2])).entries()) {
      tracker.update(mask);
      expect(await tracker.nConverged()).toBe(expected.n_converged[index]);
      expect(await tracker.convergenceRatio()).toBeCloseTo(expected.ratio[index], 6);
    }
    await expectClose(tracker.winCounts(), expected.win_counts, 0, HWC);
    expect(await tracker.isConverged()).toBe(Boolean(expected.is_converged));
    expect(await tracker.isConverged(0.5)).toBe(Boolean(expected.is_converged_half));
  });

  it('convergence tracker: weights that still move keep a map from converging (the peer ignores them)', async () => {
    const { params, inputs } = goldenCase('spikeseg_convergence_tracker__0');
    const tracker = new ConvergenceTracker(3, [5, 5], { minWins: params.min_wins });
    const deltas = tf.tile(tf.tensor([1e-5, 0.01, 1e-5]), [9]); // map 1 moves
    for (const mask of tf.unstack(goldenTensor(inputs.winner_masks, [0, 1, 3, 4, 2]))) {
      tracker.update(mask, tf.reshape(deltas, [3, 3, 1, 3]));
    }
    expect(await values(tf.mean(tracker.convergedMask(), [0, 1]))).toEqual([1, 0, 1]);
  });
});

const orFail = <A>(option: Option<A>): A => {
  if (isNone(option)) throw new Error('expected some value');
  return option.value;
};
