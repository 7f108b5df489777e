import * as tf from '@tensorflow/tfjs-core';
import { isLeft, isRight } from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../src/core/random.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import { symmetricStdp } from '../../src/rules/pair/symmetricStdp.js';
import { productRule } from '../../src/rules/product/productRule.js';
import { parseProducts } from '../../src/rules/product/productRuleParser.js';
import type { Rule } from '../../src/rules/rule.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import { expectClose } from '../kernels/agree.js';

const productsOf = (text: string) => {
  const parsed = parseProducts(text);
  return isRight(parsed) ? parsed.right : parsed.left.message;
};
const plain = (variable: string, plus = 0) => ({ variable, plus });

describe('the parser', () => {
  it.each([
    [
      'dw = 2^-2 * x1 * y0 - 2^-2 * x0 * y1',
      [
        [0.25, plain('x1'), plain('y0')],
        [-0.25, plain('x0'), plain('y1')],
      ],
    ],
    ['dw=-x0', [[-1, plain('x0')]]],
    ['dw = x1*2*y0*3^2', [[18, plain('x1'), plain('y0')]]],
    ['dw = 1.5e-3 * (w - 1) * (y3 + 2^2)', [[1.5e-3, plain('w', -1), plain('y3', 4)]]],
    ['dw = .5 + 2 - w', [[0.5], [2], [-1, plain('w')]]],
  ])('reads %s', (text, expected) => {
    expect(productsOf(text)).toEqual(expected.map(([coefficient, ...factors]) => ({ coefficient, factors })));
  });

  it.each([
    ['', "needs 'dw' at position 1, got the end"],
    ['w = x0', "needs 'dw' at position 1, got 'w'"],
    ['dw x0', "needs '=' at position 4, got 'x0'"],
    ['dw = ', "needs a number, a variable or '(' at position 6, got the end"],
    ['dw = x0 y0', "needs '*', '+', '-' or the end at position 9, got 'y0'"],
    ['dw = x3 * y0', "needs one of x0, x1, x2, y0, y1, y2, y3, w at position 6, got 'x3'"],
    ['dw = x0 * ', "needs a number, a variable or '(' at position 11, got the end"],
    ['dw = 2^x0', "needs a number at position 8, got 'x0'"],
    ['dw = (x0 * y0)', "needs '+' or '-' at position 10, got '*'"],
    ['dw = (w - 1 * y0', "needs ')' at position 13, got '*'"],
    ['dw = x0 & y0', "needs '*', '+', '-' or the end at position 9, got '&'"],
    ['dw = x0 - - y0', "needs a number, a variable or '(' at position 11, got '-'"],
  ])("says where '%s' fails", (text, problem) => {
    expect(productsOf(text)).toBe(`productRule: dw ${problem} in '${text}'`);
    expect(() => productRule(text)).toThrow(problem);
  });

  const tooLargeOrSmall = [
    ...[
      '1e400',
      '1e39',
      '3.5e38',
      '1e-400',
      '1e-39',
      '.0001e-40',
      '2^99999',
      '2^128',
      '2^-2000',
      '2^-127',
      '0^-1',
      '1^1e400',
      '1e39^0',
    ],
    '2e38 * 10',
    '1e-20 * 1e-20',
  ];
  it.each(tooLargeOrSmall)('refuses %s, which float32 makes infinite or nothing', (constant) => {
    const got = (text: string, position: number, whole = constant) => {
      const refused = new RegExp(`^productRule: dw needs what float32 can hold at position ${position}, got '`);
      expect(productsOf(text)).toMatch(refused);
      expect(productsOf(text)).toContain(`'${whole.split('^')[0]}`);
      expect(() => productRule({ dw: text })).toThrow(refused);
    };
    got(`dw = ${constant} * x1 * y0`, 6);
    got(`dw = x0 - ${constant}`, 11);
    if (!constant.includes('*')) got(`dw = x0*(w - ${constant})`, 14);
  });

  it.each([
    ['0', 0],
    ['0.0', 0],
    ['0e-500', 0],
    ['0^2', 0],
    ['0^0', 1],
    ['2^-126', 2 ** -126],
    ['2^127', 2 ** 127],
    ['(w + 0) * 2^0 * x0 * (w - 0^1)', 1],
    ['1e30 * 1e-30 * 1e30', 1e30],
    ['1e30 * 0 * 1e30', 0],
    ['1.5 * 2^-2', 0.375],
  ])('takes %s', (constant, value) => {
    const [product] = productsOf(`dw = ${constant} * x0`);
    expect(product).toMatchObject({ coefficient: expect.closeTo(value, 12) });
  });
});

/** Weights after random spikes, and after the same spikes by another rule. */
async function compare(one: Rule<object>, other: Rule<object>, shapes: { pre: number[]; post: number[]; w: number[] }) {
  const train = (seed: number, shape: number[]) => {
    const size = shape.reduce((product, next) => product * next, 1);
    return tf.tensor(
      randomUniform(size, seed).map((value) => Number(value < 0.3)),
      shape,
    );
  };
  const run = (rule: Rule<object>) => {
    let [w, state] = [tf.fill(shapes.w, 0.5) as tf.Tensor, rule.init(shapes)];
    for (let time = 0; time < 10; time++)
      [w, state] = rule.step({ pre: train(2 * time, shapes.pre), post: train(2 * time + 1, shapes.post) }, w, state);
    return w;
  };
  const [got, want] = await Promise.all([run(one).data(), run(other).data()]);
  expect(Math.max(...want)).toBeGreaterThan(0.51);
  want.forEach((value, index) => {
    expect(got[index]).toBeCloseTo(value, 5);
  });
}

describe('productRule', () => {
  const layers = { pre: [2, 4], post: [2, 3], w: [4, 3] };
  const images = { pre: [2, 4, 4, 2], post: [2, 4, 4, 3], w: [3, 3, 2, 3] };
  const rates = { tauPre: 20, tauPost: 20, etaPlus: 2 ** -7, etaMinus: 2 ** -8, integration: 'exact', hardBound: false } as const;
  const text = 'dw = 2^-7 * x1 * y0 - 2^-8 * x0 * y1';

  it.each(['both', 'none'] as const)('with the terms of pair STDP it is pair STDP, coincidence %s', async (coincidence) => {
    const params = { dw: text, coincidence, hardBound: false };
    await compare(productRule(params), pairStdp({ ...rates, coincidence }), layers);
    const same = conv2d({ pad: 'same' });
    await compare(productRule(params, same), pairStdp({ ...rates, coincidence }, same), images);
  });

  it('with the weight in it, it is pair STDP that depends on the weight', async () => {
    const soft = { ...rates, weightDependence: 'multiplicativePow', mu: 1 } as const;
    const dw = 'dw = -2^-7 * (w - 1) * x1 * y0 - 2^-8 * w * x0 * y1';
    await compare(productRule({ dw, hardBound: false }), pairStdp(soft), layers);
    const strided = conv2d({ pad: 1 });
    await compare(productRule({ dw, hardBound: false }, strided), pairStdp(soft, strided), images);
  });

  it('with an offset at presynaptic spikes it is the symmetric rule', async () => {
    const dw = 'dw = 2^-6 * x1 * y0 + 2^-6 * x0 * y1 - 2^-8 * x0';
    await compare(
      productRule({ dw, hardBound: false }),
      symmetricStdp({ eta: 2 ** -6, alpha: 0.25, hardBound: false, coincidence: 'both' }),
      layers,
    );
  });

  it('a decay without spikes', async () => {
    const rule = productRule('dw = -2^-3 * w');
    const [w] = rule.step({ pre: [0], post: [0] }, [[0.8]], rule.init({ pre: [1], post: [1] }));
    expect((await w.data())[0]).toBeCloseTo(0.7, 6);
  });

  it('what no neuron is in counts once a step, whatever the batch and the positions', async () => {
    const constant = 'dw = -0.1 * w + 0.25';
    for (const batchReduction of ['sum', 'mean', 'max'] as const) {
      const onDense = productRule({ dw: constant, batchReduction });
      const [w] = onDense.step(
        { pre: tf.zeros([3, 1]), post: tf.zeros([3, 1]) },
        [[0.5]],
        onDense.init({ pre: [3, 1], post: [3, 1] }),
      );
      const onImages = productRule({ dw: constant, batchReduction }, conv2d());
      const [pre, post] = [tf.ones([2, 3, 3, 1]), tf.ones([2, 2, 2, 1])];
      const [filter] = onImages.step(
        { pre, post },
        tf.fill([2, 2, 1, 1], 0.5),
        onImages.init({ pre: pre.shape, post: post.shape }),
      );
      await expectClose([w, tf.slice(filter, 0, 1)], [tf.fill([1, 1], 0.7), tf.fill([1, 2, 1, 1], 0.7)]);
    }
  });

  it('each trace has its time constant', async () => {
    const taus = { tauX1: 3, tauX2: 5, tauY1: 7, tauY2: 11, tauY3: 13 };
    for (const [variable, tau] of Object.entries({ x1: 3, x2: 5, y1: 7, y2: 11, y3: 13 })) {
      const rule = productRule({ dw: `dw = 0.1 * ${variable}`, ...taus });
      const [after, state] = rule.step({ pre: [1], post: [1] }, [[0]], rule.init({ pre: [1], post: [1] }));
      const [w] = rule.step({ pre: [0], post: [0] }, after, state);
      expect((await w.data())[0]).toBeCloseTo(0.1 + 0.1 * Math.exp(-1 / tau), 6);
      expect(Object.keys(state)).toEqual([variable.startsWith('x') ? `${variable}Pre` : `${variable}Post`]);
    }
  });

  it('leaves exactly what it returns', () => {
    const rule = productRule('dw = w * x1 * y0 - x0 * y1 - x0 + y0 * (w - 1)', dense);
    const state = rule.init({ pre: [1], post: [1] });
    const before = tf.memory().numTensors;
    rule.step({ pre: [1], post: [1] }, [[0.5]], state);
    expect(tf.memory().numTensors - before).toBe(3);
  });

  it('refuses a text that is too long to read', () => {
    for (const sign of ['+', '*'])
      expect(() => productRule(`dw = ${Array(20_000).fill('x0').join(sign)}`)).toThrow(
        'productRule: dw is 60004 characters long, at most 10000 are read',
      );
    for (const sign of ['+', '*']) expect(isLeft(parseProducts(`dw = ${Array(3000).fill('x0').join(sign)}`))).toBe(false);
  });

  it('needs a text', () => {
    expect(isLeft(parseProducts(''))).toBe(true);
    expect(() => productRule({ dw: '' })).toThrow("productRule: dw needs 'dw' at position 1, got the end");
  });
});
