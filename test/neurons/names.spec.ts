import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { orThrow } from '../../src/core/errors.js';
import { adaptiveLifStep, initAdaptiveLifState } from '../../src/neurons/adaptiveLif.js';
import { fedeNeuronStep } from '../../src/neurons/fedeNeuron.js';
import {
  initIntegrateAndFireState,
  integrateAndFireStep,
  validateIntegrateAndFireParams,
} from '../../src/neurons/integrateAndFire.js';
import {
  initLeakyIntegratorState,
  liFeedForwardStep,
  liStep,
  validateLeakyIntegratorParams,
} from '../../src/neurons/leakyIntegrator.js';
import { initLifState, lifFeedForwardStep, lifStep } from '../../src/neurons/lif.js';
import { initRefractoryState, refractoryLifStep } from '../../src/neurons/refractoryLif.js';

const text = 'spikes' as never;

describe('what is wrong is named by function and argument', () => {
  it.each<[string, () => unknown]>([
    ['initLeakyIntegratorState: tauSyn', () => initLeakyIntegratorState([2], { tauSyn: -1 })],
    ['initLeakyIntegratorState: shape', () => initLeakyIntegratorState([-1])],
    ['liStep: input', () => liStep(text, initLeakyIntegratorState([1]), [[1]])],
    ['liFeedForwardStep: input', () => liFeedForwardStep(text, initLeakyIntegratorState([1]))],
    ['initLifState: vTh', () => initLifState([2], { vTh: Number.NaN })],
    ['initLifState: shape', () => initLifState([-1])],
    ['lifStep: input', () => lifStep(text, initLifState([1]), [[1]], [[0]])],
    ['lifFeedForwardStep: input', () => lifFeedForwardStep(text, initLifState([1]))],
    ['fedeNeuronStep: input', () => fedeNeuronStep(text, [1], initRefractoryState([1]))],
    ['fedeNeuronStep: preTrace is not a tensor', () => fedeNeuronStep([1], 5n as never, initRefractoryState([1]))],
    ['fedeNeuronStep: preTrace has shape [2], input has [1]', () => fedeNeuronStep([1], [1, 2], initRefractoryState([1]))],
    ['fedeNeuronStep: vTh', () => fedeNeuronStep([1], [1], initRefractoryState([1]), { vTh: Number.NaN })],
    ['integrateAndFireStep: vTh', () => orThrow(validateIntegrateAndFireParams({ vTh: Number.NaN }))],
    ['liStep: tauMem', () => orThrow(validateLeakyIntegratorParams({ tauMem: -1 }))],
    ['initRefractoryState: tauMem', () => initRefractoryState([1], { tauMem: -1 })],
    ['initRefractoryState: shape', () => initRefractoryState([-1])],
    ['refractoryLifStep: input', () => refractoryLifStep(text, initRefractoryState([1]))],
    ['integrateAndFireStep: input', () => integrateAndFireStep(text, initIntegrateAndFireState([1]))],
    ['initAdaptiveLifState: tauTheta', () => initAdaptiveLifState([1], { tauTheta: -1 })],
    ['adaptiveLifStep: input', () => adaptiveLifStep(text, initAdaptiveLifState([1]))],
  ])('%s', (message, call) => {
    expect(call).toThrow(message);
  });

  it.each<[string, readonly number[], readonly number[]]>([
    ['has shape [1, 1, 1], needs [1, n] for spikes [1]', [1], [1, 1, 1]],
    ['has shape [2, 1], needs [1, n] for spikes [1]', [1], [2, 1]],
    ['has shape [0, 2], needs [0, n] for spikes []', [], [0, 2]],
    ['has shape [1], needs [1, n] for spikes [1]', [1], [1]],
  ])('weights: %s', (problem, spikes, w) => {
    expect(() => liStep(tf.ones([...spikes]), initLeakyIntegratorState([1]), tf.ones([...w]))).toThrow(problem);
  });
});

it('a shared threshold rises by the spikes of the batch, and each neuron has its own where there is no batch', async () => {
  const params = { sharedTheta: true, thetaPlus: 0.5, tauTheta: 1e7, vTh: 1, vRest: 0, vReset: 0 };
  const alone = adaptiveLifStep([1e4, 0], initAdaptiveLifState([2], params), params);
  expect(Array.from(await alone[1].theta.data())).toEqual([0.5, 0].map((value) => expect.closeTo(value, 5)));
  const batch = adaptiveLifStep(
    [
      [1e4, 0],
      [1e4, 1e4],
    ],
    initAdaptiveLifState([2, 2], params),
    params,
  );
  expect(Array.from(await batch[1].theta.data())).toEqual([1, 0.5].map((value) => expect.closeTo(value, 5)));
});
