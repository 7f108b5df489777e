import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { laws } from '../src/conformance/index.js';
import { randomUniform } from '../src/core/random.js';
import { delayAdjustedKernelStdp } from '../src/rules/delayAdjustedKernelStdp.js';
import { delayAdjustedKernelStdpDelay } from '../src/rules/delayAdjustedKernelStdpDelay.js';
import { delayAdjustedMstdp } from '../src/rules/delayAdjustedMstdp.js';
import { delayAdjustedMstdpDelay } from '../src/rules/delayAdjustedMstdpDelay.js';
import { delayAdjustedStdp } from '../src/rules/delayAdjustedStdp.js';
import { delayAdjustedStdpDelay } from '../src/rules/delayAdjustedStdpDelay.js';
import { homeostasis } from '../src/rules/homeostasis.js';
import { kernelStdp } from '../src/rules/kernelStdp.js';
import { pairStdp } from '../src/rules/pairStdp.js';
import type { Rule, RuleInput } from '../src/rules/rule.js';
import { conv2d } from '../src/topologies/conv2d.js';
import { dense } from '../src/topologies/dense.js';
import type { Topology } from '../src/topologies/topology.js';

type Make = (params: object | undefined, topology: Topology) => Rule<object>;
const make = (rule: unknown): Make => rule as Make;

const weights = { hardBound: true, batchReduction: 'sum' };
const delays = { maxDelay: 2, batchReduction: 'sum' };
const delayed = { ...weights, maxDelay: 2.5 };

/** Each rule, what comes with its input besides spikes, and how it differs from a Hebbian rule of weights. */
const rules: readonly (readonly [string, Make, object, Extra])[] = [
  ['kernelStdp', make(kernelStdp), weights, {}],
  ['kernelStdp with delays', make(kernelStdp), { ...delayed, interpolation: 'nearest' }, { delay: 1.4, follows: true }],
  ['kernelStdp, delayed', make(kernelStdp), { ...delayed, delayed: true }, { delay: 1.4, follows: true }],
  ['delayAdjustedKernelStdp', make(delayAdjustedKernelStdp), weights, { delay: 0.5 }],
  ['delayAdjustedStdp', make(delayAdjustedStdp), weights, { delay: 0.5 }],
  ['delayAdjustedMstdp', make(delayAdjustedMstdp), weights, { delay: 0.5, reward: 0.7 }],
  ['delayAdjustedKernelStdpDelay', make(delayAdjustedKernelStdpDelay), delays, { high: 2, hebbian: false }],
  ['delayAdjustedStdpDelay', make(delayAdjustedStdpDelay), delays, { high: 2, hebbian: false }],
  ['delayAdjustedMstdpDelay', make(delayAdjustedMstdpDelay), delays, { high: 2, hebbian: false, reward: -0.5 }],
  ['homeostasis', make(homeostasis), weights, { hebbian: false, follows: true }],
];

/** `follows`: what happens in a step without spikes comes from earlier ones, and is meant to. */
interface Extra {
  readonly delay?: number;
  readonly reward?: number;
  readonly high?: number;
  readonly hebbian?: boolean;
  readonly follows?: boolean;
}

/** The rule with its delays and reward in every input. */
const modulated = (rule: Rule<object>, { delay, reward }: Extra): Rule<object> => ({
  ...rule,
  step: (input, w, state) => {
    const given = delay === undefined ? undefined : tf.fill((w as tf.Tensor).shape, delay);
    const more: RuleInput = { ...input, ...(given && { delay: given }), ...(reward !== undefined && { reward }) };
    const result = rule.step(more, w, state);
    given?.dispose();
    return result;
  },
});

describe.each(rules)('%s', (_, rule, params, extra) => {
  describe.each([
    ['dense', dense],
    ['conv2d', conv2d({ pad: 1, strides: [1, 2] })],
  ])('on %s', (_, topology) => {
    const { high = 1, follows = false } = extra;
    const hebbian = (extra.hebbian ?? true) && extra.delay !== 1.4;
    const suite = laws(modulated(rule(params, topology), extra), {
      bounds: [0, high],
      hebbian,
      backends: ['cpu', 'wasm'],
      fromJSON: (json) => modulated(rule(json.params, topology), extra),
    });
    it.each(suite.filter(({ name }) => !(follows && name.startsWith('silence'))))('$name', ({ check }) => check());
  });
});

describe('limits', () => {
  const spikes = (shape: number[], rate: number, seed: number) =>
    tf.tensor(
      randomUniform(
        shape.reduce((a, b) => a * b),
        seed,
      ).map((value) => (value < rate ? 1 : 0)),
      shape,
    );

  it.each([
    ['dense', dense, [2, 5], [2, 3], [5, 3]],
    ['conv2d', conv2d({ pad: 1 }), [2, 4, 4, 2], [2, 4, 4, 3], [3, 3, 2, 3]],
  ] as const)(
    'kernelStdp with exponential halves, gated, is nearest-neighbour pair STDP on %s',
    async (_, topology, pre, post, shape) => {
      const exponential = (eta: number, tau: number) => ({ kernel: 'exponential' as const, eta, tau });
      const kernel = kernelStdp(
        { kernelPost: exponential(0.01, 12), kernelPre: exponential(-0.02, 18), batchReduction: 'sum' },
        topology,
      );
      const pair = pairStdp(
        {
          etaPlus: 0.01,
          etaMinus: 0.02,
          tauPre: 12,
          tauPost: 18,
          integration: 'exact',
          traceMode: 'nearest',
          coincidence: 'potentiation',
          hardBound: false,
        },
        topology,
      );
      const start = tf.fill([...shape], 0.5);
      let [a, b] = [start, start];
      let [s, t] = [kernel.init({ pre, post }), pair.init({ pre, post })];
      for (let time = 0; time < 8; time++) {
        // Never both at once: then pair STDP still depresses by the output's spike before, a kernel pairs the two at Δ = 0.
        const [inputs, outputs] = time % 2 === 0 ? [0.4, 0] : [0, 0.4];
        const input = { pre: spikes([...pre], inputs, time), post: spikes([...post], outputs, time) };
        [a, s] = kernel.step(input, a, s);
        [b, t] = pair.step(input, b, t);
      }
      expect((await tf.max(tf.abs(tf.sub(a, start))).data())[0]).toBeGreaterThan(0.01);
      expect((await tf.max(tf.abs(tf.sub(a, b))).data())[0]).toBeLessThan(1e-5);
    },
  );
});

describe('gradients agree with finite differences', () => {
  const train = [
    { pre: [1, 0], post: [0, 1] },
    { pre: [0, 1], post: [1, 0] },
    { pre: [1, 1], post: [0, 1] },
  ];
  /** The sum of squares of the parameter after the train. */
  const loss = (rule: Rule<object>, start: tf.Tensor): tf.Scalar => {
    let w = start;
    let state = rule.init({ pre: [2], post: [2] });
    for (const input of train) [w, state] = rule.step({ ...input, reward: 0.8 }, w, state);
    return tf.sum(tf.square(w));
  };
  const kernel = (eta: tf.Tensor, tau: tf.Tensor) =>
    kernelStdp({ kernelPost: { kernel: 'exponential', eta, tau }, weightDependence: 'soft' }) as unknown as Rule<object>;
  const delays = (etaPlus: tf.Tensor, tauPlus: tf.Tensor) =>
    delayAdjustedMstdpDelay({ etaPlus, tauPlus, maxDelay: 9 }) as unknown as Rule<object>;

  it.each([
    ['kernelStdp', kernel, 0.4, 3],
    ['delayAdjustedMstdpDelay', delays, 0.4, 3],
  ] as const)('%s', async (_, make, eta, tau) => {
    const point = [tf.tensor2d([[0.6, 1.4], [2.3, 0.7]]), tf.scalar(eta), tf.scalar(tau)]; // biome-ignore format: a matrix
    const f = (w: tf.Tensor, rate: tf.Tensor, time: tf.Tensor) => loss(make(rate, time), w);
    const gradients = tf.grads(f)(point);
    const h = 0.01;
    for (const [index, gradient] of gradients.entries()) {
      const shifted = (by: number) =>
        f(...(point.map((x, place) => (place === index ? tf.add(x, by) : x)) as [tf.Tensor, tf.Tensor, tf.Tensor]));
      const slope = ((await shifted(h).data())[0] ?? 0) - ((await shifted(-h).data())[0] ?? 0);
      const along = (await tf.sum(gradient).data())[0] ?? Number.NaN;
      expect(Math.abs(along)).toBeGreaterThan(1e-3);
      expect(Math.abs(slope / (2 * h) - along)).toBeLessThan(1e-3 * Math.max(1, Math.abs(along)));
    }
  });
});
