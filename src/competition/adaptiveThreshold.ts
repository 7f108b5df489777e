import * as tf from '@tensorflow/tfjs-core';
import { right } from 'fp-ts/lib/Either.js';
import { ensureStateShape, stateTensors } from '../core/checkState.js';
import { ensure, orThrow, refuse, type Validated } from '../core/errors.js';
import { type ParamsOf, param, paramsSchema, type Relation } from '../core/params/schema.js';
import { ensureIs, fractionScalar, integerFrom, nothingMore, positiveScalar } from '../core/params/validation.js';
import { checkShape, mostNeurons } from '../core/shapes.js';
import { showShape } from '../core/show.js';
import { ensureBackend, sameShape, tidily, toFloat } from '../core/tensors.js';
import { type Counts, counted, countsIn, noCounts } from './counts.js';

const fields = {
  /** Threshold of every neuron at the start, in units of the potential. Default 10. */
  initialThreshold: param(10, positiveScalar),
  /** Wanted rate, spikes per presentation, in [0, 1]. Default 0.1. */
  targetRate: param(0.1, fractionScalar),
  /** Relative change of a threshold per presentation and unit of rate error. Default 0.001. */
  learningRate: param(0.001, positiveScalar),
  /** Lowest threshold. Default 1. */
  thresholdMin: param(1, positiveScalar),
  /** Highest threshold. Default 100. */
  thresholdMax: param(100, positiveScalar),
};

/** Parameters of homeostasis by adaptive thresholds. */
export interface AdaptiveThresholdParams extends ParamsOf<typeof fields> {}

/** Refuses thresholds that enclose nothing. */
export const orderedThresholds: Relation<Pick<AdaptiveThresholdParams, 'thresholdMin' | 'thresholdMax'>> = (
  { thresholdMin, thresholdMax },
  where,
) =>
  thresholdMin < thresholdMax
    ? right(undefined)
    : refuse(where, 'thresholdMin', `must be below thresholdMax, got ${thresholdMin} and ${thresholdMax}`);

const initialWithin: Relation<AdaptiveThresholdParams> = ({ initialThreshold, thresholdMin, thresholdMax }, where) =>
  initialThreshold >= thresholdMin && initialThreshold <= thresholdMax
    ? right(undefined)
    : refuse(where, 'initialThreshold', `must be in [${thresholdMin}, ${thresholdMax}], got ${initialThreshold}`);

/** What completes and checks {@link AdaptiveThresholdParams}. */
export const adaptiveThresholdSchema = paramsSchema<AdaptiveThresholdParams>(
  'adaptiveThreshold',
  fields,
  orderedThresholds,
  initialWithin,
);

/** spikeseg's defaults. */
export const adaptiveThresholdDefaults: AdaptiveThresholdParams = adaptiveThresholdSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateAdaptiveThresholdParams({ targetRate: 2 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'adaptiveThreshold: targetRate must be a number in [0, 1], got 2'
 */
export const validateAdaptiveThresholdParams = (given?: Partial<AdaptiveThresholdParams>): Validated<AdaptiveThresholdParams> =>
  adaptiveThresholdSchema.validate(given);

/** Thresholds and what they have seen. */
export interface AdaptiveThresholdState {
  /** Threshold of each neuron, [H, W, C]. */
  readonly threshold: tf.Tensor;
  /** Spikes of each neuron since the statistics started, [H, W, C]. */
  readonly spikeCount: tf.Tensor;
  /** What float32 can't hold of them, [H, W, C]; left out: nothing. */
  readonly spikeCountRest?: tf.Tensor;
  /** Stimuli since then. */
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
  const { initialThreshold } = orThrow(adaptiveThresholdSchema.validate(params, where));
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
  const { targetRate, learningRate, thresholdMin, thresholdMax } = orThrow(adaptiveThresholdSchema.validate(params, where));
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
