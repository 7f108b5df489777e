import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { filterImages } from '../../src/encoders/filterBank.js';
import { dogKernel, gaborKernel } from '../../src/encoders/filters.js';
import { lateralIntensityInhibition } from '../../src/encoders/lateralIntensityInhibition.js';
import { localNormalization } from '../../src/encoders/localNormalization.js';

describe('dogKernel and gaborKernel', () => {
  it.each([
    ['on', () => dogKernel(7, 1, 2)],
    ['off', () => dogKernel(7, 2, 1)],
    ['gabor', () => gaborKernel(5, 22.5)],
  ])('%s: sum 0, maximum 1', async (_, make) => {
    const values = [...(await make().data())];
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5);
    expect(Math.max(...values)).toBe(1);
  });

  it('a Gabor filter turned by 90° is transposed', async () => {
    const turned = await tf.transpose(gaborKernel(5, 90)).data();
    const upright = await gaborKernel(5, 0).data();
    upright.forEach((value, index) => {
      expect(turned[index]).toBeCloseTo(value, 5);
    });
  });

  it('refuse wrong arguments', () => {
    expect(() => dogKernel(6, 1, 2)).toThrow('dogKernel: size must be an odd integer ≥ 3, got 6');
    expect(() => dogKernel(7, 0, 2)).toThrow('dogKernel: sigma1 must be a number > 0, got 0');
    expect(() => dogKernel(7, 2, 2)).toThrow('dogKernel: sigma2 must differ from sigma1, both are 2');
    expect(() => gaborKernel(1, 0)).toThrow('gaborKernel: size must be an odd integer ≥ 3, got 1');
    expect(() => gaborKernel(5, 0, 0)).toThrow('gaborKernel: div must be a number > 0, got 0');
  });
});

describe('filterImages', () => {
  const image = [
    [
      [[1], [2], [3]],
      [[4], [5], [6]],
      [[7], [8], [9]],
    ],
  ];
  const identity = [[1]];
  const right = [
    [0, 0, 0],
    [0, 0, 1],
    [0, 0, 0],
  ];

  it('correlates, with smaller kernels centred', async () => {
    const response = filterImages(image, [identity, right], { pad: 1 });
    expect(response.shape).toEqual([1, 3, 3, 2]);
    expect(await tf.slice(response, [0, 1, 0, 0], [1, 1, 3, 2]).data()).toEqual(Float32Array.of(4, 5, 5, 6, 6, 0));
  });

  it('zeroes what is below the threshold, one for all or one per kernel (the peer fails on a list)', async () => {
    const middle = (options: Parameters<typeof filterImages>[2]) => filterImages(image, [identity, right], options).data();
    expect(await middle({ threshold: 6 })).toEqual(Float32Array.of(0, 6));
    expect(await middle({ threshold: [5, 7] })).toEqual(Float32Array.of(5, 0));
  });

  it('takes the absolute value after the threshold', async () => {
    const negative = [[-1]];
    expect(await tf.max(filterImages(image, [negative], { absolute: true })).data()).toEqual(Float32Array.of(9));
    expect(await tf.max(filterImages(image, [negative], { absolute: true, threshold: 0 })).data()).toEqual(Float32Array.of(0));
  });

  it('refuses wrong arguments', () => {
    expect(() => filterImages([[1]], [identity])).toThrow('filterImages: images has shape [1, 1], needs [B, H, W, 1]');
    expect(() => filterImages(image, [])).toThrow('filterImages: kernels needs at least one kernel');
    expect(() => filterImages(image, [tf.zeros([2, 2])])).toThrow(
      'kernels holds one of shape [2, 2], needs square ones of odd size',
    );
    expect(() => filterImages(image, [identity], { threshold: [1, 2] })).toThrow(
      'threshold needs one value per kernel (1), got [1,2]',
    );
    expect(() => filterImages(image, [identity], { threshold: Number.NaN })).toThrow(
      'threshold must be a finite number or left out',
    );
  });
});

describe('localNormalization', () => {
  it('divides by the mean around, zeros outside', async () => {
    const [corner, edge, inside] = await Promise.all(
      [
        [0, 0],
        [0, 2],
        [2, 2],
      ].map(async ([y = 0, x = 0]) => {
        const values = await tf.slice(localNormalization(tf.fill([1, 5, 5, 2], 7), 1), [0, y, x, 1], [1, 1, 1, 1]).data();
        return values[0];
      }),
    );
    expect(corner).toBeCloseTo(9 / 4, 5);
    expect(edge).toBeCloseTo(9 / 6, 5);
    expect(inside).toBeCloseTo(1, 5);
  });

  it('a black image stays black', async () => {
    expect(new Set(await localNormalization(tf.zeros([1, 4, 4, 1]), 2).data())).toEqual(new Set([0]));
  });

  it('refuses wrong arguments', () => {
    expect(() => localNormalization(tf.zeros([4, 4, 1]), 1)).toThrow(
      'localNormalization: images has shape [4, 4, 1], needs [B, H, W, C]',
    );
    expect(() => localNormalization(tf.zeros([1, 4, 4, 1]), 0)).toThrow(
      'localNormalization: radius must be an integer ≥ 1, got 0',
    );
  });
});

describe('lateralIntensityInhibition', () => {
  it('raises by each weaker neighbour, zeros outside included', async () => {
    // 1: seven zeros outside; 2: those and the 1
    const raised = await lateralIntensityInhibition(tf.tensor4d([1, 2], [1, 1, 2, 1]), [0.125]).data();
    expect(raised).toEqual(Float32Array.of(1 * (1 + 7 / 8), 2 * (1 + 8 / 8)));
  });

  it.each([
    [1, 1, 3],
    [1, 4, 1],
    [3, 1, 6],
    [2, 5, 3],
    [4, 4, 3],
    [5, 4, 4],
    [3, 4, 40],
  ])('is what the formula says, to the bit, on %i × %i pixels with %i factors', async (height, width, distances) => {
    // Sums of these are exact in float32.
    const factors = Array.from({ length: distances }, (_, index) => ((index % 5) - 2) / 8);
    const pixels = Array.from({ length: height * width }, (_, index) => ((index * 7) % 5) - 1);
    const at = (y: number, x: number): number => (y < 0 || y >= height || x < 0 || x >= width ? 0 : (pixels[y * width + x] ?? 0));
    const expected = pixels.map((value, index) => {
      const [y, x] = [Math.floor(index / width), index % width];
      let sum = 1;
      for (let dy = -distances; dy <= distances; dy++)
        for (let dx = -distances; dx <= distances; dx++)
          if (at(y + dy, x + dx) < value) sum += factors[Math.max(Math.abs(dy), Math.abs(dx)) - 1] ?? 0;
      return value * sum + 0;
    });
    const image = tf.tensor4d(pixels, [1, height, width, 1]);
    const raised = await lateralIntensityInhibition(image, factors).data();
    expect(Array.from(raised, (value) => value + 0)).toEqual(expected);
  });

  it('takes no more steps for factors beyond the image, and holds a few tensors at once', async () => {
    const image = tf.ones([1, 5, 4, 2]);
    const work = async (distances: number) => {
      const before = tf.memory().numBytes;
      const factors = new Array<number>(distances).fill(0.25);
      const { kernels, peakBytes } = await tf.profile(() => lateralIntensityInhibition(image, factors));
      return { steps: kernels.length, bytes: peakBytes - before };
    };
    const [few, most, more] = [await work(2), await work(4), await work(1000)];
    expect(most.steps).toBeGreaterThan(few.steps);
    expect(more.steps).toBe(most.steps);
    expect(more.bytes).toBeLessThan(20 * 4 * image.size);
  });

  it('has gradients: counts of weaker neighbours don’t change', async () => {
    const image = tf.tensor4d([1, 2], [1, 1, 2, 1]);
    const slope = tf.grad((x: tf.Tensor) => lateralIntensityInhibition(x, [0.125, 0.125]))(image);
    expect(await slope.data()).toEqual(Float32Array.of(1 + 23 / 8, 1 + 24 / 8));
  });

  it('factors whose sum is beyond what a number can hold leave black black', async () => {
    const [black, white] = await lateralIntensityInhibition([[[[0], [1]]]], [3e38, 3e38]).data();
    expect([black, white]).toEqual([0, Number.POSITIVE_INFINITY]);
  });

  it('nothing comes of nothing', async () => {
    expect(new Set(await lateralIntensityInhibition(tf.zeros([1, 3, 3, 1]), [0.5]).data())).toEqual(new Set([0]));
    expect(await lateralIntensityInhibition(tf.ones([1, 1, 1, 1]), []).data()).toEqual(Float32Array.of(1));
  });

  it('refuses wrong arguments', () => {
    expect(() => lateralIntensityInhibition([1], [1])).toThrow(
      'lateralIntensityInhibition: images has shape [1], needs [B, H, W, C]',
    );
    expect(() => lateralIntensityInhibition(tf.zeros([1, 1, 1, 1]), [Number.NaN])).toThrow('factors must be finite numbers');
  });
});

it('filters leave only their results', () => {
  const image = tf.ones([1, 9, 9, 1]);
  const before = tf.memory().numTensors;
  const kernel = dogKernel(3, 1, 2);
  tf.dispose([
    filterImages(image, [kernel, [[1]]], { threshold: [0, 1], absolute: true }),
    localNormalization(image, 1),
    lateralIntensityInhibition(image, [0.1]),
    gaborKernel(3, 0),
    kernel,
  ]);
  expect(tf.memory().numTensors).toBe(before);
});
