import { addAt, at, integerAt } from '../../core/at.js';
import { fork, randomPermutation } from '../../core/random.js';
import { type Labels, labelsFrom } from '../../data/labels.js';
import { type VoterWeights, voterLayer } from '../../kernels/host/voterLayer.js';
import { networkKernels } from '../../kernels/module/networkKernels.js';
import { makeYield } from '../makeYield.js';
import { inPieces } from '../workers/inPieces.js';
import type { WorkerPool } from '../workers/workerPool.js';
import type { FeatureMatrix } from './featureMatrix.js';
import type { NeuronFit } from './neuronFit.js';
import type { VoteLearning, VoteReadout } from './voteReadout.js';
import { sharesOf, votesOf, weighed } from './votesOf.js';

/** Images of a piece of work. Weights are brought to their length after each, so that the bits depend on it. */
const piece = 1000;

/** How far neurons that vote have learned: images of all epochs so far. */
export interface VoteState extends VoterWeights {
  readonly imagesSeen: number;
}

/**
 * Neurons that have learned features of images without their labels, and what they answer to the first images by their labels; the best so far
 * when the signal stops it. Images are shown in another random order in each epoch.
 */
export async function fittedVotes(
  { values, count, size }: FeatureMatrix,
  labels: Labels,
  classes: number,
  settings: VoteLearning,
  { seed, workers, signal, onProgress, onSilence, from, keeper }: NeuronFit<VoteState>,
): Promise<VoteReadout> {
  const shared = { values: workers.share(values), count, size };
  if (values.every((value) => value === 0)) onSilence();
  const { neurons, eta, etaEnd, etaThreshold, epochs, voters, sharpness } = settings;
  const orderOf = (epoch: number): Int32Array => randomPermutation(count, fork(seed, epoch));
  const picked = (images: Int32Array): Float32Array => rowsOf(shared, images);
  await networkKernels.ready();
  const start = from ?? { imagesSeen: 0, ...firstWeights(picked, orderOf(epochs), neurons, size) };
  const layer = voterLayer(size, start);
  const total = epochs * count;
  const decay = (etaEnd / eta) ** (1 / total);
  const yieldToEventLoop = makeYield();
  let { imagesSeen } = start;
  while (imagesSeen < total && !signal?.aborted) {
    const begin = imagesSeen % count;
    const images = orderOf(Math.floor(imagesSeen / count)).subarray(begin, begin + piece);
    const likeness = layer.learn(picked(images), eta * decay ** imagesSeen, decay, etaThreshold);
    imagesSeen += images.length;
    onProgress?.(imagesSeen, total, likeness);
    await yieldToEventLoop();
    if (keeper !== undefined && imagesSeen < total && (signal?.aborted || keeper.due()))
      await keeper.keep({ imagesSeen, ...layer.learned() });
  }
  const learned = { classes, weights: layer.learned().weights, voters, sharpness };
  const known = Math.min(settings.labelled, count);
  const told = await votersOf(learned, { ...shared, values: shared.values.subarray(0, known * size), count: known }, workers);
  return { ...learned, rates: ratesOf(learned, told, labels, size) };
}

/** The class of each image: that of most votes, the lowest of equal ones. */
export async function classesByVotes(readout: VoteReadout, features: FeatureMatrix, workers: WorkerPool): Promise<Labels> {
  const told = await votersOf(readout, features, workers);
  const shares = sharesOf(readout);
  const { classes, voters } = readout;
  return labelsFrom(
    classes,
    Float32Array.from({ length: features.count }, (_, image) => {
      const votes = votesOf(readout, shares, told.subarray(2 * voters * image, 2 * voters * (image + 1)));
      return votes.indexOf(Math.max(...votes));
    }),
  );
}

/** Those who vote on each image, `[images, voters, 2]`: the neuron and its potential. */
export async function votersOf(
  { weights, voters }: Pick<VoteReadout, 'weights' | 'voters'>,
  { values, count, size }: FeatureMatrix,
  workers: WorkerPool,
): Promise<Float32Array> {
  const answers = workers.floats(2 * voters * count);
  const task = workers.begin('vote', { values: workers.share(values), size, weights, voters, answers });
  await inPieces(workers, task, { count, piece, update: undefined }, () => undefined).finally(task.end);
  return answers;
}

/** The votes that each neuron has for images of each class. */
function ratesOf(
  { classes, weights, voters, sharpness }: Omit<VoteReadout, 'rates'>,
  told: Float32Array,
  labels: Labels,
  size: number,
): Float32Array {
  const rates = new Float64Array((weights.length / size) * classes);
  for (let image = 0; image < told.length / (2 * voters); image++)
    for (const [neuron, weight] of weighed(told.subarray(2 * voters * image, 2 * voters * (image + 1)), sharpness))
      addAt(rates, neuron * classes + at(labels, image), weight);
  return Float32Array.from(rates);
}

/** The weights of neurons that are like images in a random order, over and over. */
function firstWeights(
  picked: (images: Int32Array) => Float32Array,
  order: Int32Array,
  neurons: number,
  size: number,
): VoterWeights {
  const images = Int32Array.from({ length: neurons }, (_, neuron) => integerAt(order, neuron % order.length));
  const weights = picked(images).map(Math.sqrt);
  for (let row = 0; row < weights.length; row += size) {
    const own = weights.subarray(row, row + size);
    const length = Math.hypot(...own);
    if (length > 0)
      own.forEach((weight, input) => {
        own[input] = weight / length;
      });
  }
  return { weights, thresholds: new Float32Array(neurons) };
}

/** The features of some images, one after the other. */
function rowsOf({ values, size }: FeatureMatrix, images: Int32Array): Float32Array {
  const rows = new Float32Array(images.length * size);
  images.forEach((image, row) => {
    rows.set(values.subarray(image * size, (image + 1) * size), row * size);
  });
  return rows;
}
