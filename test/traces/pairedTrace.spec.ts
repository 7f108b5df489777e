import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { kernelsOnHost } from '../../src/kernels/tensors/current.js';
import { pairedTraceStep, traceSource } from '../../src/traces/pairedTrace.js';
import { perOutput, traceConstants, traceStep } from '../../src/traces/unchecked/exponentialTrace.js';

const spikes = [
  [1, 0, 1],
  [0.5, 0, 0],
  [0, 0, 1],
  [1, 0, 1],
];
const others = [
  [0, 1, 0],
  [1, 0, 0],
  [0, 0, 1],
  [0, 1, 0],
];
const [tau, amplitude, dt] = [4, 0.5, 1];

/** One trace after the other, in plain numbers: what is read, and what remains. */
function plain(trace: number, own: number, other: number, nearest: boolean, present: boolean): readonly [number, number] {
  const decayed = trace * Math.exp(-dt / tau);
  const after = (old: number) => (nearest && own !== 0 ? 0 : old) + amplitude * own;
  if (present) return [after(decayed), other === 0 ? after(decayed) : 0];
  return [decayed, after(other === 0 ? decayed : 0)];
}

describe.each(['cumulative', 'nearest'] as const)('%s', (traceMode) => {
  it.each([true, false])('reads once per spike of the other layer, the present spikes in it: %s', async (present) => {
    let trace: tf.Tensor = tf.tensor1d([0.25, 1, 0]);
    let wanted = [0.25, 1, 0];
    for (const [index, z] of spikes.entries()) {
      const other = others[index] ?? [];
      const source = traceSource(tf.tensor1d(z), { tau, amplitude, dt, integration: 'exact' });
      const [value, next] = pairedTraceStep(trace, source, tf.tensor1d(other), { traceMode, present });
      const steps = wanted.map((old, neuron) => plain(old, z[neuron] ?? 0, other[neuron] ?? 0, traceMode === 'nearest', present));
      expect(Array.from(await value.data())).toEqual(steps.map(([read]) => expect.closeTo(read, 6)));
      expect(Array.from(await next.data())).toEqual(steps.map(([, kept]) => expect.closeTo(kept, 6)));
      [trace, wanted] = [next, steps.map(([, kept]) => kept)];
    }
  });
});

it('a value per output lies along the last axis, any other stays', () => {
  expect(perOutput([1, 2], tf.zeros([4, 3, 2])).shape).toEqual([1, 1, 2]);
  expect(perOutput(5, tf.zeros([4, 2])).shape).toEqual([]);
  expect(perOutput(tf.ones([3, 2]), tf.zeros([4, 3, 2])).shape).toEqual([3, 2]);
});

describe('a trace on the kernels', () => {
  const params = { tau: 4, amplitude: 0.5, dt: 1, traceMode: 'nearest', integration: 'exact' } as const;
  const f32 = Math.fround;

  it('has a law of single numbers only', () => {
    expect(traceConstants(params)).toEqual({ decay: f32(Math.exp(-0.25)), height: 0.5, nearest: true });
    expect(traceConstants({ ...params, integration: 'euler', traceMode: 'cumulative' })).toEqual({
      decay: 0.75,
      height: 0.125,
      nearest: false,
    });
    expect(traceConstants({ ...params, tau: [4, 4] })).toBeUndefined();
    expect(traceConstants({ ...params, amplitude: tf.scalar(1) })).toBeUndefined();
  });

  it('takes one pass over a trace of the shape of its spikes, and is composed where they broadcast', async () => {
    const names = async (trace: readonly number[], spikes: readonly number[]) =>
      (await tf.profile(() => traceStep(tf.ones([...trace]), tf.ones([...spikes]), params))).kernelNames;
    const isOnHost = kernelsOnHost();
    expect((await names([2, 3], [2, 3])).includes('Multiply')).toBe(!isOnHost);
    expect(await names([1, 3], [2, 3])).toContain('Multiply');
  });
});
