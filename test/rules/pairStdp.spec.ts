import * as tf from '@tensorflow/tfjs-core';
import { isLeft } from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import { type PairStdpParams, pairStdpDefaults, validatePairStdpParams } from '../../src/rules/pair/pairStdpParams.js';

const numbers = async (tensor: tf.Tensor) => [...(await tensor.data())];
const expectClose = (actual: readonly number[], wanted: readonly number[]) => {
  expect(actual).toHaveLength(wanted.length);
  for (const [index, value] of wanted.entries()) expect(actual[index]).toBeCloseTo(value, 6);
};
const exact = { integration: 'exact', etaPlus: 0.1, etaMinus: 0.2, tauPre: 10, tauPost: 20, aPre: 2, aPost: 3 } as const;

/** Δw of one synapse from 0.5 after spikes at the given steps, unbounded. */
async function change(params: Partial<PairStdpParams>, pre: readonly number[], post: readonly number[], steps: number) {
  const rule = pairStdp({ ...exact, hardBound: false, ...params });
  let [w, state] = [tf.fill([1, 1], 0.5) as tf.Tensor, rule.init({ pre: [1], post: [1] })];
  for (let time = 0; time < steps; time++) {
    [w, state] = rule.step({ pre: [pre.includes(time) ? 1 : 0], post: [post.includes(time) ? 1 : 0] }, w, state);
  }
  return ((await w.data())[0] ?? Number.NaN) - 0.5;
}

describe('pairStdp', () => {
  it('one pair: etaPlus·aPre·exp(−Δt/tauPre) when pre came first, −etaMinus·aPost·exp(−Δt/tauPost) when post did', async () => {
    expect(await change({}, [0], [3], 4)).toBeCloseTo(0.1 * 2 * Math.exp(-3 / 10), 6);
    expect(await change({}, [3], [0], 4)).toBeCloseTo(-0.2 * 3 * Math.exp(-3 / 20), 6);
    const euler = { integration: 'euler', dt: 0.5 } as const;
    expect(await change(euler, [0], [3], 4)).toBeCloseTo(0.1 * 2 * (0.5 / 10) * (1 - 0.5 / 10) ** 3, 6);
    expect(await change(euler, [3], [0], 4)).toBeCloseTo(-0.2 * 3 * (0.5 / 20) * (1 - 0.5 / 20) ** 3, 6);
  });

  it.each<[PairStdpParams['coincidence'], number]>([
    ['both', 0.1 * 2 - 0.2 * 3],
    ['potentiation', 0.1 * 2],
    ['depression', -0.2 * 3],
    ['none', 0],
  ])('coincidence %s decides what a simultaneous pair does, and nothing else', async (coincidence, wanted) => {
    expect(await change({ coincidence }, [0], [0], 1)).toBeCloseTo(wanted, 6);
    expect(await change({ coincidence }, [0], [2], 3)).toBeCloseTo(0.2 * Math.exp(-2 / 10), 6);
    expect(await change({ coincidence }, [2], [0], 3)).toBeCloseTo(-0.6 * Math.exp(-2 / 20), 6);
  });

  it('traceMode: a spike pairs with all spikes of the other side, or with the nearest before it', async () => {
    const [near, far] = [Math.exp(-1 / 10), Math.exp(-4 / 10)];
    expect(await change({ traceMode: 'cumulative' }, [0, 3], [4], 5)).toBeCloseTo(0.2 * (near + far), 6);
    expect(await change({ traceMode: 'nearest' }, [0, 3], [4], 5)).toBeCloseTo(0.2 * near, 6);
    expect(await change({ traceMode: 'nearest' }, [4], [0, 3], 5)).toBeCloseTo(-0.6 * Math.exp(-1 / 20), 6);
  });

  it('takes one constant per neuron: tauPre and aPre per input, tauPost, aPost and the rates per output', async () => {
    const rule = pairStdp({
      ...exact,
      hardBound: false,
      tauPre: [10, 5],
      aPre: tf.tensor1d([1, 2]),
      aPost: [3, 4],
      tauPost: [20, 10],
      etaPlus: [0.1, 0.2],
      etaMinus: tf.tensor1d([0.3, 0.4]),
    });
    const start = { w: tf.zeros([2, 2]), state: rule.init({ pre: [2], post: [2] }) };
    const run = (first: [number[], number[]], second: [number[], number[]]) => {
      const [w, state] = rule.step({ pre: first[0], post: first[1] }, start.w, start.state);
      return rule.step({ pre: second[0], post: second[1] }, w, state)[0];
    };
    const up = await numbers(
      run(
        [
          [1, 1],
          [0, 0],
        ],
        [
          [0, 0],
          [1, 1],
        ],
      ),
    );
    const [x0, x1] = [Math.exp(-1 / 10), 2 * Math.exp(-1 / 5)];
    expectClose(up, [0.1 * x0, 0.2 * x0, 0.1 * x1, 0.2 * x1]);
    const down = await numbers(
      run(
        [
          [0, 0],
          [1, 1],
        ],
        [
          [1, 1],
          [0, 0],
        ],
      ),
    );
    const [y0, y1] = [-0.3 * 3 * Math.exp(-1 / 20), -0.4 * 4 * Math.exp(-1 / 10)];
    expectClose(down, [y0, y1, y0, y1]);
  });

  it.each([
    ['sum', [0.1 * 2 * 3, 0.1 * 2]],
    ['mean', [0.1 * 2, (0.1 * 2) / 3]],
    ['max', [0.1 * 2, 0.1 * 2]],
    [(samples: tf.Tensor) => tf.min(samples, 0), [0.1 * 2, 0]],
  ] as const)('batchReduction %s', async (batchReduction, wanted) => {
    const rule = pairStdp({ ...exact, etaMinus: 0, batchReduction, hardBound: false });
    const pre = [
      [1, 0],
      [1, 1],
      [1, 0],
    ];
    const [w] = rule.step({ pre, post: [[1], [1], [1]] }, tf.zeros([2, 1]), rule.init({ pre: [3, 2], post: [3, 1] }));
    expectClose(await numbers(w), wanted);
  });

  it('silence changes nothing but traces', async () => {
    const rule = pairStdp(exact);
    const silent = { pre: [0, 0], post: [0] };
    const state = { tPre: tf.tensor1d([1, 2]), tPost: tf.tensor1d([3]) };
    const [w, next] = rule.step(silent, [[0.3], [0.6]], state);
    expectClose(await numbers(w), [0.3, 0.6]);
    expectClose(await numbers(next.tPre), [Math.exp(-0.1), 2 * Math.exp(-0.1)]);
    expectClose(await numbers(next.tPost), [3 * Math.exp(-0.05)]);
  });

  it('delta gives factors, batched, that step applies', async () => {
    const rule = pairStdp(exact);
    const [delta, next] = rule.delta({ pre: [1, 0], post: [1] }, tf.fill([2, 1], 0.5), rule.init({ pre: [2], post: [1] }));
    const factors = [...delta.potentiation, ...delta.depression].map((term) => 'pre' in term && term.pre !== 1 && term.pre.shape);
    expect(factors).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect([next.tPre.shape, next.tPost.shape]).toEqual([[2], [1]]);
  });
});

describe('pairStdp parameters', () => {
  it('are complete and plain JSON', () => {
    const rule = pairStdp({ tauPre: 20 });
    expect(rule.params).toEqual({ ...pairStdpDefaults, tauPre: 20 });
    expect(JSON.parse(JSON.stringify(rule))).toEqual({ rule: 'pairStdp', params: rule.params, topology: { type: 'dense' } });
  });

  it.each<[object, string]>([
    [{ tauPre: -1 }, 'pairStdp: tauPre must be a positive number of ms, got -1'],
    [{ tauPost: Number.NaN }, 'pairStdp: tauPost must be a positive number of ms, got NaN'],
    [{ etaPlus: Number.NaN }, 'pairStdp: etaPlus must be a finite number, got NaN'],
    [{ aPre: [1, Number.POSITIVE_INFINITY] }, 'pairStdp: aPre must be a finite number, got [1, Infinity]'],
    [{ mu: -1 }, 'pairStdp: mu must be a number ≥ 0, got -1'],
    [{ dt: 0 }, 'pairStdp: dt must be a number > 0, got 0'],
    [{ tau: 20 }, 'pairStdp: tau is not a parameter; known are dt, tauPre, tauPost'],
    [{ wMin: 1 }, 'pairStdp: wMin must be below wMax, got 1 and 1'],
    [{ wMin: 2, wMax: 1 }, 'pairStdp: wMin must be below wMax, got 2 and 1'],
    [
      { traceMode: 'all' },
      `pairStdp: traceMode must be one of 'cumulative', 'nearest', 'preCentred', 'restrictedNearest', got "all"`,
    ],
    [{ batchReduction: 'median' }, `pairStdp: batchReduction must be one of 'sum', 'mean', 'max' or a function, got "median"`],
    [{ hardBound: 1 }, 'pairStdp: hardBound must be true or false, got 1'],
  ])('%j is refused', (params, message) => {
    expect(() => pairStdp(params)).toThrow(message);
    expect(isLeft(validatePairStdpParams(params))).toBe(true);
  });
});
