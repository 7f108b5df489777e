import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { featureInhibition } from '../../src/competition/featureInhibition.js';
import { pointwiseInhibition } from '../../src/competition/pointwiseInhibition.js';

/** A wave of one position: rows are steps, columns are maps. */
const column = (steps: number[][]) => tf.tensor(steps, [steps.length, 1, 1, steps[0]?.length ?? 0]);

describe('pointwiseInhibition', () => {
  it.each([
    [
      'the earliest map',
      [
        [0, 1, 0],
        [9, 2, 9],
      ],
      [0, 1, 0, 0, 2, 0],
    ],
    [
      'the highest potential among the earliest',
      [
        [1, 2, 0],
        [9, 3, 9],
      ],
      [0, 2, 0, 0, 3, 0],
    ],
    [
      'the lowest channel among equals',
      [
        [0, 2, 2],
        [9, 3, 9],
      ],
      [0, 2, 0, 0, 3, 0],
    ],
    [
      'nobody in silence',
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
      [0, 0, 0, 0, 0, 0],
    ],
  ] as const)('%s stays', async (_, steps, wanted) => {
    const result = await pointwiseInhibition(column(steps.map((row) => [...row]))).data();
    expect([...result]).toEqual([...wanted]);
  });

  it('decides each position by itself', async () => {
    const wave = tf.tensor([1, 2, 4, 3], [1, 1, 2, 2]);
    expect([...(await pointwiseInhibition(wave).data())]).toEqual([0, 2, 4, 0]);
  });

  it('keeps a single map as it is', async () => {
    expect([...(await pointwiseInhibition(column([[0], [3]])).data())]).toEqual([0, 3]);
  });

  it('refuses another rank, accepts no positions', () => {
    expect(() => pointwiseInhibition([[1]])).toThrow('pointwiseInhibition: potentials has shape [1, 1], needs [T, H, W, C]');
    expect(pointwiseInhibition(tf.zeros([3, 0, 0, 2])).shape).toEqual([3, 0, 0, 2]);
  });
});

describe('featureInhibition', () => {
  it('silences the listed maps at all steps and positions', async () => {
    const values = await featureInhibition(tf.ones([2, 2, 1, 3]), [0, 2]).data();
    expect([...values]).toEqual([0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0]);
  });

  it('refuses a map that does not exist', () => {
    expect(() => featureInhibition([[1, 2]], [2])).toThrow(
      'featureInhibition: features holds 2, potentials [1, 2] has channels 0 … 1',
    );
  });
});

it('inhibition leaves only its result', () => {
  const wave = tf.ones([2, 3, 3, 2]);
  const before = tf.memory().numTensors;
  tf.dispose([pointwiseInhibition(wave), featureInhibition(wave, [1])]);
  expect(tf.memory().numTensors).toBe(before);
});
