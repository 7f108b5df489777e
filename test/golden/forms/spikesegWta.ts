import * as tf from '@tensorflow/tfjs-core';
import { isNone, none, type Option, some } from 'fp-ts/lib/Option.js';
import { expect } from 'vitest';
import { findWtaWinner } from '../../../src/competition/findWtaWinner.js';
import { applyLateralInhibition } from '../../../src/competition/lateralInhibition.js';
import { type WtaResult, wtaByMembrane, wtaGlobal, wtaLocal } from '../../../src/competition/winnerTakeAll.js';
import { AdaptiveThreshold } from '../../../src/learners/adaptiveThreshold.js';
import { ConvergenceTracker } from '../../../src/learners/convergenceTracker.js';
import { WTAInhibition } from '../../../src/learners/wtaInhibition.js';
import { expectClose, expectNumber, single } from '../compare.js';
import type { Form } from '../form.js';
import { type GoldenCase, type GoldenTensor, goldenTensor } from '../load.js';
import * as homeostasisLoops from '../loops/spikesegHomeostasis.js';
import * as loops from '../loops/spikesegWta.js';
import { steps } from '../series.js';

/** [C, H, W] to [H, W, C]; [N, C, H, W] to [N, H, W, C]. */
const HWC = [1, 2, 0];
const NHWC = [0, 2, 3, 1];

const batches = (series: GoldenTensor): readonly tf.Tensor[] => steps(series).map((step) => goldenTensor(step, NHWC));

/** How many maps a series [n, B, C, H, W] has, and how large they are. */
const layerOf = ({ shape: [, , maps = 0, height = 0, width = 0] }: GoldenTensor) => [maps, [height, width]] as const;

const orFail = <A>(option: Option<A>): A => {
  if (isNone(option)) throw new Error('expected some value');
  return option.value;
};

async function findWinner({ expected }: GoldenCase): Promise<void> {
  for (const { spikes, potentials, winner, loc, time } of expected.cases) {
    const heights = potentials === null ? undefined : goldenTensor(potentials, HWC);
    const found = await findWtaWinner(goldenTensor(spikes, NHWC), heights);
    expect(found).toEqual(winner === null ? none : some({ channel: winner, y: loc[0], x: loc[1], time }));
    if (winner === null) expect([loc, time]).toEqual([null, null]);
  }
}

async function lateral({ params, inputs, expected }: GoldenCase): Promise<void> {
  const winner = { channel: params.winner_map, y: params.winner_y, x: params.winner_x };
  await expectClose(applyLateralInhibition(goldenTensor(inputs.potentials, HWC), winner), expected.potentials, 0, HWC);
}

interface Recorded {
  readonly spikes: GoldenTensor;
  readonly membrane: GoldenTensor;
  readonly winner_mask: GoldenTensor;
}

async function expectOutcome({ spikes, membrane, winnerMask }: WtaResult, recorded: Recorded): Promise<void> {
  await expectClose(spikes, recorded.spikes, 0, NHWC);
  await expectClose(membrane, recorded.membrane, 0, NHWC);
  await expectClose(winnerMask, recorded.winner_mask, 0, NHWC);
}

async function functions({ params, inputs, expected }: GoldenCase): Promise<void> {
  const input = (name: string): tf.Tensor => goldenTensor(inputs[name], NHWC);
  const [spikes, membrane] = [input('spikes'), input('membrane')];
  await expectOutcome(wtaGlobal(spikes, membrane), expected.global_);
  await expectOutcome(wtaGlobal(spikes, membrane, input('pre_reset_membrane')), expected.global_prereset);
  await expectOutcome(wtaLocal(spikes, membrane, params.radius), expected.local);
  await expectOutcome(wtaByMembrane(spikes, membrane), expected.by_membrane);
  await expectOutcome(wtaGlobal(input('spikes_neg'), input('membrane_neg')), expected.global_negative);
  await expectOutcome(wtaByMembrane(input('spikes_neg'), input('membrane_neg')), expected.by_membrane_negative);
}

const sum = ({ data }: GoldenTensor): number => data.reduce<number>((total, value) => total + Number(value), 0);

async function module({ params, expected }: GoldenCase): Promise<void> {
  const config = {
    ...{ mode: params.mode, localRadius: params.local_radius, targetRate: params.target_rate },
    ...{ homeostasisRate: params.homeostasis_lr, thresholdMin: params.threshold_min, thresholdMax: params.threshold_max },
  };
  const [maps, size] = layerOf({ ...expected.steps[0].spikes, shape: [1, ...expected.steps[0].spikes.shape] });
  const wta = new WTAInhibition(config, maps, size, params.initial_threshold);
  let [spikesIn, spikesOut] = [0, 0];
  for (const step of expected.steps) {
    const [spikes, membrane] = [goldenTensor(step.spikes, NHWC), goldenTensor(step.membrane, NHWC)];
    const result = wta.forward(spikes, membrane, goldenTensor(step.pre_reset_membrane, NHWC));
    await expectOutcome(result, { spikes: step.out_spikes, membrane: step.out_membrane, winner_mask: step.winner_mask });
    await expectClose(orFail(wta.getWinnerMask()), step.winner_mask, 0, NHWC);
    await expectClose(orFail(wta.getThresholds()), step.thresholds, single, NHWC);
    spikesIn += sum(step.spikes);
    spikesOut += sum(step.out_spikes);
  }
  // The peer counts the spikes that are left, so that its ratio is 1 always; its page says "winners to total spikes".
  const { total_winners: totalWinners, presentations } = expected;
  expect(await wta.statistics()).toEqual({ totalSpikes: spikesIn, totalWinners, presentations });
  expectNumber(await wta.winnerRatio(), totalWinners / Math.max(spikesIn, 1));
  expect(expected.total_spikes).toBe(spikesOut);
  expectNumber(expected.winner_ratio, totalWinners / Math.max(spikesOut, 1));
  wta.dispose();
}

async function adaptiveThreshold({ params, inputs, expected }: GoldenCase): Promise<void> {
  const homeostasis = new AdaptiveThreshold(...layerOf(inputs.spikes), {
    ...{ initialThreshold: params.initial_threshold, targetRate: params.target_rate, learningRate: params.learning_rate },
    ...{ thresholdMin: params.threshold_min, thresholdMax: params.threshold_max },
  });
  const [thresholds, rates]: [tf.Tensor[], tf.Tensor[]] = [[], []];
  for (const [index, spikes] of batches(inputs.spikes).entries()) {
    homeostasis.update(spikes);
    thresholds.push(tf.squeeze(homeostasis.getThresholds(), [0]));
    rates.push(homeostasis.firingRates());
    if (index + 1 === params.reset_statistics_after) homeostasis.resetStatistics();
  }
  await expectClose(tf.stack(thresholds), expected.thresholds, single, NHWC);
  await expectClose(tf.stack(rates), expected.firing_rates, single, NHWC);
  homeostasis.dispose();
}

async function tracker(golden: GoldenCase): Promise<void> {
  const { params, inputs, expected } = golden;
  const wins = new ConvergenceTracker(...layerOf(inputs.winner_masks), { minWins: params.min_wins });
  for (const [index, mask] of batches(inputs.winner_masks).entries()) {
    wins.update(mask);
    expect(await wins.nConverged()).toBe(expected.n_converged[index]);
    expectNumber(await wins.convergenceRatio(), expected.ratio[index], 1e-6);
  }
  await expectClose(wins.winCounts(), expected.win_counts, 0, HWC);
  expect(Number(await wins.isConverged())).toBe(expected.is_converged);
  expect(Number(await wins.isConverged(0.5))).toBe(expected.is_converged_half);
  wins.dispose();
  await movingMaps(golden);
}

/** Weights that still move keep a map from converging; the peer ignores them. */
async function movingMaps({ params, inputs, expected }: GoldenCase): Promise<void> {
  const [maps, size] = layerOf(inputs.winner_masks);
  const wins = new ConvergenceTracker(maps, size, { minWins: params.min_wins });
  const moves = (map: number) => map % 2 === 1;
  const delta = (map: number) => (moves(map) ? 10 : 0.1) * wins.params.deltaThreshold;
  const deltas = tf.tensor(
    Array.from({ length: maps }, (_, map) => delta(map)),
    [1, 1, 1, maps],
  );
  for (const mask of batches(inputs.winner_masks)) wins.update(mask, deltas);
  const still = tf.tensor(Array.from({ length: maps }, (_, map) => Number(!moves(map))));
  const enough = tf.step(tf.sub(goldenTensor(expected.win_counts, HWC), params.min_wins - 0.5));
  const wanted = tf.mul(enough, still);
  await expectClose(wins.convergedMask(), { shape: wanted.shape, dtype: 'float32', data: [...(await wanted.data())] }, 0);
  wins.dispose();
}

export const forms: readonly Form[] = [
  { cases: 'spikeseg_find_winner__', check: findWinner, loops: loops.findWinner },
  { cases: 'spikeseg_lateral__', check: lateral, loops: loops.lateral },
  { cases: 'spikeseg_wta__', when: ({ expected }) => expected.steps === undefined, check: functions, loops: loops.functions },
  {
    cases: 'spikeseg_wta__',
    when: ({ expected }) => expected.steps !== undefined,
    check: module,
    loops: homeostasisLoops.module,
  },
  { cases: 'spikeseg_adaptive_threshold__', check: adaptiveThreshold, loops: homeostasisLoops.adaptiveThreshold },
  { cases: 'spikeseg_convergence_tracker__', check: tracker, loops: homeostasisLoops.tracker },
];
