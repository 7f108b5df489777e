// Rules of delays, and of spikes by when they arrive.
import * as tf from '@tensorflow/tfjs-core';
import {
  delayAdjustedKernelStdp,
  delayAdjustedKernelStdpDelay,
  delayAdjustedMstdp,
  delayAdjustedMstdpDelay,
  delayAdjustedStdp,
  delayAdjustedStdpDelay,
} from 'tfjs-stdp/rules';
import { afterPair, learned, mean, near, short } from './measure.mjs';

/** Weights of inputs whose spikes come by delays of 0, 4, 8 … ms, the output's after 10 ms. */
async function byDelay(name, make, sign, reward) {
  const delays = [0, 4, 8, 12, 16];
  const ours = [];
  for (const delay of delays) ours.push((await afterPair(make(), 0.5, 10, { delay, reward })) - 0.5);
  const published = delays.map((delay) => sign * (delay <= 10 ? 0.1 : -0.1) * Math.exp(-Math.abs(10 - delay) / 20));
  return near(
    `${name}: Δw of inputs with delays 0, 4, 8, 12, 16 ms, output 10 ms after the inputs' spikes`,
    published,
    ours,
    1e-6,
  );
}

const exponential = (eta) => ({ kernel: 'exponential', eta, tau: 20 });
const kernels = (post, pre) => ({ kernelPost: exponential(post), kernelPre: exponential(pre) });
const delayed = { etaPlus: 0.1, etaMinus: 0.1, tauPlus: 20, tauMinus: 20 };

const arrivals = {
  name: 'delay-adjusted rules',
  rules: ['delayAdjustedStdp', 'delayAdjustedKernelStdp', 'delayAdjustedMstdp'],
  source: 'Inferno; Gerstner et al. 1996: the arrival decides, and selects delays',
  run: async () => [
    await byDelay('delayAdjustedStdp', () => delayAdjustedStdp(delayed), 1),
    await byDelay('delayAdjustedKernelStdp', () => delayAdjustedKernelStdp(kernels(0.1, -0.1)), 1),
    await byDelay('delayAdjustedMstdp, reward −1', () => delayAdjustedMstdp(delayed), -1, -1),
  ],
};

/** Delays of 1 … 19 ms of inputs that fire together, learned from an output that fires 10 ms later, 200 times. */
async function alignedBy(name, rule, { reward, trials }) {
  const delays = [1, 3, 5, 7, 9, 11, 13, 15, 17, 19];
  const steps = Array.from({ length: 60 * trials }, (_, step) => step % 60);
  const trains = {
    pre: tf.tensor2d(steps.map((at) => Array(10).fill(Number(at === 0)))),
    post: tf.tensor2d(steps.map((at) => [Number(at === 10)])),
    ...(reward !== undefined && { reward: tf.fill([steps.length], reward) }),
  };
  const after = await learned(rule, tf.tensor2d(delays.map((delay) => [delay])), trains);
  const spread = (values) => Math.sqrt(mean(Array.from(values, (value) => (value - 10) ** 2)));
  const ours = spread(after);
  return {
    what: `${name}: how far delays are from the 10 ms that make spikes meet (root mean square, ms)`,
    published: `below 1, from ${short(spread(delays))}`,
    ours: short(ours),
    seeds: 1,
    holds: ours < 1,
  };
}

const delays = {
  name: 'rules of delays',
  rules: ['delayAdjustedStdpDelay', 'delayAdjustedKernelStdpDelay', 'delayAdjustedMstdpDelay'],
  long: true,
  source: 'Hüning, Glünder and Palm 1998: delays learn to bring spikes together',
  run: async ({ short: small }) => {
    const trials = small ? 40 : 200;
    // A spike that came early is put off, one that came late hastened.
    const eta = small ? 0.5 : 0.2;
    const towards = { etaMinus: -eta, etaPlus: -eta, tauPlus: 20, tauMinus: 20, maxDelay: 20 };
    return [
      await alignedBy('delayAdjustedStdpDelay', delayAdjustedStdpDelay(towards), { trials }),
      await alignedBy('delayAdjustedKernelStdpDelay', delayAdjustedKernelStdpDelay({ ...kernels(eta, -eta), maxDelay: 20 }), {
        trials,
      }),
      await alignedBy(
        'delayAdjustedMstdpDelay, reward −1',
        delayAdjustedMstdpDelay({ ...towards, etaMinus: eta, etaPlus: eta }),
        { trials, reward: -1 },
      ),
    ];
  },
};

export const delayRows = [arrivals, delays];
