import { addAt, at, doubleAt, floatAt, integerAt } from '../../core/at.js';
import { fork, randomNormal, randomPermutation, type Seed } from '../../core/random.js';
import { type Labels, labelsFrom } from '../../data/labels.js';
import { type RaceLearning, type RaceWeights, raceLayer, type SpikeLists } from '../../kernels/host/raceLayer.js';
import { networkKernels } from '../../kernels/module/networkKernels.js';
import { makeYield } from '../makeYield.js';
import { inPieces } from '../workers/inPieces.js';
import type { WorkerPool } from '../workers/workerPool.js';
import type { FeatureMatrix } from './featureMatrix.js';
import type { FirstSpikeLearning, FirstSpikeReadout } from './firstSpikeReadout.js';
import type { NeuronFit } from './neuronFit.js';

/** Images of a piece of work; the answers don't depend on it. */
const piece = 1000;

/** How far output neurons have learned: images of all epochs so far. */
export interface FirstSpikeState extends RaceWeights {
  readonly imagesSeen: number;
}

/**
 * Output neurons that have learned features of labelled images, by their first spikes; the best so far when the signal stops it. Images are
 * shown in another random order in each epoch.
 */
export async function fittedFirstSpikes(
  { values, count, size }: FeatureMatrix,
  labels: Labels,
  classes: number,
  settings: FirstSpikeLearning,
  { seed, workers, signal, onProgress, onSilence, from, keeper }: NeuronFit<FirstSpikeState>,
): Promise<FirstSpikeReadout> {
  const shared = { values: workers.share(values), count, size };
  const scale = await scaleOf(shared, workers);
  const lists = await sortedSpikes(shared, scale, workers);
  const spikes = lists.reduce((sum, { inputs }) => sum + inputs.length, 0) / count;
  if (spikes === 0) onSilence();
  const { epochs, perClass } = settings;
  const neurons = classes * perClass;
  const threshold = Math.fround(settings.threshold * settings.weightMean * spikes);
  const first = initialWeights(neurons * size, settings, fork(seed, 0));
  const sums = settings.type === 's2Stdp' ? sumsOf(first, size) : new Float32Array(neurons);
  const untrained = { imagesSeen: 0, weights: first, thresholds: new Float32Array(neurons).fill(threshold) };
  const start = from ?? untrained;
  await networkKernels.ready();
  const layer = raceLayer({ inputs: size, neurons, perClass, threshold }, start, sums);
  const yieldToEventLoop = makeYield();
  layer.hold(lists);
  let { imagesSeen } = start;
  while (imagesSeen < epochs * count && !signal?.aborted) {
    const epoch = Math.floor(imagesSeen / count);
    const begin = imagesSeen % count;
    if (begin === 0) layer.forgetThresholds();
    layer.setLearning(ratesIn(epoch, settings, threshold));
    const order = randomPermutation(count, fork(fork(seed, 1), epoch));
    const images = order.subarray(begin, begin + piece);
    const truth = Int32Array.from(images, (image) => at(labels, image));
    const answers = layer.learn(images, truth);
    imagesSeen += images.length;
    const right = answers.filter((neuron, index) => Math.floor(neuron / perClass) === integerAt(truth, index)).length;
    onProgress?.(imagesSeen, epochs * count, right / images.length);
    await yieldToEventLoop();
    if (keeper !== undefined && imagesSeen < epochs * count && (signal?.aborted || keeper.due()))
      await keeper.keep({ imagesSeen, ...layer.learned() });
  }
  const learned = { classes, scale, threshold, weights: layer.learned().weights };
  return { ...learned, ...(await whoAnswers(learned, shared, workers)) };
}

/** The class of each image: that of the first neuron to fire. */
export async function classesByFirstSpike(readout: Learned, features: FeatureMatrix, workers: WorkerPool): Promise<Labels> {
  const answers = await firstSpikesOf(readout, features, workers);
  const perClass = readout.weights.length / readout.scale.length / readout.classes;
  return labelsFrom(
    readout.classes,
    Float32Array.from({ length: features.count }, (_, image) => Math.floor(floatAt(answers, 2 * image) / perClass)),
  );
}

/** What answers depend on. */
type Learned = Pick<FirstSpikeReadout, 'classes' | 'scale' | 'threshold' | 'weights'>;

/** The neuron that answers each image, and when, `[images, 2]`. */
async function firstSpikesOf(
  { scale, threshold, weights }: Learned,
  { values, count }: FeatureMatrix,
  workers: WorkerPool,
): Promise<Float32Array> {
  const answers = workers.floats(2 * count);
  const task = workers.begin('race', { values: workers.share(values), scale, weights, threshold, answers });
  await inPieces(workers, task, { count, piece, update: undefined }, () => undefined).finally(task.end);
  return answers;
}

/** How many images each neuron answers, and when on average. */
async function whoAnswers(
  readout: Learned,
  features: FeatureMatrix,
  workers: WorkerPool,
): Promise<Pick<FirstSpikeReadout, 'answers' | 'times'>> {
  const neurons = readout.weights.length / features.size;
  const given = await firstSpikesOf(readout, features, workers);
  const [counts, sums] = [new Float64Array(neurons), new Float64Array(neurons)];
  for (let image = 0; image < features.count; image++) {
    addAt(counts, floatAt(given, 2 * image), 1);
    addAt(sums, floatAt(given, 2 * image), floatAt(given, 2 * image + 1));
  }
  const times = Float32Array.from(sums, (sum, neuron) => (doubleAt(counts, neuron) === 0 ? 1 : sum / doubleAt(counts, neuron)));
  return { answers: Float32Array.from(counts), times };
}

/** max(0.5, the largest value among the images) of each feature: what spikes in one image alone doesn't spike at once. */
async function scaleOf({ values, count, size }: FeatureMatrix, workers: WorkerPool): Promise<Float32Array> {
  const scale = new Float32Array(size).fill(0.5);
  const task = workers.begin('largest', { values, size });
  await inPieces(workers, task, { count, piece, update: undefined }, (most) => {
    most.forEach((value, feature) => {
      scale[feature] = Math.max(value, floatAt(scale, feature));
    });
  }).finally(task.end);
  return scale;
}

/** The spikes of all images, in pieces. */
async function sortedSpikes(
  { values, count }: FeatureMatrix,
  scale: Float32Array,
  workers: WorkerPool,
): Promise<readonly SpikeLists[]> {
  const lists: SpikeLists[] = [];
  const task = workers.begin('sortSpikes', { values, scale });
  await inPieces(workers, task, { count, piece, update: undefined }, (part, first) => {
    lists[first / piece] = part;
  }).finally(task.end);
  return lists;
}

const initialWeights = (length: number, { weightMean, weightStd }: FirstSpikeLearning, seed: Seed): Float32Array =>
  randomNormal(length, seed, weightMean, weightStd).map((weight) => Math.min(Math.max(weight, 0), 1));

/** The sum of each neuron's weights. */
const sumsOf = (weights: Float32Array, size: number): Float32Array =>
  Float32Array.from({ length: weights.length / size }, (_, neuron) =>
    weights.subarray(neuron * size, (neuron + 1) * size).reduce((sum, weight) => sum + weight, 0),
  );

/** How the neurons learn in an epoch, in the numbers of the kernels. */
const ratesIn = (epoch: number, settings: FirstSpikeLearning, threshold: number): RaceLearning => ({
  within: settings.type === 'sstdp',
  targets: settings.targets,
  gap: settings.gap,
  etaPlus: settings.etaPlus * settings.etaDecay ** epoch,
  etaMinus: -settings.etaMinus * settings.etaDecay ** epoch,
  etaThreshold: settings.etaThreshold * threshold * settings.etaThresholdDecay ** epoch,
});
