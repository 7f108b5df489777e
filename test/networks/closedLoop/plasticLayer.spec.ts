import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fork, randomUint32 } from '../../../src/core/random.js';
import { scan } from '../../../src/core/scan.js';
import { tensorsOf } from '../../../src/core/trees.js';
import { type LayerState, plasticLayer } from '../../../src/networks/closedLoop/plasticLayer.js';
import { pairStdp } from '../../../src/rules/pair/pairStdp.js';
import type { PairStdpParams } from '../../../src/rules/pair/pairStdpParams.js';
import type { StdpState } from '../../../src/rules/pair/stdpState.js';
import { tripletStdp } from '../../../src/rules/triplet/tripletStdp.js';
import { conv2d } from '../../../src/topologies/conv2d.js';
import { weightDependences } from '../../../src/updates/weightDependence.js';
import { composed, expectClose } from '../../kernels/agree.js';
import { spikes } from '../../kernels/layers.js';
import { runs, sample } from '../../target.js';

/** Weights that are multiples of 2⁻¹⁰, so that every sum of them is exact in any order. */
const exactWeights = (rows: number, columns: number, seed: number): tf.Tensor2D =>
  tf.tensor2d(
    Float32Array.from(randomUint32(rows * columns, seed), (word) => (word % 1024) / 1024),
    [rows, columns],
  );

const cases = fc.record({
  rows: fc.integer({ min: 1, max: 60 }),
  columns: fc.integer({ min: 1, max: 70 }),
  steps: fc.constantFrom(...sample([5, 1, 140])),
  density: fc.constantFrom(0, 0.1, 0.6),
  inhibition: fc.constantFrom(0, 0.5),
  weightDependence: fc.constantFrom(...weightDependences),
  traceMode: fc.constantFrom('cumulative' as const, 'nearest' as const),
  coincidence: fc.constantFrom('both' as const, 'none' as const),
  seed: fc.nat(),
});
type State = LayerState<StdpState>;
type Given = Pick<PairStdpParams, 'weightDependence' | 'traceMode' | 'coincidence'> & { readonly inhibition: number };

const layerOf = ({ inhibition, weightDependence, traceMode, coincidence }: Given) =>
  plasticLayer(pairStdp({ weightDependence, traceMode, coincidence, mu: 0.4, etaPlus: 0.05, etaMinus: 0.03 }), {
    inhibition,
    neuron: { vTh: 0.2 },
  });

describe('plasticLayer', () => {
  it('a scan in one piece gives the bits of stepping', () =>
    fc.assert(
      fc.asyncProperty(cases, async ({ rows, columns, steps, density, seed, ...given }) => {
        const layer = layerOf(given);
        const train = spikes([steps, rows], density, false, fork(seed, 1));
        const start = layer.init(tf.add(exactWeights(rows, columns, seed), -0.1)); // some below the bound
        const whole = scan(layer.step, start, train);
        const stepped = scan((state: State, x: tf.Tensor) => layer.step(state, x), start, train);
        for (const [index, tensor] of tensorsOf(whole).entries())
          expect(await tensor.data()).toEqual(await tensorsOf(stepped)[index]?.data());
      }),
      { numRuns: runs(60), seed: 1 },
    ));

  it('agrees with the composition where all sums are exact', () =>
    fc.assert(
      fc.asyncProperty(cases, async ({ rows, columns, density, seed, ...given }) => {
        const layer = layerOf(given);
        const train = spikes([1, rows], density, false, fork(seed, 1));
        const start = layer.init(exactWeights(rows, columns, seed));
        const run = () => tensorsOf(scan(layer.step, start, train));
        await expectClose(run(), composed(run));
      }),
      { numRuns: runs(40), seed: 2 },
    ));

  it('neurons that inhibit each other fire less', async () => {
    const count = async (inhibition: number) => {
      const layer = plasticLayer(pairStdp(), { inhibition });
      const [, fired] = scan(layer.step, layer.init(tf.fill([20, 8], 0.3)), spikes([50, 20], 0.3, false, 1));
      return (await tf.sum(fired).data())[0] ?? 0;
    };
    expect(await count(0.5)).toBeLessThan(await count(0));
  });

  it('runs any rule, and samples side by side', () => {
    const layer = plasticLayer(tripletStdp());
    const [state, fired] = scan(layer.step, layer.init(tf.fill([5, 3], 0.5), 2), spikes([4, 2, 5], 0.5, false, 1));
    expect([state.w.shape, fired.shape]).toEqual([
      [5, 3],
      [4, 2, 3],
    ]);
  });

  it('samples of a batch are apart but for the weights', async () => {
    const layer = plasticLayer(pairStdp({ etaPlus: 0, etaMinus: 0 }));
    const w = exactWeights(6, 4, 1);
    const train = spikes([20, 2, 6], 0.4, false, 3);
    const [, both] = scan(layer.step, layer.init(w, 2), train);
    for (const sample of [0, 1]) {
      const own = tf.squeeze(tf.slice(train, [0, sample, 0], [20, 1, 6]), [1]);
      const [, alone] = scan(layer.step, layer.init(w), own);
      expect(await alone.data()).toEqual(await tf.slice(both, [0, sample, 0], [20, 1, 4]).data());
    }
  });

  it('leaves what it returns and nothing else', () => {
    const layer = plasticLayer(pairStdp(), { inhibition: 0.1 });
    const start = layer.init(tf.fill([5, 3], 0.5));
    const train = tf.ones([10, 5]);
    const before = tf.memory().numTensors;
    expect(tensorsOf(scan(layer.step, start, train)).length).toBe(tf.memory().numTensors - before);
  });

  it('refuses a layer whose rule has no state, in one piece and step by step', () => {
    const layer = plasticLayer(pairStdp());
    const start = layer.init(tf.fill([3, 2], 0.5));
    const before = tf.memory().numTensors;
    for (const rule of [null, undefined, 5, []]) {
      const broken = { ...start, rule } as unknown as typeof start;
      expect(() => layer.step(broken, [1, 1, 1])).toThrow('pairStdp: state must be what init returned, got');
      expect(() => scan(layer.step, broken, [[1, 1, 1]])).toThrow('pairStdp: state must be what init returned, got');
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses what is no part of a layer', () => {
    const layer = plasticLayer(pairStdp());
    const start = layer.init(tf.fill([3, 2], 0.5));
    expect(() => layer.step({ ...start, oops: 1 } as typeof start, [1, 1, 1])).toThrow(
      'plasticLayer: layer.oops is not part of the layer, which holds w, rule, neuron, spikes',
    );
    const strange = { ...start, neuron: { ...start.neuron, oops: 1 } };
    expect(() => layer.step(strange, [1, 1, 1])).toThrow(
      'plasticLayer: layer.neuron.oops is not part of the layer.neuron, which holds v, i',
    );
  });

  it('refuses in its own name a batch that fits in no memory', () => {
    expect(() => plasticLayer(pairStdp()).init(tf.fill([3, 2], 0.5), 1e9)).toThrow(
      'plasticLayer: batch [1000000000, 3] holds 3000000000 values',
    );
  });

  it('says what is wrong', () => {
    const layer = plasticLayer(pairStdp());
    expect(() => layer.step(layer.init(tf.fill([5, 3], 0.5)), [1, 0])).toThrow(
      'plasticLayer: zPre has shape [2] at a step, the layer needs [5]',
    );
    expect(() => scan(layer.step, layer.init(tf.fill([5, 3], 0.5)), tf.ones([4, 2]))).toThrow('at a step, the layer needs [5]');
    expect(() => layer.init([1, 2])).toThrow('plasticLayer: w has shape [2], needs [nPre, nPost]');
    expect(() => plasticLayer(pairStdp(), { inhibition: -1 })).toThrow('plasticLayer: inhibition must be a number ≥ 0, got -1');
    expect(() => plasticLayer(pairStdp(), { neuron: { tauMem: 0 } })).toThrow('plasticLayer: tauMem must be');
    const two = plasticLayer(pairStdp(), { neuron: { vTh: [1, 2] } });
    expect(() => two.init(tf.ones([2, 3]))).toThrow('plasticLayer: vTh has 2 values');
    expect(() => two.step(layer.init(tf.ones([2, 3])), [1, 1])).toThrow('plasticLayer: vTh has 2 values');
    expect(() => scan(two.step, layer.init(tf.ones([2, 3])), [[1, 1]])).toThrow('plasticLayer: vTh has 2 values');
    expect(() => plasticLayer(pairStdp({}, conv2d()))).toThrow('plasticLayer: rule works on conv2d, a layer needs dense');
  });
});
