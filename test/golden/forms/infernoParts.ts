import * as tf from '@tensorflow/tfjs-core';
import { type TraceMode, traceStep } from '../../../src/traces/exponentialTrace.js';
import { heldSample, historyLength, initHistory, pushHistory, readHistory, sampleBefore } from '../../../src/traces/history.js';
import { type Interpolation, interpolate } from '../../../src/traces/interpolate.js';
import { exponentialMean, runningMean } from '../../../src/traces/runningMean.js';
import { initSpikeAges, spikeAgesStep } from '../../../src/traces/spikeAges.js';
import { expectClose } from '../compare.js';
import type { Form } from '../form.js';
import { type GoldenCase, type GoldenTensor, goldenTensor } from '../load.js';
import * as loops from '../loops/infernoParts.js';
import { at, steps } from '../series.js';

const traceParams = (params: GoldenCase['params'], traceMode: TraceMode) => ({
  ...{ tau: params.time_constant, amplitude: params.amplitude, dt: params.dt, traceMode },
  integration: 'exact' as const,
});

/** The value of `step` after each step. */
function unrolled<T>(spikes: GoldenTensor, first: T, step: (before: T, now: tf.Tensor, time: number) => T): readonly T[] {
  let value = first;
  return steps(spikes).map((now, time) => {
    value = step(value, goldenTensor(now), time);
    return value;
  });
}

const swapped = (series: GoldenTensor, word: string, other: string): GoldenTensor => ({
  ...series,
  data: series.data.map((value) => (value === word ? other : value)),
});

async function reducers({ params, inputs, expected }: GoldenCase): Promise<void> {
  const shape = inputs.spikes.shape.slice(1);
  const compare = async (name: string, found: readonly tf.Tensor[], wanted: GoldenTensor = expected[name]) => {
    for (const [time, value] of found.entries()) await expectClose(value, at(wanted, time));
  };
  for (const mode of ['cumulative', 'nearest'] as const) {
    const trace = (before: tf.Tensor, now: tf.Tensor) => traceStep(before, now, traceParams(params, mode));
    await compare(mode, unrolled(inputs.spikes, tf.zeros(shape) as tf.Tensor, trace));
  }
  const ages = unrolled(inputs.spikes, initSpikeAges(shape), spikeAgesStep).map((age) => tf.mul(age, params.dt));
  await compare('event_age_inf', ages);
  // Before the first event an age is Infinity here.
  await compare('event_age_nan', ages, swapped(expected.event_age_nan, 'NaN', 'Infinity'));
  const mean = unrolled(inputs.spikes, tf.zeros(shape) as tf.Tensor, (before, now, time) => runningMean(before, now, time + 1));
  await compare('cumulative_average', mean);
  const weighted = unrolled(inputs.spikes, goldenTensor(at(inputs.spikes, 0)), (before, now, time) =>
    time === 0 ? before : exponentialMean(before, now, params.ema_alpha),
  );
  await compare('ema', weighted);
}

async function viewAtDelay({ params, inputs, expected }: GoldenCase): Promise<void> {
  const shape = inputs.spikes.shape.slice(1);
  const length = historyLength(params.duration, params.dt);
  const { steps: back, elapsed } = sampleBefore(goldenTensor(inputs.time), { dt: params.dt, interpTolerance: params.tolerance });
  const record = (first: tf.Tensor, fill: number, step: (before: tf.Tensor, now: tf.Tensor) => tf.Tensor, factor: number) =>
    unrolled(inputs.spikes, first, step).reduce(
      (history, value) => pushHistory(history, tf.expandDims(tf.mul(value, factor), -1)),
      initHistory([...shape, 1], length, fill),
    );
  const traces = record(tf.zeros(shape), 0, (before, now) => traceStep(before, now, traceParams(params, 'cumulative')), 1);
  await expectClose(tf.mul(readHistory(traces, back), tf.exp(tf.div(elapsed, -params.time_constant))), expected.trace);
  const ages = record(initSpikeAges(shape), Number.POSITIVE_INFINITY, spikeAgesStep, params.dt);
  await expectClose(tf.add(readHistory(ages, back), elapsed), swapped(expected.event, 'NaN', 'Infinity'));
}

const interpolations: Readonly<Record<string, Interpolation>> = {
  ...{ previous: 'previous', next: 'next', nearest: 'nearest', linear: 'linear' },
  ...{ expdecay: 'expDecay', expratedecay: 'expDecay' },
};

async function interpolation({ params, inputs, expected }: GoldenCase): Promise<void> {
  const [older, newer, elapsed] = [goldenTensor(inputs.prev), goldenTensor(inputs.next), goldenTensor(inputs.sample_at)];
  const dt: number = params.step_time;
  for (const [theirs, form] of Object.entries(interpolations)) {
    const tau = theirs === 'expratedecay' ? 1 / params.rate_constant : params.time_constant;
    await expectClose(interpolate(older, newer, elapsed, form, { dt, tau }), expected[theirs]);
  }
  await fromRecords({ params, inputs, expected } as GoldenCase);
}

/** The same read from a record of two samples. A time on a sample is that sample there, whatever the interpolation. */
async function fromRecords({ params, inputs, expected }: GoldenCase): Promise<void> {
  const dt: number = params.step_time;
  const between = (series: GoldenTensor): GoldenTensor => {
    const data = series.data.filter((_, index) => !Number.isInteger(Number(inputs.sample_at.data[index]) / dt));
    return { ...series, data, shape: [data.length] };
  };
  if (between(inputs.sample_at).data.length === 0) return;
  const sampling = { dt, interpTolerance: 1e-6 };
  const record = tf.stack([goldenTensor(between(inputs.next)), goldenTensor(between(inputs.prev))], 0);
  const timesBack = tf.sub(dt, goldenTensor(between(inputs.sample_at)));
  const readBack = (back: tf.Tensor) => tf.squeeze(readHistory(tf.expandDims(record, 0), back), [0]);
  for (const name of ['previous', 'nearest'] as const)
    await expectClose(readBack(heldSample(timesBack, sampling, name)), between(expected[name]));
  const { steps: back, elapsed } = sampleBefore(timesBack, sampling);
  await expectClose(tf.mul(readBack(back), tf.exp(tf.div(elapsed, -params.time_constant))), between(expected.expdecay));
}

export const forms: readonly Form[] = [
  { cases: 'inferno_reducers__', when: ({ inputs }) => inputs.time === undefined, check: reducers, loops: loops.reducers },
  { cases: 'inferno_reducers__', when: ({ inputs }) => inputs.time !== undefined, check: viewAtDelay, loops: loops.viewAtDelay },
  { cases: 'inferno_fn__interpolation', check: interpolation, loops: loops.interpolation },
];
