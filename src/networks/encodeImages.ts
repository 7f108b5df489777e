import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../core/tensors.js';
import type { LabelledImages } from '../data/dataSet.js';
import { filterImages } from '../encoders/filterBank.js';
import { dogKernel } from '../encoders/filters.js';
import { intensityToLatency } from '../encoders/intensityToLatency.js';
import { localNormalization } from '../encoders/localNormalization.js';
import { breather } from './breathe.js';
import type { EncoderSpec } from './networkSpec.js';
import type { SpikeTimes } from './spikeTimes.js';

/** Images that meet the backend at a time. */
const batchSize = 100;

/**
 * Spike times of images: contrast by difference of Gaussians in both polarities, local normalisation, rank order in bins.
 *
 * @param images      grey images 0–255; labels are not looked at.
 * @param onProgress  called with the number of images done.
 * @returns two channels, ON and OFF.
 * @example
 * const times = await encodeImages(generateDigits(3, 1), 28, 28, encoderDefaults);
 * [times.count, times.channels, times.steps];   // => [3, 2, 15]
 */
export async function encodeImages(
  images: Pick<LabelledImages, 'pixels' | 'count'>,
  height: number,
  width: number,
  encoder: EncoderSpec,
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
): Promise<SpikeTimes> {
  const { size, sigmaCentre, sigmaSurround, bins } = encoder;
  const pixels = height * width;
  const values = new Uint8Array(images.count * pixels * 2);
  const kernels = [dogKernel(size, sigmaCentre, sigmaSurround), dogKernel(size, sigmaSurround, sigmaCentre)];
  const breathe = breather();
  for (let from = 0; from < images.count && !signal?.aborted; from += batchSize) {
    const to = Math.min(images.count, from + batchSize);
    const times = tidily(() => {
      const batch = tf.tensor4d(Float32Array.from(images.pixels.subarray(from * pixels, to * pixels)), [
        to - from,
        height,
        width,
        1,
      ]);
      return tf.minimum(latencies(batch, kernels, encoder), bins);
    });
    values.set(await times.data(), from * pixels * 2);
    times.dispose();
    onProgress?.(to);
    await breathe();
  }
  tf.dispose(kernels);
  return { values, count: images.count, height, width, channels: 2, steps: bins };
}

function latencies(
  images: tf.Tensor4D,
  kernels: readonly tf.Tensor2D[],
  { size, cutoff, normalizationRadius, bins }: EncoderSpec,
): tf.Tensor {
  const contrast = filterImages(images, kernels, { pad: Math.floor(size / 2), threshold: cutoff });
  const normalized = normalizationRadius === 0 ? contrast : localNormalization(contrast, normalizationRadius);
  return intensityToLatency(normalized, bins);
}
