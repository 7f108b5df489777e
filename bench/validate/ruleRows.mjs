// The rules that no network above learns by: what their papers say of them, small.
import * as tf from '@tensorflow/tfjs-core';
import { oneToOne, randomUniform, symmetricStdp, twoFactorStdp } from 'tfjs-stdp';
import { fedeStdp, homeostasis, kernelStdp, productRule } from 'tfjs-stdp/rules';
import { afterPair, learned, mean, near, poisson, short, within } from './measure.mjs';

const wired = { batchReduction: 'sum' };

/** The mean change of the weights of so many pairs of neurons, with independent Poisson trains, per second, and its standard error. */
async function drift(rule, preRate, postRate, { seconds, neurons }, seed) {
  const trains = { pre: poisson(neurons, preRate, seconds, 2 * seed), post: poisson(neurons, postRate, seconds, 2 * seed + 1) };
  const all = await learned(rule, tf.zeros([neurons]), trains);
  const changes = Array.from(all, (change) => change / seconds);
  const centre = mean(changes);
  const error = Math.sqrt(mean(changes.map((change) => (change - centre) ** 2)) / neurons);
  tf.dispose(Object.values(trains));
  return { centre, error };
}

/** Drifts that lie within four standard errors of what theory says. */
async function drifts(what, rule, cases, theory, pairs) {
  const [published, ours, far] = [[], [], []];
  for (const [index, [pre, post]] of cases.entries()) {
    const { centre, error } = await drift(rule, pre, post, pairs, index + 1);
    const expected = theory(pre, post);
    published.push(expected);
    ours.push(centre);
    far.push(Math.abs(centre - expected) / error);
  }
  return {
    what,
    published: short(published),
    ours: `${short(ours)} (${short(Math.max(...far), 2)} standard errors off at most)`,
    seeds: 1,
    holds: Math.max(...far) < 4,
  };
}

/** The discrete form of 1/τ in closed forms: what a trace sums to, in steps of 1 ms. */
const area = (tau) => 1 / Math.expm1(1 / tau);

const symmetric = {
  name: 'symmetricStdp',
  rules: ['symmetricStdp'],
  source: 'Vogels et al. 2011, supplement: independent spikes balance at ρ₀ = α/(2τ)',
  run: async ({ short: small }) => {
    const pairs = { tauPre: 20, tauPost: 20, eta: 0.01, alpha: 0.2, coincidence: 'none' };
    const rule = symmetricStdp({ ...pairs, hardBound: false, ...wired }, oneToOne);
    const perMs = (rate) => rate / 1000;
    // A pair of two present spikes doesn't count: each side sees the steps before.
    const theory = (pre, post) => 1000 * 0.01 * perMs(pre) * (2 * perMs(post) * area(20) - 0.2);
    return [
      await drifts(
        'drift of w a second at ρ 1, 5, 15 Hz: below, at and above ρ₀ = 5 Hz',
        rule,
        [
          [20, 1],
          [20, 5],
          [20, 15],
        ],
        theory,
        small ? { seconds: 0.4, neurons: 200 } : { seconds: 1, neurons: 1000 },
      ),
    ];
  },
};

const twoFactor = {
  name: 'twoFactorStdp',
  rules: ['twoFactorStdp'],
  source: 'Inferno: two signs make four modes',
  run: async () => {
    const modes = [
      ['Hebbian', 1, -1],
      ['anti-Hebbian', -1, 1],
      ['potentiative', 1, 1],
      ['depressive', -1, -1],
    ];
    const results = [];
    for (const [mode, post, pre] of modes) {
      const rule = twoFactorStdp({ etaPost: 0.1 * post, etaPre: 0.1 * pre, tauPre: 20, tauPost: 20 });
      const ours = [(await afterPair(rule, 0.5, 10)) - 0.5, (await afterPair(rule, 0.5, -10)) - 0.5];
      const size = 0.1 * Math.exp(-10 / 20);
      results.push(near(`${mode}: Δw at +10 and −10 ms`, [post * size, pre * size], ours, 1e-6));
    }
    return results;
  },
};

const product = {
  name: 'productRule',
  rules: ['productRule'],
  source: 'Davies et al. 2018 (Loihi): rules as sums of products',
  run: async () => {
    const rule = productRule({ dw: 'dw = 2^-4 * x1 * y0 - 2^-5 * x0 * y1', tauX1: 16.8, tauY1: 33.7 });
    const ours = [(await afterPair(rule, 0.5, 10)) - 0.5, (await afterPair(rule, 0.5, -10)) - 0.5];
    const decay = productRule({ dw: 'dw = -0.1 * w * y0' });
    const [w0] = [0.5];
    const published = [2 ** -4 * Math.exp(-10 / 16.8), -(2 ** -5) * Math.exp(-10 / 33.7)];
    return [
      near('pairs by microcode: Δw at +10 and −10 ms', published, ours, 1e-6),
      near('decay at each output spike: w after one', [0.9 * w0], [await afterPair(decay, w0, 1)], 1e-6),
    ];
  },
};

const kernel = {
  name: 'kernelStdp',
  rules: ['kernelStdp'],
  long: true,
  source:
    'Izhikevich and Desai 2003: nearest spikes make a BCM rule, whose threshold is 8.6 Hz for these windows, an input of 10 Hz and steps of 1 ms',
  run: async ({ short: small }) => {
    const [plus, minus, tauPlus, tauMinus] = [0.103, 0.051, 14, 34];
    const rule = kernelStdp(
      {
        kernelPost: { kernel: 'exponential', eta: plus, tau: tauPlus },
        kernelPre: { kernel: 'exponential', eta: -minus, tau: tauMinus },
        hardBound: false,
        ...wired,
      },
      oneToOne,
    );
    // Nearest spikes of Bernoulli trains of steps of 1 ms, as the paper derives it for Poisson trains.
    const nearest = (rate, tau) => (rate * Math.exp(-1 / tau)) / (1 - (1 - rate) * Math.exp(-1 / tau));
    const theory = (pre, post) => {
      const [x, y] = [pre / 1000, post / 1000];
      return 1000 * (plus * y * (x + (1 - x) * nearest(x, tauPlus)) - minus * x * (1 - y) * nearest(y, tauMinus));
    };
    return [
      await drifts(
        'drift of w a second at 2, 8.6, 30 Hz of the output, input 10 Hz',
        rule,
        [
          [10, 2],
          [10, 8.6],
          [10, 30],
        ],
        theory,
        { seconds: 1, neurons: small ? 100 : 1000 },
      ),
    ];
  },
};

const fede = {
  name: 'fedeStdp',
  rules: ['fedeStdp'],
  long: true,
  source: 'Paredes-Vallés, Scheper and de Croon 2019: weights settle without bounds',
  run: async ({ short: small }) => {
    const rule = fedeStdp({ etaPlus: 0.01, etaMinus: 0.01, a: 0, wInit: 0.5, traceMode: 'nearest', integration: 'exact' });
    const steps = small ? 2000 : 20_000;
    // The first input fires with the output always, the second never.
    const trains = { pre: tf.tile(tf.tensor2d([[1, 0]]), [steps, 1]), post: tf.ones([steps, 1]) };
    const ours = Array.from(await learned(rule, tf.tensor2d([[0.2], [0.9]]), trains));
    // e^(−δ)·e^x̂ = e^δ·e^(1 − x̂): δ = x̂ − ½
    return [near('w where etaPlus·e^(−δ)·e^x̂ = etaMinus·e^δ·e^(1−x̂), x̂ 1 and 0: ½ ± ½ about wInit', [1, 0], ours, 0.01)];
  },
};

const home = {
  name: 'homeostasis',
  rules: ['homeostasis'],
  long: true,
  source: 'Inferno LinearHomeostasis: outputs come to fire at their target',
  run: async ({ short: small }) => {
    const steps = small ? 4000 : 20_000;
    const rule = homeostasis({ plasticity: 1e-3, target: 0.05 });
    const draws = randomUniform(2 * steps, 7);
    let [w, state] = [tf.tensor2d([[0.5, 0.005]]), rule.init({ pre: [1], post: [2] })];
    let count = 0;
    for (let step = 0; step < steps; step++) {
      // Outputs fire with the probability that is their weight.
      const post = Array.from(await w.data(), (weight, output) => Number(draws[2 * step + output] < weight));
      if (step >= steps / 2) count += post[0] + post[1];
      const old = [w, ...Object.values(state)];
      [w, state] = rule.step({ pre: [1], post }, w, state);
      tf.dispose(old);
    }
    tf.dispose([w, ...Object.values(state)]);
    const rate = count / steps;
    const what = 'spikes a step of two outputs that began at 0.5 and at 0.005, target 0.05 (second half)';
    return [{ what, published: '0.05', ours: short(rate), seeds: 1, holds: within(rate, 0.035, 0.06) }];
  },
};

export const ruleRows = [symmetric, twoFactor, product, kernel, fede, home];
