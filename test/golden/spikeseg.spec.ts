import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { computeConvergenceMetric, hasConverged } from '../../src/competition/convergence.js';
import { stdpConfigDefaults, stdpConfigFromPaper } from '../../src/learners/stdpConfig.js';
import { STDPLearner } from '../../src/learners/stdpLearner.js';
import { computeStdpUpdate } from '../../src/rules/computeStdpUpdate.js';
import { getFirstSpikeTimes } from '../../src/traces/firstSpikeTimes.js';
import { extractReceptiveFieldTimes } from '../../src/traces/receptiveFieldTimes.js';
import { casesOf } from './families.js';
import { expectClose, type GoldenTensor, goldenCase, goldenCases, goldenTensor } from './load.js';
import { learner, learnerParams, weightDependence } from './peers/spikeseg.js';

/** [C, H, W] to [H, W, C]; [N, C, H, W] to [N, H, W, C]; [out, in, kh, kw] to [kh, kw, in, out]. */
const HWC = [1, 2, 0];
const NHWC = [0, 2, 3, 1];
const KERNEL = [2, 3, 1, 0];
const TOLERANCE = 3e-5;

const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());

describe('spikeseg: times and updates', () => {
  it.each(goldenCases('spikeseg_update__'))('%s', async (_name, { params, inputs, expected }) => {
    const delta = computeStdpUpdate(
      goldenTensor(inputs.weights, HWC),
      goldenTensor(inputs.pre_spike_times, HWC),
      Number(inputs.post_spike_time),
      { etaPlus: params.lr_plus, etaMinus: params.lr_minus, weightDependence: weightDependence(params.variant) },
    );
    await expectClose(delta, expected.delta, TOLERANCE, HWC);
  });

  it('first spike times', async () => {
    const { inputs, expected } = goldenCase('spikeseg_first_times__0');
    const spikes = goldenTensor(inputs.spikes, NHWC);
    await expectClose(getFirstSpikeTimes(spikes), expected.times, 0, HWC);
    await expectClose(getFirstSpikeTimes(spikes, -1), expected.times_minus1, 0, HWC);
    await expectClose(getFirstSpikeTimes(tf.cumsum(spikes, 0)), expected.times_cumulative, 0, HWC);
  });

  it.each(goldenCase('spikeseg_receptive_field__0').expected.cases.slice(0, -1) as readonly Field[])(
    'receptive field at ($post_y, $post_x), kernel $kernel_size, stride $stride, padding $padding',
    async ({ post_y, post_x, kernel_size, stride, padding, times }) => {
      await expectClose(extractReceptiveFieldTimes(preTimes(), post_y, post_x, kernel_size, stride, padding), times, 0, HWC);
    },
  );

  it('a receptive field wholly outside is an error, as the page of the peer promises (its code returns Infinity)', () => {
    expect(() => extractReceptiveFieldTimes(preTimes(), 9, 9, 3)).toThrow('y = 9 sees 9 … 11, outside the padded image 0 … 5');
  });
});

interface Field {
  readonly post_y: number;
  readonly post_x: number;
  readonly kernel_size: number;
  readonly stride: number;
  readonly padding: number;
  readonly times: GoldenTensor;
}

const preTimes = (): tf.Tensor => goldenTensor(goldenCase('spikeseg_receptive_field__0').inputs.pre_spike_times, HWC);

describe('spikeseg: STDPLearner', () => {
  it('configurations', () => {
    const { expected } = goldenCase('spikeseg_config__0');
    const ours = {
      default: stdpConfigDefaults,
      kheradpisheh2018: stdpConfigFromPaper('kheradpisheh2018'),
      igarss2023: stdpConfigFromPaper('IGARSS2023'),
    };
    for (const [name, config] of Object.entries(ours)) {
      const golden = expected[name];
      expect(config).toEqual({
        etaPlus: golden.lr_plus,
        etaMinus: golden.lr_minus,
        wMin: golden.weight_min,
        wMax: golden.weight_max,
        weightDependence: weightDependence(golden.variant),
        convergenceThreshold: golden.convergence_threshold,
        weightInitMean: golden.weight_init_mean,
        weightInitStd: golden.weight_init_std,
      });
    }
  });

  it.each(casesOf(learner))('%s', async (_name, golden) => {
    const { params, inputs, expected } = golden;
    const owner = new STDPLearner({ ...learnerParams(golden), weightInitMean: params.weight_init_mean ?? 0.8 });
    const rule = learner.rule(golden);
    const steps: tf.Tensor[] = [];
    const byRule: tf.Tensor[] = [];
    let w = goldenTensor(inputs.weights, HWC);
    for (const update of inputs.updates) {
      const times = goldenTensor(update.pre_spike_times, HWC);
      const { post_spike_time, winner_y, winner_x, stride, padding } = update;
      const field = extractReceptiveFieldTimes(times, winner_y, winner_x, params.kernel_size, stride, padding);
      const fired = tf.reshape(tf.lessEqual(field, tf.mul(tf.onesLike(field), Number(post_spike_time))), [-1]);
      const layers = rule.init({ pre: fired.shape, post: [1] });
      byRule.push(tf.reshape(rule.step({ pre: fired, post: [1] }, tf.reshape(w, [-1, 1]), layers)[0], w.shape));
      w = await owner.updateWeightsForWinner(w, times, post_spike_time, winner_y, winner_x, params.kernel_size, stride, padding);
      steps.push(w);
    }
    await expectClose(tf.stack(byRule), expected.weights, TOLERANCE, [0, 2, 3, 1]);
    await expectClose(tf.stack(steps), expected.weights, TOLERANCE, [0, 2, 3, 1]);
    expect(owner.updateCount).toBe(expected.update_count);
    expect(owner.stats).toMatchObject({ nLtp: expected.n_ltp, nLtd: expected.n_ltd });
    expect(owner.stats.meanDelta).toBeCloseTo(expected.mean_delta, 5);
    expect(await owner.hasConverged(w)).toBe(Boolean(expected.has_converged));
    expect(owner.convergenceHistory).toEqual(await Promise.all(steps.map((step) => computeConvergenceMetric(step))));
    owner.convergenceHistory.forEach((metric, index) => {
      expect(metric).toBeCloseTo(expected.convergence_history[index], 5);
    });
  });

  it('convergence', async () => {
    const { params, inputs, expected } = goldenCase('spikeseg_convergence__0');
    const weights: readonly tf.Tensor[] = inputs.weights.map((golden: GoldenTensor) => goldenTensor(golden));
    for (const [index, w] of weights.entries()) {
      expect(await computeConvergenceMetric(w)).toBeCloseTo(expected.metric[index], 5);
      expect(await hasConverged(w, params.threshold[0])).toBe(Boolean(expected.converged_001[index]));
      expect(await hasConverged(w, params.threshold[1])).toBe(Boolean(expected.converged_second[index]));
    }
  });
});

describe('spikeseg: batch update', () => {
  /** The mean over the updates of each map, one `computeStdpUpdate` after the other, with fields where they belong. */
  async function meanPerMap(w: tf.Tensor, pre: tf.Tensor, post: tf.Tensor, mask: tf.Tensor | undefined, params: object) {
    const [times, winners] = [await values(post), mask === undefined ? undefined : await values(mask)];
    const [, height = 0, width = 0, maps = 0] = post.shape;
    const perMap: tf.Tensor[][] = Array.from({ length: maps }, () => []);
    for (const [index, time] of times.entries()) {
      if (time === Number.POSITIVE_INFINITY || winners?.[index] === 0) continue;
      const [map, x] = [index % maps, Math.floor(index / maps) % width];
      const y = Math.floor(index / maps / width) % height;
      const image = Math.floor(index / maps / width / height);
      const field = extractReceptiveFieldTimes(tf.gather(pre, image), y, x, 3, 1, 1);
      perMap[map]?.push(computeStdpUpdate(tf.gather(w, map, 3), field, time, params));
    }
    const silent = tf.zeros(w.shape.slice(0, 3));
    return tf.stack(
      perMap.map((updates) => (updates.length === 0 ? silent : tf.mean(tf.stack(updates), 0))),
      3,
    );
  }

  const load = (name: string) => {
    const { params, inputs, expected } = goldenCase(name);
    const mask: tf.Tensor | undefined = inputs.winner_mask === null ? undefined : goldenTensor(inputs.winner_mask, NHWC);
    const [w, pre] = [goldenTensor(inputs.weights, KERNEL), goldenTensor(inputs.pre_spike_times, NHWC)];
    return { w, pre, post: goldenTensor(inputs.post_spike_times, NHWC), mask, eta: rates(params), expected };
  };
  const rates = (params: { readonly lr_plus: number; readonly lr_minus: number }) => ({
    etaPlus: params.lr_plus,
    etaMinus: params.lr_minus,
  });

  it('agrees with the peer on a map whose fields lie in the image, but for its average over the updates of all maps', async () => {
    const { w, pre, post, mask, eta, expected } = load('spikeseg_batch_update__mask');
    const delta = await new STDPLearner(eta).computeBatchUpdate(w, pre, post, mask);
    const golden = tf.mul(goldenTensor(expected.delta, KERNEL), 4 / 2); // 4 updates in all, 2 of them of map 2
    const difference = tf.max(tf.abs(tf.sub(tf.gather(delta, 2, 3), tf.gather(golden, 2, 3))));
    expect((await values(difference))[0]).toBeLessThan(TOLERANCE);
  });

  it.each([
    ['spikeseg_batch_update__mask', 'soft'],
    ['spikeseg_batch_update__mask', 'additive'],
    ['spikeseg_batch_update__nomask', 'soft'],
    ['spikeseg_batch_update__nomask', 'additive'],
  ] as const)(
    '%s, %s: the rule that was asked for and fields in their place (the peer: always soft, shifted at the top and left)',
    async (name, dependence) => {
      const { w, pre, post, mask, eta } = load(name);
      const params = { ...eta, weightDependence: dependence };
      const learner = new STDPLearner(params);
      const delta = await learner.computeBatchUpdate(w, pre, post, mask);
      const mean = await meanPerMap(w, pre, post, mask, params);
      const wanted = await values(tf.sub(tf.clipByValue(tf.add(w, mean), 0, 1), w));
      for (const [index, value] of (await values(delta)).entries()) expect(value).toBeCloseTo(wanted[index] ?? Number.NaN, 6);
      expect(learner.convergenceHistory).toEqual([await computeConvergenceMetric(tf.add(w, delta))]);
    },
  );
});
