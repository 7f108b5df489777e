import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../src/core/random.js';
import { scan } from '../../src/core/scan.js';

const numbers = async (tensor: tf.Tensor) => [...(await tensor.data())];

describe('scan', () => {
  it.each([1, 2, 3, 7, 8, 100])('equals a plain loop over %d steps', async (steps) => {
    const xs = tf.tensor(randomUniform(steps * 2, 1), [steps, 2]);
    const [carry, ys] = scan(
      (sum: tf.Tensor, x: tf.Tensor) => {
        const next = tf.add(tf.mul(sum, 0.5), x);
        return [next, { next, first: tf.slice(next, 0, 1) }];
      },
      tf.tensor1d([1, 2]),
      xs,
    );
    const sums: number[][] = [];
    let sum = [1, 2];
    for (const row of (await xs.array()) as number[][]) {
      sum = sum.map((value, index) => Math.fround(Math.fround(value * 0.5) + (row[index] ?? 0)));
      sums.push(sum);
    }
    expect(ys.next.shape).toEqual([steps, 2]);
    expect(ys.first.shape).toEqual([steps, 1]);
    expect(await ys.next.array()).toEqual(sums);
    expect(await ys.first.array()).toEqual(sums.map(([first]) => [first]));
    expect(await carry.array()).toEqual(sum);
  });

  it('takes records and lists of series, and a record as carry', async () => {
    const [carry, ys] = scan(
      ({ a, count }: { a: tf.Tensor; count: tf.Tensor }, { x, pair: [y, z] }: { x: tf.Tensor; pair: [tf.Tensor, tf.Tensor] }) => [
        { a: tf.add(a, tf.mul(x, y)), count: tf.add(count, 1) },
        z,
      ],
      { a: tf.scalar(0), count: tf.scalar(0) },
      { x: tf.tensor1d([1, 2, 3]), pair: [tf.tensor1d([4, 5, 6]), tf.tensor2d([[7], [8], [9]])] },
    );
    expect([...(await numbers(carry.a)), ...(await numbers(carry.count))]).toEqual([4 + 10 + 18, 3]);
    expect(await ys.array()).toEqual([[7], [8], [9]]);
  });

  it('takes plain arrays, and leaves nothing of them', async () => {
    const init = tf.scalar(1);
    const before = tf.memory().numTensors;
    const [carry, ys] = scan((product: tf.Tensor, x: unknown) => [tf.mul(product, x as tf.Tensor), null], init, [2, 3, 4]);
    expect(await numbers(carry)).toEqual([24]);
    expect(ys).toBeNull();
    expect(tf.memory().numTensors).toBe(before + 1);
  });

  it('keeps dtypes and values of bool ys', async () => {
    const [, ys] = scan((sum: tf.Tensor, x: tf.Tensor) => [sum, tf.greater(x, 2)], tf.scalar(0), tf.tensor1d([1, 2, 3]));
    expect([ys.dtype, await numbers(ys)]).toEqual(['bool', [0, 0, 1]]);
  });

  it('without steps returns the initial carry, anew, and no ys', async () => {
    const init = tf.tensor1d([1, 2]);
    const [carry, ys] = scan((sum: tf.Tensor, x: tf.Tensor) => [tf.add(sum, x), x], init, tf.zeros([0, 2]));
    init.dispose();
    expect(await numbers(carry)).toEqual([1, 2]);
    expect(ys).toBeNull();
  });

  it('changes neither init nor xs, also when step returns its arguments', async () => {
    const init = tf.scalar(5);
    const xs = tf.tensor1d([1, 2]);
    const [carry, ys] = scan((sum: tf.Tensor, x: tf.Tensor) => [sum, x], init, xs);
    tf.dispose([init, xs]);
    expect([...(await numbers(carry)), ...(await numbers(ys))]).toEqual([5, 1, 2]);
  });

  it('lets a step drop what no later one needs', async () => {
    const [carry] = scan(
      ({ sum }: { sum: tf.Tensor; first?: tf.Tensor }, x: tf.Tensor) => [{ sum: tf.add(sum, x) }, null],
      { sum: tf.scalar(0), first: tf.scalar(1) },
      tf.tensor1d([1, 2]),
    );
    expect(Object.keys(carry)).toEqual(['sum']);
    expect(await numbers(carry.sum)).toEqual([3]);
  });

  it('names what is wrong with xs', () => {
    const step = (carry: tf.Tensor): [tf.Tensor, null] => [carry, null];
    expect(() => scan(step, tf.scalar(0), { a: tf.zeros([3, 1]), b: tf.zeros([4]) })).toThrow(
      'scan: xs has leading axes 3 and 4, which must agree',
    );
    expect(() => scan(step, tf.scalar(0), tf.scalar(1))).toThrow('scan: xs needs at least one tensor with a leading time axis');
    expect(() => scan(step, tf.scalar(0), 'spikes')).toThrow('scan: xs needs at least one tensor with a leading time axis');
  });
});

describe('scan and memory', () => {
  const live = (y: (x: tf.Tensor) => tf.Tensor | null) => {
    const seen: number[] = [];
    const xs = tf.ones([1000, 3]);
    const before = tf.memory().numTensors;
    const result = scan(
      (sum: tf.Tensor, x: tf.Tensor) => {
        const next = tf.add(tf.mul(sum, 0.9), tf.square(x));
        seen.push(tf.memory().numTensors);
        return [next, y(x)];
      },
      tf.zeros([3]),
      xs,
    );
    return { seen, result, left: tf.memory().numTensors - before };
  };

  it('holds as many tensors at the last of 1000 steps as at the first when y is null', () => {
    const { seen, left } = live(() => null);
    expect(seen).toHaveLength(1000);
    expect(new Set(seen).size).toBe(1);
    // The carry, and init, which is the caller's.
    expect(left).toBe(2);
  });

  it('gathers ys in at most log₂ T more', () => {
    const { seen, left, result } = live((x) => tf.neg(x));
    const first = seen[0] ?? 0;
    expect(Math.max(...seen) - first).toBeLessThanOrEqual(Math.ceil(Math.log2(1000)));
    expect(result[1]?.shape).toEqual([1000, 3]);
    expect(left).toBe(3);
  });

  it('leaves nothing when a step fails', () => {
    const init = tf.scalar(0);
    const before = tf.memory().numTensors;
    const failing = () => {
      let time = 0;
      scan(
        (sum: tf.Tensor) => {
          if (time++ === 5) throw new Error('step 5');
          return [tf.add(sum, 1), tf.neg(sum)];
        },
        init,
        Array.from({ length: 10 }, (_, index) => index),
      );
    };
    expect(failing).toThrow('step 5');
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('gradients through scan', () => {
  it('of xₜ₊₁ = a·xₜ + bₜ: dx_T/da, dx_T/dx₀ and dx_T/db are those of the closed form', async () => {
    const steps = 20;
    const [a, x0] = [0.9, 2];
    const b = randomUniform(steps, 3);
    const last = (rate: tf.Tensor, start: tf.Tensor, inputs: tf.Tensor) =>
      tf.sum(scan((x: tf.Tensor, input: tf.Tensor) => [tf.add(tf.mul(rate, x), input), null], start, inputs)[0]) as tf.Scalar;
    const before = tf.memory().numTensors;
    const args = [tf.scalar(a), tf.scalar(x0), tf.tensor1d(b)];
    const [dRate, dStart, dInputs] = tf.grads(last)(args);
    expect(tf.memory().numTensors).toBe(before + 6);
    // x_T = a^T x₀ + Σ a^(T−1−t) b_t
    const wanted = b.reduce((sum, input, t) => sum + (t < steps - 1 ? (steps - 1 - t) * a ** (steps - 2 - t) * input : 0), 0);
    expect((await dRate?.data())?.[0]).toBeCloseTo(steps * a ** (steps - 1) * x0 + wanted, 3);
    expect((await dStart?.data())?.[0]).toBeCloseTo(a ** steps, 6);
    (await dInputs?.data())?.forEach((value, t) => {
      expect(value).toBeCloseTo(a ** (steps - 1 - t), 5);
    });
  });

  it('reach the ys as well', async () => {
    const total = (start: tf.Tensor) => tf.sum(scan((x: tf.Tensor) => [tf.mul(x, 2), x], start, tf.zeros([4]))[1]) as tf.Scalar;
    // 1 + 2 + 4 + 8
    expect(await numbers(tf.grad(total)(tf.scalar(1)))).toEqual([15]);
  });
});

describe('what scan refuses', () => {
  const sum = (carry: unknown, _: unknown) => [carry, null] as const;
  const around: unknown[] = [];
  around.push(around);
  const twice: unknown[] = [];
  twice.push(twice, twice);
  const record: { [name: string]: unknown } = {};
  record['c'] = record;
  const deep = Array.from({ length: 20_000 }).reduce<unknown>((inner) => [inner], 1);
  const endless = 'lies within itself, or is more than 64 levels deep';

  it.each<[string, unknown, string]>([
    ['a list', around, `scan: 0.0.0 ${endless}`],
    ['a list, twice', twice, `scan: 0.0.0 ${endless}`],
    ['a list in a record', { pre: around }, `scan: pre.0.0 ${endless}`],
    ['a record', record, `scan: c.c.c ${endless}`],
    ['many lists', { pre: deep }, `scan: pre.0.0 ${endless}`],
  ])('%s that has no end, as series or carry', (_, given, message) => {
    const before = tf.memory().numTensors;
    expect(() => scan(sum, tf.scalar(0), given)).toThrow(message);
    expect(() => scan(sum, given, [1, 2])).toThrow(`scan: the record ${endless}`);
    expect(() => scan(() => [given, null] as const, tf.scalar(0) as unknown, [1, 2])).toThrow(message);
    expect(tf.memory().numTensors).toBeLessThanOrEqual(before + 3); // the scalars of the test
  });

  it('a scalar tensor beside series', () => {
    expect(() => scan(sum, 0, { a: tf.tensor1d([1, 2]), b: tf.scalar(1) })).toThrow(
      'scan: xs holds a scalar tensor, which has no leading time axis',
    );
  });
});

it('goes through a batch of none, as tfjs stacked it', () => {
  const [carry] = scan((sum: tf.Tensor) => [sum, null], tf.scalar(0), tf.stack([tf.zeros([0, 2]), tf.zeros([0, 2])]));
  expect(carry.shape).toEqual([]);
  const [, ys] = scan((sum: tf.Tensor, x: tf.Tensor) => [sum, tf.add(x, 1)], tf.scalar(0), tf.zeros([4, 0, 2]));
  const [, again] = scan((sum: tf.Tensor, x: tf.Tensor) => [sum, x], tf.scalar(0), ys);
  expect((again as unknown as tf.Tensor).shape).toEqual([4, 0, 2]);
});
