import type * as tf from '@tensorflow/tfjs-core';
import type { ChangeConstants } from '../constants.js';

type Interval = Pick<ChangeConstants, 'low' | 'high'>;

/** Weights that a kernel left within a clamp, by their data. Kernels alone write in place: what one leaves there, it notes. */
const known = new WeakMap<object, Interval>();

/** Notes that all values of a tensor lie within the clamp, in place of what was known of those that were there before. */
export function noteBounded({ dataId }: tf.TensorInfo, { low, high }: Interval): void {
  const noted = known.get(dataId);
  if (noted?.low !== low || noted.high !== high) known.set(dataId, { low, high });
}

/** Whether all values are known to lie within the clamp, so that an update may leave most of them alone. */
export function isBounded({ dataId }: tf.TensorInfo, { low, high }: Interval): boolean {
  if (low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY) return true;
  const noted = known.get(dataId);
  return noted !== undefined && noted.low >= low && noted.high <= high;
}
