import * as tf from '@tensorflow/tfjs-core';
import { sumOf } from '../core/tensors.js';
import { mapTensors } from '../core/trees.js';
import { expectEqual, numbers } from './expect.js';
import type { FixtureStep } from './fixtures.js';
import type { Trial } from './trial.js';

/** The samples of a step or a state, changed: what belongs to synapses alone stays. */
const ofSamples = (spikes: FixtureStep, change: (tensor: tf.Tensor) => tf.Tensor): FixtureStep => ({
  ...spikes,
  pre: change(spikes.pre),
  post: change(spikes.post),
});

/** By `gather`: on webgpu tfjs can't reverse tensors of more than four dimensions. */
const reversed = (tensor: tf.Tensor): tf.Tensor => {
  const [samples = 1] = tensor.shape;
  return tf.gather(tensor, tf.range(samples - 1, -1, -1, 'int32'));
};

/** What samples that come together have to do with each other. */
export const batchLaws = {
  'a batch of one is no batch': async (trial: Trial) => {
    const [one, none] = [trial.cases(1), trial.cases()];
    const runs = [trial.advance(trial.start(one), one, 0, 3), trial.advance(trial.start(none), none, 0, 3)] as const;
    expectEqual(await numbers(runs[0]), await numbers(runs[1]), 1e-6, 'w and state');
  },
  'batch order: the samples of a batch may come in any order': async (trial: Trial) => {
    const cases = trial.cases(3);
    const start = trial.start(cases);
    const one = trial.advance(start, cases, 0, 4);
    const backwards = { ...start, state: mapTensors(start.state, reversed) };
    const other = trial.advance(backwards, cases, 0, 4, (spikes) => ofSamples(spikes, reversed));
    expectEqual(await numbers(other.w), await numbers(one.w), 1e-6, 'w');
    expectEqual(await numbers(mapTensors(other.state, reversed)), await numbers(one.state), 1e-6, 'state');
  },
} as const;

/** What a rule promises whose batches sum. */
export const batchSumLaws = {
  'batch: it changes weights by the sum of its samples': async (trial: Trial) => {
    const cases = trial.cases(3);
    const { w, state } = trial.start(cases);
    const change = (pick: (tensor: tf.Tensor) => tf.Tensor) => {
      const next = trial.step(ofSamples(cases.spikes(0), pick), { w, state: mapTensors(state, pick) });
      return tf.sub(trial.step(ofSamples(cases.spikes(1), pick), { ...next, w }).w, w);
    };
    const parts = [0, 1, 2].map((sample) => change((tensor) => tf.slice(tensor, sample, 1)));
    expectEqual(await numbers(change((tensor) => tensor)), await numbers(sumOf(parts)), 1e-5, 'Δw');
  },
} as const;
