import * as tf from '@tensorflow/tfjs-core';
import { latencyWinners } from '../../../competition/latencyWinners.js';
import type { Winner } from '../../../competition/winner.js';
import { randomNormal, type Seed } from '../../../core/random.js';
import { tidily } from '../../../core/tensors.js';
import { doubledRates, type Rates } from '../../../rules/homeostasis/adaptRates.js';
import { latencyStdpWinners } from '../../../rules/latency/latencyStdpWinners.js';
import type { ConvLayerSpec } from '../spec/networkSpec.js';
import { potentialsOverTime } from '../tensors/spikingLayer.js';

/** Initial weights `[kernelSize, kernelSize, channels, maps]`: N(mean, std²) cut to [0, 1]. */
export const initialWeights = (
  { kernelSize, maps, weightMean, weightStd }: ConvLayerSpec,
  channels: number,
  seed: Seed,
): Float32Array =>
  randomNormal(kernelSize * kernelSize * channels * maps, seed, weightMean, weightStd).map((value) =>
    Math.min(Math.max(value, 0), 1),
  );

/** Learning rates after `imagesSeen` images: etaPlus doubles every `doubleEvery` up to `etaPlusMax`. */
export const ratesAfter = ({ etaPlus, etaPlusMax, doubleEvery, etaRatio }: ConvLayerSpec, imagesSeen: number): Rates =>
  doubledRates({ etaPlus, etaMinus: etaRatio * etaPlus }, imagesSeen, {
    every: doubleEvery,
    etaMax: etaPlusMax,
    ratio: etaRatio,
  });

/**
 * What a layer learns from one image: potentials rise with the spikes, the first to cross the threshold win, each winner's
 * map learns by the order of spikes.
 *
 * @param w           weights `[k, k, in, maps]`; disposed by the caller.
 * @param times       the input's first spikes `[1, height, width, in]`; `steps` means never.
 * @param imagesSeen  by this layer so far, for the rates.
 * @param bases       potentials with which the maps begin, from {@link aheadOf}. Default: 0.
 * @returns new weights and the winners.
 */
export async function learnFromImage(
  w: tf.Tensor4D,
  times: tf.Tensor4D,
  layer: ConvLayerSpec,
  steps: number,
  imagesSeen: number,
  bases?: Float32Array,
): Promise<{ readonly w: tf.Tensor4D; readonly winners: readonly Winner[] }> {
  const winners = await findWinners(w, times, layer, steps, bases);
  const rates = ratesAfter(layer, imagesSeen);
  const next = tidily(() => {
    const [, height, width, channels] = times.shape;
    const preTimes = tf.reshape(times, [height, width, channels]);
    return latencyStdpWinners(w, preTimes, winners, rates, { pad: layer.pad }) as tf.Tensor4D;
  });
  return { w: next, winners };
}

/** Most images have their winners in the first half of the steps, which costs half as much to compute. */
async function findWinners(
  w: tf.Tensor4D,
  times: tf.Tensor4D,
  layer: ConvLayerSpec,
  steps: number,
  bases: Float32Array | undefined,
): Promise<readonly Winner[]> {
  const early = await winnersUntil(Math.ceil(steps / 2), w, times, layer, bases);
  return early.length === layer.winners ? early : winnersUntil(steps, w, times, layer, bases);
}

async function winnersUntil(
  steps: number,
  w: tf.Tensor4D,
  times: tf.Tensor4D,
  layer: ConvLayerSpec,
  bases: Float32Array | undefined,
): Promise<readonly Winner[]> {
  const potentials = tidily(() => {
    const from0 = potentialsOverTime(times, w, layer, steps);
    return bases === undefined ? from0 : (tf.add(from0, bases) as tf.Tensor4D);
  });
  const [, height, width, maps] = potentials.shape;
  const values = await potentials.data<'float32'>();
  potentials.dispose();
  const { threshold, winners, inhibitionRadius } = layer;
  return latencyWinners(values, { steps, height, width, maps }, { threshold, winners, inhibitionRadius });
}
