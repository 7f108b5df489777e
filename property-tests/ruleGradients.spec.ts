import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../src/core/random.js';
import { scan } from '../src/core/scan.js';
import { ruleNames } from '../src/rules/ruleFromJSON.js';
import { dense } from '../src/topologies/dense.js';
import { elsewhere } from '../test/target.js';
import { makeNamed } from './everyRule.js';

/**
 * Numbers that gradients don't reach: the step and how far a record looks back decide what is computed, bounds where it is
 * cut, and a reward's scale is the reward's (which may be a tensor). All other numbers of all rules are differentiable.
 */
const plain = ['mu', 'dt', 'delay', 'maxDelay', 'interpTolerance', 'wMin', 'wMax', 'weightDecay', 'scale', 'uRest', 'uSpike'];

/**
 * What a rule is tried with beside its defaults, so that all of its parameters count. Delays learn slowly: where one of
 * them meets a difference of spike times, it jumps from one half of the window to the other.
 */
const settings: { readonly [rule: string]: object } = {
  pairStdp: { integration: 'exact' },
  clopathStdp: { etaPlus: 1e-3, etaMinus: 5e-3, thetaPlus: -45, thetaMinus: -70, delay: 1 },
  tripletStdp: { etaPostPair: 0.05, etaPostTriplet: 0.06, etaPrePair: -0.04, etaPreTriplet: -0.03 },
  productRule: { dw: 'dw = 0.1 * x1 * y0 * (w - 1.5) - 0.1 * w * x2 * x0 * y2 + 0.05 * y3 * y1 * x0' },
  kernelStdp: {
    kernelPost: { kernel: 'doubleExponential', eta: 0.3, tau: 9, tauRise: 3 },
    kernelPre: { kernel: 'powerLaw', eta: -0.05, tau: 5, exponent: 1.5 },
  },
  delayAdjustedKernelStdp: {
    kernelPost: { kernel: 'alpha', eta: 0.05, tau: 4 },
    kernelPre: { kernel: 'gaussian', eta: -0.05, tau: 5 },
  },
  delayAdjustedKernelStdpDelay: {
    kernelPost: { kernel: 'mexicanHat', eta: 5e-3, tau: 4.4 },
    kernelPre: { kernel: 'linear', eta: -5e-3, tau: 11.3 },
    maxDelay: 9,
  },
  delayAdjustedStdpDelay: { etaPlus: 5e-3, etaMinus: 5e-3, maxDelay: 9 },
  delayAdjustedMstdpDelay: { etaPlus: 5e-3, etaMinus: 5e-3, maxDelay: 9 },
  symmetricStdp: { alpha: 0.3 },
  fedeStdp: { a: 0.3, integration: 'exact' },
};
/** Where the settings of a rule lead to other code, that code too. */
const more: readonly (readonly [rule: string, params: object])[] = [
  ['pairStdp', { traceMode: 'preCentred', weightDependence: 'additive' }],
  ['pairStdp', { traceMode: 'restrictedNearest', weightDependence: 'multiplicativePow', mu: 0.7 }],
  ['twoFactorStdp', { maxDelay: 2, delayed: true }],
  ['tripletStdp', { maxDelay: 2, slowTrace: 'previous', ...settings['tripletStdp'] }],
  ['mstdpet', { maxDelay: 2, traceMode: 'nearest', batchReduction: 'max' }],
  ['kernelStdp', { maxDelay: 2, delayed: true, gate: 'always' }],
  ['eligibilityStdp', { readout: 'previous', integration: 'euler' }],
];

/** No bound is met, every update depends on the weight. */
const free = { wMin: -1, wMax: 2, hardBound: false, weightDependence: 'soft' };
const isRate = (path: string) => /eta|plasticity/i.test(path.split('.').at(-1) ?? '');

/** A number of a rule's params that may be a tensor. */
interface Point {
  readonly path: string;
  readonly value: number;
}

/** The numbers of a record, those of the records in it by `outer.inner`. */
const numbersOf = (record: object, prefix = ''): readonly Point[] =>
  Object.entries(record).flatMap(([name, value]): readonly Point[] => {
    if (typeof value === 'number') return [{ path: prefix + name, value }];
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? numbersOf(value, `${prefix}${name}.`) : [];
  });

function replaced(params: object, path: string, value: tf.Tensor): object {
  const [name = '', ...rest] = path.split('.');
  const old: unknown = Object.entries(params).find(([field]) => field === name)?.[1];
  return { ...params, [name]: rest.length === 0 ? value : replaced(old as object, rest.join('.'), value) };
}

/** Whether weights depend on their bounds, which no clamp meets here. */
const seesBounds = (params: object): boolean => 'weightDependence' in params && params.weightDependence !== 'additive';

/** Whether a number may be a tensor and counts. (mu has no part in any weight dependence but one.) */
const accepts = (rule: string, params: object, { path, value }: Point): boolean => {
  if (/^wM(in|ax)$/.test(path) && !seesBounds(params)) return false;
  if (path === 'mu' && 'weightDependence' in params && params.weightDependence !== 'multiplicativePow') return false;
  try {
    makeNamed(rule, replaced(params, path, tf.scalar(value)), dense);
    return true;
  } catch {
    return false;
  }
};

/** The params to differentiate at, and their numbers, those that may be tensors apart. */
function pointOf(rule: string, special: object) {
  const known = makeNamed(rule, {}, dense).params;
  const given = { ...Object.fromEntries(Object.entries(free).filter(([name]) => name in known)), ...special };
  const params = makeNamed(rule, given, dense).params;
  const rates = numbersOf(params).filter(({ path }) => isRate(path) && !path.includes('.') && !(path in special));
  const sized = { ...params, ...Object.fromEntries(rates.map(({ path, value }) => [path, 0.05 * (Math.sign(value) || 1)])) };
  const numbers = numbersOf(sized);
  return { params: sized, free: numbers.filter((point) => accepts(rule, sized, point)), numbers };
}

const [inputs, outputs, steps] = [3, 2, 10];
const train = (seed: number, size: number) =>
  tf.tensor2d(
    randomUniform(steps * size, seed).map((value) => Number(value < 0.4)),
    [steps, size],
  );

/** Whether delays come with the input: where they don't learn, and the rule looks back or adjusts. */
const takesDelay = (rule: string, params: object): boolean =>
  !rule.endsWith('Delay') && (rule.startsWith('delayAdjusted') || ('maxDelay' in params && params.maxDelay !== 0));

/** The weights after all steps, as a function of factors of the first weights and of each number. */
function learned(rule: string, params: object, points: readonly Point[]) {
  const xs = {
    pre: train(1, inputs),
    post: train(2, outputs),
    reward: tf.tensor1d(Array.from({ length: steps }, (_, time) => (time % 3 === 2 ? -0.6 : 0.8))),
  };
  const delay = takesDelay(rule, params) && tf.tensor2d([0.3, 1.3, 0.4, 1.6, 0.6, 1.7], [inputs, outputs]);
  return (w0: tf.Tensor, ...shares: readonly tf.Tensor[]): tf.Tensor => {
    const own = points.reduce((all, { path, value }, index) => replaced(all, path, tf.mul(shares[index] ?? 1, value)), params);
    const made = makeNamed(rule, own, dense);
    const start = tf.mul(w0, tf.tensor2d([0.7, 1.3, 0.6, 0.45, 0.55, 1.4], [inputs, outputs]));
    const first: readonly [tf.Tensor, object] = [start, made.init({ pre: [inputs], post: [outputs] })];
    const step = ([before, state]: typeof first, x: typeof xs) =>
      [made.step({ ...x, ...(delay && { delay }) }, before, state), null] as const;
    const [[w]] = scan<typeof first, typeof xs, null>(step, first, xs);
    return w;
  };
}

const importance = randomUniform(inputs * outputs, 3, 0.5, 1.5);
const onesFor = (points: readonly Point[]) => ['w', ...points].map(() => tf.scalar(1));

/** Slopes of the sum of weights by their importance: in double precision from the weights on, of fourth order (over h and 2h). */
async function differences(rule: string, params: object, points: readonly Point[]): Promise<number[]> {
  const learn = learned(rule, params, points);
  const ones = onesFor(points);
  const valueAt = async (index: number, shift: number) => {
    const [w0 = tf.scalar(1), ...shares] = ones.map((one, other) => (other === index ? tf.add(one, shift) : one));
    return (await learn(w0, ...shares).data<'float32'>()).reduce((sum, value, at) => sum + value * (importance[at] ?? 0), 0);
  };
  const slope = async (index: number, by: number) => ((await valueAt(index, by)) - (await valueAt(index, -by))) / (2 * by);
  const h = rule === 'clopathStdp' ? 0.002 : 0.02; // of a threshold of -70 mV, lest a potential at rest comes to lie above it
  const slopes: number[] = [];
  for (const index of ones.keys()) slopes.push((4 * (await slope(index, h)) - (await slope(index, 2 * h))) / 3);
  return slopes;
}

describe.each([...ruleNames.map((rule) => [rule, settings[rule] ?? {}] as const), ...more])('%s %j', (rule, special) => {
  it('lets gradients reach all of its learning rates and time constants', () => {
    const { free: reached, numbers } = pointOf(rule, special);
    const others = numbers.filter(({ path }) => !reached.some((point) => point.path === path));
    expect(others.map(({ path }) => path).filter((path) => !plain.includes(path))).toEqual([]);
    expect(reached.length).toBeGreaterThan(0);
  });

  it('through scan they agree with finite differences to 1e-3', async () => {
    tf.engine().startScope('gradients');
    const { params, free: points } = pointOf(rule, special);
    const slopes = await elsewhere(() => differences(rule, params, points));
    const learn = learned(rule, params, points);
    const loss = (...given: tf.Tensor[]) => {
      const [w0 = tf.scalar(1), ...shares] = given;
      return tf.sum(tf.mul(tf.tensor2d(importance, [inputs, outputs]), learn(w0, ...shares)));
    };
    const gradients = await Promise.all(
      tf
        .grads(loss)(onesFor(points))
        .map(async (gradient) => (await gradient.data())[0] ?? Number.NaN),
    );
    const largest = Math.max(...slopes.map(Math.abs));
    for (const [index, gradient] of gradients.entries()) {
      const [name, slope] = [points[index - 1]?.path ?? 'w', slopes[index] ?? Number.NaN];
      const error = Math.abs(gradient - slope) / Math.max(Math.abs(slope), 0.05 * largest);
      expect(error, `${name}: ${gradient}, by differences ${slope}`).toBeLessThan(1e-3);
      expect(Math.abs(slope), name).toBeGreaterThan(1e-5 * largest);
    }
    tf.engine().endScope();
  });
});
