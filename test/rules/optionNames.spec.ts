import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import * as library from '../../src/entries/everything.js';

const map = (): tf.Tensor => tf.ones([1, 2, 2, 1]);
const times = (): tf.Tensor => tf.ones([2, 2, 1]);
const [weights, rule] = [() => tf.fill([1, 1, 1, 1], 0.5), library.pairStdp()];
const features = { values: Float32Array.of(0, 1), count: 2, size: 1 };
const labels = Uint8Array.of(0, 1);

/** Calls with something that is no record where functions take options. */
const calls: { readonly [name: string]: (options: never) => unknown } = {
  conv2d: (options) => library.conv2d(options),
  getKWinners: (options) => library.getKWinners(map(), options),
  applyLateralInhibition: (options) => library.applyLateralInhibition(times(), { channel: 0, y: 0, x: 0 }, options),
  fitLinearReadout: (options) => library.fitLinearReadout(features, labels, 2, options),
  latencyStdpWinners: (options) => library.latencyStdpWinners(weights(), times(), [], {}, options),
  rewardStdpWinners: (options) => library.rewardStdpWinners(weights(), times(), [], 1, {}, options),
  stdpWindow: (options) => library.stdpWindow(rule, options),
  computeStdpBatchUpdate: (options) => library.computeStdpBatchUpdate(weights(), map(), map(), options),
  generateDigits: (options) => library.generateDigits(1, 1, options),
  filterImages: (options) => library.filterImages(map(), [[[1]]], options),
  poissonEncode: (options) => library.poissonEncode([1], options),
  intensityToLatency: (options) => library.intensityToLatency(map(), 5, options),
};

describe('options that are no record are called options, as the function takes them', () => {
  it.each(Object.entries(calls))('%s', async (name, call) => {
    for (const options of [5, 'pad', [1]])
      await expect((async () => call(options as never))()).rejects.toThrow(`${name}: options must be a record, got`);
  });
});
