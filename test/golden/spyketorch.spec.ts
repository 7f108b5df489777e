import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { featureInhibition } from '../../src/competition/featureInhibition.js';
import { getKWinners } from '../../src/competition/kWinners.js';
import { pointwiseInhibition } from '../../src/competition/pointwiseInhibition.js';
import type { Winner } from '../../src/competition/winner.js';
import { filterImages } from '../../src/encoders/filterBank.js';
import { dogKernel, gaborKernel } from '../../src/encoders/filters.js';
import { intensityToLatency, latencyToWave } from '../../src/encoders/intensityToLatency.js';
import { lateralIntensityInhibition } from '../../src/encoders/lateralIntensityInhibition.js';
import { localNormalization } from '../../src/encoders/localNormalization.js';
import { fire, thresholdPotentials } from '../../src/neurons/fire.js';
import { latencyStdpWinners } from '../../src/rules/latencyStdpWinners.js';
import type { Rule } from '../../src/rules/rule.js';
import { maxPoolSpikes } from '../../src/topologies/maxPool.js';
import { waysOf } from '../target.js';
import { casesOf } from './families.js';
import { expectClose, type GoldenTensor, goldenCase, goldenCases, goldenTensor } from './load.js';
import { latency, latencyParams, reward } from './peers/spyketorch.js';

/** [T, C, H, W] → [T, H, W, C], also for images. */
const CHANNELS_LAST = [0, 2, 3, 1];
/** [out, in, kh, kw] → [kh, kw, in, out]. */
const WEIGHTS = [2, 3, 1, 0];
const TOLERANCE = 3e-5;

const wave = (golden: GoldenTensor): tf.Tensor => goldenTensor(golden, CHANNELS_LAST);

/** Latency of each neuron of a cumulative wave [T, …]: T − number of ones, Infinity without any. */
const firstTimes = (spikes: tf.Tensor): tf.Tensor => {
  const count = tf.sum(spikes, 0);
  const silent = tf.equal(count, tf.zerosLike(count));
  return tf.where(silent, tf.fill(count.shape, Number.POSITIVE_INFINITY), tf.sub(spikes.shape[0] ?? 0, count));
};

const places = (winners: readonly Winner[]): number[][] => winners.map(({ channel, y, x }) => [channel, y, x]);

describe('SpykeTorch fire, threshold, inhibition, pooling', () => {
  it('spyketorch_fn__0', async () => {
    const { params, inputs, expected } = goldenCase('spyketorch_fn__0');
    const potentials = wave(inputs.potentials);
    const thresholded = thresholdPotentials(potentials, params.threshold);
    const same = (actual: tf.Tensor, golden: GoldenTensor) => expectClose(actual, golden, 0, CHANNELS_LAST);
    await same(fire(potentials, params.threshold), expected.fire);
    await same(thresholded, expected.thresholded);
    await same(fire(potentials), expected.fire_none);
    await same(thresholdPotentials(potentials), expected.threshold_none);
    await same(pointwiseInhibition(thresholded), expected.pointwise);
    await same(tf.sign(pointwiseInhibition(thresholded)), expected.pointwise_spikes);
    await same(maxPoolSpikes(fire(potentials, params.threshold), 2), expected.pooling_2_2);
    await same(maxPoolSpikes(thresholded, 3, 2, 1), expected.pooling_3_2_1);
    await same(featureInhibition(thresholded, params.inhibited_features), expected.feature_inhibition);
  });

  it('spyketorch_fire__exact_threshold', async () => {
    const { params, inputs, expected } = goldenCase('spyketorch_fire__exact_threshold');
    await expectClose(fire(wave(inputs.potentials), params.threshold), expected.fire, 0, CHANNELS_LAST);
    await expectClose(thresholdPotentials(wave(inputs.potentials), params.threshold), expected.thresholded, 0, CHANNELS_LAST);
  });
});

describe('SpykeTorch get_k_winners', () => {
  it.each(['spyketorch_kwinners__0', 'spyketorch_kwinners__ties'])('%s', async (name) => {
    const { inputs, expected } = goldenCase(name);
    const potentials = wave(inputs.potentials);
    const spikes = wave(inputs.spikes);
    const inhibited = pointwiseInhibition(potentials);
    await expectClose(inhibited, inputs.pointwise ?? expected.pointwise, 0, CHANNELS_LAST);
    expect(expected.cases.length).toBeGreaterThan(0);
    for (const golden of expected.cases) {
      const options = { k: golden.kwta, inhibitionRadius: golden.inhibition_radius };
      expect(places(await getKWinners(potentials, { ...options, spikes }))).toEqual(golden.winners);
      expect(places(await getKWinners(potentials, options))).toEqual(golden.winners_spikes_none ?? golden.winners);
      expect(places(await getKWinners(inhibited, options))).toEqual(golden.winners_after_pointwise);
    }
  });

  it('spyketorch_kwinners__last_layer', async () => {
    const { inputs, expected } = goldenCase('spyketorch_kwinners__last_layer');
    const potentials = wave(inputs.potentials);
    const spikes = fire(potentials);
    await expectClose(spikes, expected.spikes, 0, CHANNELS_LAST);
    expect(places(await getKWinners(potentials, { spikes }))).toEqual(expected.winners);
  });

  it('spyketorch_kwinners__silent', async () => {
    const { inputs, expected } = goldenCase('spyketorch_kwinners__silent');
    const potentials = wave(inputs.potentials);
    expect(await getKWinners(potentials, { k: 3 })).toEqual(expected.winners);
    await expectClose(pointwiseInhibition(potentials), expected.pointwise, 0, CHANNELS_LAST);
  });
});

/** A rule shown a wave step by step, with the winners firing at their time; the reward comes with the last step. */
function stepByStep(
  rule: Rule<object>,
  start: tf.Tensor,
  input: GoldenTensor,
  winners: readonly Winner[],
  rewarded?: number,
): tf.Tensor {
  const spikes = wave(input);
  const [steps = 0, height = 0, width = 0] = spikes.shape;
  const [kh = 0, kw = 0, , maps = 0] = start.shape;
  const shape = [height - kh + 1, width - kw + 1, maps];
  let [w, state] = [start, rule.init({ pre: spikes.shape.slice(1), post: shape, w: start.shape })];
  for (const [time, pre] of tf.unstack(spikes).entries()) {
    const post = tf.buffer<tf.Rank>(shape);
    for (const { channel, y, x, time: own } of winners) if (own === time) post.set(1, y, x, channel);
    const last = rewarded !== undefined && time === steps - 1;
    [w, state] = rule.step({ pre, post: post.toTensor(), ...(last && { reward: rewarded }) }, w, state);
  }
  return w;
}

describe('SpykeTorch STDP', () => {
  it.each(goldenCases('spyketorch_stdp__'))('%s', async (name, golden) => {
    const { inputs, expected, params } = golden;
    const preTimes = firstTimes(wave(inputs.input_spikes));
    const outputs = inputs.output_spikes === undefined ? undefined : wave(inputs.output_spikes);
    const postTimes = outputs === undefined ? undefined : await (firstTimes(outputs).array() as Promise<number[][][]>);
    const listed: number[][] = inputs.winners ?? expected.winners ?? [];
    const winners = listed.map(([channel = 0, y = 0, x = 0]) => ({ channel, y, x, time: postTimes?.[y]?.[x]?.[channel] ?? 0 }));

    if (inputs.potentials !== undefined && outputs !== undefined) {
      const potentials = thresholdPotentials(wave(inputs.potentials), params.threshold);
      const found = await getKWinners(potentials, {
        k: params.kwta,
        inhibitionRadius: params.inhibition_radius,
        spikes: outputs,
      });
      expect(found).toEqual(winners);
    }

    // A case holds the weights after one call, or after each of several calls with the same input.
    const after: GoldenTensor = expected.weight;
    const calls = after.shape.length === 5 ? (after.shape[0] ?? 0) : 1;
    const size = after.data.length / calls;
    const first = goldenTensor(inputs.weight, WEIGHTS);
    const ways: readonly (readonly [string, (w: tf.Tensor) => tf.Tensor])[] = [
      ['winners', (w) => latencyStdpWinners(w, preTimes, winners, latencyParams(golden))],
      ['latencyStdp', (w) => stepByStep(latency.rule(golden), w, inputs.input_spikes, winners)],
      ['rewardStdp, rewarded', (w) => stepByStep(reward.rule(golden), w, inputs.input_spikes, winners, 1)],
      ['rewardStdp, punished', (w) => stepByStep(reward.rule(golden), w, inputs.input_spikes, winners, -1)],
    ];
    const together = casesOf(latency).some(([own]) => own === name);
    for (const [, learn] of waysOf(together ? ways : ways.slice(0, 1), name)) {
      let w: tf.Tensor = first;
      for (let call = 0; call < calls; call++) {
        w = learn(w);
        const wanted = { shape: after.shape.slice(-4), dtype: 'float32', data: after.data.slice(call * size, (call + 1) * size) };
        await expectClose(w, wanted, TOLERANCE, WEIGHTS);
      }
    }
  });

  it.each(goldenCases('spyketorch_stdp__').filter(([, { expected }]) => expected.pairings !== undefined))(
    '%s: pairings',
    async (_, { inputs, expected }) => {
      const preTimes = firstTimes(wave(inputs.input_spikes)) as tf.Tensor3D;
      const postTimes = await (firstTimes(wave(inputs.output_spikes)).array() as Promise<number[][][]>);
      const pairings = expected.winners.map(([channel, y, x]: [number, number, number]) =>
        tf.lessEqual(tf.slice(preTimes, [y, x, 0], [3, 3, preTimes.shape[2]]), postTimes[y]?.[x]?.[channel] ?? 0),
      );
      await expectClose(
        tf.cast(tf.stack(pairings), 'float32'),
        { ...expected.pairings, data: expected.pairings.data },
        0,
        [0, 2, 3, 1],
      );
    },
  );
});

describe('SpykeTorch encoding', () => {
  it('spyketorch_kernels__0', async () => {
    const { params, expected } = goldenCase('spyketorch_kernels__0');
    expect(params.dog.length + params.gabor.length).toBe(4);
    for (const [index, [size, sigma1, sigma2]] of params.dog.entries())
      await expectClose(dogKernel(size, sigma1, sigma2), expected[`dog_${index}`], 1e-6);
    for (const [index, [size, degrees]] of params.gabor.entries())
      await expectClose(gaborKernel(size, degrees), expected[`gabor_${index}`], 1e-6);
  });

  const { params, inputs, expected } = goldenCase('spyketorch_encode__0');
  const normalized = () => wave(expected.normalized);

  it('spyketorch_encode__0: filters and normalisation', async () => {
    const kernels = params.dog.map(([size, sigma1, sigma2]: [number, number, number]) => dogKernel(size, sigma1, sigma2));
    const filtered = filterImages(wave(inputs.image), kernels, { pad: params.padding, threshold: params.threshold });
    await expectClose(filtered, expected.filtered, TOLERANCE, CHANNELS_LAST);
    await expectClose(localNormalization(filtered, params.normalization_radius), expected.normalized, TOLERANCE, CHANNELS_LAST);
  });

  it('spyketorch_encode__0: latencies, the remainder dropped as in the peer', async () => {
    const latencies = intensityToLatency(normalized(), params.timesteps, { remainder: 'drop' });
    const spikes = tf.squeeze(latencyToWave(latencies, params.timesteps), [1]);
    await expectClose(spikes, expected.spikes, 0, CHANNELS_LAST);
    await expectClose(tf.mul(spikes, normalized()), expected.latency, TOLERANCE, CHANNELS_LAST);
  });

  it('spyketorch_encode__0: nothing is lost by default (the peer loses the n mod T weakest)', async () => {
    const latencies = await intensityToLatency(normalized(), params.timesteps).data();
    const nonZero = (expected.normalized.data as number[]).filter((value) => value !== 0).length;
    expect(nonZero % params.timesteps).not.toBe(0);
    const counts = Array.from({ length: params.timesteps }, (_, bin) => latencies.filter((time) => time === bin).length);
    const each = Math.floor(nonZero / params.timesteps);
    const last = nonZero - (params.timesteps - 1) * each;
    expect(counts).toEqual([...new Array(params.timesteps - 1).fill(each), last]);
  });

  it('spyketorch_lateral_intensity__0', async () => {
    const golden = goldenCase('spyketorch_lateral_intensity__0');
    const raised = lateralIntensityInhibition(wave(golden.inputs.x), golden.params.percents);
    await expectClose(raised, golden.expected.y, TOLERANCE, CHANNELS_LAST);
  });
});

describe('spyketorch_network__0', () => {
  const { params, inputs, expected } = goldenCase('spyketorch_network__0');
  const [count, steps, channels, height, width] = inputs.images.shape;
  const [etaPlus, negativeEtaMinus] = params.learning_rate;
  const rates = { etaPlus, etaMinus: -negativeEtaMinus };
  const images = tf.util.sizeFromShape([steps, channels, height, width]);

  const image = (index: number): tf.Tensor4D =>
    wave({
      shape: [steps, channels, height, width],
      dtype: 'float32',
      data: inputs.images.data.slice(index * images, (index + 1) * images),
    }) as tf.Tensor4D;

  const nth = (golden: GoldenTensor, index: number): GoldenTensor => {
    const size = golden.data.length / count;
    return { shape: golden.shape.slice(1), dtype: 'float32', data: golden.data.slice(index * size, (index + 1) * size) };
  };

  const padded = (spikes: tf.Tensor4D): tf.Tensor4D => {
    const border: [number, number] = [params.pad, params.pad];
    return tf.pad4d(spikes, [[0, 0], border, border, [0, 0]]);
  };

  it('trains two layers as the peer does: the same winners, the same weights after each image', async () => {
    let w1 = goldenTensor(inputs.w1, WEIGHTS) as tf.Tensor4D;
    for (let index = 0; index < count; index++) {
      const input = padded(image(index));
      const potentials = pointwiseInhibition(thresholdPotentials(tf.conv2d(input, w1, 1, 'valid'), params.threshold1));
      const winners = await getKWinners(potentials, { k: params.kwta1, inhibitionRadius: params.r1 });
      expect(places(winners)).toEqual(expected.winners1[index]);
      w1 = latencyStdpWinners(w1, firstTimes(input), winners, rates);
      await expectClose(w1, nth(expected.w1, index), TOLERANCE, WEIGHTS);
    }

    let w2 = goldenTensor(inputs.w2, WEIGHTS) as tf.Tensor4D;
    for (let index = 0; index < count; index++) {
      const hidden = fire(tf.conv2d(padded(image(index)), w1, 1, 'valid'), params.threshold1);
      const input = padded(maxPoolSpikes(hidden, 2));
      const potentials = pointwiseInhibition(thresholdPotentials(tf.conv2d(input, w2, 1, 'valid'), params.threshold2));
      const winners = await getKWinners(potentials, { k: params.kwta2, inhibitionRadius: params.r2 });
      expect(places(winners)).toEqual(expected.winners2[index]);
      w2 = latencyStdpWinners(w2, firstTimes(input), winners, rates);
      await expectClose(w2, nth(expected.w2, index), TOLERANCE, WEIGHTS);
    }
  });
});
