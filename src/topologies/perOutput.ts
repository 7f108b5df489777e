import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import type { Numeric } from '../core/params/validation.js';
import { asTensor } from '../core/tensors.js';
import type { Topology } from './topology.js';

/** How many values a parameter has that is given one per output and meets the weights. */
export const outputsOf = ({ perOutput }: Topology, weightShape: readonly number[]): number =>
  perOutput?.count ?? at(weightShape, -1);

/** A parameter that meets the weights: given one per output, it broadcasts along their last axis, whatever that is. */
export function alongWeights(value: Numeric, { perOutput }: Topology): Numeric {
  if (perOutput === undefined || typeof value === 'number') return value;
  const values: tf.Tensor = asTensor(value);
  if (values.size === 1) return tf.reshape(values, []);
  return values.rank === 1 || perOutput.inputs !== undefined ? perOutput.spread(values) : values;
}

/** What a parameter with a value for each synapse has to broadcast to: the weights, or each input by each output. */
export const synapsesOf = ({ perOutput }: Topology, weightShape: readonly number[]): readonly number[] =>
  perOutput?.inputs === undefined ? weightShape : [perOutput.inputs, perOutput.count];
