import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import * as library from '../../src/entries/everything.js';
import { dense } from '../../src/topologies/dense.js';

/** What makes a rule, and the parameters that it can't do without. */
const makers: readonly (readonly [string, object | string])[] = [
  ...library.ruleNames.map((name) => [name, name === 'productRule' ? 'dw = x1 * y0' : {}] as const),
  ...['PostPre', 'WeightDependentPostPre', 'Hebbian', 'Mstdp', 'Mstdpet'].map(
    (name) => [`bindsnet${name}`, { nu: 0.1 }] as const,
  ),
  ['pysnnMstdpet', { aPre: 1, aPost: 0, lr: 0.1, eTraceDecay: 0.9 }],
  ['pysnnFedeStdp', { lr: 0.1, wInit: 0.5, a: 0.2 }],
];

type Anything = (...given: readonly unknown[]) => unknown;

/** A function or method called as code without types does. */
const called = (holder: object, name: string, ...given: readonly unknown[]): unknown =>
  (holder as { readonly [name: string]: Anything | undefined })[name]?.(...given);

describe.each(makers)('%s', (name, params) => {
  it('takes parameters and a topology, no options of a step', () => {
    expect(() => called(library, name, params, dense, { donate: true })).toThrow(
      `${name}: a further argument is not taken, got { donate: true }: ${name}(params, topology)`,
    );
  });

  it('makes a rule that is frozen and whose methods take no more than they know', () => {
    const rule = called(library, name, params) as library.Rule<object>;
    expect(Object.isFrozen(rule)).toBe(true);
    const before = tf.memory().numTensors;
    const input = { pre: [1], post: [1] };
    const state = rule.init({ pre: [1], post: [1], w: [1, 1] });
    for (const [method, ...given] of [
      ['init', { pre: [1], post: [1] }],
      ['delta', input, [[0.5]], state],
      ['step', input, [[0.5]], state, { donate: true }],
    ] as const)
      expect(() => called(rule, method, ...given, 7), method).toThrow(`: a further argument is not taken, got 7: ${method}(`);
    tf.dispose(state as tf.TensorContainer);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('a step for scan is made of a rule alone', () => {
  expect(() => called(library, 'stepOf', library.pairStdp(), { donate: true })).toThrow(
    'stepOf: a further argument is not taken',
  );
});

it('a layer in closed loop, its steps and a scan take no more than they know', () => {
  const [rule, w] = [library.pairStdp(), [[0.5]]];
  const layer = library.plasticLayer(rule);
  const state = layer.init(w);
  const surplus = ': a further argument is not taken, got { donate: true }: ';
  const donate = { donate: true };
  expect(() => called(library, 'plasticLayer', rule, {}, donate)).toThrow(`plasticLayer${surplus}plasticLayer(rule, params)`);
  expect(() => called(layer, 'init', w, 1, donate)).toThrow(`plasticLayer${surplus}layer.init(w, batch)`);
  expect(() => called(layer, 'step', state, [1], donate)).toThrow(`plasticLayer${surplus}layer.step(layer, zPre)`);
  expect(() => called(library, 'scan', layer.step, state, [[1]], donate)).toThrow(`scan${surplus}scan(step, init, xs)`);
});
