import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../core/at.js';
import { ensure, StdpError } from '../../core/errors.js';
import { anything, flag, nothingMore, optional } from '../../core/params/validation.js';
import { aSeed, fork, type Seed } from '../../core/random.js';
import type { DataSet, LabelledImages } from '../../data/dataSet.js';
import { checkedDataSet } from '../checked/images.js';
import { aListener, aSignal, aWorkerPool, checkedOptions, checkedSpec } from '../checked/options.js';
import { aCheckpoints, type Checkpoints, type OfWork, type Recording, recording } from '../checkpoints.js';
import type { OnProgress } from '../onProgress.js';
import { classesOf, fittedReadout } from '../readout/fitLinearReadout.js';
import type { LbfgsState } from '../readout/lbfgs.js';
import type { LinearReadout } from '../readout/linearReadout.js';
import { type Score, scoreOf } from '../score.js';
import { checkGoesOn, unlessStopped } from '../stopped.js';
import { ensureSameWork, workOf } from '../work.js';
import { localPool, type Readers, type WorkerPool } from '../workers/workerPool.js';
import { spikeTimesOf } from './encodeImages.js';
import { featuresOf } from './extractFeatures.js';
import { inputMaps, planeMix } from './spec/encoderColours.js';
import { type NetworkSpec, validateNetworkSpec } from './spec/networkSpec.js';
import type { SpikeTimes } from './spikeTimes.js';
import { checkedTraining } from './training/checkedTraining.js';
import { shuffleWithinMaps } from './training/shuffleWithinMaps.js';
import { type TrainingState, untrained } from './training/trainingState.js';
import { trained } from './training/trainNetwork.js';
import { checkFeatures, checkWork } from './workload.js';

/**
 * How an experiment runs.
 *
 * @property seed     of everything random.
 * @property control  also read out weights shuffled inside each map. Default false.
 * @property from     training to go on from. Default: from the beginning.
 * @property checkpoints  keep how far it has come, in the middle of any stage; it goes on from what they kept, whatever `from` is.
 * @property onLearned  told what has been learned after each layer: it outlives whatever fails afterwards.
 * @property signal   stops after the present piece of work.
 * @property pool     who does what knows nothing of other images. Default: this thread. The result is the same.
 */
export interface ExperimentOptions {
  readonly seed: Seed;
  readonly control?: boolean;
  readonly from?: TrainingState;
  readonly onProgress?: OnProgress;
  readonly onLearned?: (training: TrainingState) => void;
  readonly signal?: AbortSignal;
  readonly workers?: WorkerPool;
  readonly checkpoints?: Checkpoints<ExperimentState>;
}

/**
 * How far an experiment has come, beside the pieces of its stages.
 *
 * @property fit          of the read-out.
 * @property shuffledFit  of the read-out of shuffled weights.
 */
export interface ExperimentState extends OfWork {
  readonly training: TrainingState;
  readonly fit?: LbfgsState;
  readonly shuffledFit?: LbfgsState;
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
 * @throws {StdpError} before any work, when an option isn't known, images or labels are none or aren't as the data set tells, `from` doesn't fit
 *   the network, `checkpoints` are of another experiment, or the network doesn't fit the images or in memory; later, when a layer never fires.
 * @example
 * const spec = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2 }] }));
 * const { score } = await runExperiment(spec, digitDataSet(1, 10, 5), { seed: 1 });
 * score?.confusion.flat().reduce((sum, count) => sum + count);   // => 5
 */
export async function runExperiment(
  spec: NetworkSpec,
  data: DataSet,
  options: ExperimentOptions,
  ...more: readonly never[]
): Promise<Experiment> {
  const where = 'runExperiment';
  nothingMore(more, where, 'runExperiment(spec, data, options)');
  const network = checkedSpec(validateNetworkSpec, spec, where);
  const given = checkedDataSet(data, where);
  const checked = checkedOptions<ExperimentOptions>(options, where, {
    seed: aSeed,
    control: optional(flag),
    from: anything,
    onProgress: aListener,
    onLearned: aListener,
    signal: aSignal,
    workers: aWorkerPool,
    checkpoints: aCheckpoints,
  });
  const { train, test, rows, columns, classes } = given;
  planeMix(network.encoder, given.channels, where, 'network.encoder');
  const channels = inputMaps(network.encoder);
  for (const [part, { count }] of Object.entries({ train, test }))
    ensure(count > 0, where, `data.${part}`, () => 'holds no images');
  checkWork(network, { height: rows, width: columns, channels, steps: network.encoder.bins }, where);
  checkFeatures(network, Math.max(train.count, test.count), classes, where);
  const { checkpoints } = checked;
  const work = workOf(network, given, checked.seed, tf.getBackend());
  ensureSameWork(checkpoints?.state?.of, work, where);
  const from = checkpoints?.state?.training ?? checked.from;
  const state = from === undefined ? untrained : checkedTraining(from, network, channels, train.count, where);
  const { training: _, ...fits } = checkpoints?.state ?? { training: state };
  const stages: Stages = {
    ...{ network, data: given, workers: localPool(), ...checked, where },
    fits,
    record: recording(checkpoints, { training: state, ...fits }, work),
  };
  const done = (await unlessStopped(experiment(stages, state))) ?? { training: state };
  if (checked.signal?.aborted) await stages.record.keep();
  return done;
}

/** What all stages of an experiment need, checked. */
interface Stages extends Omit<ExperimentOptions, 'from' | 'checkpoints'> {
  readonly network: NetworkSpec;
  readonly data: DataSet;
  readonly workers: WorkerPool;
  readonly where: string;
  readonly fits: Omit<ExperimentState, 'training'>;
  readonly record: Recording<ExperimentState>;
}

async function experiment(stages: Stages, from: TrainingState): Promise<Experiment> {
  const { network, data, seed, control = false, onProgress, onLearned, signal, record, where } = stages;
  const train = await encode(stages, data.train, 'encode training images', 'all');
  const learning = {
    seed,
    ...(signal && { signal }),
    keeper: record.keeper('training'),
    onLearned: (state: TrainingState) => {
      record.reached('training', state);
      onLearned?.(state);
    },
    onProgress: (layer: number, done: number, total: number, convergence: number | undefined) => {
      if (done % progressEvery !== 0 && done !== total) return;
      onProgress?.(`learn layer ${layer + 1}`, done, total, noteOf(convergence, network.layers[layer]?.stopBelow));
    },
  };
  const training = await trained(network, train, from, learning, where);
  record.reached('training', training);
  if (signal?.aborted || training.layer < network.layers.length) return { training };
  const scored = await unlessStopped(readAndTest(stages, train, training.weights, control));
  return { training, ...scored };
}

/** What is told of a layer that learns: how near its weights are to their bounds, and that they are near enough. */
function noteOf(convergence: number | undefined, stopBelow = 0): string {
  if (convergence === undefined) return 'C …';
  return `C ${convergence.toFixed(4)}${convergence < stopBelow ? ', converged' : ''}`;
}

/** Features, fit and test for the weights, and when asked for, for shuffled ones; only what was done before it was stopped. */
async function readAndTest(
  stages: Stages,
  train: SpikeTimes,
  weights: readonly Float32Array[],
  control: boolean,
): Promise<Omit<Experiment, 'training'>> {
  const { network, data, seed } = stages;
  const test = await encode(stages, data.test, 'encode test images', 'workers');
  const scored = await readOut(stages, { train, test }, weights, 'fit');
  if (!control) return scored;
  const shuffled = weights.map((values, layer) =>
    shuffleWithinMaps(values, at(network.layers, layer).maps, fork(fork(seed, 1000), layer)),
  );
  const controlled = await unlessStopped(readOut(stages, { train, test }, shuffled, 'shuffledFit'));
  return { ...scored, ...(controlled && { control: controlled.score }) };
}

const encode = (
  { network, data, onProgress, signal, workers, record, where }: Stages,
  images: LabelledImages,
  stage: string,
  readers: Readers,
) =>
  spikeTimesOf(images, data.rows, data.columns, network.encoder, {
    where,
    onProgress: (done) => onProgress?.(stage, done, images.count),
    signal,
    workers,
    readers,
    stage: record.stage(stage),
  });

/** Features, fit and test for one set of weights. */
async function readOut(
  { network, data: { train, test, rows, columns, classes }, onProgress, signal, workers, fits, record, where }: Stages,
  times: { readonly train: SpikeTimes; readonly test: SpikeTimes },
  weights: readonly Float32Array[],
  fit: 'fit' | 'shuffledFit',
): Promise<{ readonly readout: LinearReadout; readonly score: Score }> {
  const suffix = fit === 'fit' ? '' : ' (shuffled)';
  const features = (set: SpikeTimes, stage: string) =>
    featuresOf(set, weights, network, {
      where,
      onProgress: (done) => onProgress?.(stage + suffix, done, set.count),
      signal,
      workers,
      readers: 'workers',
      stage: record.stage(stage + suffix),
    });
  const learned = await features(times.train, 'extract training features');
  checkGoesOn(where, signal);
  const { lambda, iterations } = network.readout;
  const fitted = await fittedReadout(learned, train.labels, classes, {
    lambda,
    iterations,
    signal,
    workers,
    from: fits[fit],
    keeper: record.keeper(fit),
    onSilence: () => refuseSilent(network, train.count, where),
    onIteration: (done, loss) => onProgress?.(`fit read-out${suffix}`, done, iterations, `loss ${loss.toFixed(4)}`),
  });
  const readout: LinearReadout = { ...fitted, image: [rows, columns] };
  const tested = await features(times.test, 'extract test features');
  checkGoesOn(where, signal);
  return { readout, score: scoreOf(await classesOf(readout, tested, workers), test.labels, classes) };
}

/** From features that are all 0 nothing can be told. */
function refuseSilent({ layers }: NetworkSpec, count: number, where: string): never {
  const problem = `was silent in all of ${count} images: the read-out has nothing to see; lower thresholds`;
  throw new StdpError(where, `network.layers[${layers.length - 1}]`, problem);
}
