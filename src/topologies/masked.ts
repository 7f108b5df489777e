import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { type HostValues, hostValues } from '../core/hostTensor.js';
import { nothingMore } from '../core/params/nothingMore.js';
import { show, showShape } from '../core/show.js';
import { sameShape, tidily, toFloat, valuesAtHand } from '../core/tensors.js';
import { isRecord } from '../core/trees.js';
import { checkTopology } from './checkTopology.js';
import { ownWiring } from './ownWiring.js';
import type { Topology, TopologyJSON } from './topology.js';

/**
 * A topology of which some synapses don't exist: they keep their weights exactly (0 unless others were given), in every rule, and
 * nothing flows through them.
 *
 * @param topology  the wiring.
 * @param mask      1 where there is a synapse, 0 where there is none, in the shape of the weights: nested lists, or a tensor whose values
 *                  can be read at once. It is copied.
 * @throws {StdpError} when the mask holds something else than 0 and 1.
 * @example
 * const halved = masked(dense, [[1, 0], [1, 1]]);
 * halved.forward(tf.ones([1, 2]), tf.fill([2, 2], 0.5)).print();   // => [[1, 0.5]]
 * const rule = pairStdp({ etaPlus: 0.1, etaMinus: 0, integration: 'exact' }, halved);
 * const [w] = rule.step({ pre: [1, 1], post: [1, 1] }, [[0.5, 0], [0.5, 0.5]], rule.init({ pre: [2], post: [2] }));
 * w.print();   // => [[0.6, 0], [0.6, 0.6]]
 */
export function masked(topology: Topology, mask: tf.TensorLike | tf.Tensor, ...more: readonly never[]): Topology {
  const where = 'masked';
  nothingMore(more, where, 'masked(topology, mask)');
  checkTopology(topology, where);
  const { values, shape } = mask instanceof tf.Tensor ? ofTensor(mask, where) : hostValues(mask, where, 'mask', 'finite');
  const isMask = values.every((value) => value === 0 || value === 1);
  ensure(isMask, where, 'mask', () => 'must hold 0 and 1 alone');
  return maskedBy(topology, shape, Uint8Array.from(values));
}

function ofTensor(mask: tf.Tensor, where: string): HostValues {
  const given = toFloat(mask, where, 'mask');
  const values = valuesAtHand(given);
  const copied = values && Float32Array.from(values);
  if (given !== mask) given.dispose();
  ensure(copied !== undefined, where, 'mask', () => 'lies on a device: give it as lists');
  return { values: copied, shape: [...given.shape] };
}

function maskedBy(inner: Topology, shape: readonly number[], bits: Uint8Array): Topology {
  const ensureFits = (where: string, weightShape: readonly number[]): void => {
    const problem = () => `has shape ${showShape(weightShape)}, the mask has ${showShape(shape)}`;
    ensure(sameShape(shape, weightShape), where, 'w', problem);
  };
  const exists = (weightShape: readonly number[]): tf.Tensor =>
    tidily(() => {
      ensureFits('masked', weightShape);
      const own = tf.tensor(Float32Array.from(bits), [...shape], 'float32');
      return inner.exists === undefined ? own : tf.mul(own, inner.exists(weightShape));
    });
  const { weightShape } = inner;
  const topology: Topology = {
    ...inner,
    type: 'masked',
    forward: (pre, w) =>
      tidily(() => {
        const weights = toFloat(w, 'masked.forward', 'w');
        return inner.forward(pre, tf.mul(weights, exists(weights.shape)));
      }),
    outputShape: (where, preShape, wShape, argument) => {
      ensureFits(where, wShape);
      return inner.outputShape(where, preShape, wShape, argument);
    },
    geometry: () => undefined,
    toJSON: () => ({ type: 'masked', topology: inner.toJSON(), shape: [...shape], mask: Array.from(bits).join('') }),
    ...(weightShape && { weightShape }),
    exists,
    examples: (inner.examples ?? []).filter(({ w }) => sameShape(w, shape)),
  };
  return ownWiring(topology);
}

/** {@link masked} of what its JSON holds. */
export function maskedFromJSON(
  options: { readonly [option: string]: unknown },
  where: string,
  read: (json: TopologyJSON) => Topology,
): Topology {
  const { topology, shape, mask, ...others } = options;
  const [unknown] = Object.keys(others);
  ensure(unknown === undefined, where, unknown ?? '', () => 'is not an option of masked, which has topology, shape, mask');
  ensure(isRecord(topology), where, 'topology', () => `must be the JSON of a topology, got ${show(topology)}`);
  const isShape = Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  ensure(isShape, where, 'shape', () => `must be a shape, got ${show(shape)}`);
  const size = (shape as readonly number[]).reduce((product, length) => product * length, 1);
  const isMask = typeof mask === 'string' && mask.length === size && /^[01]*$/.test(mask);
  ensure(isMask, where, 'mask', () => `must be a text of ${size} digits 0 and 1, got ${show(mask)}`);
  return maskedBy(read(topology as TopologyJSON), shape as readonly number[], Uint8Array.from(mask as string, Number));
}
