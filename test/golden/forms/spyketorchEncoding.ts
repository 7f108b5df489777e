import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { filterImages } from '../../../src/encoders/filterBank.js';
import { dogKernel, gaborKernel } from '../../../src/encoders/filters.js';
import { intensityToLatency, latencyToWave } from '../../../src/encoders/intensityToLatency.js';
import { lateralIntensityInhibition } from '../../../src/encoders/lateralIntensityInhibition.js';
import { localNormalization } from '../../../src/encoders/localNormalization.js';
import { expectClose, single } from '../compare.js';
import type { Form } from '../form.js';
import type { GoldenCase } from '../load.js';
import * as loops from '../loops/spyketorchEncoding.js';
import { CHANNELS_LAST, wave } from '../waves.js';

async function kernels({ params, expected }: GoldenCase): Promise<void> {
  for (const [index, [size, sigma1, sigma2]] of params.dog.entries())
    await expectClose(dogKernel(size, sigma1, sigma2), expected[`dog_${index}`], 1e-6);
  for (const [index, [size, degrees]] of params.gabor.entries())
    await expectClose(gaborKernel(size, degrees), expected[`gabor_${index}`], 1e-6);
  expect(Object.keys(expected).length).toBe(params.dog.length + params.gabor.length);
}

async function encode(golden: GoldenCase): Promise<void> {
  const { params, inputs, expected } = golden;
  const filters = params.dog.map(([size, sigma1, sigma2]: [number, number, number]) => dogKernel(size, sigma1, sigma2));
  const filtered = filterImages(wave(inputs.image), filters, { pad: params.padding, threshold: params.threshold });
  await expectClose(filtered, expected.filtered, single, CHANNELS_LAST);
  await expectClose(localNormalization(filtered, params.normalization_radius), expected.normalized, single, CHANNELS_LAST);
  // The remainder is dropped as in the peer.
  const normalized = wave(expected.normalized);
  const latencies = intensityToLatency(normalized, params.timesteps, { remainder: 'drop' });
  const spikes = tf.squeeze(latencyToWave(latencies, params.timesteps), [1]);
  await expectClose(spikes, expected.spikes, 0, CHANNELS_LAST);
  await expectClose(tf.mul(spikes, normalized), expected.latency, single, CHANNELS_LAST);
  await nothingLost(golden);
}

/** By default nothing is lost: the peer loses the n mod T weakest. */
async function nothingLost({ params, expected }: GoldenCase): Promise<void> {
  const latencies = await intensityToLatency(wave(expected.normalized), params.timesteps).data();
  const nonZero = (expected.normalized.data as number[]).filter((value) => value !== 0).length;
  const counts = Array.from({ length: params.timesteps }, (_, bin) => latencies.filter((time) => time === bin).length);
  const each = Math.floor(nonZero / params.timesteps);
  const last = nonZero - (params.timesteps - 1) * each;
  expect(counts).toEqual([...new Array(params.timesteps - 1).fill(each), last]);
}

async function lateralIntensity({ params, inputs, expected }: GoldenCase): Promise<void> {
  const percents = [...params.percents];
  await expectClose(lateralIntensityInhibition(wave(inputs.x), percents), expected.y, single, CHANNELS_LAST);
  // What a neighbour adds when it alone is smaller, at each place around the middle: the peer's kernel.
  const [, , side] = expected.kernel.shape;
  const places = side * side;
  const images = tf.reshape(tf.sub(1, tf.eye(places)), [places, side, side, 1]);
  const middle = (image: tf.Tensor) => tf.slice(image, [0, (side - 1) / 2, (side - 1) / 2, 0], [places, 1, 1, 1]);
  const added = tf.sub(middle(lateralIntensityInhibition(images, percents)), middle(images));
  await expectClose(tf.reshape(added, expected.kernel.shape), expected.kernel);
}

export const forms: readonly Form[] = [
  { cases: 'spyketorch_kernels__', check: kernels, loops: loops.kernels },
  { cases: 'spyketorch_encode__', check: encode, loops: loops.encode },
  { cases: 'spyketorch_lateral_intensity__', check: lateralIntensity, loops: loops.lateralIntensity },
];
