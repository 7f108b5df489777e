import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { initLeakyIntegratorState, liFeedForwardStep, liStep } from '../../src/neurons/leakyIntegrator.js';
import { initLifState, lifFeedForwardStep, lifStep } from '../../src/neurons/lif.js';

const close = (actual: tf.Tensor, wanted: readonly number[]) =>
  actual.data().then((values) => {
    expect(values.length).toBe(wanted.length);
    wanted.forEach((value, index) => {
      expect(values[index]).toBeCloseTo(value, 6);
    });
  });

describe('lifStep', () => {
  it('adds recurrent spikes from row to column', async () => {
    const state = { ...initLifState([2]), z: tf.tensor1d([1, 0]) };
    const [, next] = lifStep(
      [0],
      state,
      [[0, 0]],
      [
        [1, 3],
        [0, 0],
      ],
    );
    await close(next.v, [0.1, 0.3]);
    await close(next.i, [0.8, 2.4]);
  });

  it('no batch is a batch of one', async () => {
    const w = tf.tensor2d([[12, 1]]);
    const recurrent = tf.zeros([2, 2]);
    const [plain] = lifStep([1], initLifState([2]), w, recurrent);
    const [batched] = lifStep([[1]], initLifState([1, 2]), w, recurrent);
    expect(plain.shape).toEqual([2]);
    expect(await plain.array()).toEqual([1, 0]);
    expect(await batched.array()).toEqual([[1, 0]]);
  });

  it('rests at vLeak in silence and resets to vReset', async () => {
    const params = { vLeak: 0.25, vReset: -1 };
    const [z, next] = lifFeedForwardStep([0, 20], initLifState([2], params), params);
    expect(await z.array()).toEqual([0, 1]);
    await close(next.v, [0.25, -1]);
  });

  it('refuses wrong shapes', () => {
    const state = initLifState([2]);
    const recurrent = tf.zeros([2, 2]);
    expect(() => lifStep([1, 1, 1], state, [[1, 1]], recurrent)).toThrow('lifStep: inputWeights has shape [1, 2], needs [3, n]');
    expect(() => lifStep([1], state, [[1, 1]], tf.zeros([3, 3]))).toThrow(
      'lifStep: recurrentWeights has shape [3, 3], needs [2, n]',
    );
    expect(() => lifStep([1], state, [[1, 1]], tf.zeros([2, 3]))).toThrow('lifStep: recurrentWeights gives currents [3]');
    expect(() => lifFeedForwardStep([1], state)).toThrow('lifFeedForwardStep: state.v has shape [2], the input needs [1]');
    expect(() => lifFeedForwardStep([1, 1], state, { tauMem: 0 })).toThrow('tauMem must be a positive number of ms, got 0');
  });

  it('is differentiable in weights and time constants', async () => {
    const loss = (w: tf.Tensor, tauMem: tf.Tensor) => tf.sum(lifStep([1], initLifState([1]), w, [[0]], { tauMem })[1].v);
    const [byW, byTau] = tf.grads(loss)([tf.tensor2d([[2]]), tf.scalar(10)]);
    // v = 2/τ: ∂/∂w = 1/τ, ∂/∂τ = −2/τ²
    await close(byW as tf.Tensor, [0.1]);
    await close(byTau as tf.Tensor, [-0.02]);
  });

  it('leaves exactly the spikes and the state', () => {
    const state = initLifState([2]);
    const before = tf.memory().numTensors;
    const [z, next] = lifStep(
      [1],
      state,
      [[1, 1]],
      [
        [0, 0],
        [0, 0],
      ],
    );
    expect(tf.memory().numTensors).toBe(before + 4);
    tf.dispose(z);
    expect(next.z.isDisposed).toBe(false);
    tf.dispose([next.z, next.v, next.i]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('liStep', () => {
  it('follows the current and never fires', async () => {
    const [v, next] = liStep([1, 0], initLeakyIntegratorState([1]), [[200], [3]]);
    await close(v, [20]);
    await close(next.i, [160]);
  });

  it('decays to vLeak: (1 − dt/τ)ⁿ', async () => {
    const params = { vLeak: 1 };
    let state = { v: tf.tensor1d([2]), i: tf.tensor1d([0]) };
    for (let step = 0; step < 5; step++) [, state] = liFeedForwardStep([0], state, params) as [tf.Tensor, typeof state];
    await close(state.v, [1 + 0.9 ** 5]);
  });

  it('leaves exactly the output and the state', () => {
    const state = initLeakyIntegratorState([1], { vLeak: 0.5 });
    const before = tf.memory().numTensors;
    const [v, next] = liFeedForwardStep([1], state);
    expect(tf.memory().numTensors).toBe(before + 3);
    tf.dispose([v, next.v, next.i]);
  });
});
