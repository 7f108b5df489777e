import * as tf from '@tensorflow/tfjs-core';
import type { Topology } from '../../topologies/topology.js';
import { historyLength, initHistory } from '../../traces/history.js';
import { heldSample, readHistory, sampleBefore } from '../../traces/unchecked/history.js';
import type { AxonParams } from '../pair/axons.js';
import type { LayerShapes } from '../rule.js';
import { ageRows } from './spikePairs.js';

type Params = AxonParams & { readonly dt: number };

/** The record of the inputs' ages before the first step. */
export const initAgeHistory = ({ pre }: LayerShapes, topology: Topology, { maxDelay, dt }: Params): tf.Tensor =>
  initHistory(pre, historyLength(maxDelay, dt), Number.POSITIVE_INFINITY, pre.length === topology.rank ? 1 : 0);

/**
 * The age of each synapse's latest spike at its end, in steps, `[batch, positions, taps, out]`: counted from the step in
 * which the spike arrives, or with `delayed` from the arrival itself, between two steps as well.
 *
 * @param history  the inputs' ages, `[batch, length, …]`, this step's included.
 * @param delay    ms, the shape of the weights.
 */
export function delayedAges(history: tf.Tensor, delay: tf.Tensor, topology: Topology, params: Params): tf.Tensor {
  const { dt, maxDelay, delayed, interpolation } = params;
  const within = tf.clipByValue(tf.reshape(delay, [-1, delay.shape.at(-1) ?? 1]), 0, maxDelay);
  const rows = tf.stack(
    tf.unstack(history, 1).map((ages) => ageRows(ages, topology, delay.shape)),
    1,
  );
  if (!delayed) return readHistory(rows, heldSample(within, params, interpolation));
  const { steps, elapsed } = sampleBefore(within, params);
  return tf.add(readHistory(rows, steps), tf.div(elapsed, dt));
}
