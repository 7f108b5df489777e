import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../../core/errors.js';
import { anything, nothingMore } from '../../core/params/validation.js';
import { aSeed } from '../../core/random.js';
import type { DataSet } from '../../data/dataSet.js';
import { checkedDataSet } from '../checked/images.js';
import { aListener, aSignal, aWorkerPool, checkedOptions, checkedSpec } from '../checked/options.js';
import { aCheckpoints, recording } from '../checkpoints.js';
import { unlessStopped } from '../stopped.js';
import { ensureSameWork, workOf } from '../work.js';
import { localPool } from '../workers/workerPool.js';
import { kindOfControl, optionalControl } from './control/control.js';
import type { Experiment, ExperimentOptions } from './experiment.js';
import { encode, readAndTest } from './experimentStages.js';
import { layersOf, networkInput } from './spec/branches.js';
import { planeMix } from './spec/encoderColours.js';
import { type NetworkSpec, validateNetworkSpec } from './spec/networkSpec.js';
import type { Stages } from './stages.js';
import { checkedTraining } from './training/checkedTraining.js';
import { type TrainingState, untrained } from './training/trainingState.js';
import { trained } from './training/trainNetwork.js';
import { checkFeatures, checkWork } from './workload.js';

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
    control: optionalControl,
    from: anything,
    onProgress: aListener,
    onLearned: aListener,
    signal: aSignal,
    workers: aWorkerPool,
    checkpoints: aCheckpoints,
  });
  const { train, test, rows, columns, classes } = given;
  planeMix(network.encoder, given.channels, where, 'network.encoder');
  const input = networkInput(network, rows, columns);
  for (const [part, { count }] of Object.entries({ train, test }))
    ensure(count > 0, where, `data.${part}`, () => 'holds no images');
  checkWork(network, input, where);
  checkFeatures(network, Math.max(train.count, test.count), classes, where);
  const { checkpoints } = checked;
  const work = workOf(network, given, checked.seed, tf.getBackend());
  ensureSameWork(checkpoints?.state?.of, work, where);
  const from = checkpoints?.state?.training ?? checked.from;
  const state = from === undefined ? untrained : checkedTraining(from, network, input.channels, train.count, where);
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

async function experiment(stages: Stages, from: TrainingState): Promise<Experiment> {
  const { network, data, seed, control, onProgress, onLearned, signal, record, where } = stages;
  const layers = layersOf(network);
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
      onProgress?.(`learn layer ${layer + 1}`, done, total, noteOf(convergence, layers[layer]?.stopBelow));
    },
  };
  const training = await trained(network, train, from, learning, where);
  record.reached('training', training);
  if (signal?.aborted || training.layer < layers.length) return { training };
  const scored = await unlessStopped(readAndTest(stages, train, training.weights, kindOfControl(control)));
  return { training, ...scored };
}

/** What is told of a layer that learns: how near its weights are to their bounds, and that they are near enough. */
function noteOf(convergence: number | undefined, stopBelow = 0): string {
  if (convergence === undefined) return 'C …';
  return `C ${convergence.toFixed(4)}${convergence < stopBelow ? ', converged' : ''}`;
}
