import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { fedeStdp } from '../../src/rules/homeostasis/fedeStdp.js';
import { homeostasis } from '../../src/rules/homeostasis/homeostasis.js';
import { latencyStdpWinners } from '../../src/rules/latency/latencyStdpWinners.js';
import { makeRule } from '../../src/rules/makeRule.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import { type PairStdpParams, pairStdpDefaults } from '../../src/rules/pair/pairStdpParams.js';
import { eligibilityStdp } from '../../src/rules/reward/eligibilityStdp.js';
import { mstdp } from '../../src/rules/reward/mstdp.js';
import { type RewardStdpState, rewardStdp } from '../../src/rules/reward/rewardStdp.js';
import type { Rule } from '../../src/rules/rule.js';
import { ruleFromJSON, ruleNames } from '../../src/rules/ruleFromJSON.js';
import { conv1d } from '../../src/topologies/conv1d.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import { lateral } from '../../src/topologies/lateral.js';
import { local2d } from '../../src/topologies/local2d.js';
import { masked } from '../../src/topologies/masked.js';
import { oneToOne } from '../../src/topologies/oneToOne.js';
import { sparse } from '../../src/topologies/sparse.js';
import type { Topology } from '../../src/topologies/topology.js';
import { type StdpWindowOptions, stdpWindow } from '../../src/window/stdpWindow.js';
import { ring } from '../topologies/ring.js';

const params = { tauPre: 17, tauPost: 34, aPre: 1.2, aPost: 0.8, etaPlus: 0.01, etaMinus: 0.012, integration: 'exact' } as const;

const named = (rule: string, given: object): Rule<object> => ruleFromJSON({ rule, params: given, topology: { type: 'dense' } });

/** The rates of a rule, all times `size`. */
function smaller(rule: string, size: number): object {
  const scaled = ([name, value]: readonly [string, unknown]): readonly (readonly [string, unknown])[] => {
    if (name === 'dw') return [[name, `dw = ${size} * 2^-7 * x1 * y0 - ${size} * 2^-7 * x0 * y1`]];
    if (typeof value === 'object') return [[name, Object.fromEntries(Object.entries(value ?? {}).flatMap(ratesAlone))]];
    return /^(eta|plasticity|punishedEta)/.test(name) ? [[name, Number(value) * size]] : [];
  };
  const ratesAlone = ([name, value]: readonly [string, unknown]) => [
    name === 'eta' ? [name, Number(value) * size] : [name, value],
  ];
  return Object.fromEntries(Object.entries(named(rule, {}).params).flatMap(scaled));
}

/** A rule of one's own, in which all spikes of the layer and each step that went by depress every weight. */
const crowded = makeRule<{ readonly steps: tf.Tensor }>({
  name: 'mstdpet',
  params: {},
  topology: dense,
  init: ({ post }) => ({ steps: tf.zeros([...post]) }),
  delta: ({ pre }, w, { steps }) => {
    const size = tf.add(tf.mul(0.01, tf.sum(pre)), tf.mul(0.001, tf.mean(steps)));
    return [
      { potentiation: [], depression: [{ perSample: tf.mul(tf.ones([1, ...w.shape]), size) }] },
      { steps: tf.add(steps, 1) },
    ];
  },
  update: { ...pairStdpDefaults, etaMinus: 1 },
});

describe('stdpWindow', () => {
  it.each<[PairStdpParams['coincidence'], number, number]>([
    ['both', 1, 1],
    ['potentiation', 1, 0],
    ['depression', 0, 1],
    ['none', 0, 0],
  ])(
    'pairStdp exact equals the closed form for all |Δt| ≤ 100 ms; coincidence %s decides Δt = 0',
    async (coincidence, up, down) => {
      const { times, changes } = await stdpWindow(pairStdp({ ...params, coincidence }));
      expect([times.length, changes.length, times[0], times.at(-1)]).toEqual([201, 201, -100, 100]);
      for (const [index, time] of times.entries()) {
        const plus = (time > 0 || (time === 0 && up)) && 0.01 * 1.2 * Math.exp(-time / 17);
        const minus = (time < 0 || (time === 0 && down)) && 0.012 * 0.8 * Math.exp(time / 34);
        expect(Math.abs((changes[index] ?? Number.NaN) - (Number(plus) - Number(minus)))).toBeLessThan(1e-6);
      }
    },
  );

  it('counts steps of dt, also where range / dt is no exact number', async () => {
    const rule = pairStdp({ ...params, dt: 0.1, tauPre: 0.2 });
    const { times, changes } = await stdpWindow(rule, { range: 0.3, dt: 0.1 });
    expect(times).toHaveLength(7);
    expect(times[6]).toBeCloseTo(0.3, 6);
    expect(changes[6]).toBeCloseTo(0.01 * 1.2 * Math.exp(-0.3 / 0.2), 6);
  });

  it('starts from w0', async () => {
    const soft = pairStdp({ ...params, weightDependence: 'multiplicativeRelu' });
    const { changes } = await stdpWindow(soft, { range: 1, w0: 0.75 });
    expect(changes[2]).toBeCloseTo(0.25 * 0.01 * 1.2 * Math.exp(-1 / 17), 6);
    expect(changes[0]).toBeCloseTo(-0.75 * 0.012 * 0.8 * Math.exp(-1 / 34), 6);
  });

  it('pays a reward in every step, and goes on for as long as the eligibility lasts', async () => {
    const mstdpRule = mstdp({ etaPost: 0.1, etaPre: -0.1 });
    const unpaid = await stdpWindow(mstdpRule, { range: 10, reward: 0 });
    expect([...unpaid.changes].every((change) => change === 0)).toBe(true);
    const paid = await stdpWindow(mstdpRule, { range: 10, reward: 2 });
    expect(paid.changes[20]).toBeCloseTo(0.2 * Math.exp(-10 / 20), 6);
    const lasting = eligibilityStdp({ etaPlus: 0.1, etaMinus: 0.1, tauEligibility: 5 });
    const { changes } = await stdpWindow(lasting, { range: 10, reward: 1, after: 100 });
    const due = 1 / (1 - Math.exp(-1 / 5)); // 1 + e^(−1/5) + e^(−2/5) + …
    expect(changes[20]).toBeCloseTo(due * 0.1 * Math.exp(-10 / 20), 5);
    expect(changes[0]).toBeCloseTo(-due * 0.1 * Math.exp(-10 / 20), 5);
  });

  it('pays a whole stimulus once, at its end', async () => {
    const rule = rewardStdp({ etaPlus: 0.1, etaMinus: 0.05 });
    const { changes } = await stdpWindow(rule, { range: 3, reward: 1, rewardIn: 'lastStep' });
    const [late, early] = [-0.05, 0.1].map((change) => expect.closeTo(change, 6));
    expect([...changes]).toEqual([late, late, late, early, early, early, early]);
  });

  it.each(ruleNames)('reads changes of 10⁻⁹ of %s as exactly as those of 10⁻³', async (name) => {
    const window = async (size: number) => (await stdpWindow(named(name, smaller(name, size)), { range: 8 })).changes;
    const [usual, tiny] = [await window(1), await window(1e-6)];
    expect(usual.some((change) => change !== 0)).toBe(true);
    for (const [index, change] of usual.entries())
      expect(Math.abs((tiny[index] ?? Number.NaN) - 1e-6 * change)).toBeLessThanOrEqual(2e-3 * 1e-6 * Math.abs(change));
  });

  const fewer = { batchReduction: (changes: tf.Tensor) => tf.sub(tf.sum(changes, 0), tf.mean(changes)) };
  it.each<readonly [string, Rule<object>]>([
    ...ruleNames.map((name) => [name, named(name, {})] as const),
    ['fedeStdp over the batch', fedeStdp({ normalization: 'batch' })],
    ['eligibilityStdp whose synapses compete', eligibilityStdp(fewer)],
    ['a crowded layer', crowded],
    ['homeostasis of delays', homeostasis({ parameter: 'delay', target: 0.3 })],
  ])('gives what two spikes do to a synapse alone, whatever the range and the distance of the points, of %s', async (_, rule) => {
    const alone = async (time: number, after: number): Promise<number> => {
      const [preAt, postAt] = [Math.max(0, -time), Math.max(0, time)];
      let w: tf.Tensor = tf.tensor2d([[0.5]]);
      let state = rule.init({ pre: [1], post: [1] });
      for (let step = 0; step <= Math.abs(time) + after; step++)
        [w, state] = rule.step({ pre: [Number(step === preAt)], post: [Number(step === postAt)], reward: 1 }, w, state);
      return ((await w.data<'float32'>())[0] ?? Number.NaN) - 0.5;
    };
    for (const options of [{ range: 3 }, { range: 7, after: 2 }, { range: 6, dt: 2 }]) {
      const { times, changes } = await stdpWindow(rule, { reward: 1, ...options });
      for (const [index, time] of times.entries())
        expect(changes[index], `Δt = ${time}`).toBeCloseTo(await alone(time, options.after ?? 0), 6);
    }
    const [short, long] = [await stdpWindow(rule, { range: 4, after: 2 }), await stdpWindow(rule, { range: 20, after: 2 })];
    expect([...long.changes.slice(16, 25)]).toEqual([...short.changes]);
    const apart = await stdpWindow(rule, { range: 20, dt: 2, after: 2 });
    expect([...apart.times]).toEqual([...long.times].filter((time) => time % 2 === 0));
    expect([...apart.changes]).toEqual([...long.changes].filter((_, index) => index % 2 === 0));
  });

  it('goes in the steps of the rule, whatever the distance of the points', async () => {
    for (const dt of [0.5, 0.1, 2]) {
      const rule = pairStdp({ ...params, dt });
      const [each, apart] = [await stdpWindow(rule, { range: 12 }), await stdpWindow(rule, { range: 12, dt: 4 })];
      expect(each.times).toHaveLength(2 * Math.round(12 / dt) + 1);
      expect([...apart.times]).toEqual([-12, -8, -4, 0, 4, 8, 12]);
      const at = (time: number) => each.changes[Math.round((time + 12) / dt)];
      expect([...apart.changes]).toEqual([...apart.times].map(at));
      expect(apart.changes[6]).toBeCloseTo(0.01 * 1.2 * Math.exp(-12 / 17), 6);
    }
    const problem = "stdpWindow: dt must be whole steps of the rule's 0.5 ms, got 0.7";
    await expect(stdpWindow(pairStdp({ dt: 0.5 }), { dt: 0.7 })).rejects.toThrow(problem);
  });

  it('keeps weights within the bounds of the rule', async () => {
    const { changes } = await stdpWindow(pairStdp({ ...params, etaPlus: 1, etaMinus: 1 }), { range: 1, w0: 0.9 });
    expect(changes[2]).toBeCloseTo(0.1, 6);
    const { changes: lost } = await stdpWindow(pairStdp({ ...params, weightDecay: 0.1, coincidence: 'none' }), { range: 1 });
    expect(lost[1]).toBeCloseTo(-0.05, 6);
  });

  it('draws about a thousand points of a long range, exactly, and keeps little', async () => {
    const { times, changes } = await stdpWindow(pairStdp({ ...params, dt: 0.05 }), { range: 100 });
    expect(times).toHaveLength(1001);
    const late = times.findIndex((time) => Math.abs(time - 10) < 1e-4);
    expect(changes[late]).toBeCloseTo(0.01 * 1.2 * Math.exp(-10 / 17), 6);
  });

  it.each<[object, StdpWindowOptions, string]>([
    [
      {},
      { range: 1e9 },
      'range of 1000000000 ms is 1000000000 steps of 1 ms, too many to simulate: together range and after may have 50000',
    ],
    [
      {},
      { after: 1e9 },
      'after of 1000000000 ms is 1000000000 steps of 1 ms, too many to simulate: together range and after may have 50000',
    ],
    [
      { dt: 1e-6 },
      {},
      'range of 100 ms is 100000000 steps of 0.000001 ms, too many to simulate: together range and after may have 50000',
    ],
    [{}, { range: 40_000, dt: 1 }, 'dt of 1 ms draws 80001 points of 80001 steps, too many to simulate; take 80 ms'],
  ])('refuses at once what takes too long: a rule of %j, %j', async (given, options, message) => {
    await expect(stdpWindow(pairStdp(given), options)).rejects.toThrow(`stdpWindow: ${message}`);
  });

  it.each(['kernelStdp', 'mstdp', 'mstdpet', 'tripletStdp', 'twoFactorStdp'])('refuses delays of hours of %s', async (name) => {
    await expect(stdpWindow(named(name, { maxDelay: 1e7 }))).rejects.toThrow(/^stdpWindow: rule remembers \d.* values for each/);
    expect((await stdpWindow(named(name, { maxDelay: 30 }), { range: 5 })).changes).toHaveLength(11);
  });

  it('pays the last step alone where the rule remembers what it was paid', async () => {
    const { delta } = rewardStdp();
    const spoilt = (rule: Rule<RewardStdpState>): Rule<RewardStdpState> => ({
      ...rule,
      delta: (input, w, state) => {
        const [asked, next] = delta(input, w, state);
        return [asked, input.reward === undefined ? next : { ...next, early: tf.zerosLike(next.early) }];
      },
    });
    const options = { range: 4, after: 3, rewardIn: 'lastStep' } as const;
    const [plain, other] = [await stdpWindow(rewardStdp(), options), await stdpWindow(spoilt(rewardStdp()), options)];
    expect([...other.changes]).toEqual([...plain.changes]);
  });

  it('refuses a weight that the rule would move to its bounds', async () => {
    const problem = 'stdpWindow: w0 must lie within the bounds of the rule, 0 to 1, got';
    for (const w0 of [5, -0.1]) await expect(stdpWindow(pairStdp(params), { range: 1, w0 })).rejects.toThrow(`${problem} ${w0}`);
    for (const w0 of [0, 1]) expect((await stdpWindow(pairStdp(params), { range: 1, w0 })).changes).toHaveLength(3);
    const free = pairStdp({ ...params, hardBound: false });
    expect((await stdpWindow(free, { range: 1, w0: 5 })).changes).toHaveLength(3);
    const late = pairStdp({ ...params, wMin: 2, wMax: 3 });
    await expect(stdpWindow(late, { range: 1 })).rejects.toThrow('w0 must lie within the bounds of the rule, 2 to 3, got 0.5');
  });

  it('says what is wrong, and leaves no tensors', async () => {
    const rule = pairStdp(params);
    const before = tf.memory().numTensors;
    await expect(stdpWindow(rule, { range: 0 })).rejects.toThrow('stdpWindow: range must be a number > 0 in ms, got 0');
    await expect(stdpWindow(rule, { dt: Number.NaN })).rejects.toThrow('stdpWindow: dt must be a number > 0 in ms, got NaN');
    await expect(stdpWindow(rule, { w0: Number.NaN })).rejects.toThrow('stdpWindow: w0 must be a finite number, got NaN');
    await expect(stdpWindow(rule, { after: -1 })).rejects.toThrow('stdpWindow: after must be a number ≥ 0 in ms, got -1');
    await expect(stdpWindow(pairStdp(params, { ...ring(1), examples: [] }))).rejects.toThrow(
      'stdpWindow: topology "ring" has no examples: layers { pre, w } that it connects',
    );
    const wrong = (given: unknown, options?: object) => stdpWindow(given as typeof rule, options);
    await expect(wrong(rule, { rnage: 5 })).rejects.toThrow('stdpWindow: rnage is not a parameter; known are range, dt, w0, rew');
    await expect(wrong(rule, { rewardIn: 'last' })).rejects.toThrow(
      "stdpWindow: rewardIn must be one of 'everyStep', 'lastStep'",
    );
    await expect(wrong(rule, { reward: '1' })).rejects.toThrow('stdpWindow: reward must be a finite number, got "1"');
    await expect(wrong(rule, 5 as unknown as object)).rejects.toThrow('stdpWindow: options must be a record, got 5');
    await expect(wrong(5)).rejects.toThrow('stdpWindow: rule must be a rule, such as pairStdp(), got 5');
    await expect(wrong(latencyStdpWinners)).rejects.toThrow('got a function; rules by winners have no window');
    const failing = { ...rule, delta: () => expect.unreachable('of the rule') };
    await expect(wrong(failing)).rejects.toThrow('of the rule');
    await stdpWindow(rule, { range: 5 });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe.each<[string, Topology]>([
  ['conv2d', conv2d({ pad: 1, strides: 2 })],
  ['conv1d', conv1d({ dilations: 2 })],
  ['local2d', local2d({ kernelSize: 3 })],
  ['oneToOne', oneToOne],
  ['lateral', lateral],
  [
    'masked',
    masked(dense, [
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ]),
  ],
  ['sparse', sparse({ probability: 0.4, seed: 2 }, { inputs: 6, outputs: 5 })],
  ['a ring of a user', ring(1)],
])('on %s one synapse is watched', (_, topology) => {
  it.each(['pairStdp', 'tripletStdp', 'kernelStdp', 'mstdp', 'eligibilityStdp', 'delayAdjustedStdp', 'symmetricStdp'] as const)(
    '%s: the window is that of a dense layer',
    async (name) => {
      const options = { range: 3, after: name === 'eligibilityStdp' ? 2 : 0 };
      const wanted = await stdpWindow(ruleFromJSON({ rule: name, params: {}, topology: { type: 'dense' } }), options);
      const make = (await import('../../src/rules/all.js')) as unknown as {
        readonly [rule: string]: (params: object, topology: Topology) => Rule<object>;
      };
      const before = tf.memory().numTensors;
      const found = await stdpWindow(make[name]?.({}, topology) as Rule<object>, options);
      expect(tf.memory().numTensors).toBe(before);
      expect(found.times).toEqual(wanted.times);
      const size = Math.max(...wanted.changes.map(Math.abs));
      expect(size).toBeGreaterThan(0);
      expect([...found.changes]).toEqual(
        [...wanted.changes].map((change) => expect.closeTo(change, 3 - Math.floor(Math.log10(size)))),
      );
    },
  );
});

describe.each<[string, Topology, readonly number[]]>([
  ['dense', dense, [1, 1]],
  ['conv2d', conv2d(), [2, 1]],
  ['local2d', local2d({ kernelSize: 1 }), [2, 1]],
  ['lateral', lateral, [5, 1]],
  ['oneToOne', oneToOne, [5]],
  [
    'sparse',
    sparse([
      [0, 0],
      [0, 1],
      [2, 2],
    ]),
    [3, 1],
  ],
])('bounds that are no numbers, on %s', (_, topology, shape) => {
  const within = (wMax: unknown, hardBound: boolean) =>
    stdpWindow(
      ruleFromJSON({ rule: 'pairStdp', params: { ...params, etaPlus: 2, wMax, hardBound }, topology: topology.toJSON() }),
      {
        range: 3,
      },
    );

  it('hold as numbers do', async () => {
    for (const hardBound of [true, false])
      expect(await within(tf.fill([...shape], 0.8), hardBound)).toEqual(await within(0.8, hardBound));
  });

  it('are refused by name where they fit no synapse', async () => {
    for (const hardBound of [true, false])
      await expect(within(tf.ones([7, 3]), hardBound)).rejects.toThrow('pairStdp: wMax has shape [7, 3]');
  });
});
