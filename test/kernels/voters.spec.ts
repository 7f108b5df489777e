import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../src/core/random.js';
import { voterLayer } from '../../src/kernels/host/voterLayer.js';
import { bothNetworks } from './bothKernels.js';

describe('the kernels of neurons that vote', () => {
  const [inputs, neurons, count] = [7, 35, 60];
  const features = randomUniform(count * inputs, 1, -1, 1).map((value) => Math.max(value, 0));
  const rows = (values: ArrayLike<number>, size: number): number[][] =>
    Array.from({ length: values.length / size }, (_, row) =>
      Array.from({ length: size }, (_e, index) => values[row * size + index] ?? 0),
    );
  const unit = (row: readonly number[]): number[] => {
    const length = Math.hypot(...row);
    return row.map((value) => (length === 0 ? 0 : value / length));
  };
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  const first = rows(randomUniform(neurons * inputs, 2), inputs).map(unit);

  it('learn what the equations say, and find who is most like an image', () => {
    const images = rows(features, inputs).map((row) => unit(row.map(Math.sqrt)));
    const w = first.map((row) => [...row]);
    const thresholds = new Array<number>(neurons).fill(0);
    images.forEach((x, image) => {
      const eta = 0.3 * 0.97 ** image;
      const above = w.map((row, neuron) => dot(row, x) - (thresholds[neuron] ?? 0));
      const best = above.indexOf(Math.max(...above));
      if (x.some((value) => value > 0))
        w[best] = unit((w[best] ?? []).map((value, input) => value + eta * ((x[input] ?? 0) - value)));
      thresholds[best] = (thresholds[best] ?? 0) + 0.02;
    });
    const layer = voterLayer(inputs, { weights: Float32Array.from(first.flat()), thresholds: new Float32Array(neurons) });
    layer.learn(features, 0.3, 0.97, 0.02);
    const learned = layer.learned();
    learned.weights.forEach((value, index) => {
      expect(value).toBeCloseTo(w.flat()[index] ?? Number.NaN, 5);
    });
    learned.thresholds.forEach((value, index) => {
      expect(value).toBeCloseTo(thresholds[index] ?? Number.NaN, 5);
    });
    const told = rows(layer.answer(features, 2), 4);
    images.forEach((x, image) => {
      const likeness = w.map((row) => dot(row, x));
      const [most = 0, next = 0] = [...likeness].sort((a, b) => b - a);
      expect(told[image]?.[1]).toBeCloseTo(most, 5);
      expect(told[image]?.[3]).toBeCloseTo(next, 5);
    });
  });

  it('keep weights that lose for ever so long', () => {
    const weights = Float32Array.of(1, 0, 0, 1);
    const layer = voterLayer(2, { weights, thresholds: new Float32Array(2) });
    layer.learn(
      Float32Array.from({ length: 2000 }, (_, index) => (index % 2 === 0 ? 1 : 1e-3)),
      0.9,
      1,
      0,
    );
    const [a = 0, b = 0, ...other] = layer.learned().weights;
    expect(Math.hypot(a, b)).toBeCloseTo(1, 6);
    expect(b / a).toBeCloseTo(Math.sqrt(1e-3), 5);
    expect(other).toEqual([0, 1]);
  });

  it('give the same bits with SIMD and without', () => {
    const [simd, plain] = bothNetworks(2 ** 20, (_kernels, arena) => {
      const layer = voterLayer(
        inputs,
        { weights: Float32Array.from(first.flat()), thresholds: new Float32Array(neurons) },
        arena,
      );
      return [layer.learn(features, 0.3, 0.97, 0.02), layer.learned(), layer.answer(features, 3)];
    });
    expect(plain).toEqual(simd);
  });
});
