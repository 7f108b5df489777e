import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fork, randomUint32, randomUniform } from '../../src/core/random.js';
import {
  type CompetitiveConstants,
  type CompetitiveLayer,
  type CompetitiveWeights,
  competitiveLayer,
} from '../../src/kernels/host/competitiveLayer.js';
import { Arena } from '../../src/kernels/module/arena.js';
import { plainNetworks } from './bothKernels.js';
import { doubled, lawOf, presentByHand } from './competitiveReference.js';

/** Images of pixels that are mostly 0. */
const imagesOf = (count: number, inputs: number, seed: number): Uint8Array =>
  Uint8Array.from(randomUint32(count * inputs, fork(seed, 2)), (word) => (word % 3 === 0 ? word >>> 24 : 0));

const learnedOf = (inputs: number, neurons: number, seed: number, most = 0.3): CompetitiveWeights => ({
  weights: randomUniform(inputs * neurons, fork(seed, 0), 0, most),
  theta: randomUniform(neurons, fork(seed, 1)),
});

/** Little inhibition, so that neurons are driven and held back at once; thresholds that rest is above, and weights that end. */
const otherLaws: readonly Partial<CompetitiveConstants>[] = [
  {},
  { neuron: [0.9, 0.8, 0.1, 65, -35, 1.5, 0.5, 2, 0.3] },
  { neuron: [0.5, 0.6, 0.3, 20, -5, -0.4, -1, 0, 1], learning: [0, 0.3, 0.2, 2, 0.1, 0.9] },
];

const spikesOf = (raster: Int32Array): Int32Array => raster.filter((neuron) => neuron >= 0);
const columnSum = ({ weights, theta }: CompetitiveWeights, neuron: number): number =>
  weights.filter((_, index) => index % theta.length === neuron).reduce((sum, weight) => sum + weight, 0);

const streams = [1, 2, 2 ** 40 + 3, 4];

describe('a competitive layer', () => {
  it('gives the same bits with SIMD and without', () => {
    let spikes = 0;
    const layers = fc.record({
      inputs: fc.integer({ min: 1, max: 90 }),
      neurons: fc.integer({ min: 1, max: 70 }),
      steps: fc.integer({ min: 1, max: 120 }),
      seed: fc.nat(),
      learn: fc.boolean(),
      more: fc.constantFrom(...otherLaws),
      most: fc.constantFrom(0, 0.3),
    });
    fc.assert(
      fc.property(layers, ({ inputs, neurons, steps, seed, learn, more, most }) => {
        const constants = { ...lawOf(inputs, neurons, steps, [0.2, 0.5, 1]), ...more };
        const start = learnedOf(inputs, neurons, seed, most);
        const images = imagesOf(streams.length, inputs, seed);
        const run = (layer: CompetitiveLayer) => [layer.present(images, seed, streams, learn), layer.learned()] as const;
        const simd = run(competitiveLayer(constants, start));
        expect(run(competitiveLayer(constants, start, new Arena(0, plainNetworks)))).toEqual(simd);
        spikes += spikesOf(simd[0]).length;
      }),
      { numRuns: 60, seed: 1 },
    );
    expect(spikes).toBeGreaterThan(1000);
  });

  it.each([
    [9, 5],
    [20, 33],
  ])('does what the equations say: %i inputs, %i neurons', (inputs, neurons) => {
    const [constants, start] = [lawOf(inputs, neurons, 100, [0.05, 0.2, 0.5]), learnedOf(inputs, neurons, 3)];
    const images = imagesOf(streams.length, inputs, 3);
    const layer = competitiveLayer(constants, start);
    const raster = layer.present(images, 7, streams, true);
    const byHand = doubled(start);
    const expected = streams.flatMap((stream, index) =>
      presentByHand(constants, byHand, images.subarray(index * inputs, (index + 1) * inputs), 7, stream, true),
    );
    expect([...raster]).toEqual(expected);
    expect(spikesOf(raster).length).toBeGreaterThan(10);
    const { weights, theta } = layer.learned();
    weights.forEach((weight, index) => {
      expect(weight).toBeCloseTo(byHand.weights[index] ?? Number.NaN, 5);
    });
    theta.forEach((value, neuron) => {
      expect(value).toBeCloseTo(byHand.theta[neuron] ?? Number.NaN, 5);
    });
  });

  const [inputs, neurons] = [40, 12];
  const start = learnedOf(inputs, neurons, 5);
  const images = imagesOf(4, inputs, 5);
  const constants = lawOf(inputs, neurons, 200, [0.1, 0.3]);

  it('gives for images together what it gives for one after the other', () => {
    const [together, single] = [competitiveLayer(constants, start), competitiveLayer(constants, start)];
    const rasters = streams.flatMap((stream, index) => [
      ...single.present(images.subarray(index * inputs, (index + 1) * inputs), 1, [stream], true),
    ]);
    expect([...together.present(images, 1, streams, true)]).toEqual(rasters);
    expect(together.learned()).toEqual(single.learned());
  });

  it('scales the weights of those that fired to the norm, and leaves the others alone', () => {
    const layer = competitiveLayer(lawOf(inputs, neurons, 200, [0.3]), start);
    const fired = new Set(layer.present(images, 1, streams, true));
    const { weights } = layer.learned();
    expect(fired.size).toBeGreaterThan(2);
    expect(fired.size).toBeLessThan(neurons);
    for (let neuron = 0; neuron < neurons; neuron++) {
      if (fired.has(neuron)) expect(columnSum(layer.learned(), neuron)).toBeCloseTo(inputs / 10, 4);
      const isOwn = (_: number, index: number) => index % neurons === neuron;
      if (!fired.has(neuron)) expect(weights.filter(isOwn)).toEqual(start.weights.filter(isOwn));
    }
  });

  it('raises the threshold of a neuron with each of its spikes while it learns', () => {
    const steady: CompetitiveConstants = {
      ...constants,
      learning: [0.05, 0.01, 1, 4, 0.05, 1],
      scales: constants.scales.subarray(256),
    };
    const layer = competitiveLayer(steady, start);
    const fired = layer.present(images, 1, streams, true);
    layer.learned().theta.forEach((theta, neuron) => {
      const spikes = fired.filter((other) => other === neuron).length;
      expect(theta - (start.theta[neuron] ?? 0)).toBeCloseTo(0.05 * spikes, 4);
    });
  });

  it('changes nothing unless it learns', () => {
    const layer = competitiveLayer(constants, start);
    expect(spikesOf(layer.present(images, 1, streams, false)).length).toBeGreaterThan(20);
    expect(layer.learned()).toEqual(start);
  });

  it.each([true, false])('answers a black image with silence (learning: %s)', (learn) => {
    const layer = competitiveLayer(constants, start);
    expect(spikesOf(layer.present(new Uint8Array(inputs), 1, [1], learn)).length).toBe(0);
    expect(layer.learned().weights).toEqual(start.weights);
    const decayed = start.theta.map((theta) => (learn ? theta * 0.999 * 0.999 : theta));
    layer.learned().theta.forEach((theta, neuron) => {
      expect(theta).toBeCloseTo(decayed[neuron] ?? Number.NaN, 6);
    });
  });

  it('bears weights that are all 0', () => {
    const layer = competitiveLayer(constants, {
      weights: new Float32Array(inputs * neurons),
      theta: new Float32Array(neurons),
    });
    layer.present(images, 1, streams, true);
    expect(layer.learned().weights.every((weight) => weight === 0)).toBe(true);
  });

  it('shows an image again, brighter, until it answers with enough spikes or the attempts are over', () => {
    const answer = (probabilities: readonly number[], leastSpikes = 5) =>
      spikesOf(
        competitiveLayer({ ...lawOf(inputs, neurons, 200, probabilities), leastSpikes }, start).present(
          images,
          1,
          streams,
          false,
        ),
      ).length;
    expect(answer([0])).toBe(0);
    expect(answer([0, 0, 0.5])).toBeGreaterThan(4 * 5);
    expect(answer([0, 0, 0.5], 0)).toBe(0);
  });
});

it('refuses what a layer of another size has learned', () => {
  const message = 'competitiveLayer: weights has 40 values for 4 neurons, [9, 4] needs 36';
  expect(() => competitiveLayer(lawOf(9, 4, 10, [0.1]), learnedOf(10, 4, 1))).toThrow(message);
});

describe('the input of a competitive layer', () => {
  /** One neuron for one pixel, that fires whenever the pixel does. */
  const echo = (level: number, probability: number, stream: number, seed = 1, steps = 20_000): Float64Array => {
    const constants: CompetitiveConstants = {
      ...lawOf(1, 1, steps, [probability]),
      neuron: [0, 0, 1, 65, -35, 1, 0, 0, 0],
      leastSpikes: 0,
    };
    const layer = competitiveLayer(constants, { weights: Float32Array.of(1), theta: Float32Array.of(0) });
    return Float64Array.from(layer.present(Uint8Array.of(level), seed, [stream], false), (neuron) => neuron + 1);
  };
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  /** What two independent trains have in common, in standard deviations. */
  const correlation = (a: Float64Array, b: Float64Array): number => {
    const [p, q] = [mean(a), mean(b)];
    const covariance = mean(a.map((value, step) => (value - p) * ((b[step] ?? 0) - q)));
    return (covariance / Math.sqrt(p * (1 - p) * q * (1 - q))) * Math.sqrt(a.length);
  };

  it.each([
    [255, 0.064],
    [255, 0.5],
    [100, 0.2],
    [1, 0.9],
  ])('spikes at a rate in proportion to the pixel: %i, white ones %d', (level, probability) => {
    const p = (level / 255) * probability;
    expect(Math.abs(mean(echo(level, probability, 3)) - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 20_000));
  });

  it('spikes in every step at probability 1, never for a black pixel', () => {
    expect(mean(echo(255, 1, 1))).toBe(1);
    expect(mean(echo(0, 1, 1))).toBe(0);
  });

  it('has no memory: steps are independent of each other', () => {
    const train = echo(255, 0.3, 1);
    for (const lag of [1, 2, 5]) expect(Math.abs(correlation(train.subarray(lag), train.subarray(0, -lag)))).toBeLessThan(4);
  });

  it('is the same for the same seed and stream, independent for others', () => {
    const train = echo(255, 0.3, 1);
    expect(echo(255, 0.3, 1)).toEqual(train);
    for (const other of [echo(255, 0.3, 2), echo(255, 0.3, 1, 2)]) expect(Math.abs(correlation(train, other))).toBeLessThan(4);
  });
});
