import * as tf from '@tensorflow/tfjs-core';
import { ensureStateShape, stateTensors } from '../core/checkState.js';
import { ensure, orThrow, type Validated } from '../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../core/params/schema.js';
import { integerFrom, nothingMore, positiveScalar } from '../core/params/validation.js';
import { checkShape, mostNeurons } from '../core/shapes.js';
import { showShape } from '../core/show.js';
import { ensureBackend, floats, sameShape, tidily, toFloat } from '../core/tensors.js';
import { type Counts, counted, countsIn, noCounts } from './counts.js';

const fields = {
  /** Wins it needs at least. Default 10. */
  minWins: param(10, integerFrom(1)),
  /** Mean |Δw| that the weights of its map must stay below. Default 1e-4. */
  deltaThreshold: param(1e-4, positiveScalar),
};

/** When a neuron counts as converged. */
export interface ConvergenceTrackerParams extends ParamsOf<typeof fields> {}

/** What completes and checks {@link ConvergenceTrackerParams}. */
export const convergenceTrackerSchema = paramsSchema<ConvergenceTrackerParams>('convergenceTracker', fields);

/** spikeseg's defaults. */
export const convergenceTrackerDefaults: ConvergenceTrackerParams = convergenceTrackerSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateConvergenceTrackerParams({ minWins: 0 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'convergenceTracker: minWins must be an integer ≥ 1, got 0'
 */
export const validateConvergenceTrackerParams = (
  given?: Partial<ConvergenceTrackerParams>,
): Validated<ConvergenceTrackerParams> => convergenceTrackerSchema.validate(given);

/** What the neurons of a layer have done so far. */
export interface ConvergenceTrackerState {
  /** Wins of each neuron, [H, W, C]. */
  readonly winCounts: tf.Tensor;
  /** What float32 can't hold of them, [H, W, C]; left out: nothing. */
  readonly winCountsRest?: tf.Tensor;
  /** Mean |Δw| of each map when it last won, [C]; 0 where no weight change was ever given. */
  readonly deltaMagnitude: tf.Tensor;
}

/**
 * No wins yet.
 *
 * @param shape  [H, W, C].
 * @throws {StdpError} when it is no such shape.
 * @example
 * initConvergenceTracker([1, 1, 2]).winCounts.print();   // => [[[0, 0]]]
 */
export function initConvergenceTracker(shape: readonly number[], ...more: readonly never[]): ConvergenceTrackerState {
  nothingMore(more, 'initConvergenceTracker', 'initConvergenceTracker(shape)');
  ensureBackend('initConvergenceTracker');
  const layer = checkShape(shape, 'initConvergenceTracker', 'shape', 3, mostNeurons);
  return tidily(() => trackerState(noCounts(layer), tf.zeros(layer.slice(-1))));
}

const trackerState = ({ sum, rest }: Counts, deltaMagnitude: tf.Tensor): ConvergenceTrackerState => ({
  winCounts: sum,
  winCountsRest: rest,
  deltaMagnitude,
});

/**
 * Counts the wins of a presentation, and notes how much the weights of the winning maps moved. A map without a winner
 * has nothing to learn, so its Δw = 0 says nothing about convergence and is not noted.
 *
 * @param winnerMask    [B, H, W, C], 1 at winners; [H, W, C] is a batch of one.
 * @param weightDeltas  weight changes whose last axis is the map, as [kh, kw, in, C]. Left out, only wins are counted.
 * @returns the new state.
 * @throws {StdpError} when the state is none or a shape doesn't fit it.
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
  ...more: readonly never[]
): ConvergenceTrackerState {
  const where = 'convergenceTrackerStep';
  nothingMore(more, where, 'convergenceTrackerStep(winnerMask, state, weightDeltas)');
  return tidily(() => {
    const { counts, deltaMagnitude } = checkedState(where, state);
    const given = toFloat(winnerMask, where, 'winnerMask');
    const batch = given.rank === 3 ? tf.expandDims(given, 0) : given;
    const wanted = counts.sum.shape;
    ensure(
      batch.rank > 0 && sameShape(batch.shape.slice(1), wanted),
      where,
      'winnerMask',
      () => `has shape ${showShape(given.shape)}, the tracker ${showShape(wanted)} needs [B, ${wanted.join(', ')}]`,
    );
    const next = counted(counts, batch);
    if (weightDeltas === undefined) return trackerState(next, tf.clone(deltaMagnitude));
    const moved = magnitudes(weightDeltas, deltaMagnitude.size, where);
    if (batch.size === 0) return trackerState(next, tf.clone(deltaMagnitude));
    const won = tf.greater(tf.max(tf.sum(batch, 0), [0, 1]), 0);
    return trackerState(next, tf.where(won, moved, deltaMagnitude));
  });
}

/** A state with float32 tensors whose shapes agree. */
function checkedState(
  where: string,
  state: ConvergenceTrackerState,
): { readonly counts: Counts; readonly deltaMagnitude: tf.Tensor } {
  const { winCounts, deltaMagnitude } = stateTensors(where, state, ['winCounts', 'deltaMagnitude'], ['winCountsRest']);
  const counts = countsIn(where, 'winCounts', winCounts, state.winCountsRest);
  ensureStateShape(where, { deltaMagnitude }, winCounts.shape.slice(-1), 'winCounts');
  return { counts, deltaMagnitude };
}

/** Mean |Δw| of each map. */
function magnitudes(weightDeltas: tf.TensorLike | tf.Tensor, maps: number, where: string): tf.Tensor {
  const deltas = toFloat(weightDeltas, where, 'weightDeltas');
  const fits = deltas.shape.at(-1) === maps && (deltas.size > 0 || maps === 0);
  const problem = () => `has shape ${showShape(deltas.shape)}, its last axis must have ${maps} maps`;
  ensure(fits, where, 'weightDeltas', problem);
  return maps === 0 ? tf.zeros([0]) : tf.mean(tf.abs(tf.reshape(deltas, [-1, maps])), 0);
}

/**
 * Which neurons have converged: wins ≥ minWins, and the weights of their map moved by less than `deltaThreshold` on
 * average when it last won with its weight change given.
 *
 * @returns 1 or 0 for each neuron, [H, W, C].
 * @throws {StdpError} when the state is none or a parameter is out of range.
 * @example
 * const state = convergenceTrackerStep([[[[1, 0]]]], initConvergenceTracker([1, 1, 2]), tf.zeros([3, 3, 1, 2]));
 * getConvergedMask(state, { minWins: 1 }).print();   // => [[[1, 0]]]
 */
export function getConvergedMask(
  state: ConvergenceTrackerState,
  params?: Partial<ConvergenceTrackerParams>,
  ...more: readonly never[]
): tf.Tensor {
  const where = 'getConvergedMask';
  nothingMore(more, where, 'getConvergedMask(state, params)');
  const { minWins, deltaThreshold } = orThrow(convergenceTrackerSchema.validate(params, where));
  return tidily(() => {
    const { counts, deltaMagnitude } = checkedState(where, state);
    const settled = floats(tf.less(deltaMagnitude, deltaThreshold));
    return tf.mul(floats(tf.greaterEqual(excess(counts, minWins), 0)), settled);
  });
}

/** By how much counts exceed a number, exactly where it matters: float32 alone holds neither above 2²⁴. */
function excess({ sum, rest }: Counts, wanted: number): tf.Tensor {
  const rounded = Math.fround(wanted);
  return tf.add(tf.sub(tf.sub(sum, rounded), wanted - rounded), rest);
}
