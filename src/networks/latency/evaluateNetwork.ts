import { ensure } from '../../core/errors.js';
import { ensureIs, nothingMore } from '../../core/params/validation.js';
import { bytesOf, type DataSet, type LabelledImages } from '../../data/dataSet.js';
import { checkedFrame, checkedLabelled, checkFrame, checkKnown } from '../checked/images.js';
import { aListener, aWorkerPool, checkedSpec } from '../checked/options.js';
import type { OnProgress } from '../onProgress.js';
import { answersOf, checkedAnyReadout, type Readout } from '../readout/readout.js';
import { type Score, scoreOf } from '../score.js';
import { localPool, type WorkerPool } from '../workers/workerPool.js';
import { spikeTimesOf } from './encodeImages.js';
import { featuresOf } from './extractFeatures.js';
import { encodersOf, featureSize, networkInput } from './spec/branches.js';
import { planeMix } from './spec/encoderColours.js';
import { type NetworkSpec, validateNetworkSpec } from './spec/networkSpec.js';
import { checkedWeights } from './training/checkedWeights.js';
import { checkFeatures, checkWork } from './workload.js';

/**
 * Tests a trained network again: the same numbers as at the end of {@link runExperiment}.
 *
 * @throws {StdpError} before any work, when weights or read-out aren't those of such a network, images are none, not of the size that
 *   is told, or of another than the read-out was fitted on, or labels aren't classes, or of
 *   classes that the read-out doesn't know.
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
  readout: Readout,
  images: LabelledImages,
  data: Pick<DataSet, 'rows' | 'columns' | 'channels' | 'classes'>,
  onProgress?: OnProgress,
  workers: WorkerPool = localPool(),
  ...more: readonly never[]
): Promise<Score> {
  const where = 'evaluateNetwork';
  nothingMore(more, where, 'evaluateNetwork(spec, values, readout, images, data, onProgress, pool)');
  const network = checkedSpec(validateNetworkSpec, spec, where);
  const frame = checkedFrame(data, where);
  const { rows, columns, classes } = frame;
  const given = checkedLabelled(images, bytesOf(frame), classes, where, 'images');
  ensureIs(aListener, onProgress, where, 'onProgress');
  ensureIs(aWorkerPool, workers, where, 'workers');
  checkFrame(images, rows, columns, where, 'images');
  ensure(given.count > 0, where, 'images', () => 'holds no images');
  planeMix(network.encoder, frame.channels, where, 'network.encoder');
  const input = networkInput(network, rows, columns);
  checkWork(network, input, where);
  const weights = checkedWeights(values, network, input.channels, where, 'weights');
  const reader = checkedAnyReadout(readout, featureSize(network), where);
  checkKnown(given.labels, reader.classes, where, 'images.labels');
  const [height, width] = reader.image ?? [rows, columns];
  const sizes = () => `was fitted on images of ${height} × ${width} pixels, these have ${rows} × ${columns}`;
  ensure(height === rows && width === columns, where, 'readout', sizes);
  checkFeatures(network, given.count, reader.classes, where);
  const report = (stage: string) => ({
    where,
    onProgress: (done: number) => onProgress?.(stage, done, given.count),
    workers,
    readers: 'workers' as const,
  });
  const times = await spikeTimesOf(given, rows, columns, encodersOf(network), report('encode test images'));
  const features = await featuresOf(times, weights, network, report('extract test features'));
  return scoreOf(await answersOf(reader, features, workers), given.labels, Math.max(classes, reader.classes));
}
