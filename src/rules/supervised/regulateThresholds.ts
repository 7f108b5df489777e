import { at } from '../../core/at.js';
import { ensure, orThrow } from '../../core/errors.js';
import { ensureIs, nonNegativeScalar, nothingMore, scalar } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { checkedSpikes, type FirstSpikes, firstToFire } from './firstSpikes.js';
import { type SupervisedStdpParams, supervisedStdpSchema } from './supervisedParams.js';

/**
 * How the thresholds of training move in a neuronal competition group, so that each target gets a share of its class: of the M targets of
 * the stimulus's class,
 *
 *     θ' ← max( θ, θ' + eta·(M − 1)/M )   of the first to fire        θ' ← max( θ, θ' − eta/M )   of the others
 *
 * Thresholds θ' are those of targets for stimuli of their own class, in training; in all else a neuron fires above θ. Set them back to
 * θ before each pass through the stimuli, and let `eta` shrink.
 *
 * @param thresholds  θ' of each neuron.
 * @param post        the first spikes under these thresholds, see {@link FirstSpikes}.
 * @param label       the class of the stimulus.
 * @param eta         in the unit of thresholds.
 * @param floor       θ.
 * @param params      `perClass`, `targets` and `tMax` of {@link SupervisedStdpParams}.
 * @returns θ' of each neuron after the stimulus.
 * @throws {StdpError} when numbers of neurons don't fit each other, or a value is out of range.
 *
 * Source: Goupy, Tirilly and Bilasco 2024, competition regulation.
 *
 * @example
 * const post = { times: [0.4, 0.6, 0.5, 0.5] };
 * regulateThresholds([10, 12, 10, 10], post, 0, 1, 10, { perClass: 2, targets: 2 });   // => [10.5, 11.5, 10, 10]
 */
export function regulateThresholds(
  thresholds: ArrayLike<number>,
  post: FirstSpikes,
  label: number,
  eta: number,
  floor: number,
  params?: Partial<SupervisedStdpParams>,
  ...more: readonly never[]
): Float32Array {
  const where = 'regulateThresholds';
  nothingMore(more, where, 'regulateThresholds(thresholds, post, label, eta, floor, params)');
  const complete = orThrow(supervisedStdpSchema.validate(params, where));
  const isList = Array.isArray(thresholds) || ArrayBuffer.isView(thresholds);
  const areNumbers = isList && Array.from(thresholds).every((threshold) => Number.isFinite(threshold));
  ensure(areNumbers, where, 'thresholds', () => `must be a list of finite numbers, got ${show(thresholds)}`);
  const next = Float32Array.from(thresholds);
  const spikes = checkedSpikes(post, label, next.length, complete, where);
  ensureIs(nonNegativeScalar, eta, where, 'eta');
  ensureIs(scalar, floor, where, 'floor');
  const { perClass, targets } = complete;
  const first = label * perClass;
  const winner = firstToFire(spikes, first, first + targets);
  for (let neuron = first; neuron < first + targets; neuron++) {
    const move = neuron === winner ? (targets - 1) / targets : -1 / targets;
    next[neuron] = Math.max(floor, at(next, neuron) + eta * move);
  }
  return next;
}
