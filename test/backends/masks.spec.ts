import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { makeNamed } from '../../property-tests/everyRule.js';
import { useBackend } from '../../src/backends/useBackend.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import { ruleFromJSON, ruleNames } from '../../src/rules/ruleFromJSON.js';
import { dense } from '../../src/topologies/dense.js';
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

  it('keeps its values when it is taken along, whatever shares them', async () => {
    await useBackend('cpu');
    const [values, other] = [make(), tf.tensor1d([0, 1], 'bool')];
    const sharing = tf.cast(other, 'float32');
    const there = targetBackend === 'cpu' ? 'wasm' : targetBackend;
    const before = tf.memory().numTensors;
    await useBackend(there, [other, values, sharing]);
    expect(tf.memory().numTensors).toBe(before);
    expect([...(await tf.add(values, 0).data())]).toEqual([1, 0, 1, 1, 0, 1]);
    expect([...(await tf.add(sharing, 0).data())]).toEqual([0, 1]);
    expect([...(await tf.cast(other, 'int32').data())]).toEqual([0, 1]);
    tf.dispose([sharing, values]);
    expect([...(await other.data())]).toEqual([0, 1]);
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

describe('a mask as a rate, made on cpu and used elsewhere', () => {
  afterEach(() => useBackend(targetBackend));

  it.each(ruleNames)('serves as a parameter of %s, made before the switch or after it', async (name) => {
    const there = targetBackend === 'cpu' ? 'wasm' : targetBackend;
    const learned = async (from: 'cpu' | typeof targetBackend, early: boolean) => {
      await useBackend(from);
      const values = mask();
      const usualParams = ruleFromJSON({ rule: name, params: {}, topology: { type: 'dense' } }).params;
      const rates = Object.keys(usualParams).filter(
        (param) => /^eta/.test(param) && typeof usualParams[param as never] === 'number',
      );
      const build = () => makeNamed(name, Object.fromEntries(rates.map((rate) => [rate, values])), dense);
      let rule = build();
      if (!early) {
        await useBackend(there);
        rule = build();
      }
      await useBackend(there);
      let [w, state]: [tf.Tensor, object] = [tf.fill([2, 6], 0.5), rule.init({ pre: [2], post: [6], w: [2, 6] })];
      for (const [pre, post] of [
        [
          [1, 0],
          [1, 1, 0, 1, 1, 0],
        ],
        [
          [1, 1],
          [0, 1, 1, 1, 0, 0],
        ],
      ] as const) {
        const more = {
          ...(rule.reads.includes('reward') && { reward: 1 }),
          ...(name.startsWith('delayAdjusted') && !name.endsWith('Delay') && { delay: tf.ones([2, 6]) }),
          ...(rule.reads.includes('voltage') && { voltage: tf.fill([6], -30) }),
        };
        [w, state] = rule.step({ pre: [...pre], post: [...post], ...more }, w, state);
      }
      return [...(await w.data())].map((value) => Number(value.toFixed(5)));
    };
    const right = await learned(there, true);
    expect(await learned('cpu', true)).toEqual(right);
    expect(await learned('cpu', false)).toEqual(right);
  });
});
