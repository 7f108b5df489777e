import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { heldSample, readHistory, sampleBefore } from '../../src/traces/history.js';
import { interpolate } from '../../src/traces/interpolate.js';
import { expectClose, type GoldenTensor, goldenCase, goldenTensor } from './load.js';

const { params, inputs, expected } = goldenCase('inferno_fn__interpolation');

describe('Inferno interpolation between two samples', () => {
  it.each([
    ['previous', 'previous'],
    ['next', 'next'],
    ['nearest', 'nearest'],
    ['linear', 'linear'],
    ['expdecay', 'expDecay'],
    ['expratedecay', 'expDecay'],
  ] as const)('%s', async (theirs, form) => {
    const [older, newer, elapsed] = [goldenTensor(inputs.prev), goldenTensor(inputs.next), goldenTensor(inputs.sample_at)];
    const times = { dt: params.step_time, tau: theirs === 'expratedecay' ? 1 / params.rate_constant : params.time_constant };
    await expectClose(interpolate(older, newer, elapsed, form, times), expected[theirs]);
  });
});

describe('a record read between two samples, as Inferno reads it', () => {
  // A time on a sample is that sample for us, and for Inferno's records, whatever the interpolation.
  const between = (series: GoldenTensor): GoldenTensor => {
    const data = series.data.filter((_, index) => !Number.isInteger(Number(inputs.sample_at.data[index])));
    return { ...series, data, shape: [data.length] };
  };
  const sampling = { dt: params.step_time, interpTolerance: 1e-6 };
  const record = () => tf.stack([goldenTensor(between(inputs.next)), goldenTensor(between(inputs.prev))], 0);
  const timesBack = () => tf.sub(params.step_time, goldenTensor(between(inputs.sample_at)));
  const read = (steps: tf.Tensor) => tf.squeeze(readHistory(tf.expandDims(record(), 0), steps), [0]);

  it.each(['previous', 'nearest'] as const)('%s', async (interpolation) => {
    expect(between(expected[interpolation]).data.length).toBeGreaterThan(2);
    await expectClose(read(heldSample(timesBack(), sampling, interpolation)), between(expected[interpolation]));
  });

  it('expdecay', async () => {
    const { steps, elapsed } = sampleBefore(timesBack(), sampling);
    const decayed = tf.mul(read(steps), tf.exp(tf.div(elapsed, -params.time_constant)));
    await expectClose(decayed, between(expected.expdecay));
  });
});
