import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../src/core/random.js';
import { computeStdpBatchUpdate } from '../../src/rules/latency/computeStdpBatchUpdate.js';
import { computeStdpUpdate } from '../../src/rules/latency/computeStdpUpdate.js';
import { extractReceptiveFieldTimes } from '../../src/traces/receptiveFieldTimes.js';

const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());
const never = Number.POSITIVE_INFINITY;

const uniform = (shape: number[], seed: number): tf.Tensor => tf.tensor(randomUniform(tf.util.sizeFromShape(shape), seed), shape);
/** Integer times 0 … 7, those from 6 on never. */
const times = (shape: number[], seed: number): tf.Tensor => {
  const steps = tf.floor(tf.mul(uniform(shape, seed), 8));
  return tf.where(tf.less(steps, 6), steps, tf.fill(shape, never));
};

/** One output neuron learns: all others never fired. */
function onlyAt(shape: readonly number[], [y, x, map]: readonly [number, number, number], time: number): tf.Tensor {
  const buffer = tf.buffer([1, ...shape]);
  buffer.values.fill(never);
  buffer.set(time, 0, y, x, map);
  return buffer.toTensor();
}

describe('computeStdpBatchUpdate', () => {
  it.each([
    {
      kernel: 3,
      stride: 1,
      padding: 1,
      out: 6,
      positions: [
        [0, 0],
        [5, 5],
        [2, 0],
      ],
    },
    {
      kernel: 2,
      stride: 1,
      padding: 0,
      out: 5,
      positions: [
        [0, 0],
        [4, 4],
        [2, 3],
      ],
    },
    {
      kernel: 4,
      stride: 2,
      padding: 2,
      out: 4,
      positions: [
        [0, 0],
        [3, 3],
        [1, 2],
      ],
    },
    {
      kernel: 3,
      stride: 2,
      padding: 1,
      out: 3,
      positions: [
        [0, 0],
        [2, 2],
        [0, 1],
      ],
    },
  ] as const)('one update is computeStdpUpdate on its field: %j', async ({ kernel, stride, padding, out, positions }) => {
    const [w, pre] = [uniform([kernel, kernel, 2, 3], 1), times([6, 6, 2], 2)];
    for (const [y, x] of positions) {
      const post = onlyAt([out, out, 3], [y, x, 1], 3);
      const delta = await computeStdpBatchUpdate(w, pre, post, { stride, padding }, { etaPlus: 0.1 });
      const field = extractReceptiveFieldTimes(pre, y, x, kernel, stride, padding);
      const wanted = await values(computeStdpUpdate(tf.gather(w, 1, 3), field, 3, { etaPlus: 0.1 }));
      const found = await values(tf.gather(delta, 1, 3));
      for (const [index, value] of found.entries()) expect(value).toBeCloseTo(wanted[index] ?? Number.NaN, 6);
      expect(await values(tf.gather(delta, [0, 2], 3))).toEqual(found.flatMap(() => [0, 0]));
    }
  });

  it.each([
    ['same', 3, 1],
    ['same', 2, 1],
    ['same', 3, 2],
    ['valid', 3, 2],
    ['valid', 2, 1],
  ] as const)('without padding it lies as tf.conv2d with %s lays a kernel of %i at stride %i', async (pad, kernel, stride) => {
    // One input fires in time: the weights that are potentiated are those through which it reaches the output.
    const pre = onlyAt([6, 6, 1], [3, 2, 0], 0);
    const image = tf.cast(tf.isFinite(pre), 'float32') as tf.Tensor4D;
    for (let tap = 0; tap < kernel * kernel; tap++) {
      const filter = tf.reshape(tf.oneHot(tf.scalar(tap, 'int32'), kernel * kernel), [kernel, kernel, 1, 1]);
      const reached = tf.conv2d(image, tf.cast(filter, 'float32') as tf.Tensor4D, stride, pad);
      const post = tf.where(tf.cast(reached, 'bool'), tf.onesLike(reached), tf.fill(reached.shape, never));
      const delta = await values(await computeStdpBatchUpdate(tf.fill([kernel, kernel, 1, 1], 0.5), pre, post, { stride }));
      const isReached = (await values(reached)).some((value) => value > 0);
      expect(delta.map((value) => value > 0)).toEqual(delta.map((_, index) => isReached && index === tap));
    }
  });

  it('averages each map over its own updates: another map that fires changes nothing', async () => {
    const [w, pre] = [uniform([2, 2, 1, 2], 3), times([4, 4, 1], 4)];
    const alone = tf.stack([tf.ones([3, 3]), tf.fill([3, 3], never)], 2);
    const both = tf.ones([3, 3, 2]);
    const first = async (post: tf.Tensor) => values(tf.gather(await computeStdpBatchUpdate(w, pre, post), 0, 3));
    expect(await first(both)).toEqual(await first(alone));
  });

  it('only winners learn, and winners that never fired do not', async () => {
    const [w, pre] = [tf.fill([1, 1, 1, 1], 0.5), tf.tensor([0, 9], [1, 2, 1])];
    const post = tf.tensor([1, 1], [1, 2, 1]);
    const learn = async (mask: number[], at = post) =>
      (await values(await computeStdpBatchUpdate(w, pre, at, { winnerMask: tf.tensor(mask, [1, 2, 1]) })))[0];
    expect(await learn([1, 0])).toBeCloseTo(0.004 / 4, 7);
    expect(await learn([0, 1])).toBeCloseTo(-0.003 / 4, 7);
    expect(await learn([1, 1])).toBeCloseTo(0.001 / 8, 7);
    expect(await learn([1, 1], tf.tensor([never, 1], [1, 2, 1]))).toBeCloseTo(-0.003 / 4, 7);
  });

  it('keeps w + Δw in its bounds', async () => {
    const w = tf.tensor([0.3, 0.69, 0.9, 0.21], [1, 1, 1, 4]);
    const params = { wMin: 0.2, wMax: 0.7, etaPlus: 0.3, etaMinus: 0.3, weightDependence: 'additive' } as const;
    const post = tf.tensor([1, 1, 1, 0], [1, 1, 4]);
    const delta = await computeStdpBatchUpdate(w, tf.ones([1, 1, 1]), post, {}, params);
    for (const [index, value] of (await values(tf.add(w, delta))).entries()) {
      expect(value).toBeCloseTo([0.6, 0.7, 0.7, 0.2][index] ?? Number.NaN, 6);
    }
  });

  it('learns nothing from silence, not even a clamp', async () => {
    const w = tf.tensor([1.5, 0.5], [1, 1, 1, 2]);
    const silent = tf.fill([2, 2, 2, 2], never);
    expect(await values(await computeStdpBatchUpdate(w, tf.zeros([2, 2, 2, 1]), silent))).toEqual([0, 0]);
    expect(await values(await computeStdpBatchUpdate(w, tf.zeros([0, 2, 2, 1]), tf.zeros([0, 2, 2, 2])))).toEqual([0, 0]);
  });

  it('leaves only its result, and nothing when it refuses', async () => {
    const [w, pre, post] = [uniform([3, 3, 1, 2], 5), times([2, 5, 5, 1], 6), times([2, 5, 5, 2], 7)];
    const before = tf.memory().numTensors;
    await computeStdpBatchUpdate(w, pre, post);
    expect(tf.memory().numTensors).toBe(before + 1);
    await expect(computeStdpBatchUpdate(w, pre, post, { padding: 0 })).rejects.toThrow(
      "computeStdpBatchUpdate: postTimes [2, 5, 5, 2] don't fit preTimes [2, 5, 5, 1], w [3, 3, 1, 2], stride 1 and padding 0",
    );
    await expect(computeStdpBatchUpdate(w, pre, post, { stride: 2 })).rejects.toThrow("padding 'same' or 'valid'");
    await expect(computeStdpBatchUpdate(w, post, post)).rejects.toThrow(
      'preTimes has shape [2, 5, 5, 2], needs [B, height, width, 1]',
    );
    await expect(
      computeStdpBatchUpdate(
        w,
        pre,
        tf.tidy(() => tf.slice(post, 0, 1)),
      ),
    ).rejects.toThrow('needs [2, height, width, 2]');
    await expect(computeStdpBatchUpdate(w, pre, post, { stride: 0 })).rejects.toThrow('stride must be an integer ≥ 1, got 0');
    await expect(computeStdpBatchUpdate(w, pre, post, { padding: 0.5 })).rejects.toThrow(
      'padding must be an integer ≥ 0, got 0.5',
    );
    await expect(computeStdpBatchUpdate(w, pre, post, {}, { wMin: 1 })).rejects.toThrow('wMin must be below wMax, got 1 and 1');
    expect(tf.memory().numTensors).toBe(before + 2);
  });
});
