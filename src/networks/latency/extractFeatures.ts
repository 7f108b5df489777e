import * as tf from '@tensorflow/tfjs-core';
import { ensureIs, nothingMore } from '../../core/params/validation.js';
import { ensureBackend } from '../../core/tensors.js';
import { kernelsOnHost } from '../../kernels/tensors/current.js';
import { aListener, aSignal, aWorkerPool, checkedSpec } from '../checked/options.js';
import type { FeatureMatrix } from '../readout/featureMatrix.js';
import { checkAllDone } from '../stopped.js';
import { inPieces, rowsInPieces } from '../workers/inPieces.js';
import { localPool, type WorkerPool } from '../workers/workerPool.js';
import { checkedTimes } from './checkedTimes.js';
import type { Work } from './encodeImages.js';
import { latencyLayers } from './latencyLayers.js';
import { branchesOf, featureSize, inputOfBranch, ofBranch } from './spec/branches.js';
import { type NetworkSpec, validateNetworkSpec } from './spec/networkSpec.js';
import { readingOf } from './spec/readoutSpec.js';
import { type SpikeTimes, timesOfBranch } from './spikeTimes.js';
import { composedFeatures } from './tensors/composedFeatures.js';
import { readWeights } from './training/checkedWeights.js';
import { weightTensors } from './training/layerWeights.js';
import { checkFeatures, checkWork } from './workload.js';

/**
 * What the read-out sees of each image: the last layer's spikes or potentials on a grid, see {@link ReadoutSpec}; of several branches those of
 * each, one after the other. No inhibition, no learning.
 *
 * @param times    encoded images.
 * @param weights  of every layer, `[k, k, in, maps]`, ≥ 0.
 * @param onProgress  called with the number of images done.
 * @param signal   stops after the present piece of work: then there is no result.
 * @param pool     who computes, where the kernels serve. Default: this thread. The result is the same.
 * @throws {StdpError} when there aren't weights for every layer, of its shape, finite and ≥ 0; times aren't as many as they are
 *   said to be; the features don't fit in memory; or the signal has stopped it: that says how many images were done.
 * @example
 * const spec = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2 }] }));
 * const times = await encodeImages(generateDigits(3, 1), 28, 28, spec.encoder);
 * const { count, size } = await extractFeatures(times, [tf.fill([7, 7, 2, 2], 0.8)], spec);
 * [count, size];   // => [3, 32]
 */
export async function extractFeatures(
  times: SpikeTimes,
  weights: readonly tf.Tensor4D[],
  spec: NetworkSpec,
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
  workers: WorkerPool = localPool(),
  ...more: readonly never[]
): Promise<FeatureMatrix> {
  const where = 'extractFeatures';
  nothingMore(more, where, 'extractFeatures(times, weights, spec, onProgress, signal, pool)');
  const network = checkedSpec(validateNetworkSpec, spec, where);
  const given = checkedTimes(times, where);
  ensureIs(aListener, onProgress, where, 'onProgress');
  ensureIs(aSignal, signal, where, 'signal');
  ensureIs(aWorkerPool, workers, where, 'workers');
  checkWork(network, given, where);
  checkFeatures(network, given.count, 1, where);
  const arrays = await readWeights(weights, network, given.channels, where);
  return featuresOf(given, arrays, network, { where, onProgress, signal, workers });
}

/** {@link extractFeatures} of what has been checked. */
export async function featuresOf(
  times: SpikeTimes,
  weights: readonly Float32Array[],
  spec: NetworkSpec,
  { where, onProgress, signal, workers, readers, stage }: Work,
): Promise<FeatureMatrix> {
  const { count, steps } = times;
  const size = featureSize(spec);
  const features = workers.floats(count * size);
  let all = 0;
  const report = (done: number): void => {
    all = done;
    onProgress?.(done);
  };
  if (kernelsOnHost()) {
    const setup = {
      times: workers.share(times.values),
      size: times.height * times.width * times.channels,
      steps,
      branches: branchesOf(spec).map((branch) => ({
        layers: latencyLayers(branch.spec, inputOfBranch(branch, times)),
        weights: ofBranch(branch, weights),
      })),
      reading: readingOf(spec.readout),
      features,
    };
    const task = workers.begin('extract', setup, readers);
    const pieces = { count, update: undefined, signal, ...rowsInPieces(workers, readers, stage, features, size) };
    await inPieces(workers, task, pieces, (_, _from, done) => report(done)).finally(task.end);
  } else {
    ensureBackend(where);
    let first = 0;
    for (const branch of branchesOf(spec)) {
      const [own, seen, offset] = [featureSize(branch.spec), timesOfBranch(times, branch), first];
      const put = (rows: Float32Array, from: number) => {
        for (let row = 0; row * own < rows.length; row++)
          features.set(rows.subarray(row * own, (row + 1) * own), (from + row) * size + offset);
      };
      all = 0;
      const tensors = weightTensors(ofBranch(branch, weights), branch.spec, seen.channels);
      await composedFeatures(seen, tensors, branch.spec, put, report, signal).finally(() => tf.dispose([...tensors]));
      first += own;
    }
  }
  checkAllDone(all, count, where, signal);
  return { values: features, count, size };
}
