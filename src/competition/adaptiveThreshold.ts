import * as tf from '@tensorflow/tfjs-core';
import { filterOrElse } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { ensureStateShape, stateTensors } from '../core/checkState.js';
import { ensure, orThrow, StdpError, type Validated } from '../core/errors.js';
import { frozen } from '../core/frozen.js';
import { ensureIs, fractionScalar, integerFrom, nothingMore, positiveScalar, validateParams } from '../core/params/validation.js';
import { checkShape, mostNeurons } from '../core/shapes.js';
import { showShape } from '../core/show.js';
import { ensureBackend, sameShape, tidily, toFloat } from '../core/tensors.js';
import { type Counts, counted, countsIn, noCounts } from './counts.js';

/**
 * Parameters of homeostasis by adaptive thresholds.
 *
 * @property initialThreshold  threshold of every neuron at the start, in units of the potential. Default 10.
 * @property targetRate        wanted rate, spikes per presentation, in [0, 1]. Default 0.1.
 * @property learningRate      relative change of a threshold per presentation and unit of rate error. Default 0.001.
 * @property thresholdMin      lowest threshold. Default 1.
 * @property thresholdMax      highest threshold. Default 100.
 */
export interface AdaptiveThresholdParams {
  readonly initialThreshold: number;
  readonly targetRate: number;
  readonly learningRate: number;
  readonly thresholdMin: number;
  readonly thresholdMax: number;
}

/** spikeseg's defaults. */
export const adaptiveThresholdDefaults: AdaptiveThresholdParams = frozen({
  initialThreshold: 10,
  targetRate: 0.1,
  learningRate: 0.001,
  thresholdMin: 1,
  thresholdMax: 100,
});

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateAdaptiveThresholdParams({ targetRate: 2 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'adaptiveThreshold: targetRate must be a number in [0, 1], got 2'
 */
export const validateAdaptiveThresholdParams = (
  given?: Partial<AdaptiveThresholdParams>,
  where = 'adaptiveThreshold',
): Validated<AdaptiveThresholdParams> =>
  pipe(
    validateParams(where, adaptiveThresholdDefaults, given, {
      initialThreshold: positiveScalar,
      targetRate: fractionScalar,
      learningRate: positiveScalar,
      thresholdMin: positiveScalar,
      thresholdMax: positiveScalar,
    }),
    filterOrElse(
      ({ thresholdMin, thresholdMax }) => thresholdMin < thresholdMax,
      ({ thresholdMin, thresholdMax }) =>
        new StdpError(where, 'thresholdMin', `must be below thresholdMax, got ${thresholdMin} and ${thresholdMax}`),
    ),
    filterOrElse(
      ({ initialThreshold, thresholdMin, thresholdMax }) => initialThreshold >= thresholdMin && initialThreshold <= thresholdMax,
      ({ initialThreshold, thresholdMin, thresholdMax }) =>
        new StdpError(where, 'initialThreshold', `must be in [${thresholdMin}, ${thresholdMax}], got ${initialThreshold}`),
    ),
  );

/**
 * Thresholds and what they have seen.
 *
 * @property threshold       threshold of each neuron, [H, W, C].
 * @property spikeCount      spikes of each neuron since the statistics started, [H, W, C].
 * @property spikeCountRest  what float32 can't hold of them, [H, W, C]; left out: nothing.
 * @property presentations   stimuli since then.
 */
export interface AdaptiveThresholdState {
  readonly threshold: tf.Tensor;
  readonly spikeCount: tf.Tensor;
  readonly spikeCountRest?: tf.Tensor;
  readonly presentations: number;
}

/**
 * Equal thresholds and no statistics.
 *
 * @param shape  [H, W, C].
 * @throws {StdpError} when a size or parameter is out of range.
 * @example
 * initAdaptiveThreshold([1, 1, 2], { initialThreshold: 15 }).threshold.print();   // => [[[15, 15]]]
 */
export function initAdaptiveThreshold(
  shape: readonly number[],
  params?: Partial<AdaptiveThresholdParams>,
  ...more: readonly never[]
): AdaptiveThresholdState {
  const where = 'initAdaptiveThreshold';
  nothingMore(more, where, 'initAdaptiveThreshold(shape, params)');
  ensureBackend(where);
  const layer = checkShape(shape, where, 'shape', 3, mostNeurons);
  const { initialThreshold } = orThrow(validateAdaptiveThresholdParams(params, where));
  return tidily(() => thresholdState(tf.fill([...layer], initialThreshold), noCounts(layer), 0));
}

/**
 * Neurons that fire more often than wanted become harder to excite, those that fire less easier:
 *
 *     count += Σ_b spikes;   n += B;   r = count / n
 *     θ' = clip( θ + learningRate·(r − targetRate)·θ,  thresholdMin, thresholdMax )
 *
 * @param spikes  [B, H, W, C], one presentation per row of the batch; [H, W, C] is a batch of one.
 * @returns the new state.
 * @throws {StdpError} when the state is none, `spikes` doesn't fit it or a parameter is out of range.
 *
 * Source: spikeseg `AdaptiveThreshold.update`.
 *
 * @example
 * const { threshold } = adaptiveThresholdStep([[[[1, 0]]]], initAdaptiveThreshold([1, 1, 2]));
 * threshold.print();   // => [[[10.009, 9.999]]]
 */
export function adaptiveThresholdStep(
  spikes: tf.TensorLike | tf.Tensor,
  state: AdaptiveThresholdState,
  params?: Partial<AdaptiveThresholdParams>,
  ...more: readonly never[]
): AdaptiveThresholdState {
  const where = 'adaptiveThresholdStep';
  nothingMore(more, where, 'adaptiveThresholdStep(spikes, state, params)');
  const { targetRate, learningRate, thresholdMin, thresholdMax } = orThrow(validateAdaptiveThresholdParams(params, where));
  return tidily(() => {
    const { threshold, counts, presentations: before } = checkedState(where, state);
    const given = toFloat(spikes, where, 'spikes');
    const batch = given.rank === 3 ? tf.expandDims(given, 0) : given;
    const [presented = 0, ...layer] = batch.shape;
    const wanted = threshold.shape;
    ensure(
      sameShape(layer, wanted),
      where,
      'spikes',
      () => `has shape ${showShape(given.shape)}, the thresholds ${showShape(wanted)} need [B, ${wanted.join(', ')}]`,
    );
    const presentations = before + presented;
    const next = counted(counts, batch);
    if (batch.size === 0) return thresholdState(tf.clone(threshold), next, presentations);
    const error = tf.sub(tf.div(next.sum, presentations), targetRate);
    const moved = tf.add(threshold, tf.mul(tf.mul(error, learningRate), threshold));
    return thresholdState(tf.clipByValue(moved, thresholdMin, thresholdMax), next, presentations);
  });
}

const thresholdState = (threshold: tf.Tensor, { sum, rest }: Counts, presentations: number): AdaptiveThresholdState => ({
  threshold,
  spikeCount: sum,
  spikeCountRest: rest,
  presentations,
});

/** A state with float32 tensors of one shape [H, W, C]. */
function checkedState(
  where: string,
  state: AdaptiveThresholdState,
): { readonly threshold: tf.Tensor; readonly counts: Counts; readonly presentations: number } {
  const also = ['spikeCountRest', 'presentations'];
  const { threshold, spikeCount } = stateTensors(where, state, ['threshold', 'spikeCount'], also);
  const { spikeCountRest, presentations } = state;
  const counts = countsIn(where, 'spikeCount', spikeCount, spikeCountRest);
  ensureStateShape(where, { threshold }, spikeCount.shape, 'the spike count');
  ensureIs(integerFrom(0), presentations, where, 'state.presentations');
  return { threshold, counts, presentations };
}

/**
 * Spikes per presentation of each neuron since the statistics started, [H, W, C]; 0 before the first presentation.
 *
 * @throws {StdpError} when the state is none.
 * @example
 * const spikes = tf.tensor4d([1, 0, 1, 1], [2, 1, 1, 2]);   // two presentations of two neurons
 * getFiringRates(adaptiveThresholdStep(spikes, initAdaptiveThreshold([1, 1, 2]))).print();   // => [[[1, 0.5]]]
 */
export const getFiringRates = (state: AdaptiveThresholdState): tf.Tensor =>
  tidily(() => {
    const { counts, presentations } = checkedState('getFiringRates', state);
    return tf.div(counts.sum, Math.max(presentations, 1));
  });

/**
 * The same thresholds with their statistics started anew.
 *
 * @throws {StdpError} when the state is none.
 * @example
 * const state = adaptiveThresholdStep([[[[1, 0]]]], initAdaptiveThreshold([1, 1, 2]));
 * resetFiringStatistics(state).presentations;   // => 0
 */
export const resetFiringStatistics = (state: AdaptiveThresholdState): AdaptiveThresholdState =>
  tidily(() => {
    const { threshold } = checkedState('resetFiringStatistics', state);
    return thresholdState(tf.clone(threshold), noCounts(threshold.shape), 0);
  });
