import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { sumOf } from '../core/tensors.js';
import { mapTensors } from '../core/trees.js';
import { type ChunkSums, chunkSums } from '../updates/chunkSums.js';
import { combineChunks } from '../updates/combineChunks.js';
import type { Delta } from '../updates/delta.js';
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

/** Three chunks, of which the last is of one sample. */
const [samples, chunk] = [5, 2];

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
  'chunks: whoever sums the chunks of a batch, the bits are the same': async (trial: Trial) => {
    const { rule } = trial;
    const cases = trial.cases(samples);
    const run = trial.advance(trial.start(cases), cases, 0, 2);
    const { shape } = run.w;
    const input = cases.spikes(2);
    const ask = (from: number, size: number): Delta => {
      const pick = (tensor: tf.Tensor) => tf.slice(tensor, from, size);
      return rule.delta(ofSamples(input, pick), run.w, mapTensors(run.state, pick))[0];
    };
    const shard = (from: number, to: number): ChunkSums =>
      chunkSums(ask(from * chunk, Math.min(to * chunk, samples) - from * chunk), rule.topology, shape, chunk, from);
    const alone = shard(0, 3);
    if (alone.sums.reduce((total, sum) => total + sum.samples, 0) !== samples) return; // it asks for one change, not for one of each sample
    for (const cuts of [
      [0, 1, 3],
      [0, 2, 3],
      [0, 1, 2, 3],
    ]) {
      const shards = cuts.slice(1).map((to, index) => shard(at(cuts, index), to));
      const what = `the sums of ${shards.length} shards`;
      expectEqual(await numbers(combineChunks(shards)), await numbers(combineChunks([alone])), 0, what);
    }
  },
} as const;
