// Rules of the order of spikes, in a race of integrators: each input fires once, an output when its fired inputs weigh as much as a threshold.
import * as tf from '@tensorflow/tfjs-core';
import { fork, randomNormal, randomUniform } from 'tfjs-stdp';
import { latencyStdp, rewardStdp } from 'tfjs-stdp/rules';
import { mean, percent, short } from './measure.mjs';

const weightOf = (w, outputs, output, fired) => fired.reduce((sum, is, input) => sum + is * w[input * outputs + output], 0);

/** Which output is the first to reach a threshold, or, of several, the one with most; when, and which inputs had fired. */
function race(times, w, outputs, threshold) {
  for (let time = 0; time < 15; time++) {
    const fired = times.map((at) => Number(at <= time));
    const sums = Array.from({ length: outputs }, (_, output) => weightOf(w, outputs, output, fired));
    const most = Math.max(...sums);
    if (most >= threshold) return { winner: sums.indexOf(most), time, fired };
  }
  return undefined;
}

/** The weights after one stimulus of which the winner learns. */
async function after(rule, w, outputs, { winner, fired }, reward) {
  const spikes = { pre: fired, post: Array.from({ length: outputs }, (_, output) => Number(output === winner)) };
  const next = tf.tidy(() => {
    const state = rule.init({ pre: [fired.length], post: [outputs] });
    return rule.step({ ...spikes, ...(reward !== undefined && { reward }) }, tf.tensor2d(w, [fired.length, outputs]), state)[0];
  });
  const values = await next.data();
  next.dispose();
  return values;
}

const latency = {
  name: 'latencyStdp',
  rules: ['latencyStdp'],
  source:
    'Kheradpisheh et al. 2018: weights come to either bound (their measure of convergence, Σw(1 − w)/n), and outputs fire earlier',
  run: async () => {
    const [inputs, early, stimuli] = [100, 20, 600];
    const rule = latencyStdp({ etaPlus: 0.04, etaMinus: 0.03 });
    const seeds = [1, 2, 3];
    const runs = [];
    for (const seed of seeds) {
      let w = randomNormal(inputs, fork(seed, 0), 0.8, 0.05);
      const fired = [];
      for (let index = 0; index < stimuli; index++) {
        // Four inputs a step from 0 on, each a step off at most; all others at random, later.
        const drawn = randomUniform(inputs, fork(fork(seed, 1), index));
        const times = Array.from(drawn, (x, input) =>
          input < early ? Math.floor(input / 4) + Math.floor(3 * x) - 1 : 6 + Math.floor(9 * x),
        );
        const won = race(times, w, 1, 10);
        if (won === undefined) continue;
        fired.push(won.time);
        w = await after(rule, w, 1, won);
      }
      const [first, last] = [mean(fired.slice(0, 50)), mean(fired.slice(-50))];
      runs.push({ convergence: mean(w.map((x) => x * (1 - x))), late: Math.max(...w.slice(early)), first, last });
    }
    const each = (of) => runs.map((run) => short(of(run))).join(', ');
    const row = (what, published, of, holds) => ({
      what,
      published,
      ours: each(of),
      seeds: seeds.length,
      holds: runs.every(holds),
    });
    return [
      row(
        'convergence of 100 weights from 0.8 after 600 stimuli',
        '< 0.01',
        (run) => run.convergence,
        (run) => run.convergence < 0.01,
      ),
      row(
        'greatest weight of an input that is never early',
        '0',
        (run) => run.late,
        (run) => run.late < 0.01,
      ),
      row(
        'step of the spike in the last 50 stimuli less that in the first 50',
        '< 0',
        (run) => run.last - run.first,
        (run) => run.last < run.first,
      ),
    ];
  },
};

/** Shares of right answers among the first 20 and the last 200 of 800 stimuli of two classes: eight inputs fire first in both, six later in either. */
async function twoClasses(rule, seed) {
  const [common, own] = [8, 6];
  const inputs = common + 2 * own;
  let w = randomUniform(2 * inputs, fork(seed, 0), 0.6, 0.8);
  const right = [];
  for (let index = 0; index < 800; index++) {
    const drawn = randomUniform(inputs + 1, fork(fork(seed, 1), index));
    const label = Number(drawn[inputs] < 0.5);
    const times = Array.from({ length: inputs }, (_, input) => {
      const jitter = Math.floor(3 * drawn[input]);
      if (input < common) return jitter;
      return Math.floor((input - common) / own) === label ? 3 + jitter : 15;
    });
    const won = race(times, w, 2, 8);
    right.push(Number(won?.winner === label));
    if (won !== undefined) w = await after(rule, w, 2, won, won.winner === label ? 1 : -1);
  }
  return [mean(right.slice(0, 20)), mean(right.slice(-200))];
}

const reward = {
  name: 'rewardStdp',
  rules: ['rewardStdp'],
  source: 'Mozafari et al. 2018: rewards find what tells classes apart, though other inputs come first and more often',
  run: async () => {
    const rates = { etaPlus: 0.01, etaMinus: 0.01, punishedEtaPlus: -0.01, punishedEtaMinus: -0.005 };
    const rule = rewardStdp({ ...rates, wMin: 0.2, wMax: 0.8 });
    const seeds = [1, 2, 3];
    const runs = [];
    for (const seed of seeds) runs.push(await twoClasses(rule, seed));
    return [
      {
        what: 'right answers of one output a class, of which 8 of 14 inputs come first in both: the first 20 and the last 200 of 800',
        published: 'to > 95 %',
        ours: runs.map((shares) => shares.map((share) => percent(share)).join(' to ')).join(', '),
        seeds: seeds.length,
        holds: runs.every(([, last]) => last > 0.95),
      },
    ];
  },
};

export const orderRows = [latency, reward];
