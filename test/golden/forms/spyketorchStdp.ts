import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { getKWinners } from '../../../src/competition/kWinners.js';
import { pointwiseInhibition } from '../../../src/competition/pointwiseInhibition.js';
import type { Winner } from '../../../src/competition/winner.js';
import { fire, thresholdPotentials } from '../../../src/neurons/fire.js';
import { latencyStdpWinners } from '../../../src/rules/latency/latencyStdpWinners.js';
import type { Rule } from '../../../src/rules/rule.js';
import { maxPoolSpikes } from '../../../src/topologies/maxPool.js';
import { waysOf } from '../../target.js';
import { expectClose, single } from '../compare.js';
import type { Form } from '../form.js';
import { type GoldenCase, type GoldenTensor, goldenTensor } from '../load.js';
import * as loops from '../loops/spyketorchStdp.js';
import { weightOrder } from '../loops/wiring.js';
import { unmetered } from '../meter.js';
import { latency, latencyParams, listedWinners, reward } from '../peers/spyketorch.js';
import { at } from '../series.js';
import { CHANNELS_LAST, firstTimes, places, wave } from '../waves.js';

/** A rule shown a wave step by step, with the winners firing at their time; the reward comes with the last step. */
function stepByStep(
  rule: Rule<object>,
  start: tf.Tensor,
  spikes: tf.Tensor,
  winners: readonly Winner[],
  rewarded?: number,
): tf.Tensor {
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

/** Times of first spikes, [y][x][map]; none without outputs. */
const timesOf = async (outputs: tf.Tensor | undefined): Promise<number[][][]> =>
  outputs === undefined ? [] : (firstTimes(outputs).array() as Promise<number[][][]>);

async function stdp(golden: GoldenCase): Promise<void> {
  const { inputs, expected, params } = golden;
  const order = weightOrder(inputs.weight);
  const input = wave(inputs.input_spikes);
  const preTimes = firstTimes(input);
  const outputs = inputs.output_spikes === undefined ? undefined : wave(inputs.output_spikes);
  const postTimes = await timesOf(outputs);
  const winners = listedWinners(golden).map(([channel, y, x]) => ({ channel, y, x, time: postTimes[y]?.[x]?.[channel] ?? 0 }));

  if (inputs.potentials !== undefined && outputs !== undefined) {
    const potentials = thresholdPotentials(wave(inputs.potentials), params.threshold);
    await expectClose(tf.sign(potentials), inputs.output_spikes, 0, CHANNELS_LAST);
    const found = await getKWinners(potentials, { k: params.kwta, inhibitionRadius: params.inhibition_radius, spikes: outputs });
    expect(found).toEqual(winners);
  }
  if (expected.pairings !== undefined) await pairings(golden, preTimes, winners);

  // A case holds the weights after one call, or after each of several calls with the same input.
  const after: GoldenTensor = expected.weight;
  const several = after.shape.length > inputs.weight.shape.length;
  const ways: readonly (readonly [string, (w: tf.Tensor) => tf.Tensor])[] = [
    ['winners', (w) => latencyStdpWinners(w, preTimes, winners, latencyParams(golden))],
    ['latencyStdp', (w) => stepByStep(latency.rule(golden), w, input, winners)],
    ['rewardStdp, rewarded', (w) => stepByStep(reward.rule(golden), w, input, winners, 1)],
    ['rewardStdp, punished', (w) => stepByStep(reward.rule(golden), w, input, winners, -1)],
  ];
  // Step by step only neurons that fire can win.
  const stepwise = !latency.apart(unmetered(golden)) && winners.every(({ time }) => Number.isFinite(time));
  for (const [, learn] of waysOf(stepwise ? ways : ways.slice(0, 1), golden.case)) {
    let w = goldenTensor(inputs.weight, order);
    for (let call = 0; call < (several ? (after.shape[0] ?? 0) : 1); call++) {
      w = learn(w);
      await expectClose(w, several ? at(after, call) : after, single, order);
    }
  }
}

/** Which inputs of each winner fired before it or with it. */
async function pairings({ inputs, expected }: GoldenCase, preTimes: tf.Tensor, winners: readonly Winner[]): Promise<void> {
  const [, channels, kh, kw] = inputs.weight.shape;
  const found = winners.map(({ y, x, time }) => tf.lessEqual(tf.slice(preTimes, [y, x, 0], [kh, kw, channels]), time));
  await expectClose(tf.cast(tf.stack(found), 'float32'), expected.pairings, 0, CHANNELS_LAST);
}

const padded = (spikes: tf.Tensor, border: number): tf.Tensor4D =>
  tf.pad4d(spikes as tf.Tensor4D, [
    [0, 0],
    [border, border],
    [border, border],
    [0, 0],
  ]);

/** Two layers, trained one after the other as the peer does: the same winners, the same weights after each image. */
async function network(golden: GoldenCase): Promise<void> {
  const { params, inputs, expected } = golden;
  const pool = loops.poolOf(params.pool);
  const rates = latencyParams(golden);
  const count: number = inputs.images.shape[0];
  const images = Array.from({ length: count }, (_, index) => padded(wave(at(inputs.images, index)), params.pad));
  const conv = (input: tf.Tensor4D, w: tf.Tensor) => tf.conv2d(input, w as tf.Tensor4D, 1, 'valid');
  const train = async (waves: readonly tf.Tensor4D[], layer: 1 | 2): Promise<tf.Tensor> => {
    const [start, threshold, k, inhibitionRadius] = [
      inputs[`w${layer}`],
      ...['threshold', 'kwta', 'r'].map((name) => params[`${name}${layer}`]),
    ];
    const order = weightOrder(start);
    let w = goldenTensor(start, order);
    for (const [index, input] of waves.entries()) {
      const potentials = pointwiseInhibition(thresholdPotentials(conv(input, w), threshold));
      const winners = await getKWinners(potentials, { k, inhibitionRadius });
      expect(places(winners)).toEqual(expected[`winners${layer}`][index]);
      w = latencyStdpWinners(w, firstTimes(input), winners, rates);
      await expectClose(w, at(expected[`w${layer}`], index), single, order);
    }
    return w;
  };
  const w1 = await train(images, 1);
  const hidden = images.map((image) => {
    const spikes = fire(conv(image, w1), params.threshold1);
    return padded(maxPoolSpikes(spikes, pool.size, pool.stride), pool.pad);
  });
  await train(hidden, 2);
}

export const forms: readonly Form[] = [
  { cases: latency.cases, check: stdp, loops: loops.stdp },
  { cases: 'spyketorch_network__', check: network, loops: loops.network },
];
