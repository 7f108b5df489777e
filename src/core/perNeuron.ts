import * as tf from '@tensorflow/tfjs-core';
import { ensure } from './errors.js';

/** How many neurons (channels, on images) the two layers have. */
export interface LayerSizes {
  readonly inputs: number;
  readonly outputs: number;
}

/**
 * That parameters given one per neuron are as many as their layer has neurons. Records inside are looked into.
 *
 * @param perInput  names of those that belong to the inputs; all others belong to the outputs.
 * @throws {StdpError} that names the first that is not.
 */
export function ensurePerNeuron(where: string, params: object, perInput: readonly string[], sizes: LayerSizes): void {
  for (const [name, value] of Object.entries(params)) {
    const neurons = perInput.includes(name) ? sizes.inputs : sizes.outputs;
    const count = value instanceof tf.Tensor ? (value.shape.at(-1) ?? 1) : Array.isArray(value) ? value.length : 1;
    ensure(count === 1 || count === neurons, where, name, () => `has ${count} values, the layer has ${neurons} neurons`);
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof tf.Tensor);
    if (isRecord) ensurePerNeuron(where, value, perInput, sizes);
  }
}
