import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../../../core/errors.js';
import { show, showShape } from '../../../core/show.js';
import { sameShape } from '../../../core/tensors.js';
import { checkedFloats, checkLength, type Range } from '../../checked/arrays.js';
import { branchesOf, layersOf } from '../spec/branches.js';
import type { NetworkSpec } from '../spec/networkSpec.js';

/** The shape `[k, k, in, maps]` of the weights of each layer, of all branches. */
export const weightShapes = (spec: NetworkSpec, channels: number): readonly (readonly [number, number, number, number])[] =>
  branchesOf(spec).flatMap(({ spec: { layers }, shares }) =>
    layers.map(
      ({ kernelSize, maps }, index) => [kernelSize, kernelSize, layers[index - 1]?.maps ?? channels / shares, maps] as const,
    ),
  );

/**
 * The weights of a network's layers from the first on, as float32 of the right number.
 *
 * @param argument  what messages call them.
 * @param count     of layers that there must be weights for. Default: all.
 * @throws {StdpError} that names the layer whose weights don't fit, aren't finite or out of range.
 */
export function checkedWeights(
  given: unknown,
  spec: NetworkSpec,
  channels: number,
  where: string,
  argument: string,
  rangeOf: (layer: number) => Range = () => ({ least: 0 }),
  count: number = layersOf(spec).length,
): readonly Float32Array[] {
  const shapes = weightShapes(spec, channels).slice(0, count);
  return listOf(given, count, where, argument).map((own, index) => {
    const name = `${argument}[${index}]`;
    const values = checkedFloats(own, where, name, rangeOf(index));
    const shape = shapes[index] ?? [];
    checkLength(values, tf.util.sizeFromShape([...shape]), where, name, showShape(shape));
    return values;
  });
}

/** The same of tensors, whose values are read. */
export async function readWeights(
  given: readonly tf.Tensor[],
  spec: NetworkSpec,
  channels: number,
  where: string,
): Promise<readonly Float32Array[]> {
  const shapes = weightShapes(spec, channels);
  const tensors = listOf(given, layersOf(spec).length, where, 'weights').map((w, index) => {
    const [name, shape] = [`weights[${index}]`, shapes[index] ?? []];
    const readable = w instanceof tf.Tensor && !w.isDisposed && w.dtype !== 'string' && w.dtype !== 'complex64';
    ensure(readable, where, name, () => `must be a tensor of numbers that wasn't disposed, got ${show(w)}`);
    ensure(sameShape(w.shape, shape), where, name, () => `has shape ${showShape(w.shape)}, the layer needs ${showShape(shape)}`);
    return w;
  });
  const arrays = await Promise.all(tensors.map(async (w) => Float32Array.from(await w.data())));
  return checkedWeights(arrays, spec, channels, where, 'weights');
}

function listOf(given: unknown, count: number, where: string, argument: string): readonly unknown[] {
  ensure(Array.isArray(given), where, argument, () => `must be a list of each layer's weights, got ${show(given)}`);
  ensure(given.length === count, where, argument, () => `are of ${given.length} layers, there are ${count}`);
  return Array.from<unknown>(given);
}
