import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../src/core/random.js';
import { scorePredictions } from '../../src/networks/accuracy.js';
import { poolOnGrid } from '../../src/networks/gridPooling.js';
import { projectFields } from '../../src/networks/projectFields.js';
import { shuffleWithinMaps } from '../../src/networks/shuffleWeights.js';
import { tiny } from './tiny.js';

describe('scorePredictions', () => {
  it('counts', () => {
    expect(scorePredictions(Uint8Array.of(0, 1, 1, 2), Uint8Array.of(0, 1, 0, 2), 3)).toEqual({
      accuracy: 0.75,
      confusion: [
        [1, 1, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    });
  });
  it('is 0 of nothing, and refuses lengths that differ', () => {
    expect(scorePredictions(new Uint8Array(), new Uint8Array(), 1)).toEqual({ accuracy: 0, confusion: [[0]] });
    expect(() => scorePredictions(new Uint8Array(2), new Uint8Array(3), 1)).toThrow(
      'scorePredictions: predicted has 2 entries, labels has 3',
    );
  });
});

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

describe('shuffleWithinMaps', () => {
  const weights = randomUniform(60, 3);
  const column = (values: Float32Array, map: number) => values.filter((_, index) => index % 4 === map).sort();
  it('keeps the weights of each map, in another order', () => {
    const shuffled = shuffleWithinMaps(weights, 4, 1);
    for (let map = 0; map < 4; map++) expect(column(shuffled, map)).toEqual(column(weights, map));
    expect(shuffled).not.toEqual(weights);
  });
  it('follows the seed', () => {
    expect(shuffleWithinMaps(weights, 4, 1)).toEqual(shuffleWithinMaps(weights, 4, 1));
    expect(shuffleWithinMaps(weights, 4, 2)).not.toEqual(shuffleWithinMaps(weights, 4, 1));
  });
});

describe('projectFields', () => {
  const spec = tiny(2);
  it('shows the first layer as it is', () => {
    const first = randomUniform(3 * 3 * 2 * 3, 1);
    expect(projectFields(spec, [first], 0, 2)).toEqual({ values: first, shape: [3, 3, 2, 3] });
  });

  it('places the fields of the second where its taps lie: pooled by 2, they are 2 apart', () => {
    const [first, second] = [randomUniform(3 * 3 * 2 * 3, 1), randomUniform(3 * 3 * 3 * 4, 2)];
    const { values, shape } = projectFields(spec, [first, second], 1, 2);
    expect(shape).toEqual([7, 7, 2, 4]);
    for (let index = 0; index < values.length; index++) {
      const [y, x, channel, map] = [Math.floor(index / 56), Math.floor(index / 8) % 7, Math.floor(index / 4) % 2, index % 4];
      let wanted = 0;
      for (let a = 0; a < 3; a++) {
        for (let b = 0; b < 3; b++) {
          const [i, j] = [y - 2 * a, x - 2 * b];
          if (i < 0 || i > 2 || j < 0 || j > 2) continue;
          for (let input = 0; input < 3; input++)
            wanted += (first[((i * 3 + j) * 2 + channel) * 3 + input] ?? 0) * (second[((a * 3 + b) * 3 + input) * 4 + map] ?? 0);
        }
      }
      expect(values[index]).toBeCloseTo(wanted, 4);
    }
  });
});
