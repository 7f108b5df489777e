import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { initStdpSensorState, stdpSensorStep } from '../../src/traces/stdpSensor.js';

describe('stdpSensorStep', () => {
  it('decays each side with its own time constant, then adds its spikes', async () => {
    const state = { aPre: tf.tensor1d([1, 1]), aPost: tf.tensor1d([1]) };
    const next = stdpSensorStep([0, 1], [0], state, { etaPlus: 0.5, tauPre: 4, tauPost: 2 });
    expect(await next.aPre.array()).toEqual([0.75, 1.25]);
    expect(await next.aPost.array()).toEqual([0.5]);
  });

  it('refuses wrong shapes and parameters', () => {
    const state = initStdpSensorState([2], [1]);
    expect(() => stdpSensorStep([1], [1], state)).toThrow('stdpSensorStep: zPre has shape [1], its trace has [2]');
    expect(() => stdpSensorStep([1, 1], [1], state, { tauPost: -1 })).toThrow('tauPost must be a positive number of ms, got -1');
  });

  it('leaves exactly the state', () => {
    const state = initStdpSensorState([2], [1]);
    const before = tf.memory().numTensors;
    const next = stdpSensorStep([1, 1], [1], state);
    expect(tf.memory().numTensors).toBe(before + 2);
    tf.dispose([next.aPre, next.aPost]);
  });
});
