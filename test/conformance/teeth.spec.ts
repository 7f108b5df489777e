import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { describe, expect, it } from 'vitest';
import { type ConformanceOptions, laws } from '../../src/conformance/index.js';
import { tidily } from '../../src/core/tensors.js';
import { mapTensors } from '../../src/core/trees.js';
import { delayAdjustedStdp } from '../../src/rules/delayAdjustedStdp.js';
import { mstdp } from '../../src/rules/mstdp.js';
import { pairStdp } from '../../src/rules/pairStdp.js';
import type { Rule, RuleInput, RuleJSON } from '../../src/rules/rule.js';
import type { StdpState } from '../../src/rules/stdpState.js';
import { otherBackend, targetBackend } from '../target.js';

const rates = { etaPlus: 0.01, etaMinus: 0.01 };
const good = pairStdp(rates);
type Result = [tf.Tensor, StdpState];
type Step = (input: RuleInput, w: tf.Tensor, state: StdpState) => Result;

/** The good rule with another step. */
const withStep = (step: Step): Rule<StdpState> => ({
  ...good,
  step: (input, w, state) => tidily(() => step(input, w as tf.Tensor, state)),
});
/** The good rule with its new weights changed. */
const reweighted = (change: (w: tf.Tensor, input: { pre: tf.Tensor; post: tf.Tensor }) => tf.Tensor): Rule<StdpState> =>
  withStep((input, w, state) => {
    const [next, traces] = good.step(input, w, state);
    return [change(next, input as { pre: tf.Tensor; post: tf.Tensor }), traces];
  });
const counter = () => {
  let calls = 0;
  return () => calls++;
};

/** For each law rules that break it, and it alone as far as can be. */
const broken: Readonly<Record<string, readonly (readonly [string, Rule<StdpState>, ConformanceOptions?])[]>> = {
  'shapes stay: new weights and state have the shapes of the old': [
    ['weights get a batch axis', reweighted((w) => tf.expandDims(w, 0))],
    [
      'a trace loses its batch axis',
      withStep((input, w, state) => {
        const [next, { tPre, tPost }] = good.step(input, w, state);
        return [next, { tPre: tf.sum(tPre, 0), tPost }];
      }),
    ],
  ],
  'purity: arguments are neither changed nor disposed': [
    [
      'weights are disposed',
      {
        ...good,
        step: (input, w, state) => {
          const next = good.step(input, w, state);
          tf.dispose(w as tf.Tensor);
          return next;
        },
      },
    ],
    [
      'a trace is disposed',
      {
        ...good,
        step: (input, w, state) => {
          const next = good.step(input, w, state);
          tf.dispose(state.tPost);
          return next;
        },
      },
    ],
  ],
  'bounds: weights that start inside or at a bound stay inside': [
    ['nothing clamps', pairStdp({ ...rates, hardBound: false })],
    ['a bound is too high', pairStdp({ ...rates, wMax: 1.5 })],
    ['a bound is too low', pairStdp({ ...rates, wMin: -0.5 })],
  ],
  'silence: without spikes weights inside the bounds stay': [
    ['weights decay', reweighted((w) => tf.mul(w, 0.999))],
    [
      'weights learn from traces alone',
      withStep((input, w, state) => {
        const [next, traces] = good.step(input, w, state);
        return [tf.add(next, tf.mul(1e-4, tf.sum(traces.tPre))), traces];
      }),
    ],
  ],
  'time: silence before the first spike changes nothing after it': [
    [
      'traces grow in silence',
      withStep((input, w, state) => {
        const [next, { tPre, tPost }] = good.step(input, w, state);
        return [next, { tPre: tf.add(tPre, 0.01), tPost }];
      }),
    ],
  ],
  'no NaN appears, spikes or none': [
    ['0/0 when no output spiked', reweighted((w, { post }) => tf.mul(w, tf.div(tf.sum(post), tf.sum(post))))],
    [
      'traces divide by the number of input spikes',
      withStep((input, w, state) => {
        const [next, { tPre, tPost }] = good.step(input, w, state);
        const count = tf.sum(input.pre as tf.Tensor);
        return [next, { tPre: tf.mul(tPre, tf.div(count, count)), tPost }];
      }),
    ],
  ],
  'a batch of one is no batch': [
    [
      'a batch learns at half the rate',
      withStep((input, w, state) =>
        (input.pre as tf.Tensor).rank === 2
          ? pairStdp({ etaPlus: 0.005, etaMinus: 0.005 }).step(input, w, state)
          : good.step(input, w, state),
      ),
    ],
  ],
  'determinism: the same run twice gives the same bits': [
    [
      'learns less at every call',
      (() => {
        const calls = counter();
        return reweighted((w) => tf.sub(w, 1e-4 * calls()));
      })(),
    ],
  ],
  'memory: a step leaves exactly the tensors it returns': [
    [
      'a tensor stays',
      {
        ...good,
        step: (input, w, state) => {
          tf.keep(tf.zeros([1]));
          return good.step(input, w, state);
        },
      },
    ],
    ['what it returns is an argument', withStep((_, w, state) => [w, state])],
  ],
  'JSON: rule and state come back and continue bit for bit': [
    ['a parameter is lost', good, { fromJSON: ({ params }: RuleJSON) => pairStdp({ ...params, etaPlus: 1e-3 }) as Rule<object> }],
    [
      'the step keeps memory of its own',
      (() => {
        let sum: number | undefined;
        const calls = counter();
        sum = 0;
        return reweighted((w) => {
          sum = (sum ?? 0) + calls();
          return tf.add(w, 1e-5 * sum);
        });
      })(),
    ],
  ],
  'backends agree': [
    [
      'one learns more',
      reweighted((w) => tf.add(w, tf.getBackend() === otherBackend ? 1e-3 : 0)),
      { backends: [otherBackend, targetBackend] },
    ],
  ],
  'batch: it changes weights by the sum of its samples': [
    ['a batch counts by its mean', pairStdp({ ...rates, batchReduction: 'mean' })],
    ['a batch counts by its largest sample', pairStdp({ ...rates, batchReduction: 'max' })],
    [
      'only the first sample counts',
      withStep((input, w, state) => {
        const first = <T>(tree: T) => mapTensors(tree, (tensor) => tf.slice(tensor, 0, 1));
        return [good.step(first(input), w, first(state))[0], good.step(input, w, state)[1]];
      }),
    ],
  ],
  'order: pre before post potentiates, post before pre does not': [
    ['anti-Hebbian', pairStdp({ etaPlus: -0.01, etaMinus: -0.01 })],
    ['never depresses', pairStdp({ etaPlus: 0.01, etaMinus: 0 })],
    ['never potentiates', pairStdp({ etaPlus: 0, etaMinus: 0.01 })],
  ],
};

const lawOf = (rule: Rule<StdpState>, name: string, options?: ConformanceOptions) =>
  laws(rule, options).find((law) => law.name === name);

describe('the conformance suite', () => {
  it('has rules that break each of its laws', () => {
    expect(Object.keys(broken).sort()).toEqual(
      laws(good)
        .map((law) => law.name)
        .sort(),
    );
  });

  describe.each(Object.entries(broken))('%s', (name, rules) => {
    it.each(rules.map(([what, rule, options]) => ({ what, rule, options })))('catches: $what', async ({ rule, options }) => {
      await expect(lawOf(rule, name, options)?.check()).rejects.toThrow();
    });

    it('holds for the good rule, and leaves no tensors', async () => {
      const before = tf.memory().numTensors;
      await lawOf(good, name, { backends: [otherBackend, targetBackend] })?.check();
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  it('hands a reward and delays over to the rule', async () => {
    const order = 'order: pre before post potentiates, post before pre does not';
    const [reward, delay] = [1, 3];
    const holds = (rule: Rule<never>, input: object) =>
      laws(rule, { input })
        .find(({ name }) => name === order)
        ?.check();
    await expect(holds(mstdp() as Rule<never>, {})).rejects.toThrow(); // nothing is learnt without a reward
    await holds(mstdp() as Rule<never>, { reward });
    await holds(delayAdjustedStdp() as Rule<never>, {});
    await expect(holds(delayAdjustedStdp() as Rule<never>, { delay })).rejects.toThrow(); // the input arrives too late
  });

  it('leaves out what a rule does not promise', () => {
    const names = laws(good, { hebbian: false, batchSums: false }).map((law) => law.name);
    expect(names).toHaveLength(laws(good).length - 2);
    expect(names.some((name) => /^(order|batch):/.test(name))).toBe(false);
  });
});
