import { ensure } from '../../core/errors.js';
import { fork, type RandomGenerator, type Seed } from '../../core/random.js';
import { type DataSet, type LabelledImages, splitLast } from '../../data/dataSet.js';
import type { CompetitiveWeights } from '../../kernels/competitiveLayer.js';
import { type Score, scorePredictions } from '../accuracy.js';
import type { Crew } from '../crew/crew.js';
import type { OnProgress } from '../latency/runExperiment.js';
import type { CompetitiveSpec } from './competitiveSpec.js';
import { respond } from './respond.js';
import { streams } from './streams.js';
import { type CompetitiveState, trainCompetitive } from './trainCompetitive.js';
import { type ClassRates, elect, tallyAnswers, voteTable } from './vote.js';

/**
 * How a competitive experiment runs.
 *
 * @property seed     of everything random.
 * @property from     training to go on from. Default: from the beginning.
 * @property onLearned  told what has been learned: it outlives whatever fails afterwards.
 * @property signal   stops after the present piece of work.
 * @property crew     who computes the answers of the trained layer. Default: this thread. The result is the same.
 */
export interface CompetitiveOptions {
  readonly seed: Seed;
  readonly from?: CompetitiveState;
  readonly onProgress?: OnProgress;
  readonly onLearned?: (training: CompetitiveState) => void;
  readonly signal?: AbortSignal;
  readonly crew?: Crew;
}

/**
 * What came of it; `rates` and `score` are missing when the signal stopped the run before them.
 *
 * @property rates  what each neuron answers to each class, from training images.
 * @property score  on the test images.
 */
export interface CompetitiveResult {
  readonly training: CompetitiveState;
  readonly rates?: ClassRates;
  readonly score?: Score;
}

/**
 * The whole job: learn without labels, see which classes the neurons came to answer, test by their votes.
 *
 * @example
 * const spec = orThrow(validateCompetitiveSpec({ name: 'tiny', layer: { neurons: 10 }, learning: { images: 20 } }));
 * const { score } = await runCompetitive(spec, digitDataSet(1, 20, 5), { seed: 1 });
 * score?.confusion.flat().reduce((sum, count) => sum + count);   // => 5
 */
export async function runCompetitive(
  spec: CompetitiveSpec,
  data: DataSet,
  options: CompetitiveOptions,
): Promise<CompetitiveResult> {
  const { seed, onProgress, signal } = options;
  const training = await trainCompetitive(spec, data.train, {
    ...options,
    onProgress: (done, total, spikes) => onProgress?.('learn', done, total, `${spikes.toFixed(1)} spikes an image`),
  });
  if (signal?.aborted) return { training };
  const [, known] = splitLast(data.train, Math.min(spec.readout.images, data.train.count));
  const tally = tallyAnswers(spec.layer.neurons, data.classes);
  const add = (image: number, raster: Int32Array) => tally.add(known.labels[image] ?? 0, raster);
  await answerAll(spec, training, known, fork(seed, streams.labelling), 'label neurons', add, options);
  if (signal?.aborted) return { training };
  const rates = tally.rates();
  const score = await evaluateCompetitive(spec, training, rates, data, options);
  return signal?.aborted ? { training, rates } : { training, rates, score };
}

/**
 * Tests a trained network again: the same numbers as at the end of {@link runCompetitive} with the same seed.
 *
 * @example
 * const spec = orThrow(validateCompetitiveSpec({ name: 'tiny', layer: { neurons: 10 }, learning: { images: 20 } }));
 * const data = digitDataSet(1, 20, 5);
 * const { training, rates, score } = await runCompetitive(spec, data, { seed: 1 });
 * const again = rates && (await evaluateCompetitive(spec, training, rates, data, { seed: 1 }));
 * again;   // => score
 */
export async function evaluateCompetitive(
  spec: CompetitiveSpec,
  learned: CompetitiveWeights,
  rates: ClassRates,
  { test, classes }: Pick<DataSet, 'test' | 'classes'>,
  options: Omit<CompetitiveOptions, 'from'>,
): Promise<Score> {
  const table = voteTable(rates, spec.readout.vote);
  const predicted = new Uint8Array(test.count);
  const vote = (image: number, raster: Int32Array) => {
    predicted[image] = elect(raster, table, rates.classes);
  };
  await answerAll(spec, learned, test, fork(options.seed, streams.testing), 'test', vote, options);
  return scorePredictions(predicted, test.labels, Math.max(classes, rates.classes));
}

/** Hands the answer to every image on. */
async function answerAll(
  spec: CompetitiveSpec,
  learned: CompetitiveWeights,
  images: LabelledImages,
  spikes: RandomGenerator,
  stage: string,
  take: (image: number, raster: Int32Array) => void,
  { onProgress, signal, crew }: Omit<CompetitiveOptions, 'from'>,
): Promise<void> {
  const [expected, size] = [learned.weights.length / spec.layer.neurons, images.pixels.length / images.count];
  ensure(expected === size, 'network', 'images', () => `have ${size} pixels, the weights are for ${expected}`);
  const steps = Math.round(spec.input.duration / spec.dt);
  let done = 0;
  await respond(
    { spec, learned, images, spikes },
    (first, raster) => {
      const count = raster.length / steps;
      for (let index = 0; index < count; index++) take(first + index, raster.subarray(index * steps, (index + 1) * steps));
      done += count;
      onProgress?.(stage, done, images.count);
    },
    signal,
    crew,
  );
}
