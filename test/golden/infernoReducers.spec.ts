import * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import type { TraceMode } from '../../src/traces/exponentialTrace.js';
import { traceStep } from '../../src/traces/exponentialTrace.js';
import { historyLength, initHistory, pushHistory, readHistory, sampleBefore } from '../../src/traces/history.js';
import { exponentialMean, runningMean } from '../../src/traces/runningMean.js';
import { initSpikeAges, spikeAgesStep } from '../../src/traces/spikeAges.js';
import { expectClose, type GoldenCase, type GoldenTensor, goldenCase, goldenTensor } from './load.js';
import { at } from './series.js';

const steps = (series: GoldenTensor) => Array.from({ length: series.shape[0] ?? 0 }, (_, time) => time);
const traceParams = (params: GoldenCase['params'], traceMode: TraceMode) => ({
  tau: params.time_constant,
  amplitude: params.amplitude,
  dt: params.dt,
  traceMode,
  integration: 'exact' as const,
});

describe('Inferno reducers', () => {
  const { params, inputs, expected } = goldenCase('inferno_reducers__0');

  it.each(['cumulative', 'nearest'] as const)('%s trace', async (mode) => {
    let trace: tf.Tensor = tf.zeros([2, 3]);
    for (const time of steps(inputs.spikes)) {
      trace = traceStep(trace, goldenTensor(at(inputs.spikes, time)), traceParams(params, mode));
      await expectClose(trace, at(expected[mode], time));
    }
  });

  it('age since the last event, Infinity before the first', async () => {
    let ages = initSpikeAges([2, 3]);
    for (const time of steps(inputs.spikes)) {
      ages = spikeAgesStep(ages, goldenTensor(at(inputs.spikes, time)));
      await expectClose(tf.mul(ages, params.dt), at(expected.event_age_inf, time));
    }
  });

  it('running mean and exponential mean', async () => {
    let mean: tf.Tensor = tf.zeros([2, 3]);
    let weighted = goldenTensor(at(inputs.spikes, 0));
    for (const time of steps(inputs.spikes)) {
      const spikes = goldenTensor(at(inputs.spikes, time));
      mean = runningMean(mean, spikes, time + 1);
      if (time > 0) weighted = exponentialMean(weighted, spikes, params.ema_alpha);
      await expectClose(mean, at(expected.cumulative_average, time));
      await expectClose(weighted, at(expected.ema, time));
    }
  });
});

describe('Inferno view at a delay', () => {
  const { params, inputs, expected } = goldenCase('inferno_reducers__view_at_delay');
  const sampling = { dt: params.dt, interpTolerance: params.tolerance };
  const length = historyLength(params.duration, params.dt);
  const sample = () => sampleBefore(goldenTensor(inputs.time), sampling);

  it('a trace decays from the older sample', async () => {
    let trace: tf.Tensor = tf.zeros([2, 3]);
    let history = initHistory([2, 3, 1], length);
    for (const time of steps(inputs.spikes)) {
      trace = traceStep(trace, goldenTensor(at(inputs.spikes, time)), traceParams(params, 'cumulative'));
      history = pushHistory(history, tf.expandDims(trace, 2));
    }
    const { steps: back, elapsed } = sample();
    const decay = tf.exp(tf.div(elapsed, -params.time_constant));
    await expectClose(tf.mul(readHistory(history, back), decay), expected.trace);
  });

  it('an age grows from the older sample; before the first event it is Infinity, where the peer has NaN', async () => {
    let ages = initSpikeAges([2, 3]);
    let history = initHistory([2, 3, 1], length, Number.POSITIVE_INFINITY);
    for (const time of steps(inputs.spikes)) {
      ages = spikeAgesStep(ages, goldenTensor(at(inputs.spikes, time)));
      history = pushHistory(history, tf.expandDims(tf.mul(ages, params.dt), 2));
    }
    const event: GoldenTensor = expected.event;
    const never = { ...event, data: event.data.map((value) => (value === 'NaN' ? 'Infinity' : value)) };
    const { steps: back, elapsed } = sample();
    await expectClose(tf.add(readHistory(history, back), elapsed), never);
  });
});
