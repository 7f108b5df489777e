import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { tidily } from '../core/tensors.js';
import { minimize } from './lbfgs.js';
import { standardisation } from './standardisation.js';

/** Features of many images, row by row, on the host. */
export interface FeatureMatrix {
  readonly values: Float32Array;
  readonly count: number;
  readonly size: number;
}

/**
 * A linear classifier: `score = ((x − mean) / scale) · weights + bias`, the largest score wins. Plain arrays.
 *
 * @property mean     of each feature over the training images.
 * @property scale    max(std, 0.1 · median std) of each feature.
 * @property weights  `[features, classes]`, row-major.
 * @property bias     `[classes]`.
 */
export interface LinearReadout {
  readonly classes: number;
  readonly mean: Float32Array;
  readonly scale: Float32Array;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/**
 * How the read-out is fitted.
 *
 * @property lambda       weight of ½‖W‖², dimensionless. Default 0.01.
 * @property iterations   of L-BFGS, at most. Default 80.
 */
export interface ReadoutFitOptions {
  readonly lambda?: number;
  readonly iterations?: number;
  readonly onIteration?: (iteration: number, loss: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Rows that meet the backend at a time. */
const chunkRows = 4096;

/**
 * Fits ten one-vs-all squared hinges (a linear support vector machine) on standardised features:
 *
 *     loss = 1/(2n) Σᵢ Σ_c max(0, 1 − y_ic · score_ic)² + λ/2 ‖W‖²,  y = ±1
 *
 * Deterministic: L-BFGS from zero.
 *
 * @throws {StdpError} when there are no features, or labels differ from them in number.
 * @example
 * const features = { values: Float32Array.of(0, 1, 2, 3), count: 4, size: 1 };
 * const readout = await fitLinearReadout(features, Uint8Array.of(0, 0, 1, 1), 2);
 * readout.mean;   // => [1.5]
 */
export async function fitLinearReadout(
  features: FeatureMatrix,
  labels: Uint8Array,
  classes: number,
  { lambda = 0.01, iterations = 80, onIteration, signal }: ReadoutFitOptions = {},
): Promise<LinearReadout> {
  const { count, size } = features;
  ensure(count > 0, 'fitLinearReadout', 'features', () => 'holds no images');
  ensure(labels.length === count, 'fitLinearReadout', 'labels', () => `has ${labels.length} entries, features has ${count} rows`);
  const alien = labels.find((label) => label >= classes);
  ensure(alien === undefined, 'fitLinearReadout', 'labels', () => `holds ${alien}, there are ${classes} classes`);
  const { mean, scale } = standardisation(features);
  const chunks: readonly Chunk[] = chunked(count).map(([from, to]) =>
    tidily(() => loadChunk(features, labels, classes, mean, scale, from, to)),
  );
  try {
    const objective = async (point: Float64Array) => {
      const weights = tf.tensor2d(Float32Array.from(point.subarray(0, size * classes)), [size, classes]);
      const bias = tf.tensor1d(Float32Array.from(point.subarray(size * classes)));
      const gradient = new Float64Array(point.length);
      let value = 0;
      for (const { rows, targets } of chunks) {
        const parts = tidily(() => hinge(rows, targets, weights, bias));
        const [loss, byWeight, byBias] = await Promise.all([parts.loss.data(), parts.byWeight.data(), parts.byBias.data()]);
        tf.dispose([parts.loss, parts.byWeight, parts.byBias]);
        value += (loss[0] ?? 0) / count;
        for (let feature = 0; feature < size; feature++) {
          for (let label = 0; label < classes; label++)
            addAt(gradient, feature * classes + label, (byWeight[label * size + feature] ?? 0) / count);
        }
        for (let label = 0; label < classes; label++) addAt(gradient, size * classes + label, (byBias[label] ?? 0) / count);
      }
      tf.dispose([weights, bias]);
      for (let index = 0; index < size * classes; index++) {
        const weight = point[index] ?? 0;
        value += 0.5 * lambda * weight * weight;
        addAt(gradient, index, lambda * weight);
      }
      return { value, gradient };
    };
    const { point } = await minimize(objective, new Float64Array(size * classes + classes), {
      iterations,
      signal,
      ...(onIteration && { onIteration }),
    });
    return {
      classes,
      mean,
      scale,
      weights: Float32Array.from(point.subarray(0, size * classes)),
      bias: Float32Array.from(point.subarray(size * classes)),
    };
  } finally {
    for (const { rows, targets } of chunks) tf.dispose([rows, targets]);
  }
}

/**
 * The class of each image: the largest score, the lowest class on ties.
 *
 * @example
 * const features = { values: Float32Array.of(0, 1, 2, 3), count: 4, size: 1 };
 * const readout = await fitLinearReadout(features, Uint8Array.of(0, 0, 1, 1), 2);
 * await classify(readout, features);   // => [0, 0, 1, 1]
 */
export async function classify(readout: LinearReadout, features: FeatureMatrix): Promise<Uint8Array> {
  const { classes, mean, scale } = readout;
  ensure(
    features.size === mean.length,
    'classify',
    'features',
    () => `has ${features.size} columns, the read-out needs ${mean.length}`,
  );
  const predicted = new Uint8Array(features.count);
  for (const [from, to] of chunked(features.count)) {
    const best = tidily(() => {
      const rows = standardised(features, mean, scale, from, to);
      const scores = tf.add(tf.matMul(rows, tf.tensor2d(readout.weights, [features.size, classes])), tf.tensor1d(readout.bias));
      return tf.argMax(scores, 1);
    });
    predicted.set(await best.data(), from);
    best.dispose();
  }
  return predicted;
}

const addAt = (array: Float64Array, index: number, value: number): void => {
  array[index] = (array[index] ?? 0) + value;
};

const chunked = (count: number): readonly (readonly [number, number])[] =>
  Array.from(
    { length: Math.ceil(count / chunkRows) },
    (_, chunk) => [chunk * chunkRows, Math.min(count, (chunk + 1) * chunkRows)] as const,
  );

interface Chunk {
  readonly rows: tf.Tensor2D;
  readonly targets: tf.Tensor2D;
}

function hinge(rows: tf.Tensor2D, targets: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D) {
  const margin = tf.relu(tf.sub(1, tf.mul(targets, tf.add(tf.matMul(rows, weights), bias))));
  const slope = tf.neg(tf.mul(targets, margin)) as tf.Tensor2D;
  return {
    loss: tf.mul(0.5, tf.sum(tf.square(margin))),
    byWeight: tf.matMul(tf.transpose(slope), rows),
    byBias: tf.sum(slope, 0),
  };
}

const standardised = (
  { values, size }: FeatureMatrix,
  mean: Float32Array,
  scale: Float32Array,
  from: number,
  to: number,
): tf.Tensor2D =>
  tf.div(tf.sub(tf.tensor2d(values.subarray(from * size, to * size), [to - from, size]), tf.tensor1d(mean)), tf.tensor1d(scale));

function loadChunk(
  features: FeatureMatrix,
  labels: Uint8Array,
  classes: number,
  mean: Float32Array,
  scale: Float32Array,
  from: number,
  to: number,
): Chunk {
  const signs = new Float32Array((to - from) * classes).fill(-1);
  labels.subarray(from, to).forEach((label, row) => {
    signs[row * classes + label] = 1;
  });
  return { rows: standardised(features, mean, scale, from, to), targets: tf.tensor2d(signs, [to - from, classes]) };
}
