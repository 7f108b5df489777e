import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../src/core/random.js';
import { scan } from '../src/core/scan.js';
import { clopathStdp } from '../src/rules/clopathStdp.js';
import { pairStdp } from '../src/rules/pairStdp.js';
import { productRule } from '../src/rules/productRule.js';
import type { Rule } from '../src/rules/rule.js';
import { symmetricStdp } from '../src/rules/symmetricStdp.js';
import { vogelsStdp } from '../src/rules/vogelsStdp.js';

type Params = { readonly [name: string]: tf.Tensor };
interface Case {
  readonly name: string;
  readonly make: (params: Params) => Rule<object>;
  readonly at: { readonly [name: string]: number };
}

const free = { wMin: -10, wMax: 10 };
const pair = { etaPlus: 0.1, etaMinus: 0.2, tauPre: 5, tauPost: 8, aPre: 1.5 };
const cases: readonly Case[] = [
  {
    name: 'pairStdp preCentred',
    at: pair,
    make: (params) => pairStdp({ ...free, ...params, traceMode: 'preCentred', integration: 'exact' }),
  },
  {
    name: 'pairStdp restrictedNearest',
    at: pair,
    make: (params) => pairStdp({ ...free, ...params, traceMode: 'restrictedNearest' }),
  },
  {
    name: 'symmetricStdp',
    at: { eta: 0.1, alpha: 0.3, tauPre: 5, tauPost: 8 },
    make: (params) => symmetricStdp({ ...free, ...params }),
  },
  { name: 'vogelsStdp', at: { eta: 0.1 }, make: (params) => vogelsStdp({ ...free, ...params, targetRate: 20 }) },
  {
    name: 'clopathStdp',
    at: { etaPlus: 1e-3, etaMinus: 5e-3, tauPre: 5, tauMinus: 6, tauPlus: 4, thetaPlus: -45, thetaMinus: -70 },
    make: (params) => clopathStdp({ ...free, ...params, delay: 1 }),
  },
  {
    name: 'productRule',
    at: { tauX1: 5, tauX2: 7, tauY2: 6 },
    make: (params) =>
      productRule({
        ...free,
        ...params,
        dw: 'dw = 0.1 * x1 * y0 * (w - 1.5) - 0.1 * w * x2 * x0 * y2',
      }),
  },
];

const [inputs, outputs, steps] = [3, 2, 12];
const train = (seed: number, size: number) =>
  tf.tensor2d(
    randomUniform(steps * size, seed).map((value) => Number(value < 0.4)),
    [steps, size],
  );

describe('gradients through scan agree with finite differences to 1e-3', () => {
  it.each(cases)('$name', async ({ make, at }) => {
    tf.engine().startScope('gradients');
    const spikes = [train(1, inputs), train(2, outputs)] as const;
    const target = tf.tensor2d(randomUniform(inputs * outputs, 3, -1, 2), [inputs, outputs]);
    const names = Object.keys(at);
    /** A loss of the weights after all steps; its arguments are the first weight and the parameters, as shares of `at`. */
    const loss = (w0: tf.Tensor, ...shares: tf.Tensor[]): tf.Scalar => {
      const params = Object.fromEntries(names.map((name, index) => [name, tf.mul(shares[index] ?? 1, at[name] ?? 1)]));
      const rule = make(params);
      const [[w]] = scan(
        ([before, state], [pre, post]) => [rule.step({ pre, post }, before, state), null],
        [tf.mul(tf.ones([inputs, outputs]), w0), rule.init({ pre: [inputs], post: [outputs] })],
        spikes,
      );
      return tf.sum(tf.squaredDifference(w, target));
    };
    const point = [0.5, ...names.map(() => 1)];
    const gradients = tf.grads(loss)(point.map((value) => tf.scalar(value)));
    const found = await Promise.all(gradients.map(async (gradient) => (await gradient.data())[0] ?? Number.NaN));
    const h = 0.01;
    const valueAt = async (index: number, shift: number) => {
      const moved = point.map((value, other) => tf.scalar(other === index ? value + shift : value));
      const [first, ...rest] = moved;
      return (await loss(first ?? tf.scalar(0), ...rest).data())[0] ?? Number.NaN;
    };
    for (const [index, gradient] of found.entries()) {
      // Differences over h and 2h, combined: the error is of fourth order.
      const near = ((await valueAt(index, h)) - (await valueAt(index, -h))) / (2 * h);
      const far = ((await valueAt(index, 2 * h)) - (await valueAt(index, -2 * h))) / (4 * h);
      const difference = (4 * near - far) / 3;
      expect(
        Math.abs(gradient - difference),
        `${['w', ...names][index]}: ${gradient}, by differences ${difference}`,
      ).toBeLessThan(1e-3 * Math.max(1, Math.abs(difference)));
    }
    expect(Math.max(...found.map(Math.abs))).toBeGreaterThan(0.1);
    tf.engine().endScope();
  });
});
