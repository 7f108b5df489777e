import { at } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { anything, nothingMore } from '../../core/params/validation.js';
import { aSeed, fork } from '../../core/random.js';
import { bytesOf, type DataSet, type LabelledImages, splitLast } from '../../data/dataSet.js';
import { newLabels } from '../../data/labels.js';
import type { CompetitiveWeights } from '../../kernels/host/competitiveLayer.js';
import { checkClasses, checkedDataSet, checkedLabelled, checkedSet, checkKnown } from '../checked/images.js';
import { aListener, aSignal, aWorkerPool, checkedOptions, checkedSpec } from '../checked/options.js';
import { aCheckpoints, type OfWork, type Recording, recording } from '../checkpoints.js';
import { checkedLearned, checkedRates, checkedState } from '../competitiveSpec/checkedLearned.js';
import type { ClassRates } from '../competitiveSpec/classRates.js';
import { competitiveConstants } from '../competitiveSpec/competitiveConstants.js';
import { type CompetitiveSpec, validateCompetitiveSpec } from '../competitiveSpec/competitiveSpec.js';
import type { CompetitiveState } from '../competitiveSpec/competitiveState.js';
import type { RunOptions } from '../runOptions.js';
import { type Score, scoreOf } from '../score.js';
import { checkAllDone, checkGoesOn, unlessStopped } from '../stopped.js';
import { ensureSameWork, workOf } from '../work.js';
import { localPool } from '../workers/workerPool.js';
import { responses } from './respond.js';
import { streams } from './streams.js';
import { learnedCompetitively, newLayer } from './trainCompetitive.js';
import { elect, tallyAnswers, voteTable } from './vote.js';

/** How a competitive experiment runs. */
export type CompetitiveOptions = RunOptions<CompetitiveState, CompetitiveExperimentState>;

/** How far a competitive experiment has come, beside the pieces of its stages. */
export interface CompetitiveExperimentState extends OfWork {
  readonly training: CompetitiveState;
}

/** What came of it; `rates` and `score` are missing when the signal stopped the run before them. */
export interface CompetitiveResult {
  readonly training: CompetitiveState;
  /** What each neuron answers to each class, from training images. */
  readonly rates?: ClassRates;
  /** Score on the test images. */
  readonly score?: Score;
}

/** What is random, who is told, who works, and what stops it. */
const optionChecks = { seed: aSeed, onProgress: aListener, onLearned: aListener, signal: aSignal, workers: aWorkerPool };

/**
 * The whole job: learn without labels, see which classes the neurons came to answer, test by their votes.
 *
 * @throws {StdpError} before any work, when an option isn't known, images or labels aren't as the data set tells, `from` isn't of such
 *   a network, `checkpoints` are of another experiment, or the network doesn't suit the images; later, when the layer never fires.
 * @example
 * const spec = orThrow(validateCompetitiveSpec({ name: 'tiny', layer: { neurons: 10 }, learning: { images: 20 } }));
 * const { score } = await runCompetitive(spec, digitDataSet(1, 20, 5), { seed: 1 });
 * score?.confusion.flat().reduce((sum, count) => sum + count);   // => 5
 */
export async function runCompetitive(
  spec: CompetitiveSpec,
  data: DataSet,
  options: CompetitiveOptions,
  ...more: readonly never[]
): Promise<CompetitiveResult> {
  const where = 'runCompetitive';
  nothingMore(more, where, 'runCompetitive(spec, data, options)');
  const network = checkedSpec(validateCompetitiveSpec, spec, where);
  const given = checkedDataSet(data, where);
  const { train, test, classes } = given;
  const inputs = bytesOf(given);
  for (const [part, { count }] of Object.entries({ train, test }))
    ensure(count > 0, where, `data.${part}`, () => 'holds no images');
  const { checkpoints, ...checked } = checkedOptions<CompetitiveOptions>(options, where, {
    ...{ ...optionChecks, from: anything, checkpoints: aCheckpoints },
  });
  const work = workOf(network, given, checked.seed);
  ensureSameWork(checkpoints?.state?.of, work, where);
  const before = checkpoints?.state?.training ?? checked.from;
  const from = before === undefined ? undefined : checkedState(before, network, inputs, where);
  const { seed, onProgress, signal, onLearned } = checked;
  competitiveConstants(network, inputs, where);
  const start = from ?? newLayer(network, inputs, seed);
  const record = recording<CompetitiveExperimentState>(checkpoints, { training: start }, work);
  const training = await learnedCompetitively(
    network,
    train,
    {
      seed,
      from: start,
      keeper: record.keeper('training'),
      ...(signal && { signal }),
      ...(onLearned && { onLearned }),
      onProgress: (done, total, spikes) => onProgress?.('learn', done, total, `${spikes.toFixed(1)} spikes an image`),
    },
    where,
  );
  record.reached('training', training);
  const stopped = async (): Promise<CompetitiveResult> => {
    await record.keep();
    return { training };
  };
  if (signal?.aborted) return stopped();
  const layer = { spec: network, learned: training, ...checked, record, where };
  const [, known] = splitLast(train, Math.min(network.readout.images, train.count));
  const tally = tallyAnswers(network.layer.neurons, classes);
  const add = (image: number, raster: Int32Array) => tally.add(at(known.labels, image), raster);
  const labelled = await unlessStopped(answerAll(layer, known, streams.labelling, 'label neurons', add).then(tally.rates));
  if (labelled === undefined) return stopped();
  const some = labelled.rates.some((rate) => rate > 0);
  ensure(some, where, 'network.layer', () => `was silent in all of ${known.count} images: no neuron has a vote`);
  const score = await unlessStopped(tested(layer, labelled, test, classes));
  if (score === undefined) await record.keep();
  return { training, rates: labelled, ...(score && { score }) };
}

/**
 * Tests a trained network again: the same numbers as at the end of {@link runCompetitive} with the same seed.
 *
 * @throws {StdpError} when what was learned, the rates or the images aren't those of such a network, an option isn't known, or the
 *   signal has stopped it: that says how many images were done.
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
  data: Pick<DataSet, 'test' | 'classes'>,
  options: Omit<CompetitiveOptions, 'from' | 'checkpoints'>,
  ...more: readonly never[]
): Promise<Score> {
  const where = 'evaluateCompetitive';
  nothingMore(more, where, 'evaluateCompetitive(spec, learned, rates, data, options)');
  const network = checkedSpec(validateCompetitiveSpec, spec, where);
  const { neurons } = network.layer;
  const own = checkedLearned(learned, network, where, 'learned');
  const size = own.weights.length / neurons;
  competitiveConstants(network, size, where);
  const table = checkedRates(rates, where, neurons);
  const { test, classes } = checkedSet(data, where);
  checkClasses(classes, where, 'data.classes');
  const images = checkedLabelled(test, size, classes, where, 'data.test');
  ensure(images.count > 0, where, 'data.test', () => 'holds no images');
  checkKnown(images.labels, table.classes, where, 'data.test.labels');
  const checked = checkedOptions<Omit<CompetitiveOptions, 'from' | 'checkpoints'>>(options, where, optionChecks);
  return tested({ spec: network, learned: own, ...checked, where }, table, images, classes);
}

/** A trained layer that is to answer images, checked. */
interface Answering extends Omit<CompetitiveOptions, 'from' | 'checkpoints'> {
  readonly spec: CompetitiveSpec;
  readonly learned: CompetitiveWeights;
  readonly where: string;
  readonly record?: Recording<CompetitiveExperimentState>;
}

async function tested(layer: Answering, rates: ClassRates, test: LabelledImages, classes: number): Promise<Score> {
  const table = voteTable(rates, layer.spec.readout.vote);
  const predicted = newLabels(rates.classes, test.count);
  const vote = (image: number, raster: Int32Array) => {
    predicted[image] = elect(raster, table, rates.classes);
  };
  await answerAll(layer, test, streams.testing, 'test', vote);
  return scoreOf(predicted, test.labels, Math.max(classes, rates.classes));
}

/** Hands the answer to every image on. */
async function answerAll(
  { spec, learned, seed, onProgress, signal, workers = localPool(), where, record }: Answering,
  images: LabelledImages,
  stream: number,
  stage: string,
  take: (image: number, raster: Int32Array) => void,
): Promise<void> {
  const steps = Math.round(spec.input.duration / spec.dt);
  let done = 0;
  await responses(
    { spec, learned, images, spikes: fork(seed, stream) },
    (first, raster) => {
      const count = raster.length / steps;
      for (let index = 0; index < count; index++) take(first + index, raster.subarray(index * steps, (index + 1) * steps));
      done += count;
      onProgress?.(stage, done, images.count);
    },
    signal,
    workers,
    record?.stage(stage),
  );
  checkAllDone(done, images.count, where, signal);
  checkGoesOn(where, signal);
}
