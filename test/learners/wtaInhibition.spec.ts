import * as tf from '@tensorflow/tfjs-core';
import { isNone, toNullable } from 'fp-ts/lib/Option.js';
import { describe, expect, it } from 'vitest';
import { WTAInhibition } from '../../src/learners/wtaInhibition.js';

const values = async (tensor: tf.Tensor | null): Promise<number[]> => Array.from((await tensor?.data()) ?? []);

/** One image of one map of three neurons in a row. */
const row = (...entries: readonly number[]): tf.Tensor => tf.tensor(entries, [1, 1, 3, 1]);
const still = { enableHomeostasis: false } as const;

describe('WTAInhibition', () => {
  it('keeps the winner of the latest forward, a copy for each who asks', async () => {
    const wta = new WTAInhibition(still);
    expect(isNone(wta.getWinnerMask())).toBe(true);
    wta.forward(row(1, 1, 0), row(1, 2, 3)).winnerMask.dispose();
    const mask = toNullable(wta.getWinnerMask());
    expect(await values(mask)).toEqual([0, 1, 0]);
    mask?.dispose();
    expect(await values(toNullable(wta.getWinnerMask()))).toEqual([0, 1, 0]);
  });

  it('both: only the winners of their maps silence their neighbours', async () => {
    const result = new WTAInhibition({ ...still, mode: 'both', localRadius: 1 }).forward(
      tf.tensor([1, 0, 0, 0, 1, 0, 0, 0], [1, 1, 4, 2]),
      tf.tensor([1, 1, 1, 1, 2, 1, 1, 1], [1, 1, 4, 2]),
    );
    expect(await values(result.winnerMask)).toEqual([0, 0, 0, 0, 1, 0, 0, 0]); // map 0, x = 2
    expect(await values(result.membrane)).toEqual([0, 1, 0, 0, 0, 0, 0, 0]); // map 1 is silenced at x = 1 … 3
  });

  it('a given threshold drops weaker spikes, by the potentials before the reset (the peer ignores it)', async () => {
    const wta = new WTAInhibition({ ...still, mode: 'local', localRadius: 0 });
    expect(await values(wta.forward(row(1, 1, 1), row(1, 2, 3), undefined, 2).spikes)).toEqual([0, 1, 1]);
    expect(await values(wta.forward(row(1, 1, 1), row(0, 0, 0), row(1, 2, 3), row(1, 9, 9)).spikes)).toEqual([1, 0, 0]);
    expect(await wta.statistics()).toEqual({ totalSpikes: 6, totalWinners: 3, presentations: 2 });
  });

  it('adaptive thresholds follow the spikes that remain and drop none', async () => {
    const config = { targetRate: 0.5, homeostasisRate: 0.1 };
    const wta = new WTAInhibition(config, 1, [1, 3], 20);
    expect(await values(wta.forward(row(1, 1, 0), row(1, 2, 3)).spikes)).toEqual([0, 1, 0]);
    const thresholds = toNullable(wta.getThresholds(2));
    expect(thresholds?.shape).toEqual([2, 1, 3, 1]);
    expect(await values(thresholds)).toEqual([19, 21, 19, 19, 21, 19]);
  });

  it('counts on demand: winners per spike that came in, 0 in silence', async () => {
    const wta = new WTAInhibition(still);
    expect(await wta.winnerRatio()).toBe(0);
    wta.forward(row(0, 0, 0), row(1, 2, 3));
    expect(await wta.winnerRatio()).toBe(0);
    wta.forward(row(1, 1, 0), row(1, 2, 3));
    expect(await wta.winnerRatio()).toBe(0.5);
    expect(await wta.statistics()).toEqual({ totalSpikes: 2, totalWinners: 1, presentations: 2 });
    wta.resetStatistics();
    expect(await wta.statistics()).toEqual({ totalSpikes: 0, totalWinners: 0, presentations: 0 });
    expect(await values(toNullable(wta.getWinnerMask()))).toEqual([0, 1, 0]);
    const blind = new WTAInhibition({ ...still, trackStatistics: false });
    blind.forward(row(1, 1, 0), row(1, 2, 3));
    expect(await blind.statistics()).toEqual({ totalSpikes: 0, totalWinners: 0, presentations: 0 });
  });

  it('has no thresholds without homeostasis, and needs the size of the layer with it', () => {
    expect(isNone(new WTAInhibition(still).getThresholds())).toBe(true);
    expect(() => new WTAInhibition({})).toThrow('WTAInhibition: nChannels and spatialShape are needed with enableHomeostasis');
    expect(() => new WTAInhibition({}, 1, [1, 3], 0.5)).toThrow('initialThreshold must be in [1, 100], got 0.5');
  });

  it('lives through a tidy around it, holds six tensors and lets go of all', async () => {
    const [spikes, membrane] = [row(1, 1, 0), row(1, 2, 3)];
    const before = tf.memory().numTensors;
    const wta = new WTAInhibition({}, 1, [1, 3]);
    for (let count = 0; count < 3; count++) tf.tidy(() => void wta.forward(spikes, membrane));
    expect(tf.memory().numTensors).toBe(before + 6); // mask, counts and their rest, thresholds, spike counts and their rest
    expect(await wta.winnerRatio()).toBe(0.5);
    expect(() =>
      wta.forward(
        tf.tidy(() => tf.ones([2, 2])),
        membrane,
      ),
    ).toThrow('spikes has shape [2, 2]');
    const strange = tf.ones([1, 1, 2, 1]);
    expect(() => wta.forward(strange, strange)).toThrow('spikes has shape [1, 1, 2, 1], the thresholds [1, 3, 1]');
    expect(tf.memory().numTensors).toBe(before + 8); // the two that were just made
    wta.dispose();
    expect(tf.memory().numTensors).toBe(before + 2);
  });
});
