import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../src/core/random.js';
import { type PairingScheme, pairingSchemes } from '../../src/rules/pair/pairingSchemes.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import type { PairStdpParams } from '../../src/rules/pair/pairStdpParams.js';
import { decayStdpState } from '../../src/rules/pair/stdpStep.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';

const params = {
  tauPre: 16.8,
  tauPost: 33.7,
  etaPlus: 0.01,
  etaMinus: 0.004,
  integration: 'exact',
  coincidence: 'none',
  hardBound: false,
} as const;

/** Δw after trains given as spike times (ms) of one pre and one post neuron. */
async function change(given: Partial<PairStdpParams>, preTimes: readonly number[], postTimes: readonly number[], steps = 100) {
  const rule = pairStdp({ ...params, ...given });
  const result = tf.tidy(() => {
    let w: tf.Tensor = tf.zeros([1, 1]);
    let state = rule.init({ pre: [1], post: [1] });
    for (let time = 0; time < steps; time++) {
      const input = { pre: [Number(preTimes.includes(time))], post: [Number(postTimes.includes(time))] };
      [w, state] = rule.step(input, w, state);
    }
    return w;
  });
  const [value = Number.NaN] = await result.data();
  result.dispose();
  return value;
}

const up = (...differences: readonly number[]) =>
  differences.reduce((sum, d) => sum + params.etaPlus * Math.exp(-d / params.tauPre), 0);
const down = (...differences: readonly number[]) =>
  differences.reduce((sum, d) => sum - params.etaMinus * Math.exp(-d / params.tauPost), 0);

describe('worked by hand: pre at 10, 14, 40; post at 20, 26, 45, 60', () => {
  const trains = [
    [10, 14, 40],
    [20, 26, 45, 60],
  ] as const;
  const expected: { readonly [S in PairingScheme]: number } = {
    cumulative: up(10, 6, 16, 12, 35, 31, 5, 50, 46, 20) + down(20, 14),
    nearest: up(6, 12, 5, 20) + down(14),
    preCentred: up(10, 6, 5) + down(14),
    restrictedNearest: up(6, 5) + down(14),
  };
  it.each(pairingSchemes)('%s', async (traceMode) => {
    expect(await change({ traceMode }, ...trains)).toBeCloseTo(expected[traceMode], 7);
  });
});

describe('worked by hand: two pre spikes after one post spike', () => {
  const trains = [[15, 22], [10]] as const;
  const expected: { readonly [S in PairingScheme]: number } = {
    cumulative: down(5, 12),
    nearest: down(5, 12),
    preCentred: down(5, 12),
    restrictedNearest: down(5),
  };
  it.each(pairingSchemes)('%s', async (traceMode) => {
    expect(await change({ traceMode }, ...trains)).toBeCloseTo(expected[traceMode], 7);
  });
});

describe('a simultaneous pair at 20 after a pre spike at 10, and a post spike at 30', () => {
  const trains = [
    [10, 20],
    [20, 30],
  ] as const;
  it("coincidence 'none': the present spikes are not paired with each other, and wait for the next", async () => {
    expect(await change({ traceMode: 'restrictedNearest' }, ...trains)).toBeCloseTo(up(10, 10), 7);
    expect(await change({ traceMode: 'preCentred' }, ...trains)).toBeCloseTo(up(10, 10), 7);
  });
  it("coincidence 'both': they are paired with each other, and forgotten", async () => {
    const both = { coincidence: 'both' } as const;
    expect(await change({ ...both, traceMode: 'restrictedNearest' }, ...trains)).toBeCloseTo(up(0) + down(0), 7);
    expect(await change({ ...both, traceMode: 'preCentred' }, ...trains)).toBeCloseTo(up(10, 0) + down(0), 7);
  });
});

describe('random trains agree with the pairs that the definitions name', () => {
  const train = (seed: number) =>
    Array.from(randomUniform(60, seed).entries()).flatMap(([time, value]) => (value < 0.2 ? [time] : []));
  const last = (times: readonly number[], before: number) => times.filter((time) => time < before).at(-1) ?? -Infinity;
  /** The spikes of `other` that a spike of `own` at `now` is paired with. */
  const partners = (
    scheme: PairingScheme,
    side: 'up' | 'down',
    now: number,
    own: readonly number[],
    other: readonly number[],
  ) => {
    const earlier = other.filter((time) => time < now);
    const newest = earlier.slice(-1);
    const since = last(own, now);
    if (scheme === 'cumulative') return earlier;
    if (scheme === 'nearest' || (scheme === 'preCentred' && side === 'down')) return newest;
    return (scheme === 'preCentred' ? earlier : newest).filter((time) => time >= since);
  };
  it.each(pairingSchemes)('%s', async (traceMode) => {
    const [pre, post] = [train(1), train(2)];
    const ups = post.flatMap((now) => partners(traceMode, 'up', now, post, pre).map((time) => now - time));
    const downs = pre.flatMap((now) => partners(traceMode, 'down', now, pre, post).map((time) => now - time));
    expect(ups.length).toBeGreaterThan(5);
    expect(await change({ traceMode }, pre, post)).toBeCloseTo(up(...ups) + down(...downs), 6);
  });
});

describe('on a convolution', () => {
  it.each(['preCentred', 'restrictedNearest'] as const)(
    '%s: a window as large as the image is a dense layer',
    async (traceMode) => {
      const train = (seed: number, ...shape: number[]) =>
        tf.tensor(
          randomUniform(
            shape.reduce((a, b) => a * b, 1),
            seed,
          ).map((value) => Number(value < 0.3)),
          shape,
        );
      const [image, layer] = [
        pairStdp({ ...params, traceMode, tauPre: [10, 20] }, conv2d()),
        pairStdp({ ...params, traceMode, tauPre: [10, 20, 10, 20, 10, 20, 10, 20, 10, 20, 10, 20] }, dense),
      ];
      let [a, b]: tf.Tensor[] = [tf.fill([2, 3, 2, 4], 0.5), tf.fill([12, 4], 0.5)];
      let s = image.init({ pre: [2, 2, 3, 2], post: [2, 1, 1, 4], w: [2, 3, 2, 4] });
      let t = layer.init({ pre: [2, 12], post: [2, 4] });
      for (let time = 0; time < 8; time++) {
        const [pre, post] = [train(time, 2, 12), train(100 + time, 2, 4)];
        [a, s] = image.step({ pre: tf.reshape(pre, [2, 2, 3, 2]), post: tf.reshape(post, [2, 1, 1, 4]) }, a ?? [], s);
        [b, t] = layer.step({ pre, post }, b ?? [], t);
      }
      expect(Array.from(await (a ?? tf.scalar(0)).data())).toEqual(Array.from(await (b ?? tf.scalar(1)).data()));
    },
  );

  it('each position keeps its own pairs', async () => {
    const rule = pairStdp({ ...params, traceMode: 'restrictedNearest' }, conv2d());
    let w: tf.Tensor = tf.zeros([1, 1, 1, 1]);
    let state = rule.init({ pre: [1, 2, 1], post: [1, 2, 1], w: [1, 1, 1, 1] });
    // Left: pre at 0, post at 1 and 2 (the second is not paired). Right: pre at 0, post at 2.
    const trains = [
      [
        [1, 1],
        [0, 0],
      ],
      [
        [0, 0],
        [1, 0],
      ],
      [
        [0, 0],
        [1, 1],
      ],
    ];
    for (const [pre = [], post = []] of trains)
      [w, state] = rule.step({ pre: tf.tensor(pre, [1, 2, 1]), post: tf.tensor(post, [1, 2, 1]) }, w, state);
    expect((await w.data())[0]).toBeCloseTo(up(1, 2), 7);
  });
});

describe('what such schemes refuse', () => {
  it('a convolution without the shape of its weights', () => {
    const rule = pairStdp({ traceMode: 'preCentred' }, conv2d());
    expect(() => rule.init({ pre: [4, 4, 1], post: [2, 2, 1] })).toThrow('pairStdp: shapes.w is missing');
  });
  it('a state without pairs', () => {
    const rule = pairStdp({ traceMode: 'preCentred' });
    const state = pairStdp().init({ pre: [1], post: [1] });
    expect(() => rule.step({ pre: [1], post: [0] }, [[0]], state)).toThrow('pairStdp: state.tPlus is missing');
    expect(() => decayStdpState(state, [1], [0], { traceMode: 'preCentred' })).toThrow("decayStdpState: traceMode 'preCentred'");
  });
});
