import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { computeConvergenceMetric, hasConverged } from '../../../src/competition/convergence.js';
import { stdpConfigDefaults, stdpConfigFromPaper } from '../../../src/learners/stdpConfig.js';
import { STDPLearner } from '../../../src/learners/stdpLearner.js';
import { computeStdpUpdate } from '../../../src/rules/latency/computeStdpUpdate.js';
import { getFirstSpikeTimes } from '../../../src/traces/firstSpikeTimes.js';
import { extractReceptiveFieldTimes } from '../../../src/traces/receptiveFieldTimes.js';
import { expectClose, expectNumber, mended, mendedNumber, single } from '../compare.js';
import type { Form } from '../form.js';
import { type GoldenCase, type GoldenTensor, goldenTensor } from '../load.js';
import * as loops from '../loops/spikeseg.js';
import * as learnerLoops from '../loops/spikesegLearner.js';
import { unmetered } from '../meter.js';
import { learner, learnerConfig, rates, weightDependence } from '../peers/spikeseg.js';
import { at } from '../series.js';

/** [C, H, W] to [H, W, C]; [N, C, H, W] to [N, H, W, C]. */
const HWC = [1, 2, 0];
const NHWC = [0, 2, 3, 1];

async function update(golden: GoldenCase): Promise<void> {
  const { inputs, expected } = golden;
  const [w, times] = [goldenTensor(inputs.weights, HWC), goldenTensor(inputs.pre_spike_times, HWC)];
  await expectClose(computeStdpUpdate(w, times, Number(inputs.post_spike_time), rates(golden)), expected.delta, single, HWC);
}

async function firstTimes({ params, inputs, expected }: GoldenCase): Promise<void> {
  const spikes = goldenTensor(inputs.spikes, NHWC);
  const [none, other] = params.no_spike_value.map(Number);
  await expectClose(getFirstSpikeTimes(spikes, none), expected.times, 0, HWC);
  await expectClose(getFirstSpikeTimes(spikes, other), expected.times_minus1, 0, HWC);
  await expectClose(getFirstSpikeTimes(tf.cumsum(spikes, 0), none), expected.times_cumulative, 0, HWC);
  if (none === Number.POSITIVE_INFINITY) await expectClose(getFirstSpikeTimes(spikes), expected.times, 0, HWC);
}

/** A field that begins beyond the padded image is an error, as the page of the peer promises; its code returns Infinity. */
async function fields({ inputs, expected }: GoldenCase): Promise<void> {
  const times = goldenTensor(inputs.pre_spike_times, HWC);
  const [, height, width] = inputs.pre_spike_times.shape;
  for (const { post_y, post_x, kernel_size, stride, padding, times: recorded } of expected.cases as readonly (loops.Field & {
    readonly times: GoldenTensor;
  })[]) {
    const see = () => extractReceptiveFieldTimes(times, post_y, post_x, kernel_size, stride, padding);
    const axes = [
      ['y', post_y, height],
      ['x', post_x, width],
    ] as const;
    const beyond = axes.find(([, position, size]) => position * stride - padding >= size + padding);
    if (beyond === undefined) await expectClose(see(), recorded, 0, HWC);
    else {
      const [axis, position, size] = beyond;
      const start = position * stride - padding;
      const seen = `${axis} = ${position} sees ${start} … ${start + kernel_size - 1}`;
      expect(see).toThrow(`${seen}, outside the padded image ${-padding} … ${size + padding - 1}`);
      expect(recorded.data.every((time) => time === 'Infinity')).toBe(true);
      expect(recorded.shape).toEqual([inputs.pre_spike_times.shape[0], kernel_size, kernel_size]);
    }
  }
}

async function convergence({ params, inputs, expected }: GoldenCase): Promise<void> {
  const [first, second] = params.threshold;
  for (const [index, recorded] of inputs.weights.entries()) {
    const w = goldenTensor(recorded);
    expectNumber(await computeConvergenceMetric(w), expected.metric[index]);
    expect(Number(await hasConverged(w, first))).toBe(expected.converged_001[index]);
    expect(Number(await hasConverged(w, second))).toBe(expected.converged_second[index]);
  }
}

/** One winner after the other, by the learner, and by the rule with the receptive field as its layer. */
async function winners(golden: GoldenCase): Promise<void> {
  const { params, inputs, expected } = golden;
  const owner = new STDPLearner(learnerConfig(golden));
  const { wMin, wMax } = owner.config;
  // The peer's multiplicative change fades out towards 0 and 1 whatever the bounds are; here towards the bounds.
  const [asThePeer, right] = [
    learnerLoops.winnersUpdates(unmetered(golden)),
    learnerLoops.winnersUpdates(unmetered(golden), [wMin, wMax]),
  ];
  const wanted = mended(expected.weights, asThePeer.weights, right.weights);
  const rule = learner.rule(golden);
  const steps: tf.Tensor[] = [];
  let w = goldenTensor(inputs.weights, HWC);
  for (const [index, update] of inputs.updates.entries()) {
    const times = goldenTensor(update.pre_spike_times, HWC);
    const [postTime, { winner_y, winner_x, stride, padding }] = [Number(update.post_spike_time), update];
    const field = extractReceptiveFieldTimes(times, winner_y, winner_x, params.kernel_size, stride, padding);
    const fired = tf.reshape(tf.lessEqual(field, tf.fill(field.shape, postTime)), [-1]);
    const layers = rule.init({ pre: fired.shape, post: [1] });
    const byRule = tf.reshape(rule.step({ pre: fired, post: [1] }, tf.reshape(w, [-1, 1]), layers)[0], w.shape);
    await expectClose(byRule, at(wanted, index), single, HWC);
    w = await owner.updateWeightsForWinner(w, times, postTime, winner_y, winner_x, params.kernel_size, stride, padding);
    await expectClose(w, at(wanted, index), single, HWC);
    steps.push(w);
  }
  const wantedOf = (field: 'update_count' | 'n_ltp' | 'n_ltd' | 'mean_delta' | 'has_converged') =>
    mendedNumber(expected[field], asThePeer[field], right[field]);
  expect(owner.updateCount).toBe(wantedOf('update_count'));
  expect(owner.stats).toMatchObject({ nLtp: wantedOf('n_ltp'), nLtd: wantedOf('n_ltd') });
  expectNumber(owner.stats.meanDelta, wantedOf('mean_delta'));
  // The peer measures within [0, 1] whatever its bounds are; the learner has a say of its own.
  const { convergenceThreshold } = owner.config;
  expect(Number(await hasConverged(w, convergenceThreshold))).toBe(wantedOf('has_converged'));
  for (const [index, step] of steps.entries()) {
    const [theirs = Number.NaN, ours = Number.NaN] = [asThePeer.convergence_history[index], right.convergence_history[index]];
    const wantedMetric = mendedNumber(expected.convergence_history[index], theirs, ours);
    expectNumber(await computeConvergenceMetric(step), wantedMetric);
    expect(owner.convergenceHistory[index]).toBe(await owner.getConvergence(step));
    if (wMin === 0 && wMax === 1) expectNumber(await owner.getConvergence(step), wantedMetric);
  }
  expect(owner.convergenceHistory).toHaveLength(steps.length);
  expect(await owner.hasConverged(w)).toBe((await owner.getConvergence(w)) < convergenceThreshold);
}

/** Configurations by name; of presets in capitals too. */
async function configurations({ expected }: GoldenCase): Promise<void> {
  for (const [name, recorded] of Object.entries<Readonly<Record<string, number & string>>>(expected)) {
    const wanted = {
      ...{ etaPlus: recorded['lr_plus'], etaMinus: recorded['lr_minus'] },
      ...{ wMin: recorded['weight_min'], wMax: recorded['weight_max'] },
      weightDependence: weightDependence(recorded['variant']),
      convergenceThreshold: recorded['convergence_threshold'],
      ...{ weightInitMean: recorded['weight_init_mean'], weightInitStd: recorded['weight_init_std'] },
    };
    const ours =
      name === 'default'
        ? [stdpConfigDefaults]
        : [name, name.toUpperCase()].map((word) => stdpConfigFromPaper(word as 'igarss2023'));
    for (const config of ours) expect(config).toEqual(wanted);
  }
}

/**
 * The peer takes the multiplicative rule whatever was asked for, averages over the updates of all maps, and moves fields
 * that are cut off at the top or left. Here each map averages its own, with the rule that was asked for.
 */
async function batchUpdate(golden: GoldenCase): Promise<void> {
  const { params, inputs, expected } = golden;
  const plain = unmetered(golden);
  const order = [2, 3, 1, 0];
  const w = goldenTensor(inputs.weights, order);
  const [pre, post] = [goldenTensor(inputs.pre_spike_times, NHWC), goldenTensor(inputs.post_spike_times, NHWC)];
  const mask = inputs.winner_mask === null ? undefined : goldenTensor(inputs.winner_mask, NHWC);
  const { etaPlus, etaMinus } = rates(golden);
  for (const variant of new Set([params.variant as string, 'additive', 'multiplicative'])) {
    const owner = new STDPLearner({ etaPlus, etaMinus, weightDependence: weightDependence(variant) });
    const delta = await owner.computeBatchUpdate(w, pre, post, mask);
    const right = learnerLoops.batchRight(plain, variant);
    await expectClose(delta, { ...right, dtype: 'float64' }, 1e-6, order);
    expect(owner.convergenceHistory).toEqual([await computeConvergenceMetric(tf.add(w, delta))]);
  }
  await mapsInside(golden, await new STDPLearner({ etaPlus, etaMinus }).computeBatchUpdate(w, pre, post, mask));
  const theirs = tf.add(w, goldenTensor(expected.delta, order));
  expectNumber(await computeConvergenceMetric(theirs), expected.convergence_history[0]);
  expect(expected.convergence_history).toHaveLength(1);
}

/** Maps whose fields all lie in the image agree with the peer, but for its average over the updates of all maps. */
async function mapsInside(golden: GoldenCase, delta: tf.Tensor): Promise<void> {
  const plain = unmetered(golden);
  const active = learnerLoops.learning(plain);
  for (let map = 0; map < plain.inputs.weights.shape[0]; map++) {
    const own = active.filter(({ channel }) => channel === map);
    if (!own.every((neuron) => learnerLoops.isInside(plain, neuron))) continue;
    const share = own.length === 0 ? 1 : own.length / active.length;
    await expectClose(tf.mul(tf.gather(delta, map, 3), share), at(golden.expected.delta, map), single, HWC);
  }
}

export const forms: readonly Form[] = [
  { cases: 'spikeseg_update__', check: update, loops: loops.updates },
  { cases: 'spikeseg_first_times__', check: firstTimes, loops: loops.firstTimes },
  { cases: 'spikeseg_receptive_field__', check: fields, loops: loops.fields },
  { cases: 'spikeseg_convergence__', check: convergence, loops: loops.convergence },
  { cases: learner.cases, check: winners, loops: learnerLoops.learner },
  { cases: 'spikeseg_config__', check: configurations, loops: loops.configurations },
  { cases: 'spikeseg_batch_update__', check: batchUpdate, loops: learnerLoops.batchUpdate },
];
