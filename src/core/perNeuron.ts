import * as tf from '@tensorflow/tfjs-core';
import { ensure } from './errors.js';
import type { Numeric } from './validation.js';

/**
 * That parameters given one per neuron are as many as the layer has neurons (channels, on images).
 *
 * @throws {StdpError} that names the first that is not.
 */
export function ensurePerNeuron(where: string, params: { readonly [name: string]: Numeric }, neurons: number): void {
  for (const [name, value] of Object.entries(params)) {
    const count = value instanceof tf.Tensor ? (value.shape.at(-1) ?? 1) : typeof value === 'number' ? 1 : value.length;
    ensure(count === 1 || count === neurons, where, name, () => `has ${count} values, the layer has ${neurons} neurons`);
  }
}
