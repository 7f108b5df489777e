import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { fork } from '../../src/core/random.js';
import { scan } from '../../src/core/scan.js';
import { poissonEncode } from '../../src/encoders/poisson.js';
import { initLifState, type LifFeedForwardState, lifFeedForwardStep } from '../../src/neurons/lif.js';
import type { StdpState } from '../../src/rules/pair/stdpState.js';
import { vogelsStdp } from '../../src/rules/pair/vogelsStdp.js';

const [neurons, excitatory, inhibitory] = [20, 100, 40];
const [strength, drive, inhibition] = [0.3, 10, 25]; // of an excitatory spike; Hz of each input
const chunk = 500; // ms

/** What half a second shows: the rates of all neurons in Hz, mean drive, mean inhibition. */
interface Measured {
  readonly rates: readonly number[];
  readonly excitation: number;
  readonly inhibition: number;
}

/**
 * O7, reduced: 20 integrate-and-fire neurons, each with 100 excitatory Poisson inputs of its own that alone make it fire
 * at more than 40 Hz, and 40 plastic inhibitory ones, which begin at zero.
 */
async function balance(eta: number, chunks: number): Promise<readonly Measured[]> {
  const rule = vogelsStdp({ eta, targetRate: 5, wMax: 10 });
  const lif = { tauSyn: 5, tauMem: 10 };
  let carry: readonly [tf.Tensor, StdpState, LifFeedForwardState] = [
    tf.zeros([inhibitory, neurons]),
    rule.init({ pre: [inhibitory], post: [neurons] }),
    initLifState([neurons], lif),
  ];
  const measured: Measured[] = [];
  for (let part = 0; part < chunks; part++) {
    const [next, sums] = tf.tidy(() => {
      const count = poissonEncode(tf.fill([neurons, excitatory], drive), { steps: chunk, seed: fork(fork(1, 0), part) });
      const xs = [
        tf.mul(tf.sum(count, 2), strength),
        poissonEncode(tf.fill([inhibitory], inhibition), { steps: chunk, seed: fork(fork(1, 1), part) }),
      ] as const;
      const [last, ys] = scan(
        ([w, traces, membrane], [input, pre]) => {
          const brake = tf.reshape(tf.matMul(tf.reshape(pre, [1, inhibitory]), w as tf.Tensor2D), [neurons]);
          const [post, after] = lifFeedForwardStep(tf.sub(input, brake), membrane, lif);
          const [learned, kept] = rule.step({ pre, post }, w, traces);
          return [[learned, kept, after], tf.stack([post, input, brake])] as const;
        },
        carry,
        xs,
      );
      return [last, tf.mean(ys, 0)] as const;
    });
    tf.dispose(carry as never);
    carry = next;
    const [post = [], input = [], brake = []] = (await sums.array()) as number[][];
    sums.dispose();
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    measured.push({ rates: post.map((rate) => 1000 * rate), excitation: mean(input), inhibition: mean(brake) });
  }
  tf.dispose(carry as never);
  return measured;
}

const meanRate = (parts: readonly Measured[]) =>
  parts.flatMap(({ rates }) => rates).reduce((sum, rate) => sum + rate, 0) / (neurons * parts.length);

describe('Vogels, Sprekeler et al. 2011, reduced: inhibition learns to hold the target rate', () => {
  it('from more than 40 Hz to 5 Hz, by inhibition that takes what excitation has beyond it', async () => {
    expect(meanRate(await balance(0, 1))).toBeGreaterThan(40);
    const last = (await balance(0.012, 7)).slice(-3);
    expect(meanRate(last)).toBeGreaterThan(4);
    expect(meanRate(last)).toBeLessThan(6.5); // the replica that the table of oracles quotes: 5.7
    for (const [index] of (last[0]?.rates ?? []).entries())
      expect(last.reduce((sum, { rates }) => sum + (rates[index] ?? 0), 0) / last.length).toBeLessThan(12);
    for (const { excitation, inhibition: brake } of last) {
      expect(excitation).toBeCloseTo(0.3, 1);
      expect(brake / excitation).toBeGreaterThan(0.6);
      expect(brake / excitation).toBeLessThan(0.85);
    }
  });
});
