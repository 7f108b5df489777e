import { fork } from '../../core/random.js';
import type { LabelledImages } from '../../data/dataSet.js';
import { answersOf, type Readout } from '../readout/readout.js';
import { type Score, scoreOf } from '../score.js';
import { checkGoesOn, unlessStopped } from '../stopped.js';
import type { Readers } from '../workers/workerPool.js';
import type { ControlKind, ControlScore } from './control/control.js';
import { controlWeights } from './control/controlWeights.js';
import { matchedDensities, withThreshold } from './control/matchedDensities.js';
import { spikeTimesOf } from './encodeImages.js';
import type { Experiment } from './experiment.js';
import { featuresOf } from './extractFeatures.js';
import { fitReadout } from './fitReadout.js';
import { encodersOf } from './spec/branches.js';
import type { SpikeTimes } from './spikeTimes.js';
import type { Stages } from './stages.js';

/** Features, fit and test for the weights, and when asked for, for a control; only what was done before it was stopped. */
export async function readAndTest(
  stages: Stages,
  train: SpikeTimes,
  weights: readonly Float32Array[],
  control: ControlKind | undefined,
): Promise<Omit<Experiment, 'training'>> {
  const test = await encode(stages, stages.data.test, 'encode test images', 'workers');
  const scored = await readOut(stages, { train, test }, weights, 'fit');
  if (control === undefined) return scored;
  const controlled = await unlessStopped(readControl(stages, { train, test }, weights, control));
  return { ...scored, ...(controlled && { control: controlled }) };
}

/** The same for the control of a trained network. */
async function readControl(
  stages: Stages,
  times: { readonly train: SpikeTimes; readonly test: SpikeTimes },
  trained: readonly Float32Array[],
  kind: ControlKind,
): Promise<ControlScore> {
  const { seed, signal, workers, where, fits, record } = stages;
  const weights = controlWeights(stages.network, trained, kind, fork(seed, 1000));
  const own = { network: stages.network, weights: trained };
  const densities = fits.densities ?? (await matchedDensities(own, weights, times.train, { where, signal, workers }));
  record.reached('densities', densities);
  const network = densities.reduce(withThreshold, stages.network);
  const { score } = await readOut({ ...stages, network }, times, weights, 'controlFit');
  return { kind, ...score, densities };
}

/** Spike times of the images of a stage. */
export const encode = (
  { network, data, onProgress, signal, workers, record, where }: Stages,
  images: LabelledImages,
  stage: string,
  readers: Readers,
) =>
  spikeTimesOf(images, data.rows, data.columns, encodersOf(network), {
    where,
    onProgress: (done) => onProgress?.(stage, done, images.count),
    signal,
    workers,
    readers,
    stage: record.stage(stage),
  });

/** Features, fit and test for one set of weights. */
async function readOut(
  stages: Stages,
  times: { readonly train: SpikeTimes; readonly test: SpikeTimes },
  weights: readonly Float32Array[],
  fit: 'fit' | 'controlFit',
): Promise<{ readonly readout: Readout; readonly score: Score }> {
  const { network, data, onProgress, signal, workers, record, where } = stages;
  const { test, classes } = data;
  const suffix = fit === 'fit' ? '' : ' (control)';
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
  const readout = await fitReadout(stages, learned, fit);
  const tested = await features(times.test, 'extract test features');
  checkGoesOn(where, signal);
  return { readout, score: scoreOf(await answersOf(readout, tested, workers), test.labels, classes) };
}
