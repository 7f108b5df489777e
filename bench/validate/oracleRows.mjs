// Windows and protocols of single synapses, whose numbers are printed.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { pairStdp, stdpWindow, tripletStdp } from 'tfjs-stdp';
import { near } from './measure.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

const window = {
  name: 'Bi and Poo window',
  rules: ['pairStdp'],
  source: 'Bi and Poo 1998, 2001',
  async run() {
    const rule = pairStdp({ etaPlus: 0.05, etaMinus: 0.0525, tauPre: 16.8, tauPost: 33.7, integration: 'exact' });
    const { times, changes } = await stdpWindow(rule, { range: 100 });
    const at = (time) => changes[times.indexOf(time)];
    const published = [10, 40, -10, -40].map((time) =>
      time > 0 ? 0.05 * Math.exp(-time / 16.8) : -0.0525 * Math.exp(time / 33.7),
    );
    return [
      near('A·exp(−|Δt|/τ), τ 16.8 and 33.7 ms, at +10, +40, −10, −40 ms', published, [10, 40, -10, -40].map(at), 1e-6, {
        digits: 5,
      }),
    ];
  },
};

/** The printed numbers come from Euler steps of 1 ms. */
const euler = (tau) => -1 / Math.log(1 - 1 / tau);
const triplet = (dt) =>
  tripletStdp({
    ...{ dt, etaPostPair: 0, etaPostTriplet: 6.5e-3, etaPrePair: -7.1e-3, etaPreTriplet: 0 },
    ...{ tauPreFast: euler(16.8), tauPostFast: euler(33.7), tauPostSlow: euler(114) },
  });
const pair = (dt) =>
  pairStdp({
    dt,
    etaPlus: 5e-3,
    etaMinus: 7.1e-3,
    tauPre: euler(16.8),
    tauPost: euler(33.7),
    integration: 'exact',
    hardBound: false,
  });

/** 60 pairs at a rate; each step of the rule reaches from one spike to the next. */
async function sixtyPairs(make, difference, rate) {
  const [within, between] = [make(Math.abs(difference)), make(1000 / rate - Math.abs(difference))];
  const pair = [
    { pre: [1], post: [0] },
    { pre: [0], post: [1] },
  ];
  const [first, second] = difference > 0 ? pair : pair.reverse();
  const result = tf.tidy(() => {
    let [w, state] = [tf.zeros([1, 1]), within.init({ pre: [1], post: [1] })];
    for (let count = 0; count < 60; count++) {
      [w, state] = between.step(first, w, state);
      [w, state] = within.step(second, w, state);
    }
    return w;
  });
  const [value] = await result.data();
  result.dispose();
  return value;
}

const rates = [0.1, 10, 20, 40, 50];
const tripletRow = {
  name: 'Pfister and Gerstner',
  rules: ['tripletStdp', 'pairStdp'],
  source: 'Pfister and Gerstner 2006, visual cortex, all-to-all, minimal',
  async run() {
    const cases = [
      ['triplets, Δt +10 ms', triplet, 10, [0, 0.1162, 0.2207, 0.5037, 0.7184]],
      ['triplets, Δt −10 ms', triplet, -10, [-0.3152, -0.3301, -0.3426, 0.1482, 0.7052]],
      ['pairs, Δt +10 ms: they fail, as reported', pair, 10, [0.1624, 0.1335, 0.0096, -0.2902, -0.4427]],
    ];
    const results = [];
    for (const [what, make, difference, published] of cases) {
      const ours = [];
      for (const rate of rates) ours.push(await sixtyPairs(make, difference, rate));
      results.push(near(`${what}, at 0.1, 10, 20, 40, 50 Hz`, published, ours, 5e-5));
    }
    return results;
  },
};

const closedForms = {
  name: 'Clopath and closed forms',
  rules: ['clopathStdp'],
  source: 'test/oracles: Clopath et al. 2010 by NEST; windows of every rule',
  async run({ short }) {
    if (short) return [];
    const files = ['clopath', 'window', 'pfisterGerstner', 'vogels'].map((name) => `test/oracles/${name}.spec.ts`);
    const args = ['vitest', 'run', '--project', 'wasm', '--reporter=json', ...files];
    const { stdout } = await promisify(execFile)('npx', args, { cwd: root, maxBuffer: 2 ** 26 }).catch((failure) => failure);
    const { numPassedTests, numTotalTests } = JSON.parse(stdout.slice(stdout.indexOf('{')));
    const ours = `${numPassedTests} of ${numTotalTests} hold`;
    const what =
      "Clopath's normalised weights 57.83, 72.17, 149.43, 103.30, 124.04, 157.03 and the windows, to the printed digits";
    return [{ what, published: 'all', ours, holds: numPassedTests === numTotalTests && numTotalTests > 0 }];
  },
};

export const oracleRows = [window, tripletRow, closedForms];
