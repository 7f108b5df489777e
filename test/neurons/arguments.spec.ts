import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Seed } from '../../src/core/random.js';
import { recordFromJSON, recordToJSON } from '../../src/core/tensorJson.js';
import { adaptiveLifStep, initAdaptiveLifState } from '../../src/neurons/adaptiveLif.js';
import { fedeNeuronStep } from '../../src/neurons/fedeNeuron.js';
import { fire, thresholdPotentials } from '../../src/neurons/fire.js';
import { initIntegrateAndFireState, integrateAndFireStep } from '../../src/neurons/integrateAndFire.js';
import { keepOneSpike } from '../../src/neurons/keepOneSpike.js';
import { initLeakyIntegratorState, liFeedForwardStep, liStep } from '../../src/neurons/leakyIntegrator.js';
import { initLifState, type LifFeedForwardState, lifFeedForwardStep, lifStep, validateLifParams } from '../../src/neurons/lif.js';
import { initRefractoryState, type RefractoryState, refractoryLifStep } from '../../src/neurons/refractoryLif.js';

describe('Euler steps that would grow without end', () => {
  const state = () => initLifState([2]);
  const rested = () => initRefractoryState([2]);
  const end = "or Euler's steps grow without end, got";
  const short = (name: string, where: string, shown: string) =>
    `${where}: ${name} must be at least half of dt = 1 ms, ${end} ${shown}`;
  it.each<[string, () => unknown, string]>([
    ['liStep', () => liStep([1], initLeakyIntegratorState([1]), [[1]], { tauSyn: 0.4 }), short('tauSyn', 'liStep', '0.4')],
    [
      'liFeedForwardStep',
      () => liFeedForwardStep([1, 1], state(), { tauMem: [5, 0.25] }),
      short('tauMem', 'liFeedForwardStep', '0.25'),
    ],
    ['lifStep', () => lifStep([1], state(), [[1, 1]], tf.zeros([2, 2]), { tauMem: 0.25 }), short('tauMem', 'lifStep', '0.25')],
    [
      'lifFeedForwardStep',
      () => lifFeedForwardStep([1, 1], state(), { tauMem: tf.scalar(0.25) }),
      short('tauMem', 'lifFeedForwardStep', '0.25'),
    ],
    ['initLifState', () => initLifState([2], { tauMem: 0.25 }), short('tauMem', 'initLifState', '0.25')],
    [
      'refractoryLifStep',
      () => refractoryLifStep([1, 1], rested(), { integration: 'euler', tauMem: 0.25 }),
      short('tauMem', 'refractoryLifStep', '0.25'),
    ],
    [
      'fedeNeuronStep',
      () => fedeNeuronStep([1, 1], [0, 0], rested(), { tauMem: 0.25 }),
      short('tauMem', 'fedeNeuronStep', '0.25'),
    ],
    [
      'adaptiveLifStep',
      () => adaptiveLifStep([1, 1], initAdaptiveLifState([2]), { thetaIntegration: 'euler', tauTheta: 0.25 }),
      short('tauTheta', 'adaptiveLifStep', '0.25'),
    ],
  ])('are refused by %s', (_, call, message) => {
    expect(call).toThrow(message);
  });

  it('an exact membrane may be as quick as it likes, and dt = 2·tau swings without growing', async () => {
    const [, { v }] = refractoryLifStep([0], { v: [1], refractory: [0] } as unknown as RefractoryState, { tauMem: 1e-3, vTh: 9 });
    expect((await v.data())[0]).toBe(0);
    let lif: LifFeedForwardState = { v: tf.tensor1d([0.5]), i: tf.zeros([1]) };
    for (let time = 0; time < 100; time++) [, lif] = lifFeedForwardStep([0], lif, { tauMem: 0.5 });
    expect((await lif.v.data())[0]).toBe(0.5);
  });
});

describe('a refractory time', () => {
  it('of more steps than float32 counts is refused', () => {
    const message = 'refractoryLifStep: tauRefractory must be at most 2^24 steps of 0.1 ms, which float32 can count, got 1e+37';
    expect(() => refractoryLifStep([1], initRefractoryState([1]), { dt: 0.1, tauRefractory: 1e37 })).toThrow(message);
  });

  it('of 2^24 steps makes no NaN and goes down', async () => {
    const params = { tauRefractory: 2 ** 24 };
    const [, fired] = refractoryLifStep([2, 0], initRefractoryState([2]), params);
    const [, next] = refractoryLifStep([2, 0], fired, params);
    expect(Array.from(await next.refractory.data())).toEqual([2 ** 24 - 1, 0]);
  });
});

describe('a state', () => {
  const wrong = (state: unknown) => () => lifFeedForwardStep([1, 1], state as LifFeedForwardState);
  it.each<[string, unknown, string]>([
    ['none', null, 'lifFeedForwardStep: state must be a record of v, i, got null'],
    ['a number', 5, 'lifFeedForwardStep: state must be a record of v, i, got 5'],
    ['a field less', { v: [0, 0] }, 'lifFeedForwardStep: state.i is missing; the state holds v, i, z'],
    [
      'a field more',
      { v: [0, 0], i: [0, 0], u: [0, 0] },
      'lifFeedForwardStep: state.u is not part of the state, which holds v, i, z',
    ],
    ['another shape', { v: [0], i: [0, 0] }, 'lifFeedForwardStep: state.v has shape [1], the input needs [2]'],
    ['a text', { v: [0, 0], i: 'x' }, 'lifFeedForwardStep: state.i is not a tensor: it holds "x", no number'],
  ])('that is %s is refused by name', (_, state, message) => {
    expect(wrong(state)).toThrow(message);
  });

  it('that was disposed is refused by name', () => {
    const state = initLifState([2]);
    state.i.dispose();
    expect(wrong(state)).toThrow('lifFeedForwardStep: state.i was disposed');
  });

  it('serves from JSON, as lists, as integers and as a mask that was cast', async () => {
    const spike = async (state: object) => Array.from(await lifFeedForwardStep([0, 0], state as LifFeedForwardState)[1].v.data());
    const wanted = [expect.closeTo(0.9, 6), 0];
    expect(await spike({ v: [1, 0], i: [0, 0] })).toEqual(wanted);
    expect(await spike({ v: tf.tensor1d([1, 0], 'int32'), i: tf.tensor1d([false, false], 'bool') })).toEqual(wanted);
    expect(await spike({ v: tf.cast(tf.tensor1d([true, false], 'bool'), 'float32'), i: tf.zeros([2]) })).toEqual(wanted);
    const saved = JSON.stringify(await recordToJSON({ v: tf.tensor1d([1, 0]), i: tf.zeros([2]) }));
    expect(await spike(recordFromJSON(JSON.parse(saved)))).toEqual(wanted);
  });

  it('of neurons that share theta is not that of neurons which have one each', () => {
    const state = initAdaptiveLifState([2, 3]);
    expect(() => adaptiveLifStep(tf.zeros([2, 3]), state, { sharedTheta: false })).toThrow(
      'adaptiveLifStep: state.theta has shape [1, 3], the input needs [2, 3]',
    );
    expect(() => refractoryLifStep(tf.zeros([2, 3]), state)).toThrow('refractoryLifStep: state.theta is not part of the state');
  });

  it.each<[string, (shape: number[]) => unknown]>([
    ['initIntegrateAndFireState', initIntegrateAndFireState],
    ['initLeakyIntegratorState', initLeakyIntegratorState],
    ['initLifState', initLifState],
    ['initRefractoryState', initRefractoryState],
    ['initAdaptiveLifState', initAdaptiveLifState],
  ])('%s refuses what is no shape', (name, init) => {
    for (const shape of [5, 'x', [1.5], [-1], null, [2 ** 20, 2 ** 20]])
      expect(() => init(shape as number[]), String(shape)).toThrow(`${name}: shape`);
  });
});

describe('parameters', () => {
  it('per neuron must be as many as there are neurons', () => {
    expect(() => initLifState([2], { vLeak: [1, 2, 3] })).toThrow('initLifState: vLeak has 3 values, the layer has 2 neurons');
    expect(() => integrateAndFireStep([1, 1], initIntegrateAndFireState([2]), { vTh: tf.ones([3]) })).toThrow(
      'integrateAndFireStep: vTh has 3 values, the layer has 2 neurons',
    );
    expect(() => integrateAndFireStep(1, initIntegrateAndFireState([]), { vTh: [1] })).toThrow(
      'integrateAndFireStep: vTh must be one number: there is a single neuron, of shape []',
    );
  });

  it('that float32 can not hold are refused', () => {
    expect(() => integrateAndFireStep([1], initIntegrateAndFireState([1]), { vTh: 1e39, reset: 'subtract' })).toThrow(
      'integrateAndFireStep: vTh must be a finite number, got 1e+39',
    );
  });

  it('are named by the function that was called', () => {
    expect(() => fedeNeuronStep([1], [1], initRefractoryState([1]), { tau: 1 } as object)).toThrow(
      'fedeNeuronStep: tau is not a parameter',
    );
    expect(() => fedeNeuronStep([1], [1], initRefractoryState([1]), 'euler' as never)).toThrow(
      'fedeNeuronStep: params must be a record',
    );
    expect(validateLifParams(5 as never)).toMatchObject({ _tag: 'Left' });
  });

  it('given as undefined keep the default of the function: Fede neurons integrate by Euler', async () => {
    const [, { v }] = fedeNeuronStep([5], [2], initRefractoryState([1]), { tauMem: 10, integration: undefined } as object);
    expect((await v.data())[0]).toBeCloseTo(0.3, 6);
  });
});

describe('nothing, and one', () => {
  it('a single neuron keeps its spike', async () => {
    expect(await keepOneSpike([[1]]).array()).toEqual([[1]]);
    expect(await keepOneSpike([1], 3).array()).toEqual([1]);
    expect(await keepOneSpike(tf.zeros([0, 3])).array()).toEqual([]);
    expect(keepOneSpike(tf.zeros([3, 0])).shape).toEqual([3, 0]);
  });

  it('a batch of no samples changes nothing, and no theta', async () => {
    const theta = tf.tensor2d([[0.5, 1]]);
    const state = { v: tf.zeros([0, 2]), refractory: tf.zeros([0, 2]), theta };
    const [z, next] = adaptiveLifStep(tf.zeros([0, 2]), state, { tauTheta: 1 });
    expect([z.shape, next.v.shape]).toEqual([
      [0, 2],
      [0, 2],
    ]);
    expect(await next.theta.array()).toEqual([[0.5, 1]]);
  });

  it('layers without inputs get no current', async () => {
    const [z, { v }] = lifStep(tf.zeros([2, 0]), initLifState([2, 1]), tf.zeros([0, 1]), [[0]]);
    expect([await z.array(), await v.array()]).toEqual([
      [[0], [0]],
      [[0], [0]],
    ]);
  });
});

describe('spikes', () => {
  it('seeds are whole numbers or generators, never a text', () => {
    for (const seed of ['run 1', 1.5, -1, Number.NaN, null, [1], {}] as unknown as Seed[])
      expect(() => keepOneSpike([1, 1], seed), String(seed)).toThrow('keepOneSpike: seed must be');
  });

  it('needs a layer', () => {
    expect(() => keepOneSpike(1)).toThrow('keepOneSpike: spikes has shape [], needs [batch, n] or [n]');
    expect(() => keepOneSpike(tf.zeros([1, 2, 2]))).toThrow('keepOneSpike: spikes has shape [1, 2, 2]');
  });

  it('a threshold is one number', () => {
    expect(() => fire([[1]], '1' as unknown as number)).toThrow('fire: threshold must be a number, got "1"');
    expect(() => fire([[1]], [1] as unknown as number)).toThrow('fire: threshold must be a number, got [1]');
  });

  it('what is silenced is 0, not -0', async () => {
    expect(Array.from(await thresholdPotentials([[-1, 2]], 1).data())).toEqual([0, 2]);
    const [, { v }] = integrateAndFireStep([-1], initIntegrateAndFireState([1]), { vTh: -2 });
    expect(Array.from(await v.data())).toEqual([0]);
  });
});
