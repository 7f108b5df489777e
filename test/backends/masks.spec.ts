import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { useBackend } from '../../src/backends/useBackend.js';
import { pairStdp } from '../../src/rules/pairStdp.js';
import { traceStep } from '../../src/traces/exponentialTrace.js';
import { targetBackend } from '../target.js';

/** Masks that tfjs calls float32 and keeps as truth values on cpu. */
const mask = (): tf.Tensor1D => tf.cast(tf.greater(tf.tensor1d([1, 0, 1, 1, 0, 1]), 0.5), 'float32');
const made: { readonly [way: string]: () => tf.Tensor } = {
  'a cast': mask,
  'a clone': () => tf.clone(mask()),
  'a slice': () => tf.slice(tf.cast(tf.greater(tf.tensor1d([0, 1, 0, 1, 1, 0, 1, 0]), 0.5), 'float32'), 1, 6),
  'a reshape': () => tf.reshape(tf.reshape(mask(), [2, 3]), [6]),
  'a transpose': () => tf.reshape(tf.transpose(tf.reshape(tf.gather(mask(), [0, 2, 4, 1, 3, 5]), [2, 3])), [6]),
  'integers that were cast': () => tf.cast(tf.tensor1d([1, 0, 1, 1, 0, 1], 'int32'), 'float32'),
};
const law = { tau: 20, amplitude: 1, dt: 1, traceMode: 'cumulative', integration: 'exact' } as const;

describe.each(Object.entries(made))('%s, made on cpu and used elsewhere', (_, make) => {
  afterEach(() => useBackend(targetBackend));

  it('is read as the numbers that it holds, the first time and the second', async () => {
    await useBackend('cpu');
    const values = make();
    await useBackend(targetBackend === 'cpu' ? 'wasm' : targetBackend);
    for (const _time of ['first', 'second'])
      expect([...(await traceStep(tf.zeros([6]), values, law).data())]).toEqual([1, 0, 1, 1, 0, 1]);
  });

  it('serves as weights, state and spikes of a rule', async () => {
    const learned = async (from: 'cpu' | typeof targetBackend) => {
      await useBackend(from);
      const [w, pre, post, tPre, tPost] = [
        tf.reshape(make(), [2, 3]),
        tf.slice(make(), 0, 2),
        tf.slice(make(), 0, 3),
        make(),
        make(),
      ];
      await useBackend(targetBackend === 'cpu' ? 'wasm' : targetBackend);
      const state = { tPre: tf.slice(tPre, 0, 2), tPost: tf.slice(tPost, 0, 3) };
      const [next] = pairStdp({ etaPlus: 0.1, etaMinus: 0.05, hardBound: false }).step({ pre, post }, w, state);
      return [...(await next.data())].map((value) => Number(value.toFixed(5)));
    };
    const there = targetBackend === 'cpu' ? 'wasm' : targetBackend;
    expect(await learned('cpu')).toEqual(await learned(there));
  });
});
