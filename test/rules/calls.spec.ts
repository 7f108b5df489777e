import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { numbers } from '../../src/conformance/expect.js';
import {
  applyDelta,
  conv2d,
  dense,
  eligibilityStdp,
  initStdpState,
  pairStdp,
  type Rule,
  type RuleInput,
  ruleFromJSON,
  ruleNames,
  scan,
  stdpStepConv2d,
  stdpStepLinear,
  stepOf,
  twoFactorStdp,
  useKernels,
} from '../../src/entries/everything.js';
import { clopathStdp } from '../../src/rules/voltage/clopathStdp.js';
import { expectClose } from '../kernels/agree.js';
import { kernelsWanted, sample } from '../target.js';

afterEach(() => useKernels(kernelsWanted));

const everyRule = sample([...ruleNames]).map((rule) => ruleFromJSON({ rule, params: {}, topology: { type: 'dense' } }));
const shapes = { pre: [2, 3], post: [2, 2], w: [3, 2] };
const spikesOf = (layer: readonly number[]) =>
  tf.tensor([1, 0, 1, 0, 1, 1].slice(0, layer[0] === 2 && layer[1] === 3 ? 6 : 4), [...layer]);
const input = (): RuleInput => ({ pre: spikesOf(shapes.pre), post: spikesOf(shapes.post) });
const weights = () => tf.tensor2d([0.4, 0.5, 0.6, 0.3, 0.7, 0.2], [3, 2]);

/** What must be so with kernels and without. */
const bothWays = (name: string, check: () => void | Promise<void>) =>
  it.each([true, false])(`${name}, kernels %s`, async (on) => {
    useKernels(on);
    await check();
  });

describe('what tfjs calls float32 and is none inside', () => {
  const masks: readonly (readonly [string, () => tf.Tensor, () => tf.Tensor])[] = [
    ['a cast truth', () => tf.cast(tf.greater(spikesOf(shapes.pre), 0.5), 'float32'), () => spikesOf(shapes.pre)],
    ['a cast integer', () => tf.cast(tf.cast(spikesOf(shapes.pre), 'int32'), 'float32'), () => spikesOf(shapes.pre)],
    [
      'a slice of a cast truth',
      () =>
        tf.slice(tf.cast(tf.greater(tf.concat([spikesOf(shapes.pre), spikesOf(shapes.pre)]), 0.5), 'float32'), [0, 0], [2, 3]),
      () => spikesOf(shapes.pre),
    ],
  ];

  it.each(masks)('%s as spikes, traces and weights', async (_, mask, plain) => {
    const rule = pairStdp({ etaPlus: 0.01 });
    const through = (x: tf.Tensor) => {
      const state = { ...rule.init(shapes), tPre: x };
      const [w, next] = rule.step({ ...input(), pre: x }, tf.slice(tf.transpose(x), [0, 0], [3, 2]), state);
      return [w, next.tPre, next.tPost];
    };
    await expectClose(through(mask()), through(plain()), 0);
  });
});

describe('a donated step', () => {
  it('takes one tensor twice for two', async () => {
    const rule = pairStdp({ etaPlus: 0.1, integration: 'exact' });
    const run = (donate: boolean) => {
      const both = tf.zeros([3]);
      let [w, state]: [tf.Tensor, { tPre: tf.Tensor; tPost: tf.Tensor }] = [tf.fill([3, 3], 0.5), { tPre: both, tPost: both }];
      for (const [pre, post] of [
        [
          [1, 0, 0],
          [0, 0, 0],
        ] as const,
        [
          [0, 0, 0],
          [1, 0, 1],
        ] as const,
      ])
        [w, state] = rule.step({ pre, post }, w, state, { donate });
      return [w, state.tPre, state.tPost];
    };
    await expectClose(run(true), run(false), 0);
  });

  it('does not write into what it reads', async () => {
    const rule = pairStdp({ etaPlus: 0.1 });
    const run = (donate: boolean) => {
      let [w, state] = rule.step({ pre: [1, 0, 1], post: [0, 1, 0] }, tf.fill([3, 3], 0.5), rule.init({ pre: [3], post: [3] }));
      for (let step = 0; step < 3; step++) [w, state] = rule.step({ pre: state.tPre, post: state.tPost }, w, state, { donate });
      return [w, state.tPre, state.tPost];
    };
    await expectClose(run(true), run(false), 0);
  });

  it('leaves what was read of the weights before it as it was', async () => {
    const rule = pairStdp({ etaPlus: 0.05, etaMinus: 0 });
    let [w, state] = rule.step(input(), weights(), rule.init(shapes));
    for (let step = 0; step < 3; step++) {
      [w, state] = rule.step(input(), w, state, { donate: true });
      const [before, trace] = [await w.data(), await state.tPre.data()];
      const copies = [Array.from(before), Array.from(trace)];
      [w, state] = rule.step(input(), w, state, { donate: true });
      expect([Array.from(before), Array.from(trace)]).toEqual(copies);
      expect(Array.from(await w.data())).not.toEqual(copies[0]);
    }
  });

  it('refuses what was given away, in words', () => {
    const rule = twoFactorStdp({ hardBound: true }); // within bounds from the first step on only: that one makes new weights
    const [w, state] = [weights(), rule.init(shapes)];
    rule.step(input(), w, state, { donate: true });
    expect(() => rule.step(input(), w, state)).toThrow('twoFactorStdp: w was disposed, or given away by a donated step');
  });
});

describe('what a rule does not read is refused', () => {
  bothWays('a delay and a voltage', () => {
    for (const rule of everyRule) {
      for (const name of ['delay', 'voltage'] as const) {
        if (rule.reads.includes(name)) continue;
        const given = { ...input(), [name]: name === 'delay' ? tf.zeros(shapes.w) : tf.zeros(shapes.post) };
        expect(() => rule.step(given, weights(), rule.init(shapes)), rule.name).toThrow(
          `${rule.name}: input.${name} is not read by this rule`,
        );
      }
    }
  });

  bothWays('a misspelt name, an option, what is no record', () => {
    for (const rule of everyRule) {
      const take = (given: unknown, options?: unknown) => () =>
        rule.step(given as RuleInput, weights(), rule.init(shapes), options as { donate: boolean });
      expect(take({ ...input(), rewards: 1 })).toThrow(`${rule.name}: input.rewards is not read`);
      expect(take(input(), { donte: true })).toThrow(`${rule.name}: options.donte is not an option`);
      expect(take(null)).toThrow(`${rule.name}: input must be a record { pre, post }, got null`);
      expect(take([1, 2])).toThrow(`${rule.name}: input must be a record`);
    }
  });

  bothWays('a state of other layers or of another rule', () => {
    for (const rule of everyRule) {
      const state = rule.init(shapes);
      const take = (held: object) => () => rule.step(input(), weights(), held);
      for (const [field, tensor] of Object.entries(state)) {
        const wrong = { ...state, [field]: tf.zeros([...(tensor as tf.Tensor).shape, 1]) };
        expect(take(wrong), `${rule.name} ${field}`).toThrow(`${rule.name}: state.${field} has shape`);
      }
      expect(take({ ...state, stranger: tf.zeros([1]) })).toThrow(`${rule.name}: state.stranger is not part of the state`);
    }
    const [short, long] = [twoFactorStdp({ maxDelay: 1 }), twoFactorStdp({ maxDelay: 3 })];
    expect(() => long.step(input(), weights(), short.init(shapes))).toThrow('state.recentTraces has shape');
    const voltages = clopathStdp({ delay: 3 }).init(shapes);
    expect(() => clopathStdp({ delay: 2 }).step(input(), weights(), voltages)).toThrow('state.uHistory has shape');
  });

  bothWays('a reward that is not one per sample', () => {
    const rule = eligibilityStdp();
    const take = (reward: unknown) => () => rule.step({ ...input(), reward: reward as number }, weights(), rule.init(shapes));
    expect(take([1, 2, 3])).toThrow('eligibilityStdp: reward must be a finite number or one per sample [2], got [3]');
    expect(take(Number.NaN)).toThrow('eligibilityStdp: reward must be a finite number');
    expect(take('much')).toThrow('eligibilityStdp: reward is not a tensor');
  });

  it('names are those of the call', () => {
    const state = initStdpState([3], [2]);
    expect(() => stdpStepLinear([1, 0], [1, 0], weights(), state)).toThrow('stdpStepLinear: zPre has 2 columns');
    expect(() => pairStdp().step({ pre: [1, 0], post: [1, 0] }, weights(), state)).toThrow('pairStdp: pre has 2 columns');
    expect(() => stdpStepConv2d([1], [1], weights(), state)).toThrow('stdpStepConv2d: w has shape [3, 2]');
    expect(() => stdpStepLinear([1], [1], weights(), state, 5 as never)).toThrow(
      'stdpStepLinear: params must be a record, got 5',
    );
  });
});

describe('a batch of no samples, layers without neurons', () => {
  const empties: readonly (readonly [string, { pre: number[]; post: number[]; w: number[] }])[] = [
    ['no samples', { pre: [0, 3], post: [0, 2], w: [3, 2] }],
    ['no inputs', { pre: [2, 0], post: [2, 2], w: [0, 2] }],
    ['no outputs', { pre: [2, 3], post: [2, 0], w: [3, 0] }],
    ['no neurons, no batch', { pre: [0], post: [0], w: [0, 0] }],
  ];
  bothWays('change nothing', async () => {
    for (const rule of everyRule) {
      for (const [name, layers] of empties) {
        const state = rule.init(layers);
        const given = { pre: tf.ones(layers.pre), post: tf.ones(layers.post), reward: 1 };
        const w = tf.fill(layers.w, 0.5);
        const before = tf.memory().numTensors;
        const [next, after] = rule.step(given, w, state);
        const [delta] = rule.delta(given, w, state);
        expect(tf.memory().numTensors - before, name).toBe(1 + Object.keys(after).length + Object.keys(state).length);
        expect(delta).toEqual({ potentiation: [], depression: [] });
        expect([next.shape, await numbers(next)], name).toEqual([layers.w, await numbers(w)]);
        expect(Object.values(after).map((field) => (field as tf.Tensor).shape)).toEqual(
          Object.values(state).map((field) => (field as tf.Tensor).shape),
        );
      }
    }
  });

  it('what neurons there are go on remembering', async () => {
    const rule = pairStdp({ integration: 'exact', tauPre: 20 });
    const [, state] = rule.step({ pre: [1, 0], post: tf.zeros([0]) }, tf.zeros([2, 0]), rule.init({ pre: [2], post: [0] }));
    expect(await numbers(state.tPre)).toEqual([1, 0]);
  });
});

describe('kernels take the place of what they know alone', () => {
  const masked = () => ({
    ...dense,
    preRows: (pre: tf.Tensor) => tf.mul(tf.expandDims(pre, 1), tf.tensor([1, 0, 1])) as tf.Tensor3D,
  });

  it('a copy of a topology with another method is another wiring', async () => {
    const rule = pairStdp({ etaPlus: 0.1 }, masked());
    const layers = { pre: [2, 3], post: [2, 2], w: [3, 2] };
    const [w] = rule.step({ pre: tf.ones([2, 3]), post: tf.ones([2, 2]) }, weights(), rule.init(layers));
    const changed = (await numbers(tf.sub(w, weights()))).map((change) => change !== 0);
    expect(changed).toEqual([true, true, false, false, true, true]);
    const delta = { potentiation: [{ pre: tf.ones([1, 3]), post: tf.ones([1, 2]) }], depression: [] };
    const bounds = { wMin: 0, wMax: 1, hardBound: true };
    const applied = applyDelta(
      weights(),
      delta,
      masked(),
      { etaPlus: 0.1, etaMinus: 0, weightDependence: 'additive', mu: 0 },
      bounds,
    );
    expect((await numbers(tf.sub(applied, weights()))).map((change) => change !== 0)).toEqual(changed);
  });

  it('dense itself cannot be changed', () => {
    expect(() => Object.assign(dense, { preRows: masked().preRows })).toThrow(TypeError);
    expect(Object.isFrozen(conv2d())).toBe(true);
  });

  it('a copy of a rule with another step is stepped', async () => {
    const rule = pairStdp({ etaPlus: 0.1 });
    const still: typeof rule = { ...rule, step: (_, w, state) => [tf.clone(w as tf.Tensor), { ...state }] };
    const trains = { pre: tf.ones([4, 2, 3]), post: tf.ones([4, 2, 2]) };
    const [[w]] = scan(stepOf(still), [weights(), rule.init(shapes)], trains);
    await expectClose([w], [weights()], 0);
  });
});

describe('applyDelta', () => {
  const scaling = { etaPlus: 1, etaMinus: 1, weightDependence: 'additive', mu: 0 } as const;
  const bounds = { wMin: -10, wMax: 10, hardBound: true };
  const one = () => ({ potentiation: [{ pre: tf.ones([1, 1]), post: tf.fill([1, 1], 0.1) }], depression: [] });

  bothWays('int32 weights are weights', async () => {
    const delta = { potentiation: [{ pre: tf.ones([1, 1]), post: tf.fill([1, 1], 0.1) }], depression: [] };
    await expectClose(
      [applyDelta(tf.tensor2d([[1]], undefined, 'int32'), delta, dense, scaling, bounds)],
      [tf.tensor2d([[1.1]])],
    );
  });

  bothWays('refuses what does not fit, by its name', () => {
    const take = (more: object) => () => {
      const all = { w: tf.zeros([1, 1]), delta: one(), topology: dense, scaling, bounds, reduction: 'sum' as const, ...more };
      applyDelta(all.w, all.delta, all.topology, all.scaling, all.bounds, all.reduction);
    };
    const term = (pre: unknown, post: unknown) => ({ delta: { potentiation: [{ pre, post }], depression: [] } });
    expect(take({ w: tf.zeros([1]) })).toThrow('applyDelta: w has shape [1], needs rank 2');
    expect(take(term(tf.ones([1, 2]), tf.ones([1, 1])))).toThrow('applyDelta: delta.potentiation[0].pre has 2 columns');
    expect(take(term(tf.ones([1, 1]), tf.ones([2, 1])))).toThrow('applyDelta: delta.potentiation[0].post has shape [2, 1]');
    const ones = { pre: tf.ones([1, 1]), post: tf.ones([1, 1]) };
    for (const side of ['potentiation', 'depression'])
      for (const given of [ones, { perSample: tf.ones([1, 1, 1]) }])
        expect(take({ delta: { potentiation: [], depression: [], [side]: [{ ...given, scale: 2 }] } })).toThrow(
          `applyDelta: delta.${side}[0].scale is not known; known are ${Object.keys(given).join(', ')}`,
        );
    expect(take({ delta: { potentiation: [ones], depression: [], scale: 2 } })).toThrow('applyDelta: delta.scale is not known');
    expect(take(term(1, 1))).toThrow('applyDelta: delta.potentiation[0] must have an activity');
    expect(take({ delta: { potentiation: [] } })).toThrow('applyDelta: delta.depression must be a list of terms');
    expect(take({ delta: { potentiation: [{ perSample: tf.ones([1, 2, 1]) }], depression: [] } })).toThrow(
      'applyDelta: delta.potentiation[0].perSample has shape [1, 2, 1]',
    );
    expect(take({ scaling: { ...scaling, weightDependence: 'Additive' } })).toThrow(
      'applyDelta: weightDependence must be one of',
    );
    expect(take({ bounds: { ...bounds, wMin: 20 } })).toThrow('applyDelta: wMin must not be above wMax');
    expect(take({ reduction: 'Sum' })).toThrow('applyDelta: reduction must be one of');
    expect(take({ topology: { type: 'dense' } })).toThrow('applyDelta: topology must be a topology');
  });
});

describe('ruleFromJSON', () => {
  it.each([
    null,
    undefined,
    5,
    'pairStdp',
    [],
    {},
    { rule: 'pairStdp' },
    { rule: ['pairStdp'] },
    { rule: 'toString', params: {} },
  ])('refuses %j in words', (json) => {
    expect(() => ruleFromJSON(json as never)).toThrow(/^(ruleFromJSON|topologyFromJSON): /);
  });

  it('comes back with a negative zero and infinities', () => {
    const rule: Rule<object> = pairStdp({ wMin: -0, tauPre: Number.POSITIVE_INFINITY });
    const back = ruleFromJSON(JSON.parse(JSON.stringify(rule)));
    expect(back.params).toEqual(rule.params);
    expect(Object.is(Object(back.params).wMin, -0)).toBe(true);
  });
});
