import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { generateDigits } from '../../../src/data/digits.js';
import { encodeImages } from '../../../src/networks/latency/encodeImages.js';
import { encoderDefaults } from '../../../src/networks/latency/spec/networkSpec.js';

const digits = generateDigits(103, 1);

it('encodes every image by itself, in both polarities, the strongest contrast first', async () => {
  const done: number[] = [];
  const times = await encodeImages(digits, 28, 28, encoderDefaults, (count) => done.push(count));
  expect({ ...times, values: times.values.length }).toEqual({
    values: 103 * 28 * 28 * 2,
    count: 103,
    height: 28,
    width: 28,
    channels: 2,
    steps: 15,
  });
  expect(done).toEqual([100, 103]);
  const size = 28 * 28 * 2;
  const last = await encodeImages({ pixels: digits.pixels.subarray(102 * 784), count: 1 }, 28, 28, encoderDefaults);
  expect(times.values.subarray(102 * size)).toEqual(last.values);
  for (const channel of [0, 1]) expect(last.values.some((time, index) => index % 2 === channel && time < 15)).toBe(true);
  expect(Math.min(...last.values)).toBe(0);
  expect(Math.max(...last.values)).toBe(15);
});

it('fills its bins equally', async () => {
  const { values } = await encodeImages({ pixels: digits.pixels.subarray(0, 784), count: 1 }, 28, 28, encoderDefaults);
  const counts = Array.from({ length: 15 }, (_, bin) => values.filter((time) => time === bin).length);
  expect(new Set(counts.slice(0, 14)).size).toBe(1);
  expect(counts[0]).toBeGreaterThan(0);
});

it('is silent for blank images, black or white inside', async () => {
  const { values } = await encodeImages({ pixels: new Uint8Array(2 * 20 * 24), count: 2 }, 20, 24, encoderDefaults);
  expect(new Set(values)).toEqual(new Set([15]));
  const white = await encodeImages({ pixels: new Uint8Array(40 * 40).fill(255), count: 1 }, 40, 40, encoderDefaults);
  expect(white.values[2 * (20 * 40 + 20)]).toBe(15);
});

it('takes no images, and leaves no tensors', async () => {
  const before = tf.memory().numTensors;
  expect((await encodeImages({ pixels: new Uint8Array(), count: 0 }, 28, 28, encoderDefaults)).values.length).toBe(0);
  expect(tf.memory().numTensors).toBe(before);
});

it('takes the values of a table as features of one place, each in Gaussian fields', async () => {
  const encoder = { ...encoderDefaults, input: 'features', fields: 5, bins: 20 } as const;
  const values = Array.from({ length: 256 }, (_, value) => value);
  const times = await encodeImages({ pixels: Uint8Array.from(values), count: 2 }, 1, 128, encoder);
  expect({ ...times, values: undefined }).toEqual({
    count: 2,
    height: 1,
    width: 1,
    channels: 128 * 5,
    steps: 20,
    values: undefined,
  });
  const wanted = values.flatMap((value) =>
    [0, 0.25, 0.5, 0.75, 1].map((centre) => {
      const excited = Math.exp(-((value / 255 - centre) ** 2) / 2 / (0.25 / 1.5) ** 2);
      return excited < 0.1 ? 20 : Math.floor((1 - excited) * 20);
    }),
  );
  expect([...times.values]).toEqual(wanted);
  await expect(encodeImages({ pixels: new Uint8Array(3), count: 1 }, 1, 1, encoder)).rejects.toThrow(
    "encodeImages: encoder.input is 'features' and needs a table or grey images, these are coloured",
  );
});
