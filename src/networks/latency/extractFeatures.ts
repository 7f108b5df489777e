import type * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../../core/errors.js';
import { kernelsOnHost } from '../../kernels/current.js';
import { type Crew, localCrew } from '../crew/crew.js';
import { inPieces } from '../crew/inPieces.js';
import type { FeatureMatrix } from '../readout/featureMatrix.js';
import { composedFeatures } from './composedFeatures.js';
import { latencyLayers } from './latencyLayers.js';
import type { NetworkSpec } from './networkSpec.js';
import type { SpikeTimes } from './spikeTimes.js';

/**
 * What the read-out sees of each image: the last layer's spikes or potentials on a grid, see {@link ReadoutSpec}.
 * No inhibition, no learning.
 *
 * @param times    encoded images.
 * @param weights  of every layer, `[k, k, in, maps]`, ≥ 0.
 * @param onProgress  called with the number of images done.
 * @param crew     who computes, where the kernels serve. Default: this thread. The result is the same.
 * @throws {StdpError} when there aren't weights for every layer, or one is below 0.
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
  crew: Crew = localCrew(),
): Promise<FeatureMatrix> {
  const { layers, readout } = spec;
  const { count, steps } = times;
  const where = 'extractFeatures';
  ensure(weights.length === layers.length, where, 'weights', () => `are of ${weights.length} layers, there are ${layers.length}`);
  const arrays = await Promise.all(weights.map(async (w) => Float32Array.from(await w.data<'float32'>())));
  const negative = arrays.findIndex((w) => w.some((value) => !(value >= 0)));
  ensure(negative < 0, where, `weights[${negative}]`, () => 'must be ≥ 0');
  const size = readout.grid ** 2 * (layers.at(-1)?.maps ?? 0);
  const features = crew.floats(count * size);
  if (kernelsOnHost()) {
    const task = crew.begin('extract', {
      times: crew.share(times.values),
      size: times.height * times.width * times.channels,
      steps,
      layers: latencyLayers(spec, times),
      weights: arrays,
      reading: readout,
      features,
    });
    const pieces = { count, piece: 100, news: undefined, signal };
    await inPieces(crew, task, pieces, (_, _from, done) => onProgress?.(done)).finally(task.end);
  } else await composedFeatures(times, weights, spec, features, onProgress, signal);
  return { values: features, count, size };
}
