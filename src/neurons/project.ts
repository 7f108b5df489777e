import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { showShape } from '../core/show.js';

/** Spikes `[…, in]` through dense weights `[in, n]`: the currents `[…, n]`. A missing batch axis stays missing. */
export function project(spikes: tf.Tensor, w: tf.Tensor, where: string, argument: string): tf.Tensor {
  const [inputs = 0] = spikes.shape.slice(-1);
  const [rows = 0, columns = 0] = w.shape;
  ensure(
    spikes.rank > 0 && w.rank === 2 && rows === inputs,
    where,
    argument,
    () => `has shape ${showShape(w.shape)}, needs [${inputs}, n] for spikes ${showShape(spikes.shape)}`,
  );
  const batch = spikes.shape.slice(0, -1);
  if (spikes.size === 0 || w.size === 0) return tf.zeros([...batch, columns]);
  const currents = tf.matMul(tf.reshape(spikes, [tf.util.sizeFromShape(batch), inputs]), w as tf.Tensor2D);
  return tf.reshape(currents, [...batch, columns]);
}
