import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { DelayAdjustedKernelSTDPD, KernelSTDP } from '../../src/learners/kernelTrainers.js';
import { LinearHomeostasis } from '../../src/learners/linearHomeostasis.js';
import { STDP } from '../../src/learners/traceTrainers.js';
import { Trainer } from '../../src/learners/trainer.js';
import { TrainerUnit } from '../../src/learners/trainerUnit.js';
import { kernelStdp } from '../../src/rules/lastSpike/kernelStdp.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import type { StdpState } from '../../src/rules/pair/stdpState.js';
import { twoFactorStdp } from '../../src/rules/pair/twoFactorStdp.js';
import type { RuleInput } from '../../src/rules/rule.js';
import { ruleFromJSON, ruleNames } from '../../src/rules/ruleFromJSON.js';
import { dense } from '../../src/topologies/dense.js';
import type { Topology } from '../../src/topologies/topology.js';
import { fullBound } from '../../src/updates/parameterBounds.js';

const cell = { w: [[0.5, 0.5], [0.5, 0.5]], pre: [2], post: [2] }; // biome-ignore format: a matrix
const spiking = { pre: [1, 1], post: [1, 1] };
const silent = { pre: [0, 0], post: [0, 0] };
const values = async (tensor: tf.Tensor) => Array.from(await tensor.data());

describe.each([
  ['STDP', () => new STDP()],
  ['KernelSTDP', () => new KernelSTDP()],
  ['DelayAdjustedKernelSTDPD', () => new DelayAdjustedKernelSTDPD()],
])('%s', (_, make) => {
  it('two cells, the very same inside, never touch each other', async () => {
    const trainer = make();
    const [a, b] = [trainer.registerCell('a', cell), trainer.registerCell('b', cell)];
    for (const input of [
      { pre: [1, 1], post: [0, 0] },
      { pre: [0, 0], post: [1, 1] },
    ]) {
      trainer.step(a, input);
      trainer.step(b, silent);
      trainer.apply();
    }
    expect(await values(b.getParameter())).toEqual([0.5, 0.5, 0.5, 0.5]);
    for (const value of await values(a.getParameter())) expect(Math.abs(value - 0.5)).toBeGreaterThan(1e-4);
    trainer.dispose();
  });

  it('leaves no tensors behind', () => {
    const before = tf.memory().numTensors;
    const trainer = make();
    trainer.registerCell('a', cell);
    tf.tidy(() => trainer.step('a', spiking)); // its state outlives a tidy around the caller
    trainer.step('a', spiking);
    trainer.apply();
    const held = tf.memory().numTensors;
    for (let time = 0; time < 3; time++) {
      trainer.step('a', spiking);
      trainer.apply();
    }
    trainer.reset();
    expect(tf.memory().numTensors).toBe(held);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

/** Every rule of the list in a trainer; a reward and the two layers' spikes in every step. */
describe.each(ruleNames)('a Trainer of %s', (name) => {
  const make = (params: object, topology: Topology) => ruleFromJSON({ rule: name, params, topology: topology.toJSON() });
  const steps = [
    { pre: [1, 0], post: [1, 0], reward: 1 },
    { pre: [0, 1], post: [1, 1], reward: 1 },
    { pre: [1, 1], post: [0, 1], reward: 1 },
  ];
  const train = (trainer: Trainer<object>, unit: string, input: RuleInput) => {
    trainer.step(unit, input);
    trainer.apply();
  };

  it('applied after each step is the pure rule; a cell beside it, the same inside, sees nothing of it', async () => {
    const trainer = new Trainer(name, make, {});
    const [learning, beside] = [trainer.registerCell('learning', cell), trainer.registerCell('beside', cell)];
    const rule = make({}, dense);
    let w: tf.Tensor = tf.tensor(cell.w);
    let state = rule.init({ pre: [2], post: [2] });
    for (const input of steps) {
      train(trainer, 'learning', input);
      [w, state] = rule.step(input, w, state);
    }
    const [got, wanted] = [await values(learning.getParameter()), await values(w)];
    expect(wanted).not.toEqual(cell.w.flat());
    expect(got).toEqual(wanted.map((value) => expect.closeTo(value, 6)));
    expect(await values(beside.getParameter())).toEqual(cell.w.flat());
    // Nor does what the busy cell remembers reach the other one when both go on.
    const alone = new Trainer(name, make, {});
    const lonely = alone.registerCell('beside', cell);
    for (const input of steps) {
      train(trainer, 'beside', input);
      train(alone, 'beside', input);
    }
    expect(await values(beside.getParameter())).toEqual(await values(lonely.getParameter()));
    trainer.dispose();
    alone.dispose();
  });
});

describe('Trainer', () => {
  const train = [
    { pre: [1, 0], post: [0, 0] },
    { pre: [0, 1], post: [1, 0] },
    { pre: [1, 0], post: [0, 1] },
    { pre: [0, 0], post: [1, 1] },
  ];

  it.each(['soft', 'multiplicativePow', 'additive'] as const)(
    'applied after each step it is the pure rule (%s)',
    async (weightDependence) => {
      const params = { weightDependence, mu: 0.5, hardBound: true, etaPost: 0.4, etaPre: -0.3 };
      const trainer = new STDP(params);
      const unit = trainer.registerCell('a', cell);
      const rule = twoFactorStdp(params);
      let w: tf.Tensor = tf.tensor(cell.w);
      let state = rule.init({ pre: [2], post: [2] });
      for (const input of train) {
        trainer.step(unit, input);
        trainer.apply();
        [w, state] = rule.step(input, w, state);
      }
      const [got, wanted] = [await values(unit.getParameter()), await values(w)];
      got.forEach((value, index) => {
        expect(value).toBeCloseTo(wanted[index] ?? Number.NaN, 6);
      });
      trainer.dispose();
    },
  );

  it('updates add up until they are applied', async () => {
    const params = { gate: 'always' as const };
    const trainer = new KernelSTDP(params);
    const unit = trainer.registerCell('a', cell);
    const rule = kernelStdp(params);
    let sum: tf.Tensor = tf.zeros([2, 2]);
    let state = rule.init({ pre: [2], post: [2] });
    for (const input of train) {
      trainer.step('a', input);
      const [w, next] = rule.step(input, tf.zeros([2, 2]), state);
      [sum, state] = [tf.add(sum, w), next];
    }
    expect(await values(unit.getParameter())).toEqual([0.5, 0.5, 0.5, 0.5]);
    trainer.apply();
    const [got, wanted] = [await values(unit.getParameter()), await values(sum)];
    got.forEach((value, index) => {
      expect(value).toBeCloseTo(0.5 + (wanted[index] ?? Number.NaN), 6);
    });
    trainer.dispose();
  });

  it('overrides belong to one cell, bounds of a cell take the place of the rule’s', async () => {
    const constant = (eta: number) => ({ kernelPost: { kernel: 'constant' as const, eta, tau: 5 } });
    const trainer = new KernelSTDP(constant(0.1));
    trainer.registerCell('plain', cell);
    trainer.registerCell('strong', cell, constant(0.2));
    trainer.registerCell('bounded', { ...cell, bounds: fullBound({ bound: 'multiplicative', min: 0, max: 1 }) });
    for (const name of ['plain', 'strong', 'bounded']) trainer.step(name, spiking);
    trainer.apply();
    const first = async (name: string) => (await values(trainer.unit(name).getParameter()))[0];
    expect(await first('plain')).toBeCloseTo(0.6, 6);
    expect(await first('strong')).toBeCloseTo(0.7, 6);
    expect(await first('bounded')).toBeCloseTo(0.55, 6);
    trainer.dispose();
  });

  it('every cell of a LinearHomeostasis has its own target (in Inferno the first cell’s serves for all)', async () => {
    const trainer = new LinearHomeostasis({ plasticity: 0.1 });
    const one = { w: [[0.5]], pre: [1], post: [1] };
    const [low, high] = [trainer.registerCell('low', one, { target: 0.25 }), trainer.registerCell('high', one, { target: 1 })];
    for (const post of [[1], [0]]) {
      trainer.step(low, { pre: [0], post });
      trainer.step(high, { pre: [0], post });
    }
    trainer.apply();
    expect(await values(low.getParameter())).toEqual([expect.closeTo(0.5 + 0.1 * ((0.25 - 1) / 0.25 + (0.25 - 0.5) / 0.25), 6)]);
    expect(await values(high.getParameter())).toEqual([expect.closeTo(0.5 + 0.1 * (0 + 0.5), 6)]);
    trainer.dispose();
  });

  const one = { w: [[0.5]], pre: [1], post: [1] };
  const decaying = { etaPlus: 0.1, etaMinus: 0, hardBound: true, weightDecay: 0.1, integration: 'exact' } as const;
  const both = { pre: [1], post: [1] };

  it('bounds of a cell stand in place of the rule’s own, also of its clamp', async () => {
    const rule = pairStdp({ etaPlus: 0.4, etaMinus: 0, integration: 'exact', tauPre: 1e-3, hardBound: true });
    const unit = new TrainerUnit('u', rule, { ...one, bounds: { upper: { bound: 'sharp', limit: 2 } } });
    const seen: number[] = [];
    for (let time = 0; time < 5; time++) {
      unit.step(both);
      unit.apply();
      seen.push(...(await values(unit.getParameter())));
    }
    expect(seen).toEqual([0.9, 1.3, 1.7, 2.1, 2.1].map((value) => expect.closeTo(value, 5)));
    unit.dispose();
  });

  it.each([
    ['the rule’s own bounds', undefined],
    ['those of the cell', { upper: { bound: 'sharp', limit: 0.2 } } as const],
  ])('changes nothing when no step was seen, within %s', async (_, bounds) => {
    const trainer = new Trainer('Decaying', pairStdp, decaying);
    const cellOf = (w: number) => ({ ...one, w: [[w]], ...(bounds && { bounds }) });
    const units = [0.5, 5].map((w) => trainer.registerCell(String(w), cellOf(w)));
    trainer.apply();
    trainer.step('0.5', both);
    trainer.reset();
    trainer.apply();
    trainer.train(false);
    trainer.step('0.5', both);
    trainer.apply();
    trainer.train();
    const none = tf.zeros([0, 1]); // nor does a batch of no samples, as of the rule
    const empty = trainer.registerCell('empty', { ...cellOf(0.5), pre: [0, 1], post: [0, 1] });
    trainer.step(empty, { pre: none, post: none });
    trainer.apply();
    expect(await Promise.all([...units, empty].map((unit) => values(unit.getParameter())))).toEqual([[0.5], [5], [0.5]]);
    trainer.dispose();
  });

  it.each([1, 2, 5])('weights decay once for each step that was seen: %i in an apply', async (steps) => {
    const trainer = new Trainer('Decaying', pairStdp, decaying);
    const units = [
      trainer.registerCell('own', one),
      trainer.registerCell('bounded', { ...one, bounds: { upper: { bound: 'sharp', limit: 2 } } }),
    ];
    const rule = pairStdp(decaying);
    let [w, state]: [tf.Tensor, StdpState] = [tf.tensor(one.w), rule.init({ pre: [1], post: [1] })];
    for (let time = 0; time < steps; time++) {
      for (const unit of units) trainer.step(unit, { pre: [0], post: [0] });
      [w, state] = rule.step({ pre: [0], post: [0] }, w, state);
    }
    trainer.apply();
    trainer.apply();
    const wanted = await values(w);
    for (const unit of units) expect(await values(unit.getParameter())).toEqual(wanted.map((value) => expect.closeTo(value, 6)));
    expect(wanted[0]).toBeCloseTo(0.5 * 0.9 ** steps, 6);
    trainer.dispose();
  });

  it('sees nothing while training is off', async () => {
    const trainer = new STDP();
    trainer.registerCell('a', cell);
    trainer.train(false);
    trainer.step('a', spiking);
    trainer.apply();
    expect(await values(trainer.unit('a').getParameter())).toEqual([0.5, 0.5, 0.5, 0.5]);
    trainer.dispose();
  });

  it('refuses a name twice, a cell it does not know, and wrong parameters', () => {
    const [trainer, other] = [new STDP(), new STDP()];
    trainer.registerCell('a', cell);
    const stranger = other.registerCell('a', cell);
    expect(() => trainer.registerCell('a', cell)).toThrow("STDP: name 'a' is registered already");
    expect(() => trainer.step('b', silent)).toThrow("STDP: cell 'b' is not registered; known are a");
    expect(() => trainer.step(stranger, silent)).toThrow("STDP: cell 'a' is not registered: the unit is of another trainer");
    expect(() => trainer.registerCell('c', cell, { etaPost: Number.NaN })).toThrow(/etaPost must be a finite number/);
    trainer.dispose();
    other.dispose();
  });
});
