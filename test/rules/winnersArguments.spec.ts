import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { doubledRates } from '../../src/rules/homeostasis/adaptRates.js';
import { kernelStdp } from '../../src/rules/lastSpike/kernelStdp.js';
import { computeStdpBatchUpdate } from '../../src/rules/latency/computeStdpBatchUpdate.js';
import { computeStdpUpdate } from '../../src/rules/latency/computeStdpUpdate.js';
import { countEarlyInputs } from '../../src/rules/latency/earlyInputs.js';
import { latencyStdpWinners } from '../../src/rules/latency/latencyStdpWinners.js';
import { rewardStdpWinners } from '../../src/rules/reward/rewardStdpWinners.js';

/** Rates of synapses in every shape that fits w [1, 2, 1, 2]. */
const perSynapse: readonly (readonly [string, () => tf.Tensor])[] = [
  ['[kh, kw, in, out]', () => tf.tensor4d([0.1, 0.2, 0.3, 0.4], [1, 2, 1, 2])],
  ['[kw, in, out]', () => tf.tensor3d([0.1, 0.2, 0.3, 0.4], [2, 1, 2])],
  ['[kw, 1, 1]', () => tf.tensor3d([0.1, 0.2], [2, 1, 1])],
  ['[1, out]', () => tf.tensor2d([[0.1, 0.2]])],
  ['[1, 1, 1, out]', () => tf.tensor4d([0.1, 0.2], [1, 1, 1, 2])],
  ['[1, 1]', () => tf.tensor2d([[0.1]])],
];
const winnerOf = (channel: number) => ({ channel, y: 0, x: 0, time: 3 });

it.each(perSynapse)(
  'rates %s are those of the synapses that they stand for, whoever wins and in whichever order',
  async (_, make) => {
    const [w, times, rates] = [tf.fill([1, 2, 1, 2], 0.5), tf.tensor3d([0, 7], [1, 2, 1]), make()];
    const params = { etaPlus: rates, etaMinus: tf.mul(rates, 0.5), weightDependence: 'soft', wMin: 0, wMax: 1 } as const;
    const seen = tf.add(tf.zerosLike(w), tf.reshape(times, [1, 2, 1, 1]));
    const ordered = tf.add(w, computeStdpUpdate(w, seen, 3, params));
    for (const channels of [[0, 1], [1, 0], [0], [1]]) {
      const won = tf.tensor4d(
        [0, 1, 0, 1].map((channel) => Number(channels.includes(channel))),
        w.shape as [1, 2, 1, 2],
      );
      const right = await tf.add(w, tf.mul(tf.sub(ordered, w), won)).data();
      const winners = channels.map(winnerOf);
      expect(await latencyStdpWinners(w, times, winners, params).data()).toEqual(right);
      const punished = { ...params, punishedEtaPlus: params.etaPlus, punishedEtaMinus: params.etaMinus };
      expect(await rewardStdpWinners(w, times, winners, 1, punished).data()).toEqual(right);
    }
  },
);

it('rates that fit no synapses are refused in the shape of w', () => {
  const [w, times] = [tf.fill([1, 2, 1, 2], 0.5), tf.tensor3d([0, 7], [1, 2, 1])];
  for (const channels of [[0], [0, 1], []])
    expect(() => latencyStdpWinners(w, times, channels.map(winnerOf), { etaPlus: tf.ones([1, 3]) })).toThrow(
      "latencyStdpWinners: etaPlus has shape [1, 3], which is not one per map and doesn't fit w [1, 2, 1, 2]",
    );
});

it('updates are counted in doubles: in float32 a map would stop at 2^24 of them', () => {
  const geometry = { pre: [0, 1, 1, 1], post: [0, 1, 1, 1], kernel: [1, 1, 1, 1], stride: 1, top: 0, left: 0 };
  const nothing = new Float32Array();
  const { early, updates } = countEarlyInputs(nothing, nothing, nothing, geometry);
  expect([early, updates].every((counts) => counts instanceof Float64Array)).toBe(true);
});

it('no stimulus changes nothing', async () => {
  const change = await computeStdpBatchUpdate([[[[0.5, 0.5]]]], tf.zeros([0, 1, 2, 1]), tf.zeros([0, 1, 2, 2]));
  expect(Array.from(await change.data())).toEqual([0, 0]);
});

it('a rate of 0 stays 0 however often it is doubled', () => {
  expect(doubledRates({ etaPlus: 0, etaMinus: 0 }, 1e9)).toEqual({ etaPlus: 0, etaMinus: 0 });
});

it('a kernel by function must give a change', () => {
  for (const kernel of [() => tf.zeros([3]), () => 1]) {
    const rule = kernelStdp({ kernelPost: kernel as never });
    expect(() => rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }))).toThrow(/^kernelStdp: kernel/);
  }
});
