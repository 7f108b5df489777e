import * as tf from '@tensorflow/tfjs-core';
import { ensureBackend, tidily } from '../../../core/tensors.js';
import { filterImages } from '../../../encoders/filterBank.js';
import { dogKernel } from '../../../encoders/filters.js';
import { intensityToLatency } from '../../../encoders/intensityToLatency.js';
import { localNormalization } from '../../../encoders/localNormalization.js';
import { fieldSteps } from '../../../kernels/host/fieldSteps.js';
import { latencySteps } from '../../../kernels/host/latencySteps.js';
import type { Images } from '../../checked/images.js';
import { makeYield } from '../../makeYield.js';
import type { EncoderSpec } from '../spec/networkSpec.js';
import { colourPlanes } from './colourPlanes.js';

/** Images that meet the backend at a time. */
const batchSize = 100;

/** Spike times of images of any input, without kernels. */
export async function composedTimes(
  images: Images,
  colours: { readonly channels: number; readonly mix: Float32Array },
  height: number,
  width: number,
  encoder: EncoderSpec,
  onProgress: (done: number) => void,
  signal: AbortSignal | undefined,
  where: string,
): Promise<Uint8Array> {
  const { input, fields, bins } = encoder;
  if (input === 'pixels') {
    ensureBackend(where);
    return composedEncoding(images, colours, height, width, encoder, onProgress, signal);
  }
  onProgress(images.count);
  return input === 'latencies' ? latencySteps(images.pixels, bins) : fieldSteps(images.pixels, fields, bins);
}

/** Spike times `[count, height, width, 2 · planes]` of images on the present backend, one operation after the other. */
async function composedEncoding(
  { pixels, count }: Images,
  { channels, mix }: { readonly channels: number; readonly mix: Float32Array },
  height: number,
  width: number,
  encoder: EncoderSpec,
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { size, sigmaCentre, sigmaSurround, bins } = encoder;
  const [area, planes] = [height * width, mix.length / channels];
  const [taken, made] = [area * channels, 2 * planes * area];
  const values = new Uint8Array(count * made);
  const kernels = [dogKernel(size, sigmaCentre, sigmaSurround), dogKernel(size, sigmaSurround, sigmaCentre)];
  const yieldToEventLoop = makeYield();
  for (let from = 0; from < count && !signal?.aborted; from += batchSize) {
    const to = Math.min(count, from + batchSize);
    const times = tidily(() => {
      const batch = colourPlanes(pixels.subarray(from * taken, to * taken), area, channels, mix);
      const shown = tf.tensor4d(batch, [(to - from) * planes, height, width, 1]);
      return tf.minimum(latencies(shown, planes, kernels, encoder), bins);
    });
    values.set(await times.data(), from * made);
    times.dispose();
    onProgress?.(to);
    await yieldToEventLoop();
  }
  tf.dispose(kernels);
  return values;
}

function latencies(
  shown: tf.Tensor4D,
  planes: number,
  kernels: readonly tf.Tensor2D[],
  { size, cutoff, normalizationRadius, bins }: EncoderSpec,
): tf.Tensor {
  const contrast = filterImages(shown, kernels, { pad: Math.floor(size / 2), threshold: cutoff });
  const normalized = normalizationRadius === 0 ? contrast : localNormalization(contrast, normalizationRadius);
  return intensityToLatency(planesLast(normalized, planes), bins);
}

/** `[images · planes, height, width, 2]` → `[images, height, width, planes · 2]`. */
function planesLast(contrast: tf.Tensor, planes: number): tf.Tensor {
  if (planes === 1) return contrast;
  const [rows = 0, height = 0, width = 0, polarities = 2] = contrast.shape;
  const apart = tf.reshape(contrast, [rows / planes, planes, height * width, polarities]);
  return tf.reshape(tf.transpose(apart, [0, 2, 1, 3]), [rows / planes, height, width, planes * polarities]);
}
