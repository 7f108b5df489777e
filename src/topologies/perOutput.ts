import type * as tf from '@tensorflow/tfjs-core';
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
  return values.rank === 1 && values.size > 1 ? perOutput.spread(values) : values;
}
