import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../src/core/random.js';
import { useKernels } from '../../src/kernels/tensors/current.js';
import { addSpikes, decayTrace, type TraceParams, traceStep } from '../../src/traces/exponentialTrace.js';
import { kernelsWanted } from '../target.js';

const params: TraceParams = { tau: 20, amplitude: 1.5, dt: 2, traceMode: 'cumulative', integration: 'exact' };
const close = async (actual: tf.Tensor, wanted: readonly number[]) => {
  const got = await actual.data();
  expect(got).toHaveLength(wanted.length);
  for (const [index, value] of wanted.entries()) expect(got[index]).toBeCloseTo(value, 6);
};

describe('decayTrace', () => {
  it('exact: x·exp(−dt/τ); euler: x·(1 − dt/τ)', async () => {
    const trace = tf.tensor1d([1, 3]);
    await close(decayTrace(trace, params), [Math.exp(-0.1), 3 * Math.exp(-0.1)]);
    await close(decayTrace(trace, { ...params, integration: 'euler' }), [0.9, 2.7]);
  });

  it('never decays with τ = ∞, and overshoots with Euler when dt > τ', async () => {
    for (const integration of ['exact', 'euler'] as const) {
      await close(decayTrace(tf.tensor1d([2]), { ...params, integration, tau: Number.POSITIVE_INFINITY }), [2]);
    }
    await close(decayTrace(tf.tensor1d([2]), { ...params, integration: 'euler', tau: 1 }), [-2]);
  });

  it('takes one τ per neuron along the last axis, as an array or a tensor', async () => {
    const trace = tf.ones([2, 3]);
    const taus = [1, 10, Number.POSITIVE_INFINITY];
    for (const tau of [taus, tf.tensor1d(taus)]) {
      const exact = taus.map((value) => Math.exp(-2 / value));
      await close(decayTrace(trace, { ...params, tau }), [...exact, ...exact]);
      const euler = taus.map((value) => 1 - 2 / value);
      await close(decayTrace(trace, { ...params, tau, integration: 'euler' }), [...euler, ...euler]);
    }
  });
});

describe('addSpikes', () => {
  it('cumulative: a spike adds a (exact) or a·dt/τ (Euler); graded spikes count in full', async () => {
    const spikes = () => tf.tensor1d([0, 1, 0.5, -2]);
    await close(addSpikes(tf.tensor1d([1, 1, 1, 1]), spikes(), params), [1, 2.5, 1.75, -2]);
    await close(addSpikes(tf.tensor1d([1, 1, 1, 1]), spikes(), { ...params, integration: 'euler' }), [1, 1.15, 1.075, 0.7]);
  });

  it('nearest: a spike sets the trace to a·z, whatever it was', async () => {
    const nearest = { ...params, traceMode: 'nearest' } as const;
    await close(addSpikes(tf.tensor1d([1, 1, 9]), tf.tensor1d([0, 1, 0.5]), nearest), [1, 1.5, 0.75]);
    await close(addSpikes(tf.tensor1d([1, 9]), tf.tensor1d([0, 1]), { ...nearest, integration: 'euler' }), [1, 0.15]);
  });

  it.each([
    ['cumulative', [1, 1]],
    ['nearest', [1, 0]],
  ] as const)('%s: gradients reach the spikes and the trace before them', async (traceMode, wanted) => {
    const [dTrace, dSpikes] = tf.grads((trace, spikes) => tf.sum(addSpikes(trace, spikes, { ...params, traceMode })))([
      tf.tensor1d([2, 3]),
      tf.tensor1d([0, 1]),
    ]);
    await close(dTrace ?? tf.zeros([0]), wanted);
    await close(dSpikes ?? tf.zeros([0]), [1.5, 1.5]);
  });

  it('takes one amplitude per channel', async () => {
    const spikes = tf.ones([1, 1, 2, 2]);
    await close(addSpikes(tf.zeros([1, 1, 2, 2]), spikes, { ...params, amplitude: [1, 2] }), [1, 2, 1, 2]);
  });
});

describe('traceStep', () => {
  it.each(['cumulative', 'nearest'] as const)(
    '%s: over a spike train it is the sum (the last term) of a·exp(−age/τ)',
    async (traceMode) => {
      const spikes = Array.from(randomUniform(40, 11), (value) => (value < 0.2 ? 1 : 0));
      let trace: tf.Tensor = tf.zeros([1]);
      spikes.forEach((spike) => {
        trace = traceStep(trace, tf.tensor1d([spike]), { ...params, traceMode });
      });
      const kernels = spikes.flatMap((spike, time) => (spike === 0 ? [] : [1.5 * Math.exp((-2 * (39 - time)) / 20)]));
      const wanted = traceMode === 'nearest' ? kernels.at(-1) : kernels.reduce((sum, kernel) => sum + kernel, 0);
      expect(kernels.length).toBeGreaterThan(3);
      await close(trace, [wanted ?? Number.NaN]);
    },
  );

  it('stays zero in silence, and leaves exactly what it returns', async () => {
    const [trace, silence] = [tf.zeros([2, 3]), tf.zeros([2, 3])];
    const before = tf.memory().numTensors;
    const next = traceStep(trace, silence, { ...params, tau: [1, 2, 3], traceMode: 'nearest', integration: 'euler' });
    expect(tf.memory().numTensors).toBe(before + 1);
    await close(next, [0, 0, 0, 0, 0, 0]);
  });
});

describe('what comes to a trace', () => {
  it('a mask that was cast counts as the floats it says it is, with kernels and without', async () => {
    const v = Array.from({ length: 64 }, (_, index) => index / 64);
    const wanted = v.map((value) => 2 * Math.exp(-0.1) + (value > 0.5 ? 1.5 : 0));
    for (const kernels of [true, false]) {
      useKernels(kernels);
      try {
        const mask = tf.cast(tf.greater(tf.tensor1d(v), 0.5), 'float32');
        await close(traceStep(tf.fill([64], 2), mask, params), wanted);
        await close(
          traceStep(mask, tf.zeros([64]), params),
          v.map((value) => (value > 0.5 ? Math.exp(-0.1) : 0)),
        );
      } finally {
        useKernels(kernelsWanted);
      }
    }
  });

  const step = (changes: object, trace: tf.TensorLike = [1, 1], spikes: tf.TensorLike = [1, 0]) =>
    traceStep(trace, spikes, { ...params, ...changes });
  it.each([
    [{ integration: 'Exact' }, `traceStep: integration must be one of 'exact', 'euler', got "Exact"`],
    [{ traceMode: 'latest' }, `traceStep: traceMode must be one of 'cumulative', 'nearest', got "latest"`],
    [{ tau: -1 }, 'traceStep: tau must be a positive number of ms, got -1'],
    [{ tau: [20, 20, 20] }, 'traceStep: tau has 3 values, the layer has 2 neurons'],
    [
      { dt: 41, integration: 'euler' },
      "traceStep: tau must be at least half of dt = 41 ms, or Euler's steps grow without end, got 20",
    ],
    [{ amplitude: undefined }, 'traceStep: amplitude must be a finite number, got undefined'],
    [{ tua: 3 }, 'traceStep: tua is not a parameter; known are tau, amplitude, dt, traceMode, integration'],
  ])('params %j are refused by name', (changes, message) => {
    expect(() => step(changes)).toThrow(message);
    expect(step({}).shape).toEqual([2]);
  });

  it('shapes must agree, and nothing is read of what was disposed', () => {
    const gone = tf.ones([2]);
    tf.clone(gone); // the values live on
    gone.dispose();
    expect(() => step({}, [1], [1, 0])).toThrow('traceStep: spikes has shape [2], trace has [1]');
    expect(() => traceStep(gone, [1, 0], params)).toThrow('traceStep: trace was disposed, or given away by a donated step');
    expect(() => decayTrace([[1]], { ...params, tau: tf.scalar(-1) })).toThrow('decayTrace: tau must be a positive number of ms');
    expect(() => decayTrace([1], null as unknown as TraceParams)).toThrow('decayTrace: params must be a record, got null');
  });

  it('a tensor among the params is looked at in each step', () => {
    const changing = { ...params, tau: tf.tensor1d([20, 10]) };
    expect(traceStep([1, 1], [0, 0], changing).shape).toEqual([2]);
    changing.tau.dispose();
    expect(() => traceStep([1, 1], [0, 0], changing)).toThrow('traceStep: tau was disposed');
  });

  it('a hundred silent Euler steps of a trace that was allowed stay finite', async () => {
    let trace: tf.Tensor = tf.tensor1d([1]);
    for (let time = 0; time < 103; time++) trace = decayTrace(trace, { ...params, tau: 1, integration: 'euler' }); // dt = 2 ms
    await close(trace, [-1]);
  });
});
