import { afterEach, describe, expect, it } from 'vitest';
import { orThrow } from '../../../src/core/errors.js';
import { useKernels } from '../../../src/kernels/tensors/current.js';
import { type PartialNetworkSpec, validateNetworkSpec } from '../../../src/networks/latency/spec/networkSpec.js';
import { atOneThreshold, movedThresholds } from '../../../src/networks/latency/training/mapThresholds.js';
import type { TrainingState } from '../../../src/networks/latency/training/trainingState.js';
import { trainNetwork } from '../../../src/networks/latency/training/trainNetwork.js';
import { randomTimes } from './tiny.js';

afterEach(() => useKernels(true));

const times = randomTimes(40, 13, 11);
const network = (change: Partial<PartialNetworkSpec['layers'][number]> = {}) =>
  orThrow(
    validateNetworkSpec({
      name: 'x',
      layers: [
        {
          ...{ maps: 19, kernelSize: 5, pad: 2, threshold: 3, winners: 3, etaPlus: 0.05, images: 40, stopBelow: 0 },
          thresholds: { target: 0.6, eta: 0.5, least: 1 },
          ...change,
        },
        { maps: 5, kernelSize: 3, pad: 1, threshold: 2, images: 8, etaPlus: 0.05 },
      ],
    }),
  );

describe('movedThresholds', () => {
  it('raises all for an early winner, and the winner’s above those of the others', () => {
    const moved = movedThresholds([5, 5, 5], [{ map: 1, step: 2 }], 10, { target: 0.75, eta: 1, least: 1 });
    expect(moved).toEqual([5 + 0.5 - 0.5, 5 + 0.5 + 1, 5 + 0.5 - 0.5]);
  });

  it('takes one winner after the other, and stops at the least', () => {
    const late = { map: 0, step: 9 };
    expect(movedThresholds([1.2, 1.2], [late, late], 10, { target: 0.45, eta: 1, least: 1 })).toEqual([2.2, 1]);
    expect(movedThresholds([4], [late], 10, { target: 0.95, eta: 1, least: 1 })).toEqual([5]);
  });
});

describe('a layer whose thresholds move', () => {
  it('learns the same with kernels and without', async () => {
    const kernels = await trainNetwork(network(), times, { seed: 3 });
    expect(kernels).not.toHaveProperty('thresholds');
    useKernels(false);
    const composed = await trainNetwork(network(), times, { seed: 3 });
    kernels.weights.forEach((weights, layer) => {
      for (const [index, value] of weights.entries()) expect(composed.weights[layer]?.[index]).toBeCloseTo(value, 4);
    });
  });

  it('goes on from its middle with the same bits, its thresholds among the state', async () => {
    const whole = await trainNetwork(network(), times, { seed: 3 });
    const stop = new AbortController();
    const onProgress = (layer: number, done: number) => void (layer === 0 && done === 17 && stop.abort());
    const half = await trainNetwork(network(), times, { seed: 3, onProgress, signal: stop.signal });
    expect(new Set(half.thresholds).size).toBeGreaterThan(1);
    const from = JSON.parse(JSON.stringify({ ...half, weights: half.weights.map((values) => [...values]) })) as TrainingState;
    expect(await trainNetwork(network(), times, { seed: 3, from })).toEqual(whole);
    await expect(trainNetwork(network(), times, { seed: 3, from: { ...half, thresholds: [1] } })).rejects.toThrow(
      'trainNetwork: from.thresholds must be a number > 0 for each map that moves its own, got [1]',
    );
    const { thresholds: _, ...without } = half;
    await expect(trainNetwork(network(), times, { seed: 3, from: without })).rejects.toThrow('from.thresholds must be');
  });

  it('with steps of 0 it is one whose thresholds stay', async () => {
    const still = await trainNetwork(network({ thresholds: { target: 0.5, eta: 0, least: 1 } }), times, { seed: 3 });
    const { thresholds: _, ...layer } = network().layers[0] as object & { thresholds?: unknown };
    expect(await trainNetwork(network({ ...layer, thresholds: undefined as never }), times, { seed: 3 })).toEqual(still);
  });

  it('is left with one threshold for all, at which each map fires when it did', () => {
    const scaled = atOneThreshold(Float32Array.of(1, 1, 0.5, 0.5), 3, [6, 1.5]);
    expect(scaled).toEqual(Float32Array.of(0.5, 2, 0.25, 1));
  });

  it.each([5, {}, { target: 2, eta: 1, least: 1 }, { target: 0.5, eta: 1, least: 1, more: 1 }])('refuses %j', (odd) => {
    expect(() => network({ thresholds: odd as never })).toThrow(
      'network.layers[0]: thresholds must be { target, eta, least }, numbers in [0, 1], ≥ 0 and > 0, got',
    );
  });
});
