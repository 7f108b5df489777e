import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomNormal } from '../../../src/core/random.js';
import type { FeatureMatrix } from '../../../src/networks/readout/featureMatrix.js';
import { classify, fitLinearReadout } from '../../../src/networks/readout/fitLinearReadout.js';
import type { LinearReadout } from '../../../src/networks/readout/linearReadout.js';
import { standardisation } from '../../../src/networks/readout/standardisation.js';
import { localPool } from '../../../src/networks/workers/workerPool.js';

/** Three clouds around the corners of a triangle, far apart. */
const count = 60;
const labels = Uint8Array.from({ length: count }, (_, row) => row % 3);
const corners = [0, 0, 10, 0, 0, 10];
const noise = randomNormal(2 * count, 5);
const features: FeatureMatrix = {
  values: noise.map((value, index) => value + (corners[2 * ((index >> 1) % 3) + (index % 2)] ?? 0)),
  count,
  size: 2,
};

/** The loss as the documentation states it, in plain loops. */
function lossOf({ mean, scale, weights, bias, classes }: LinearReadout, lambda: number): number {
  let loss = 0;
  for (let row = 0; row < count; row++) {
    for (let label = 0; label < classes; label++) {
      let score = bias[label] ?? 0;
      for (let column = 0; column < 2; column++) {
        const x = ((features.values[2 * row + column] ?? 0) - (mean[column] ?? 0)) / (scale[column] ?? 1);
        score += x * (weights[column * classes + label] ?? 0);
      }
      loss += Math.max(0, 1 - (labels[row] === label ? score : -score)) ** 2 / (2 * count);
    }
  }
  return loss + (lambda / 2) * weights.reduce((sum, weight) => sum + weight * weight, 0);
}

describe('fitLinearReadout and classify', () => {
  it('separate what is separable', async () => {
    const readout = await fitLinearReadout(features, labels, 3);
    expect(await classify(readout, features)).toEqual(labels);
  });

  it('minimise the documented loss: no small change of any parameter lowers it', async () => {
    const lambda = 0.05;
    let reported = 0;
    const readout = await fitLinearReadout(features, labels, 3, {
      lambda,
      iterations: 200,
      onIteration: (_, loss) => {
        reported = loss;
      },
    });
    const least = lossOf(readout, lambda);
    expect(reported).toBeCloseTo(least, 5);
    for (const name of ['weights', 'bias'] as const) {
      readout[name].forEach((_, index) => {
        for (const step of [-0.05, 0.05]) {
          const moved = readout[name].slice();
          moved[index] = (moved[index] ?? 0) + step;
          expect(lossOf({ ...readout, [name]: moved }, lambda)).toBeGreaterThan(least);
        }
      });
    }
  });

  it('give the same bytes again', async () => {
    const [one, two] = [await fitLinearReadout(features, labels, 3), await fitLinearReadout(features, labels, 3)];
    expect(one).toEqual(two);
  });

  it('leave no tensors', async () => {
    const before = tf.memory().numTensors;
    await classify(await fitLinearReadout(features, labels, 3, { iterations: 5 }), features);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('survive features that never vary, and a single class', async () => {
    const flat: FeatureMatrix = { values: new Float32Array(6).fill(4), count: 3, size: 2 };
    const readout = await fitLinearReadout(flat, Uint8Array.of(1, 1, 0), 2);
    expect([...readout.weights, ...readout.bias].every(Number.isFinite)).toBe(true);
    expect(await classify(readout, flat)).toEqual(Uint8Array.of(1, 1, 1));
    expect(await classify(await fitLinearReadout(flat, new Uint8Array(3), 1), flat)).toEqual(new Uint8Array(3));
  });

  it('refuse what doesn’t fit', async () => {
    const none: FeatureMatrix = { values: new Float32Array(), count: 0, size: 2 };
    await expect(fitLinearReadout(none, new Uint8Array(), 2)).rejects.toThrow('fitLinearReadout: features holds no images');
    await expect(fitLinearReadout(features, new Uint8Array(3), 2)).rejects.toThrow('labels has 3 entries, features has 60 rows');
    await expect(fitLinearReadout(features, labels, 2)).rejects.toThrow('fitLinearReadout: labels holds 2, there are 2 classes');
    const readout = await fitLinearReadout(features, labels, 3, { iterations: 1 });
    await expect(classify({ ...readout, wieghts: 1 } as typeof readout, features)).rejects.toThrow(
      'classify: readout.wieghts is not part of the readout, which holds classes, mean, scale, weights, bias',
    );
    await expect(classify(readout, { values: new Float32Array(3), count: 1, size: 3 })).rejects.toThrow(
      'classify: features has 3 columns, the read-out needs 2',
    );
  });

  it('classify nothing as nothing', async () => {
    const readout = await fitLinearReadout(features, labels, 3, { iterations: 1 });
    expect(await classify(readout, { values: new Float32Array(), count: 0, size: 2 })).toEqual(new Uint8Array());
  });
});

describe('standardisation', () => {
  it('takes mean and standard deviation, at least a tenth of their median', async () => {
    // Columns with standard deviation 2, 1, 0.05 and 0: the median of those that vary is 1.
    const features = { values: Float32Array.of(1, 3, 0.45, 7, 5, 5, 0.55, 7), count: 2, size: 4 };
    const { mean, scale } = await standardisation(features, localPool());
    [3, 4, 0.5, 7].forEach((value, column) => {
      expect(mean[column]).toBeCloseTo(value, 6);
    });
    [2, 1, 0.1, 0.1].forEach((value, column) => {
      expect(scale[column]).toBeCloseTo(value, 6);
    });
  });

  it('is 1 where nothing varies', async () => {
    const { scale } = await standardisation({ values: Float32Array.of(2, 2), count: 2, size: 1 }, localPool());
    expect(scale).toEqual(Float32Array.of(1));
  });
});
