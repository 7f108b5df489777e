import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { initIntegrateAndFireState, integrateAndFireStep } from '../../src/neurons/integrateAndFire.js';

describe('integrateAndFireStep', () => {
  const initial = () => ({ v: tf.tensor1d([0.5, 0.5, 0.5]) });
  const input = [0.5, 0.75, -2];

  it.each([
    ['zero', [1, 0, -1.5]],
    ['subtract', [1, 0.25, -1.5]],
    ['none', [1, 1.25, -1.5]],
  ] as const)('fires strictly above the threshold and resets: %s', async (reset, wanted) => {
    const [z, next] = integrateAndFireStep(input, initial(), { reset });
    expect(await z.array()).toEqual([0, 1, 0]);
    expect(await tf.add(next.v, 0).array()).toEqual(wanted);
  });

  it('never leaks: n equal inputs add up', async () => {
    let current = initIntegrateAndFireState([1]);
    for (let step = 0; step < 7; step++) [, current] = integrateAndFireStep([0.125], current);
    expect(await current.v.array()).toEqual([0.875]);
  });

  it('takes one threshold per neuron', async () => {
    const [z] = integrateAndFireStep([1, 1, 1], initIntegrateAndFireState([3]), { vTh: [0.5, 1, 2] });
    expect(await z.array()).toEqual([1, 0, 0]);
  });

  it('refuses wrong shapes and parameters', () => {
    expect(() => integrateAndFireStep([1, 2], initial())).toThrow('integrateAndFireStep: input has shape [2], state.v has [3]');
    expect(() => integrateAndFireStep(input, initial(), { vTh: Number.NaN })).toThrow(
      'integrateAndFireStep: vTh must be a finite number',
    );
  });

  it('leaves exactly the spikes and the state', () => {
    const state = initial();
    const before = tf.memory().numTensors;
    const result = integrateAndFireStep(input, state, { reset: 'none' });
    expect(tf.memory().numTensors).toBe(before + 2);
    tf.dispose([result[0], result[1].v]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
