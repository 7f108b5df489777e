import * as tf from '@tensorflow/tfjs-core';
import type { Winner } from '../../competition/winner.js';
import { orThrow } from '../../core/errors.js';
import { ensureIs, type Numeric, nothingMore, scalar } from '../../core/params/validation.js';
import { asTensor, tidily } from '../../core/tensors.js';
import { learnFromWinners, type ReceptiveFieldOptions } from '../latency/latencyStdpWinners.js';
import { type RewardStdpParams, rewardStdpSchema } from './rewardStdp.js';

/**
 * Learning from one stimulus by its winners, once it is known whether the decision was right: {@link latencyStdpWinners}
 * with the setting for rewards (reward > 0) or the one for punishments (reward < 0), its rates times |reward|. With 0
 * the weights are clipped and nothing else.
 *
 * @param w         `[kh, kw, in, out]`.
 * @param preTimes  first spike times of the input `[H, W, in]`, in steps; Infinity = never.
 * @param winners   from `getKWinners`.
 * @param reward    1 or −1, or scaled by {@link rewardOf}.
 * @param params    see {@link RewardStdpParams}.
 * @param options   see {@link ReceptiveFieldOptions}.
 * @returns w', the shape of `w`.
 * @throws {StdpError} as {@link latencyStdpWinners}, and when `reward` is not finite.
 *
 * Source: Mozafari et al. 2018, 2019; SpykeTorch's examples.
 *
 * @example
 * const [w, preTimes] = [tf.fill([1, 2, 1, 1], 0.5), tf.tensor3d([[[0], [5]]])];   // one row, two inputs
 * const winners = [{ channel: 0, y: 0, x: 0, time: 3 }];
 * rewardStdpWinners(w, preTimes, winners, -1).print();   // => [[[[0.496]], [[0.5005]]]]
 */
export function rewardStdpWinners(
  w: tf.TensorLike | tf.Tensor,
  preTimes: tf.TensorLike | tf.Tensor,
  winners: readonly Winner[],
  reward: number,
  params?: Partial<RewardStdpParams>,
  options?: Partial<ReceptiveFieldOptions>,
  ...more: readonly never[]
): tf.Tensor4D {
  const where = 'rewardStdpWinners';
  nothingMore(more, where, 'rewardStdpWinners(w, preTimes, winners, reward, params, options)');
  ensureIs(scalar, reward, where, 'reward');
  const { punishedEtaPlus, punishedEtaMinus, ...rewarded } = orThrow(rewardStdpSchema.validate(params, where));
  const setting = reward < 0 ? { ...rewarded, etaPlus: punishedEtaPlus, etaMinus: punishedEtaMinus } : rewarded;
  const size = Math.abs(reward);
  return tidily(() => {
    const scaled = { ...setting, etaPlus: times(setting.etaPlus, size), etaMinus: times(setting.etaMinus, size) };
    return learnFromWinners(w, preTimes, winners, scaled, options, where);
  });
}

const times = (rate: Numeric, size: number): Numeric => (typeof rate === 'number' ? rate * size : tf.mul(asTensor(rate), size));
