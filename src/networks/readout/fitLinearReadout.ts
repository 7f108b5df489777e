import { at } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { ensureIs, integerFrom, nonNegativeScalar, nothingMore, optional } from '../../core/params/validation.js';
import { type Labels, labelsFrom } from '../../data/labels.js';
import { readoutRows } from '../../kernels/host/readoutRows.js';
import { checkClasses, checkedLabels } from '../checked/images.js';
import { aListener, aSignal, aWorkerPool, checkedOptions } from '../checked/options.js';
import type { Resumable } from '../checkpoints.js';
import { inPieces } from '../workers/inPieces.js';
import { localPool, type WorkerPool } from '../workers/workerPool.js';
import { checkedFeatures, checkedReadout } from './checkedReadout.js';
import type { FeatureMatrix } from './featureMatrix.js';
import { hingeLoss } from './hingeLoss.js';
import { type LbfgsState, minimized } from './lbfgs.js';
import type { LinearReadout } from './linearReadout.js';
import { standardisation } from './standardisation.js';

/**
 * How the read-out is fitted.
 */
export interface ReadoutFitOptions {
  /** Weight of ½‖W‖², dimensionless. Default 0.01. */
  readonly lambda?: number;
  /** Iterations of L-BFGS, at most. Default 80. */
  readonly iterations?: number;
  readonly onIteration?: (iteration: number, loss: number) => void;
  /** Stops early: the read-out is the best so far. */
  readonly signal?: AbortSignal | undefined;
  /** Who computes. Default: this thread. The result is the same. */
  readonly workers?: WorkerPool;
}

/**
 * Fits one squared hinge per class against all others (a linear support vector machine) on standardised features:
 *
 *     loss = 1/(2n) Σᵢ Σ_c max(0, 1 − y_ic · score_ic)² + λ/2 ‖W‖²,  y = ±1
 *
 * L-BFGS from zero, on the SIMD kernels whatever the backend: the same numbers everywhere.
 *
 * @throws {StdpError} when there are no features, one isn't finite, they aren't as many as they are said to be, labels differ from
 *   them in number or are no classes, or an option isn't known.
 * @example
 * const features = { values: Float32Array.of(0, 1, 2, 3), count: 4, size: 1 };
 * const readout = await fitLinearReadout(features, Uint8Array.of(0, 0, 1, 1), 2);
 * readout.mean;   // => [1.5]
 */
export async function fitLinearReadout(
  features: FeatureMatrix,
  labels: Labels,
  classes: number,
  options: ReadoutFitOptions = {},
  ...more: readonly never[]
): Promise<LinearReadout> {
  const where = 'fitLinearReadout';
  nothingMore(more, where, 'fitLinearReadout(features, labels, classes, options)');
  const given = checkedFeatures(features, where);
  const { count } = given;
  ensure(count > 0, where, 'features', () => 'holds no images');
  checkClasses(classes, where, 'classes');
  const truth = checkedLabels(labels, classes, where, 'labels');
  ensure(truth.length === count, where, 'labels', () => `has ${truth.length} entries, features has ${count} rows`);
  const checked = checkedOptions<ReadoutFitOptions>(options, where, {
    lambda: optional(nonNegativeScalar),
    iterations: optional(integerFrom(0)),
    onIteration: aListener,
    signal: aSignal,
    workers: aWorkerPool,
  });
  return fittedReadout(given, truth, classes, checked);
}

/** {@link fitLinearReadout} of what has been checked; `onSilence` is told when all features are 0. */
export async function fittedReadout(
  { values, count, size }: FeatureMatrix,
  labels: Labels,
  classes: number,
  {
    lambda = 0.01,
    iterations = 80,
    onIteration,
    signal,
    workers = localPool(),
    from,
    keeper,
    onSilence,
  }: ReadoutFitOptions & Resumable<LbfgsState> & { readonly onSilence?: () => void },
): Promise<LinearReadout> {
  const shared = { values: workers.share(values), count, size };
  const { mean, scale, seen } = await standardisation(shared, workers);
  if (!seen) onSilence?.();
  const task = workers.begin('hinges', {
    values: shared.values,
    mean,
    inverse: inverse(scale),
    classes,
    labels: workers.share(labels),
  });
  const objective = hingeLoss(workers, task, count, classes, lambda);
  const { point } = await minimized(objective, new Float64Array((size + 1) * classes), {
    iterations,
    ...{ signal, from, keeper },
    ...(onIteration && { onIteration }),
  }).finally(task.end);
  const weights = Float32Array.from(point);
  return { classes, mean, scale, weights: weights.slice(0, size * classes), bias: weights.slice(size * classes) };
}

/**
 * The class of each image: the largest score, the lowest class on ties.
 *
 * @param pool  who computes. Default: this thread. The result is the same.
 * @throws {StdpError} when the features are of another number than the read-out was fitted on, its parts don't fit each other, or a
 *   number isn't finite.
 * @example
 * const features = { values: Float32Array.of(0, 1, 2, 3), count: 4, size: 1 };
 * const readout = await fitLinearReadout(features, Uint8Array.of(0, 0, 1, 1), 2);
 * await classify(readout, features);   // => [0, 0, 1, 1]
 */
export async function classify(
  readout: LinearReadout,
  features: FeatureMatrix,
  workers: WorkerPool = localPool(),
  ...more: readonly never[]
): Promise<Labels> {
  const where = 'classify';
  nothingMore(more, where, 'classify(readout, features, pool)');
  const given = checkedFeatures(features, where);
  ensureIs(aWorkerPool, workers, where, 'workers');
  return classesOf(checkedReadout(readout, given.size, where), given, workers);
}

/** {@link classify} of what has been checked. */
export async function classesOf(
  { classes, mean, scale, weights, bias }: LinearReadout,
  { values, count }: FeatureMatrix,
  workers: WorkerPool,
): Promise<Labels> {
  const predicted = workers.floats(count);
  const task = workers.begin('classify', {
    values: workers.share(values),
    mean,
    inverse: inverse(scale),
    classes,
    point: joined(weights, bias),
    predicted,
  });
  await inPieces(workers, task, { count, piece: 1024, update: undefined }, () => undefined).finally(task.end);
  return labelsFrom(classes, predicted);
}

/** The scores of one image, of what has been checked, and its class as {@link classesOf} tells it. */
export function scoresOf(
  { classes, mean, scale, weights, bias }: LinearReadout,
  features: Float32Array,
): { readonly label: number; readonly scores: Float32Array } {
  const rows = readoutRows(classes, mean, inverse(scale));
  rows.setWeights(joined(weights, bias));
  rows.read(features);
  return { label: at(rows.best(), 0), scores: rows.first() };
}

function joined(weights: Float32Array, bias: Float32Array): Float64Array {
  const point = new Float64Array(weights.length + bias.length);
  point.set(weights);
  point.set(bias, weights.length);
  return point;
}

const inverse = (scale: Float32Array): Float32Array => scale.map((value) => 1 / value);
