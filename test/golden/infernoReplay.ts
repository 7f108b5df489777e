import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import {
  DelayAdjustedMSTDP,
  DelayAdjustedMSTDPD,
  DelayAdjustedSTDP,
  DelayAdjustedSTDPD,
} from '../../src/learners/delayAdjustedTrainers.js';
import { DelayAdjustedKernelSTDP, DelayAdjustedKernelSTDPD, KernelSTDP } from '../../src/learners/kernelTrainers.js';
import { MSTDP, MSTDPET, STDP, TripletSTDP } from '../../src/learners/traceTrainers.js';
import type { Trainer } from '../../src/learners/trainer.js';
import type { Rule } from '../../src/rules/rule.js';
import { applyUpdates, collect, noUpdates, type Updates } from '../../src/updates/updater.js';
import { expectClose } from './compare.js';
import type { Family } from './families.js';
import type { Form, Loops } from './form.js';
import { type GoldenCase, type GoldenTensor, given, goldenTensor } from './load.js';
import { wasCalled } from './loops/infernoTraceRules.js';
import { layerOrder, weightOrder } from './loops/wiring.js';
import { boundsOf, hasDelay } from './peers/inferno.js';
import { at } from './series.js';
import { topologyOf } from './topology.js';

/** What learns in a case: weights, or the delays. */
const learntIn = ({ expected }: GoldenCase): 'weight' | 'delay' => (expected.delay === undefined ? 'weight' : 'delay');

/** What the rule is shown: its parameter and state before the first step, and the inputs of each. */
function shown(golden: GoldenCase, rule: Rule<object>) {
  const { inputs, expected } = golden;
  const learns = learntIn(golden);
  const order = weightOrder(inputs[learns]);
  const spikes = (series: GoldenTensor, time: number) => {
    const step = at(series, time);
    return goldenTensor(step, layerOrder(step));
  };
  // Without a reward the trainer wasn't called in that step: its parameter stands still.
  const reward = (time: number) => {
    if (inputs.signal === undefined) return undefined;
    const signal = at(inputs.signal, time);
    if (!wasCalled(golden, time)) return undefined;
    return signal.shape.length === 0 ? Number(signal.data[0]) : goldenTensor(signal);
  };
  const input = (time: number) =>
    given({
      pre: spikes(inputs.pre, time),
      post: spikes(inputs.post, time),
      delay: learns === 'weight' && hasDelay(golden) ? goldenTensor(inputs.delay, order) : undefined,
      reward: reward(time),
    }) as { readonly pre: tf.Tensor; readonly post: tf.Tensor };
  const parameter = goldenTensor(inputs[learns], order);
  const shapes = { pre: input(0).pre.shape, post: input(0).post.shape, w: parameter.shape };
  const wanted = (time: number): GoldenTensor => at(expected[learns], time);
  return { parameter, order, shapes, state: rule.init(shapes), input, steps: inputs.pre.shape[0] as number, wanted };
}

/** Where the rule holds delays: the peer lets them run out of it. */
const heldIn = ({ expected, params }: GoldenCase): readonly [number, number] | undefined =>
  expected.delay === undefined ? undefined : [0, params.max_delay];

const held = (recorded: GoldenTensor, [least, most]: readonly [number, number]): GoldenTensor => ({
  ...recorded,
  data: recorded.data.map((value) => Math.min(Math.max(Number(value), least), most)),
});

/** The rule's own step. Delays begin each step where the peer has them, and are then held within their bounds. */
export async function byStep(golden: GoldenCase, rule: Rule<object>): Promise<void> {
  const { steps, input, order, wanted, ...start } = shown(golden, rule);
  const range = heldIn(golden);
  let { parameter, state } = start;
  for (let time = 0; time < steps; time++) {
    [parameter, state] = rule.step(input(time), parameter, state);
    await expectClose(parameter, range === undefined ? wanted(time) : held(wanted(time), range), undefined, order);
    if (range !== undefined) parameter = goldenTensor(wanted(time), order);
  }
}

/** A side of the update as the peer recorded it: a series, or a list with null where the side was empty. */
const side = (series: GoldenTensor | readonly (GoldenTensor | null)[] | null, time: number): GoldenTensor | null => {
  if (series === null) return null;
  return 'shape' in series ? at(series, time) : (series[time] ?? null);
};

/** Compares what waits to be applied with both sides of the peer. */
async function expectSides({ positive, negative }: Updates, w: tf.Tensor, golden: GoldenCase, time: number): Promise<void> {
  for (const [waiting, series] of [
    [positive, golden.expected.pos],
    [negative, golden.expected.neg],
  ] as const) {
    const wanted = side(series, time);
    const found = waiting.reduce((sum, next) => tf.add(sum, next), tf.zerosLike(w));
    if (wanted === null) expect(Number((await tf.max(tf.abs(found)).data())[0])).toBe(0);
    else await expectClose(found, wanted, 1e-6, weightOrder(wanted));
  }
}

/** What the rule asks for, side by side, collected and applied as often as the case says, within its bounds. */
async function byUpdates(golden: GoldenCase, rule: Rule<object>): Promise<void> {
  const { steps, input, order, wanted, ...start } = shown(golden, rule);
  const every = golden.params.update_every ?? 1;
  let { parameter, state } = start;
  let waiting: Updates = noUpdates;
  for (let time = 0; time < steps; time++) {
    const [delta, next] = rule.delta(input(time), parameter, state);
    state = next;
    waiting = collect(waiting, delta, parameter, rule.topology, rule.update);
    await expectSides(waiting, parameter, golden, time);
    if (time % every === every - 1) {
      parameter = applyUpdates(parameter, waiting, boundsOf(golden));
      waiting = noUpdates;
    }
    await expectClose(parameter, wanted(time), undefined, order);
  }
}

const trainers: { readonly [rule: string]: new (params?: object) => Trainer<object> } = {
  ...{ twoFactorStdp: STDP, tripletStdp: TripletSTDP, mstdp: MSTDP, mstdpet: MSTDPET, kernelStdp: KernelSTDP },
  ...{ delayAdjustedKernelStdp: DelayAdjustedKernelSTDP, delayAdjustedKernelStdpDelay: DelayAdjustedKernelSTDPD },
  ...{ delayAdjustedStdp: DelayAdjustedSTDP, delayAdjustedStdpDelay: DelayAdjustedSTDPD },
  ...{ delayAdjustedMstdp: DelayAdjustedMSTDP, delayAdjustedMstdpDelay: DelayAdjustedMSTDPD },
};

/** The trainer under the peer's name. */
async function byTrainer(golden: GoldenCase, rule: Rule<object>): Promise<void> {
  const { steps, input, parameter: w, shapes, order, wanted } = shown(golden, rule);
  const Class = trainers[rule.name];
  if (Class === undefined) throw new Error(`${rule.name} has no trainer here`);
  const trainer = new Class(rule.params);
  const bounds = golden.params.bound === undefined ? {} : { bounds: boundsOf(golden) };
  const cell = trainer.registerCell('layer', { ...shapes, w, topology: topologyOf(golden), ...bounds });
  const every = golden.params.update_every ?? 1;
  for (let time = 0; time < steps; time++) {
    trainer.step(cell, input(time));
    if (time % every === every - 1) trainer.apply();
    await expectClose(cell.getParameter(), wanted(time), undefined, order);
  }
  trainer.dispose();
}

/** Whether the rule's own bounds never come into play, so that its trainer goes the way of the peer. */
function staysHeld(golden: GoldenCase): boolean {
  const range = heldIn(golden);
  const { data } = golden.expected[learntIn(golden)] as GoldenTensor;
  return range === undefined || data.every((value) => Number(value) >= range[0] && Number(value) <= range[1]);
}

/** A form whose cases are replayed through a rule: step by step, by what it asks for, and by its trainer. */
export const replayedForm = (cases: string, family: Family, loops: Loops): Form => ({
  cases,
  check: async (golden, thoroughly) => {
    const rule = family.rule(golden);
    const plain = golden.params.bound === undefined && (golden.params.update_every ?? 1) === 1;
    if (plain) await byStep(golden, rule);
    if (!plain || thoroughly) await byUpdates(golden, rule);
    if (thoroughly && staysHeld(golden)) await byTrainer(golden, rule);
  },
  loops,
  unread: ({ params, inputs, expected }) => ({
    ...(params.delayed && {
      'params.synapse_interp_mode': 'the trainer looks into its own record, whatever the synapses do',
      'params.synapse_interp_tol': 'the same',
    }),
    ...(!params.delayed && { 'params.interp_tolerance': 'the trainer has no record to look into: it sees what arrives' }),
    ...(!hasDelay({ inputs } as GoldenCase) && { 'params.delayed': 'there are no delays' }),
    ...(inputs.signal !== undefined && { 'params.signal': 'a word for the shape of inputs.signal, which is read' }),
    ...(cases.includes('delayadjusted') &&
      expected.weight !== undefined && { 'params.max_delay': 'no record is kept: ages are compared with the delay' }),
    ...(expected.delay !== undefined && { 'inputs.weight': 'the delays learn, whatever the weights are' }),
  }),
});
