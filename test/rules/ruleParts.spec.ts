import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { paramsSchema } from '../../src/core/params/schema.js';
import * as lib from '../../src/entries/everything.js';
import { axonFields } from '../../src/rules/pair/axons.js';
import { signedDelta } from '../../src/rules/signedDelta.js';
import { perSample } from '../../src/updates/perSample.js';
import { kernelsWanted } from '../target.js';

const shapes = { pre: [2], post: [1], w: [2, 1] };

describe('a step that may overwrite what it was given', () => {
  const start = () => ({ w: tf.fill([2, 1], 0.5), state: lib.pairStdp().init(shapes) });
  const input = () => ({ pre: tf.tensor1d([1, 0]), post: tf.tensor1d([1]) });

  it('does so in place from the second one on, where kernels serve the rule', () => {
    const { w, state } = start();
    const before = lib.pairStdp().step(input(), w, state, { donate: true });
    const after = lib.pairStdp().step(input(), ...before, { donate: true });
    expect([after[0] === before[0], after[1] === before[1]]).toEqual([kernelsWanted, kernelsWanted]);
  });

  it.each([undefined, {}, { donate: false }])('leaves it alone unless it is told to: %o', (options) => {
    const { w, state } = start();
    const [next, after] = lib.pairStdp().step(input(), w, state, options);
    expect([next === w, after.tPre === state.tPre]).toEqual([false, false]);
    expect([w.isDisposed, state.tPre.isDisposed]).toEqual([false, false]);
  });
});

describe('a state of one’s own', () => {
  const { topology, update } = lib.pairStdp();
  const own = (init: () => object) =>
    lib.makeRule<object>({
      name: 'mine',
      params: {},
      topology,
      update,
      init,
      delta: (_input, _w, state) => [{ potentiation: [], depression: [] }, state],
    });

  it('may have fields that are undefined, or no tensors', () => {
    const rule = own(() => ({ none: undefined, seen: tf.zeros([2]), kind: 'text' }));
    const [, next] = rule.step({ pre: [1, 0], post: [1] }, [[0.5], [0.5]], rule.init(shapes));
    expect(next).toMatchObject({ kind: 'text' });
    expect(() => rule.step({ pre: [1, 0], post: [1] }, [[0.5], [0.5]], { seen: tf.zeros([2]) })).toThrow(
      'mine: state.kind is missing; the state must be what init returned',
    );
  });

  it('with records in it passes layers of no neurons', () => {
    const rule = lib.makeRule<{ readonly of: { readonly tPre: tf.Tensor } }>({
      name: 'mine',
      params: {},
      topology,
      update,
      init: ({ pre }) => ({ of: { tPre: tf.zeros([...pre]) } }),
      delta: ({ pre }, _w, { of }) => [{ potentiation: [], depression: [] }, { of: { tPre: tf.add(of.tPre, pre) } }],
    });
    const [w, { of }] = rule.step(
      { pre: tf.zeros([0]), post: [1] },
      tf.zeros([0, 1]),
      rule.init({ ...shapes, pre: [0], w: [0, 1] }),
    );
    expect([w.shape, of.tPre.shape]).toEqual([[0, 1], [0]]);
  });

  it('that is empty says so', () => {
    const rule = own(() => ({}));
    expect(() => rule.step({ pre: [1, 0], post: [1] }, [[0.5], [0.5]], { more: 1 })).toThrow(
      'mine: state.more is not part of the state, which holds nothing',
    );
  });
});

it('a kernel rule remembers ages only of inputs that may be delayed', () => {
  expect(Object.keys(lib.kernelStdp().init(shapes))).not.toContain('ageHistory');
  expect(Object.keys(lib.kernelStdp({ maxDelay: 3 }).init(shapes))).toContain('ageHistory');
});

it('delays are none, and read the spike train that arrives, unless it is said otherwise', () => {
  expect(paramsSchema('axons', axonFields).defaults).toEqual({
    maxDelay: 0,
    delayed: false,
    interpolation: 'previous',
    interpTolerance: 1e-4,
  });
});

describe('signed parts', () => {
  const wiring = { topology: lib.dense, weightShape: [2, 3] };
  const pair = () => ({
    pre: tf.tensor2d([
      [1, 2],
      [3, 4],
    ]),
    post: tf.tensor2d([
      [1, 0, 2],
      [1, 1, 1],
    ]),
  });
  const whole = () => ({ perSample: perSample(pair(), lib.dense, [2, 3]) });

  /** What a Delta asks of each synapse, by sample. */
  const total = ({ potentiation, depression }: lib.Delta): tf.Tensor => {
    const side = (terms: typeof potentiation) =>
      terms.map((part) => ('perSample' in part ? part.perSample : perSample(part, lib.dense, [2, 3])));
    const raised = side(potentiation).reduce((sum, part) => tf.add(sum, part), tf.zeros([2, 2, 3]));
    return side(depression).reduce((sum, part) => tf.sub(sum, part), raised);
  };

  it.each([
    ['factors', pair],
    ['one value per sample and weight', whole],
  ])('of %s: a rate of any form, a reward per sample', async (_, make) => {
    const rewards = [2, -1];
    const outputs = [0.5, -1, 2];
    const synapses = [
      [1, -2, 3],
      [-4, 5, -6],
    ];
    const forms: readonly (readonly [rate: lib.Numeric, (row: number, column: number) => number])[] = [
      [-0.5, () => -0.5],
      [tf.tensor1d(outputs), (_row, column) => outputs[column] ?? Number.NaN],
      [tf.tensor2d(synapses), (row, column) => synapses[row]?.[column] ?? Number.NaN],
    ];
    const pairs = await whole().perSample.data();
    for (const [rate, rateAt] of forms) {
      const wanted = (modulation: (sample: number) => number) =>
        Array.from(pairs, (value, at) => value * modulation(Math.floor(at / 6)) * rateAt(Math.floor(at / 3) % 2, at % 3));
      const parts = [{ rate, term: make() }];
      expect([...(await total(signedDelta(parts, wiring)).data())]).toEqual(wanted(() => 1).map((value) => value + 0));
      const rewarded = signedDelta(parts, wiring, tf.tensor1d(rewards));
      expect([...(await total(rewarded).data())]).toEqual(wanted((sample) => rewards[sample] ?? 0).map((value) => value + 0));
    }
  });
});
