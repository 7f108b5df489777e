import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../../src/core/random.js';
import { poolOnGrid } from '../../../src/networks/latency/tensors/poolOnGrid.js';

describe('poolOnGrid', () => {
  it.each([
    [8, 8, 4],
    [7, 5, 3],
    [3, 2, 4],
    [5, 5, 1],
  ])('reduces %i × %i to a grid of %i as a plain loop does', async (height, width, grid) => {
    const [images, maps] = [2, 3];
    const values = randomUniform(images * height * width * maps, 1);
    const [rows, columns] = [Math.ceil(height / grid), Math.ceil(width / grid)];
    for (const reduction of ['sum', 'max'] as const) {
      const wanted = new Float32Array(images * grid * grid * maps);
      values.forEach((value, index) => {
        const [image, y, x] = [height * width * maps, width * maps, maps].map((size) => Math.floor(index / size)) as [
          number,
          number,
          number,
        ];
        const cell = Math.floor((y % height) / rows) * grid + Math.floor((x % width) / columns);
        const target = (image * grid * grid + cell) * maps + (index % maps);
        wanted[target] = reduction === 'sum' ? (wanted[target] ?? 0) + value : Math.max(wanted[target] ?? 0, value);
      });
      const input = tf.tensor4d(values, [images, height, width, maps]);
      const before = tf.memory().numTensors;
      const pooled = poolOnGrid(input, grid, reduction);
      expect(tf.memory().numTensors).toBe(before + 1);
      expect(pooled.shape).toEqual([images, grid * grid * maps]);
      (await pooled.data()).forEach((value, index) => {
        expect(value).toBeCloseTo(wanted[index] ?? Number.NaN, 4);
      });
    }
  });
});
