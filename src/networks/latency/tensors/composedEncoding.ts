import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../../../core/tensors.js';
import type { LabelledImages } from '../../../data/dataSet.js';
import { filterImages } from '../../../encoders/filterBank.js';
import { dogKernel } from '../../../encoders/filters.js';
import { intensityToLatency } from '../../../encoders/intensityToLatency.js';
import { localNormalization } from '../../../encoders/localNormalization.js';
import { makeYield } from '../../makeYield.js';
import type { EncoderSpec } from '../spec/networkSpec.js';

/** Images that meet the backend at a time. */
const batchSize = 100;

/** Spike times `[count, height, width, 2]` of images on the present backend, one operation after the other. */
export async function composedEncoding(
  images: Pick<LabelledImages, 'pixels' | 'count'>,
  height: number,
  width: number,
  encoder: EncoderSpec,
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { size, sigmaCentre, sigmaSurround, bins } = encoder;
  const pixels = height * width;
  const values = new Uint8Array(images.count * pixels * 2);
  const kernels = [dogKernel(size, sigmaCentre, sigmaSurround), dogKernel(size, sigmaSurround, sigmaCentre)];
  const yieldToEventLoop = makeYield();
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
    await yieldToEventLoop();
  }
  tf.dispose(kernels);
  return values;
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
