import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../errors.js';
import { showShape } from '../show.js';
import { isRecord } from '../trees.js';

/** How many neurons (channels, on images) the two layers have, and the shape of the weights between them. */
export interface LayerSizes {
  readonly inputs: number;
  readonly outputs: number;
  readonly weightShape: readonly number[];
}

/** A parameter that is given one per neuron, or one per synapse. */
interface Given {
  readonly name: string;
  readonly value: readonly unknown[] | tf.Tensor;
}

/**
 * What sees to it that parameters given one per neuron are as many as their layer has neurons, and those given one per synapse
 * fit the weights. Records inside are looked into.
 *
 * @param perInput  names of those that belong to the inputs; all others belong to the outputs.
 * @returns a check that throws a `StdpError` which names the first that doesn't fit, or was disposed.
 */
export function perNeuronCheck(where: string, params: object, perInput: readonly string[]): (sizes: LayerSizes) => void {
  const all = givenPerNeuron(params);
  return (sizes) => {
    for (const { name, value } of all) {
      if (value instanceof tf.Tensor) {
        ensure(!value.isDisposed, where, name, () => 'was disposed');
        if (value.rank > 1) {
          fitsSynapses(where, name, value.shape, sizes.weightShape);
          continue;
        }
      }
      const neurons = perInput.includes(name) ? sizes.inputs : sizes.outputs;
      const count = value instanceof tf.Tensor ? value.size : value.length;
      ensure(count === 1 || count === neurons, where, name, () => `has ${count} values, the layer has ${neurons} neurons`);
    }
  };
}

function givenPerNeuron(params: object): readonly Given[] {
  return Object.entries(params).flatMap(([name, value]: [string, unknown]): readonly Given[] => {
    if (value instanceof tf.Tensor || Array.isArray(value)) return [{ name, value }];
    return isRecord(value) ? givenPerNeuron(value) : [];
  });
}

/** A shape that broadcasts to that of the weights, and doesn't widen it. */
function fitsSynapses(where: string, name: string, shape: readonly number[], weightShape: readonly number[]): void {
  const offset = weightShape.length - shape.length;
  const fits = offset >= 0 && shape.every((size, axis) => size === 1 || size === weightShape[axis + offset]);
  ensure(
    fits,
    where,
    name,
    () => `has shape ${showShape(shape)}, which is not one per neuron and doesn't fit w ${showShape(weightShape)}`,
  );
}
