import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { StdpError } from '../../src/core/errors.js';
import { initStdpState, pairStdp } from '../../src/rules/pair/pairStdp.js';
import type { StdpState } from '../../src/rules/pair/stdpState.js';
import { decayStdpState, stdpStepConv2d, stdpStepLinear } from '../../src/rules/pair/stdpStep.js';
import { conv2d } from '../../src/topologies/conv2d.js';

const numbers = async (tensor: tf.Tensor) => [...(await tensor.data())];
const params = { integration: 'exact', tauPre: 10, tauPost: 20, etaPlus: 0.1 } as const;

describe('stdpStepLinear', () => {
  const w = () => tf.fill([784, 10], 0.5);
  const step = (zPre: tf.TensorLike | tf.Tensor, zPost: tf.TensorLike | tf.Tensor, state: StdpState, given: object = {}) =>
    stdpStepLinear(zPre, zPost, w(), state, given);

  it('is pairStdp on the dense topology', async () => {
    const [zPre, zPost, weights] = [[1, 0, 1], [0, 1], tf.fill([3, 2], 0.5)];
    const state = { tPre: tf.tensor1d([0, 1, 2]), tPost: tf.tensor1d([1, 0]) };
    const [byCall, byRule] = [
      stdpStepLinear(zPre, zPost, weights, state, params),
      pairStdp(params).step({ pre: zPre, post: zPost }, weights, state),
    ];
    for (const [call, rule] of [
      [byCall[0], byRule[0]],
      [byCall[1].tPre, byRule[1].tPre],
      [byCall[1].tPost, byRule[1].tPost],
    ] as const)
      expect(await numbers(call)).toEqual(await numbers(rule));
    expect(await numbers(byCall[0])).not.toEqual(await numbers(weights));
  });

  it('without batch everything stays without batch', () => {
    const [next, state] = step(tf.ones([784]), tf.ones([10]), initStdpState([784], [10]));
    expect([next.shape, state.tPre.shape, state.tPost.shape]).toEqual([[784, 10], [784], [10]]);
  });

  it('takes bool and int32 spikes', async () => {
    const [next] = step(tf.ones([784], 'bool'), tf.ones([10], 'int32'), initStdpState([784], [10]), { etaMinus: 0 });
    for (const value of await numbers(next)) expect(value).toBeCloseTo(0.5 + 1e-3 / 50, 6);
  });

  it('names function, argument, what was expected and what came', () => {
    const state = initStdpState([1, 784], [1, 10]);
    const [pre, post] = [tf.zeros([1, 784]), tf.zeros([1, 10])];
    const message = (call: () => unknown, text: string) => {
      expect(call).toThrow(StdpError);
      expect(call).toThrow(text);
    };
    message(() => step(pre, tf.zeros([1, 12]), state), 'stdpStepLinear: zPost has 12 columns, w [784, 10] needs 10');
    message(() => step(tf.zeros([1, 12]), post, state), 'stdpStepLinear: zPre has 12 columns, w [784, 10] needs 784');
    message(() => step(tf.zeros([784]), post, state), 'stdpStepLinear: zPost has shape [1, 10], needs rank 1 like zPre');
    message(
      () => step(tf.zeros([1, 1, 784]), post, state),
      'stdpStepLinear: zPre has shape [1, 1, 784], needs [batch, …] of rank 2, or rank 1',
    );
    message(() => step(pre, tf.zeros([2, 10]), state), 'stdpStepLinear: zPost has batch 2, zPre has 1');
    message(
      () => stdpStepLinear(pre, post, tf.zeros([784]), state),
      'stdpStepLinear: w has shape [784], a dense layer needs rank 2',
    );
    message(() => step('spikes', post, state), 'stdpStepLinear: zPre is not a tensor');
    message(() => step(pre, post, state, { etaPlus: Number.NaN }), 'stdpStepLinear: etaPlus must be a finite number, got NaN');
    message(() => step(pre, post, state, { tau: 1 }), 'stdpStepLinear: tau is not a parameter');
    message(() => step(pre, post, state, { wMin: 1 }), 'stdpStepLinear: wMin must be below wMax, got 1 and 1');
  });

  it('names what is wrong with the state', () => {
    const [pre, post] = [tf.zeros([2, 784]), tf.zeros([2, 10])];
    const wrong = (state: unknown) => () => step(pre, post, state as StdpState);
    const { tPre } = initStdpState([2, 784], [2, 10]);
    expect(wrong(initStdpState([784], [10]))).toThrow(
      'stdpStepLinear: state.tPre has shape [784], zPre has [2, 784] (batch included)',
    );
    expect(wrong({ tPre, tPost: tf.zeros([2, 9]) })).toThrow('stdpStepLinear: state.tPost has shape [2, 9], zPost has [2, 10]');
    expect(wrong({ tPre })).toThrow('stdpStepLinear: state.tPost is missing; the state must be what init returned');
    expect(wrong({ tPre, tPost: undefined })).toThrow('stdpStepLinear: state.tPost is missing');
    expect(wrong(null)).toThrow('stdpStepLinear: state must be what init returned, got null');
    expect(wrong(undefined)).toThrow('stdpStepLinear: state must be what init returned, got undefined');
  });

  it('leaves exactly what it returns, and nothing when it refuses', async () => {
    const [pre, post, weights, state] = [tf.ones([784]), tf.ones([10]), w(), initStdpState([784], [10])];
    const before = tf.memory().numTensors;
    const [next, after] = stdpStepLinear(pre, post, weights, state, { tauPre: 20 });
    expect(tf.memory().numTensors).toBe(before + 3);
    tf.dispose([next, after.tPre, after.tPost]);
    expect(() => stdpStepLinear([1, 2], post, weights, state)).toThrow(StdpError);
    expect(tf.memory().numTensors).toBe(before);
    expect(await numbers(state.tPost)).toEqual(new Array(10).fill(0));
  });
});

describe('stdpStepConv2d', () => {
  const [zPre, zPost] = [() => tf.ones([6, 6, 1]), () => tf.ones([3, 3, 2])];

  it('is pairStdp on conv2d, with its options among the parameters', async () => {
    const w = tf.fill([3, 3, 1, 2], 0.5);
    const state = initStdpState([6, 6, 1], [3, 3, 2]);
    const options = { strides: 2, pad: 'same', dilations: 2 } as const;
    const [byCall] = stdpStepConv2d(zPre(), zPost(), w, state, { ...params, ...options });
    const [byRule] = pairStdp(params, conv2d(options)).step({ pre: zPre(), post: zPost() }, w, state);
    expect(await numbers(byCall)).toEqual(await numbers(byRule));
    expect(await numbers(byCall)).not.toEqual(await numbers(w));
  });

  it('names what does not fit', () => {
    const state = initStdpState([6, 6, 1], [4, 4, 2]);
    expect(() => stdpStepConv2d(zPre(), zPost(), tf.zeros([3, 3, 1, 2]), state)).toThrow(
      'stdpStepConv2d: zPost has shape [1, 3, 3, 2], zPre [1, 6, 6, 1] and w [3, 3, 1, 2] need [1, 4, 4, 2]',
    );
    expect(() => stdpStepConv2d(zPre(), zPost(), tf.zeros([3, 3, 2, 2]), state)).toThrow(
      'stdpStepConv2d: zPre has 1 channels, w [3, 3, 2, 2] needs 2',
    );
    expect(() => stdpStepConv2d(zPre(), zPost(), tf.zeros([3, 2]), state)).toThrow(
      'stdpStepConv2d: w has shape [3, 2], a conv2d layer needs rank 4',
    );
    expect(() => stdpStepConv2d(zPre(), zPost(), tf.zeros([3, 3, 1, 2]), state, { stride: 2 } as object)).toThrow(
      'stdpStepConv2d: stride is not a parameter',
    );
    for (const [name, value] of [
      ['strides', 0],
      ['pad', -1],
      ['dilations', [1, 2, 3]],
    ] as const)
      expect(() => stdpStepConv2d(zPre(), zPost(), tf.zeros([3, 3, 1, 2]), state, { [name]: value } as object)).toThrow(
        `stdpStepConv2d: ${name} must be`,
      );
  });
});

describe('decayStdpState', () => {
  it('is the state that a step leaves', async () => {
    const state = { tPre: tf.tensor1d([1, 2]), tPost: tf.tensor1d([3]) };
    const before = tf.memory().numTensors;
    const next = decayStdpState(state, [1, 0], [1], params);
    expect(tf.memory().numTensors).toBe(before + 2);
    const [, wanted] = stdpStepLinear([1, 0], [1], tf.zeros([2, 1]), state, params);
    expect(await numbers(next.tPre)).toEqual(await numbers(wanted.tPre));
    expect(await numbers(next.tPost)).toEqual(await numbers(wanted.tPost));
    expect((await numbers(next.tPost))[0]).toBeCloseTo(3 * Math.exp(-1 / 20) + 1, 6);
  });
});
