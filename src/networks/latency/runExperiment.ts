import * as tf from '@tensorflow/tfjs-core';
import { fork, type Seed } from '../../core/random.js';
import type { DataSet, LabelledImages } from '../../data/dataSet.js';
import { type Score, scorePredictions } from '../accuracy.js';
import { type Crew, localCrew } from '../crew/crew.js';
import { classify, fitLinearReadout, type LinearReadout } from '../readout/linearReadout.js';
import { encodeImages } from './encodeImages.js';
import { extractFeatures } from './extractFeatures.js';
import { layerSizes } from './layerSizes.js';
import { layerWeights } from './layerWeights.js';
import type { NetworkSpec } from './networkSpec.js';
import { shuffleWithinMaps } from './shuffleWeights.js';
import type { SpikeTimes } from './spikeTimes.js';
import { type TrainingState, trainNetwork, untrained } from './trainNetwork.js';

/** Told of every piece of work done: which stage, how much of it, and what there is to say. */
export type OnProgress = (stage: string, done: number, total: number, note?: string) => void;

/**
 * How an experiment runs.
 *
 * @property seed     of everything random.
 * @property control  also read out weights shuffled inside each map. Default false.
 * @property from     training to go on from. Default: from the beginning.
 * @property onLearned  told what has been learned after each layer: it outlives whatever fails afterwards.
 * @property signal   stops after the present piece of work.
 * @property crew     who does what knows nothing of other images. Default: this thread. The result is the same.
 */
export interface ExperimentOptions {
  readonly seed: Seed;
  readonly control?: boolean;
  readonly from?: TrainingState;
  readonly onProgress?: OnProgress;
  readonly onLearned?: (training: TrainingState) => void;
  readonly signal?: AbortSignal;
  readonly crew?: Crew;
}

/**
 * What came of it. The parts after `training` are missing when the signal stopped the run before them.
 *
 * @property readout  the linear classifier fitted on the training images.
 * @property score    on the test images.
 * @property control  the score with shuffled weights and a read-out of their own, when asked for.
 */
export interface Experiment {
  readonly training: TrainingState;
  readonly readout?: LinearReadout;
  readonly score?: Score;
  readonly control?: Score;
}

/** Images between two reports of what is learned. */
const progressEvery = 32;

/**
 * The whole job: encode, learn layer by layer without labels, extract features, fit the linear read-out, test.
 *
 * @example
 * const spec = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2 }] }));
 * const { score } = await runExperiment(spec, digitDataSet(1, 10, 5), { seed: 1 });
 * score?.confusion.flat().reduce((sum, count) => sum + count);   // => 5
 */
export async function runExperiment(spec: NetworkSpec, data: DataSet, options: ExperimentOptions): Promise<Experiment> {
  const { seed, control = false, from, onProgress, onLearned, signal, crew = localCrew() } = options;
  layerSizes(spec, data.rows, data.columns);
  const encode = (images: LabelledImages, stage: string) =>
    encodeImages(images, data.rows, data.columns, spec.encoder, (done) => onProgress?.(stage, done, images.count), signal, crew);
  const stopped = () => signal?.aborted === true;
  const train = await encode(data.train, 'encode training images');
  if (stopped()) return { training: from ?? untrained };
  const training = await trainNetwork(spec, train, {
    seed,
    ...(from && { from }),
    ...(signal && { signal }),
    ...(onLearned && { onLearned }),
    onProgress: (layer, done, total, convergence) => {
      if (done % progressEvery !== 0 && done !== total) return;
      onProgress?.(`learn layer ${layer + 1}`, done, total, convergence === undefined ? 'C …' : `C ${convergence.toFixed(4)}`);
    },
  });
  if (stopped() || training.layer < spec.layers.length) return { training };
  const test = await encode(data.test, 'encode test images');
  const scored = await readOut(spec, data, { train, test }, training.weights, '', options);
  if (scored === undefined || !control) return { training, ...scored };
  const shuffled = training.weights.map((values, layer) =>
    shuffleWithinMaps(values, spec.layers[layer]?.maps ?? 1, fork(fork(seed, 1000), layer)),
  );
  const controlled = await readOut(spec, data, { train, test }, shuffled, ' (shuffled)', options);
  return { training, ...scored, ...(controlled && { control: controlled.score }) };
}

/** Features, fit and test for one set of weights; `undefined` when stopped. */
async function readOut(
  spec: NetworkSpec,
  { train: { labels }, test, classes }: DataSet,
  times: { readonly train: SpikeTimes; readonly test: SpikeTimes },
  values: readonly Float32Array[],
  suffix: string,
  { onProgress, signal, crew = localCrew() }: ExperimentOptions,
): Promise<{ readonly readout: LinearReadout; readonly score: Score } | undefined> {
  const weights = layerWeights(spec, times.train, values);
  try {
    const features = (set: SpikeTimes, stage: string) =>
      extractFeatures(set, weights, spec, (done) => onProgress?.(stage + suffix, done, set.count), signal, crew);
    const learned = await features(times.train, 'extract training features');
    if (signal?.aborted) return undefined;
    const { lambda, iterations } = spec.readout;
    const readout = await fitLinearReadout(learned, labels, classes, {
      lambda,
      iterations,
      signal,
      crew,
      onIteration: (done, loss) => onProgress?.(`fit read-out${suffix}`, done, iterations, `loss ${loss.toFixed(4)}`),
    });
    const tested = await features(times.test, 'extract test features');
    if (signal?.aborted) return undefined;
    return { readout, score: scorePredictions(await classify(readout, tested, crew), test.labels, classes) };
  } finally {
    tf.dispose([...weights]);
  }
}

/**
 * Tests a trained network again: the same numbers as at the end of {@link runExperiment}.
 *
 * @example
 * const spec = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2 }] }));
 * const data = digitDataSet(1, 10, 5);
 * const { training, readout, score } = await runExperiment(spec, data, { seed: 1 });
 * const again = readout && (await evaluateNetwork(spec, training.weights, readout, data.test, data));
 * again;   // => score
 */
export async function evaluateNetwork(
  spec: NetworkSpec,
  values: readonly Float32Array[],
  readout: LinearReadout,
  images: LabelledImages,
  { rows, columns, classes }: Pick<DataSet, 'rows' | 'columns' | 'classes'>,
  onProgress?: OnProgress,
  crew: Crew = localCrew(),
): Promise<Score> {
  layerSizes(spec, rows, columns);
  const { count } = images;
  const report = (stage: string) => (done: number) => onProgress?.(stage, done, count);
  const times = await encodeImages(images, rows, columns, spec.encoder, report('encode test images'), undefined, crew);
  const weights = layerWeights(spec, times, values);
  try {
    const features = await extractFeatures(times, weights, spec, report('extract test features'), undefined, crew);
    return scorePredictions(await classify(readout, features, crew), images.labels, Math.max(classes, readout.classes));
  } finally {
    tf.dispose([...weights]);
  }
}
