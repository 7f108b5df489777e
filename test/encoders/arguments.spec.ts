import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Seed } from '../../src/core/random.js';
import { filterImages } from '../../src/encoders/filterBank.js';
import { dogKernel, gaborKernel } from '../../src/encoders/filters.js';
import { intensityToLatency, latencyToWave } from '../../src/encoders/intensityToLatency.js';
import { lateralIntensityInhibition } from '../../src/encoders/lateralIntensityInhibition.js';
import { localNormalization } from '../../src/encoders/localNormalization.js';
import { type PoissonOptions, poissonEncode } from '../../src/encoders/poisson.js';

const image = () => tf.ones([1, 3, 3, 1]);

describe('options', () => {
  it.each<[() => unknown, string]>([
    [
      () => poissonEncode([1], { steps: 1, seed: 1, Dt: 2 } as PoissonOptions),
      'poissonEncode: Dt is not a parameter; known are steps, dt, seed',
    ],
    [
      () => poissonEncode([1], undefined as unknown as PoissonOptions),
      'poissonEncode: steps must be an integer ≥ 1, got undefined',
    ],
    [() => poissonEncode([1], 350 as unknown as PoissonOptions), 'poissonEncode: options must be a record, got 350'],
    [
      () => poissonEncode([1], { steps: 2 } as PoissonOptions),
      'poissonEncode: seed must be an integer ≥ 0 or a random generator, got undefined',
    ],
    [
      () => filterImages(image(), [[[1]]], { Pad: 1 } as object),
      'filterImages: Pad is not a parameter; known are pad, threshold, absolute',
    ],
    [
      () => filterImages(image(), [[[1]]], { absolute: 'yes' } as object),
      'filterImages: absolute must be true or false, got "yes"',
    ],
    [
      () => filterImages(image(), [[[1]]], { threshold: tf.ones([2]) }),
      'filterImages: threshold needs one value per kernel (1), got a tensor [2]',
    ],
    [() => filterImages(image(), undefined as never), 'filterImages: kernels must be a list of kernels, got undefined'],
    [
      () => intensityToLatency([[[1]]], 2, { remainder: 'Drop' } as object),
      `intensityToLatency: remainder must be one of 'last', 'drop', got "Drop"`,
    ],
    [
      () => filterImages(image(), [[[1, 2, 3]]]),
      'filterImages: kernels holds one of shape [1, 3], needs square ones of odd size',
    ],
    [() => filterImages(image(), [[[[1]]]] as never), 'filterImages: kernels holds one of shape [1, 1, 1], needs square ones'],
    [() => filterImages(image(), [tf.ones([2, 2])]), 'filterImages: kernels holds one of shape [2, 2], needs square ones'],
    [() => intensityToLatency('x' as never, 2), 'intensityToLatency: intensities is not a tensor'],
    [() => intensityToLatency([[1]], 2), 'intensityToLatency: intensities has shape [1, 1], needs [B, H, W, C] or [H, W, C]'],
    [
      () => intensityToLatency(tf.zeros([3000, 3000, 1]), 2),
      'intensityToLatency: intensities has 9000000 values in an image, at most 8388608 have a rank',
    ],
    [() => intensityToLatency([[[1]]], 2, 'drop' as never), 'intensityToLatency: options must be a record, got "drop"'],
    [
      () => lateralIntensityInhibition(image(), 0.5 as never),
      'lateralIntensityInhibition: factors must be finite numbers, got 0.5',
    ],
    [
      () => lateralIntensityInhibition(image(), ['1'] as never),
      'lateralIntensityInhibition: factors must be finite numbers, got ["1"]',
    ],
    [() => dogKernel('7' as never, 1, 2), 'dogKernel: size must be an odd integer ≥ 3, got "7"'],
    [() => gaborKernel(5, '45' as never), 'gaborKernel: orientationDegrees must be a finite number, got "45"'],
    [
      () => latencyToWave([0], 2 ** 40),
      'latencyToWave: bins [1099511627776, 1] holds 1099511627776 values, more than fit in memory',
    ],
  ])('%# are checked by name', (call, message) => {
    expect(call).toThrow(message);
  });

  it('seeds are whole numbers or generators, never a text', () => {
    for (const seed of ['run 1', 1.5, -1, Number.NaN, null, [1], {}] as unknown as Seed[])
      expect(() => poissonEncode([1], { steps: 1, seed }), String(seed)).toThrow('poissonEncode: seed must be');
  });
});

describe('sizes', () => {
  it('a kernel larger than the padded images is refused, one that leaves nothing gives nothing', () => {
    const five = tf.ones([5, 5]);
    expect(() => filterImages(image(), [five])).toThrow('filterImages: kernels of 5 × 5 are larger than the padded images 3 × 3');
    expect(filterImages(tf.ones([1, 4, 4, 1]), [five]).shape).toEqual([1, 0, 0, 1]);
    expect(filterImages(tf.zeros([0, 3, 3, 1]), [five], { pad: 1 }).shape).toEqual([0, 1, 1, 1]);
  });

  it('name the argument that is too large, or of another rank', () => {
    expect(() => dogKernel(2 ** 27 + 1, 1, 2)).toThrow('dogKernel: size [134217729, 134217729] holds');
    expect(() => filterImages(image(), [[[1]]], { pad: 2 ** 40 })).toThrow('filterImages: pad [1, ');
    expect(() => filterImages(tf.ones([1, 3, 3, 1, 1]), [[[1]]])).toThrow(
      'filterImages: images has shape [1, 3, 3, 1, 1], needs [B, H, W, 1]',
    );
  });

  it('a window beyond the image sees zeros there, however wide it is', async () => {
    for (const radius of [1, 2, 30, 1e9]) {
      const wanted = 1 / (4 / (2 * radius + 1) ** 2 + 1e-12); // of a 2 × 2 image of ones: every window sees all four
      const values = await localNormalization(tf.ones([1, 2, 2, 1]), radius).data();
      for (const value of values) expect(value / wanted).toBeCloseTo(1, 5);
    }
  });

  it('one pixel, and none', async () => {
    expect(Array.from(await intensityToLatency([[[1]]], 3).data())).toEqual([0]);
    expect(intensityToLatency(tf.zeros([0, 2, 2, 1]), 3).shape).toEqual([0, 2, 2, 1]);
    expect(latencyToWave(tf.zeros([0, 2]), 3).shape).toEqual([3, 0, 2]);
    expect(poissonEncode(tf.zeros([0]), { steps: 2, seed: 1 }).shape).toEqual([2, 0]);
    expect(localNormalization(tf.zeros([1, 0, 2, 1]), 1).shape).toEqual([1, 0, 2, 1]);
    expect(lateralIntensityInhibition(tf.zeros([1, 2, 2, 0]), [1]).shape).toEqual([1, 2, 2, 0]);
  });
});

describe('kernels', () => {
  it('without contrast are refused: rounding alone would be left', () => {
    expect(() => dogKernel(7, 1e9, 2e9)).toThrow('dogKernel: sigma1 gives a kernel of 7 × 7 without contrast');
    expect(() => dogKernel(7, 1, 1 + 1e-12)).toThrow('dogKernel: sigma2 must differ from sigma1');
    expect(() => gaborKernel(5, 0, 1e-9)).toThrow('gaborKernel: div gives a kernel of 5 × 5 without contrast');
  });

  it('turned by any number of whole turns are the same', async () => {
    expect(await gaborKernel(5, 360 * 2 ** 50 + 0).data()).toEqual(await gaborKernel(5, 0).data());
  });

  it('what is below the threshold becomes 0, not -0', async () => {
    const response = await filterImages([[[[-1], [2]]]], [[[1]]], { threshold: 0 }).data();
    expect(Array.from(response)).toEqual([0, 2]);
  });
});
