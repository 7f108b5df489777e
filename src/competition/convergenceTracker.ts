import * as tf from '@tensorflow/tfjs-core';
import { ensure, orThrow, type Validated } from '../core/errors.js';
import { showShape } from '../core/show.js';
import { floats, sameShape, tidily, toFloat } from '../core/tensors.js';
import { integerFrom, positiveScalar, validateParams } from '../core/validation.js';

/**
 * When a neuron counts as converged.
 *
 * @property minWins         wins it needs at least. Default 10.
 * @property deltaThreshold  mean |Δw| that the weights of its map must stay below. Default 1e-4.
 */
export interface ConvergenceTrackerParams {
  readonly minWins: number;
  readonly deltaThreshold: number;
}

/** spikeseg's defaults. */
export const convergenceTrackerDefaults: ConvergenceTrackerParams = { minWins: 10, deltaThreshold: 1e-4 };

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateConvergenceTrackerParams({ minWins: 0 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'convergenceTracker: minWins must be an integer ≥ 1, got 0'
 */
export const validateConvergenceTrackerParams = (
  given?: Partial<ConvergenceTrackerParams>,
  where = 'convergenceTracker',
): Validated<ConvergenceTrackerParams> =>
  validateParams(where, convergenceTrackerDefaults, given, { minWins: integerFrom(1), deltaThreshold: positiveScalar });

/**
 * What the neurons of a layer have done so far.
 *
 * @property winCounts       wins of each neuron, [H, W, C].
 * @property deltaMagnitude  mean |Δw| of each map when it last won, [C]; 0 where no weight change was ever given.
 */
export interface ConvergenceTrackerState {
  readonly winCounts: tf.Tensor;
  readonly deltaMagnitude: tf.Tensor;
}

/**
 * No wins yet.
 *
 * @param shape  [H, W, C].
 * @example
 * initConvergenceTracker([1, 1, 2]).winCounts.print();   // => [[[0, 0]]]
 */
export const initConvergenceTracker = (shape: readonly number[]): ConvergenceTrackerState =>
  tidily(() => ({ winCounts: tf.zeros([...shape]), deltaMagnitude: tf.zeros(shape.slice(-1)) }));

/**
 * Counts the wins of a presentation, and notes how much the weights of the winning maps moved. A map without a winner
 * has nothing to learn, so its Δw = 0 says nothing about convergence and is not noted.
 *
 * @param winnerMask    [B, H, W, C], 1 at winners; [H, W, C] is a batch of one.
 * @param weightDeltas  weight changes whose last axis is the map, as [kh, kw, in, C]. Left out, only wins are counted.
 * @returns the new state.
 * @throws {StdpError} when a shape doesn't fit the state.
 *
 * Source: spikeseg `ConvergenceTracker.update`, whose weight changes and delta_threshold have no effect; here they do.
 *
 * @example
 * const next = convergenceTrackerStep([[[[1, 0]]]], initConvergenceTracker([1, 1, 2]), tf.fill([3, 3, 1, 2], -0.01));
 * next.winCounts.print();        // => [[[1, 0]]]
 * next.deltaMagnitude.print();   // => [0.01, 0]
 */
export function convergenceTrackerStep(
  winnerMask: tf.TensorLike | tf.Tensor,
  state: ConvergenceTrackerState,
  weightDeltas?: tf.TensorLike | tf.Tensor,
): ConvergenceTrackerState {
  const where = 'convergenceTrackerStep';
  return tidily(() => {
    const given = toFloat(winnerMask, where, 'winnerMask');
    const batch = given.rank === 3 ? tf.expandDims(given, 0) : given;
    const wanted = state.winCounts.shape;
    ensure(
      sameShape(batch.shape.slice(1), wanted),
      where,
      'winnerMask',
      () => `has shape ${showShape(given.shape)}, the tracker ${showShape(wanted)} needs [B, ${wanted.join(', ')}]`,
    );
    const wins = batch.size === 0 ? tf.zerosLike(state.winCounts) : tf.sum(batch, 0);
    const winCounts = tf.add(state.winCounts, wins);
    if (weightDeltas === undefined) return { winCounts, deltaMagnitude: tf.clone(state.deltaMagnitude) };
    const won = tf.greater(tf.max(wins, [0, 1]), 0);
    return { winCounts, deltaMagnitude: tf.where(won, magnitudes(weightDeltas, state, where), state.deltaMagnitude) };
  });
}

/** Mean |Δw| of each map. */
function magnitudes(
  weightDeltas: tf.TensorLike | tf.Tensor,
  { deltaMagnitude }: ConvergenceTrackerState,
  where: string,
): tf.Tensor {
  const deltas = toFloat(weightDeltas, where, 'weightDeltas');
  const maps = deltaMagnitude.size;
  ensure(
    deltas.size > 0 && deltas.shape[deltas.rank - 1] === maps,
    where,
    'weightDeltas',
    () => `has shape ${showShape(deltas.shape)}, its last axis must have ${maps} maps`,
  );
  return tf.mean(tf.abs(tf.reshape(deltas, [-1, maps])), 0);
}

/**
 * Which neurons have converged: wins ≥ minWins, and the weights of their map moved by less than `deltaThreshold` on
 * average when it last won with its weight change given.
 *
 * @returns 1 or 0 for each neuron, [H, W, C].
 * @throws {StdpError} when a parameter is out of range.
 * @example
 * const state = convergenceTrackerStep([[[[1, 0]]]], initConvergenceTracker([1, 1, 2]), tf.zeros([3, 3, 1, 2]));
 * getConvergedMask(state, { minWins: 1 }).print();   // => [[[1, 0]]]
 */
export function getConvergedMask(state: ConvergenceTrackerState, params?: Partial<ConvergenceTrackerParams>): tf.Tensor {
  const { minWins, deltaThreshold } = orThrow(validateConvergenceTrackerParams(params, 'getConvergedMask'));
  return tidily(() => {
    const settled = floats(tf.less(state.deltaMagnitude, deltaThreshold));
    return tf.mul(floats(tf.greaterEqual(state.winCounts, minWins)), settled);
  });
}
