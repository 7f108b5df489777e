import { at } from '../../core/at.js';
import { StdpError } from '../../core/errors.js';
import { fork } from '../../core/random.js';
import type { DataSet, LabelledImages } from '../../data/dataSet.js';
import type { Recording } from '../checkpoints.js';
import { classesOf, fittedReadout } from '../readout/fitLinearReadout.js';
import type { LinearReadout } from '../readout/linearReadout.js';
import { type Score, scoreOf } from '../score.js';
import { checkGoesOn, unlessStopped } from '../stopped.js';
import type { Readers, WorkerPool } from '../workers/workerPool.js';
import { spikeTimesOf } from './encodeImages.js';
import type { Experiment, ExperimentOptions, ExperimentState } from './experiment.js';
import { featuresOf } from './extractFeatures.js';
import type { NetworkSpec } from './spec/networkSpec.js';
import type { SpikeTimes } from './spikeTimes.js';
import { shuffleWithinMaps } from './training/shuffleWithinMaps.js';

/** What all stages of an experiment need, checked. */
export interface Stages extends Omit<ExperimentOptions, 'from' | 'checkpoints'> {
  readonly network: NetworkSpec;
  readonly data: DataSet;
  readonly workers: WorkerPool;
  readonly where: string;
  readonly fits: Omit<ExperimentState, 'training'>;
  readonly record: Recording<ExperimentState>;
}

/** Features, fit and test for the weights, and when asked for, for shuffled ones; only what was done before it was stopped. */
export async function readAndTest(
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

/** Spike times of the images of a stage. */
export const encode = (
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
