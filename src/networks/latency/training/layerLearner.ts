import * as tf from '@tensorflow/tfjs-core';
import { computeConvergenceMetric } from '../../../competition/convergence.js';
import type { LatencyLayer } from '../../../kernels/host/layers.js';
import { layerTrainer } from '../../../kernels/host/layerTrainer.js';
import { networkKernels } from '../../../kernels/module/networkKernels.js';
import { kernelsOnHost } from '../../../kernels/tensors/current.js';
import type { Rates } from '../../../rules/homeostasis/adaptRates.js';
import { latencyLayers } from '../latencyLayers.js';
import type { ConvLayerSpec, NetworkSpec } from '../spec/networkSpec.js';
import { type SpikeTimes, timesTensor } from '../spikeTimes.js';
import { inputOfLayer } from '../tensors/composedFeatures.js';
import { weightTensors } from './layerWeights.js';
import { learnFromImage, ratesAfter } from './learnFromImage.js';
import { aheadOf, movedThresholds } from './mapThresholds.js';

/** A layer that learns from one image after the other, through the trained layers below it. */
export interface LayerLearner {
  /** Learns from an image, when so many were learned from before. Answers how many neurons won. */
  learn(image: number, imagesSeen: number): number | Promise<number>;
  /** The mean of w(1 − w). */
  convergence(): number | Promise<number>;
  /** The thresholds of the maps, where they move. */
  thresholds(): readonly number[] | undefined;
  /** A copy of the weights at this moment. */
  weights(): Float32Array | Promise<Float32Array>;
  /** Lets go of what it holds; it learns no more. */
  end(): void;
}

/** Layer `index`, beginning from the last of these weights, and from thresholds of its maps where they move. */
export async function layerLearner(
  spec: NetworkSpec,
  times: SpikeTimes,
  index: number,
  layer: ConvLayerSpec,
  weights: readonly Float32Array[],
  thresholds: readonly number[] | undefined,
): Promise<LayerLearner> {
  if (!kernelsOnHost()) return composedLearner(spec, times, index, layer, weights, thresholds);
  await networkKernels.ready();
  return hostLearner(spec, times, index, layer, weights, thresholds);
}

function hostLearner(
  spec: NetworkSpec,
  { values, steps, ...shape }: SpikeTimes,
  index: number,
  layer: ConvLayerSpec,
  weights: readonly Float32Array[],
  begun: readonly number[] | undefined,
): LayerLearner {
  const none = new Float32Array();
  const layers = latencyLayers(spec, shape);
  const below = layers.slice(0, index).map((lower, at): [LatencyLayer, Float32Array] => [lower, weights[at] ?? none]);
  const { field } = layers[index] ?? layers[0];
  const trainer = layerTrainer(steps, below, { ...layer, field }, weights[index] ?? none);
  const size = shape.height * shape.width * shape.channels;
  let rates: Rates | undefined;
  let thresholds = begun;
  return {
    learn: (image, imagesSeen) => {
      if (rates === undefined || imagesSeen % layer.doubleEvery === 0) rates = ratesAfter(layer, imagesSeen);
      if (thresholds) trainer.begin(aheadOf(layer.threshold, thresholds));
      const won = trainer.learn(values.subarray(image * size, (image + 1) * size), rates.etaPlus, rates.etaMinus);
      if (thresholds && layer.thresholds) thresholds = movedThresholds(thresholds, trainer.winners(), steps, layer.thresholds);
      return won;
    },
    thresholds: () => thresholds,
    convergence: trainer.convergence,
    weights: trainer.weights,
    end: () => undefined,
  };
}

function composedLearner(
  spec: NetworkSpec,
  times: SpikeTimes,
  index: number,
  layer: ConvLayerSpec,
  weights: readonly Float32Array[],
  begun: readonly number[] | undefined,
): LayerLearner {
  const tensors = weightTensors(weights, spec, times.channels);
  const below = tensors.slice(0, index);
  let thresholds = begun;
  let w = tensors[index] ?? tf.zeros<tf.Rank.R4>([1, 1, 1, 1]);
  return {
    learn: async (image, imagesSeen) => {
      const encoded = timesTensor(times, image, image + 1);
      const input = inputOfLayer(encoded, below, spec, index, times.steps);
      const bases = thresholds && aheadOf(layer.threshold, thresholds);
      const learned = await learnFromImage(w, input, layer, times.steps, imagesSeen, bases);
      tf.dispose([w, encoded, input]);
      w = learned.w;
      const won = learned.winners.map(({ channel, time }) => ({ map: channel, step: time }));
      if (thresholds && layer.thresholds) thresholds = movedThresholds(thresholds, won, times.steps, layer.thresholds);
      return learned.winners.length;
    },
    thresholds: () => thresholds,
    convergence: () => computeConvergenceMetric(w),
    weights: async () => Float32Array.from(await w.data<'float32'>()),
    end: () => tf.dispose([w, ...below]),
  };
}
