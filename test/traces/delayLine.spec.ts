import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { delayLineStep, initDelayLine } from '../../src/traces/delayLine.js';
import { linearTraceStep, tauOfDecay } from '../../src/traces/linearTrace.js';

describe('delayLineStep', () => {
  it('lets every spike through, also one behind the other, with a delay per synapse', async () => {
    const train = [1, 1, 0, 1, 0, 0, 0];
    let line = initDelayLine([1, 1], 3);
    const arrived: number[][] = [];
    for (const spike of train) {
      const [out, next] = delayLineStep([[spike]], line, [[0, 1, 3]]);
      arrived.push([...(await out.data())]);
      line = next;
    }
    [0, 1, 3].forEach((delay, synapse) => {
      expect(arrived.map((step) => step[synapse])).toEqual(train.map((_, time) => train[time - delay] ?? 0));
    });
  });

  it('leaves two tensors and its arguments as they were', () => {
    const line = initDelayLine([2], 2);
    const before = tf.memory().numTensors;
    const [out, next] = delayLineStep([1, 0], line, 2);
    expect(tf.memory().numTensors).toBe(before + 2);
    tf.dispose([out, next]);
    expect(line.isDisposed).toBe(false);
  });

  it('a spike whose delay is no whole step, or longer than the line, never arrives', async () => {
    const [arriving] = delayLineStep([1, 1, 1, 1], tf.ones([3, 4]), [0.4, 1.5, 3, -1]);
    expect(await arriving.array()).toEqual([0, 0, 0, 0]);
  });

  it('says what does not fit', () => {
    const line = initDelayLine([2], 2);
    expect(() => delayLineStep([1], line, 0)).toThrow('delayLineStep: spikes has shape [1], the line holds [2]');
    expect(() => delayLineStep([1, 0], line, 3)).toThrow('delayLineStep: delay must be an integer in [0, 2], got 3');
    expect(() => initDelayLine([2], -1)).toThrow('initDelayLine: maxDelay must be an integer ≥ 0, got -1');
    expect(() => delayLineStep([1, 0], line, [1, 1, 1])).toThrow(
      "delayLineStep: delay has shape [3], which doesn't broadcast with spikes [2]",
    );
    expect(() => delayLineStep([1], tf.zeros([0, 1]), 0)).toThrow('delayLineStep: line has shape [0, 1]');
  });
});

describe('linearTraceStep', () => {
  it.each([0, 0.3, 1])('keeps %s of itself', async (decay) => {
    const trace = linearTraceStep([2], [0], { decay, amplitude: 5 });
    expect((await trace.data())[0]).toBeCloseTo(2 * decay, 6);
  });

  it('decay is a fraction', () => {
    expect(() => linearTraceStep([0], [0], { decay: 2, amplitude: 1 })).toThrow(
      'linearTraceStep: decay must be a number in [0, 1], got 2',
    );
    expect(() => tauOfDecay('0.5' as unknown as number)).toThrow('tauOfDecay: decay must be a number in [0, 1], got "0.5"');
    expect(() => tauOfDecay(0.5, 0)).toThrow('tauOfDecay: dt must be a number > 0, got 0');
    expect(() => linearTraceStep([0], [0, 1], { decay: 1, amplitude: 1 })).toThrow('spikes has shape [2], trace has [1]');
    expect(tauOfDecay(1)).toBe(Number.POSITIVE_INFINITY);
    expect(tauOfDecay(Math.exp(-0.5 / 7), 0.5)).toBeCloseTo(7, 9);
  });
});
