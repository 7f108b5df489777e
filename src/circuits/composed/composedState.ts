import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../../core/errors.js';
import { mapLeaves } from '../../core/trees.js';
import { composedPrefix } from '../arguments/state.js';
import type { Arrays } from '../circuitState.js';
import type { ProjectionNow } from './projectionStep.js';

// What this engine keeps of a projection beside w lies under names of its own: traces here are those of the rule, neuron by neuron.

/** A projection as a state has it; of a circuit that hasn't begun, as it begins. @param begun  what it begins with. */
export function projectionFrom(begun: ProjectionNow, arrays: Arrays, step: number, name: string): ProjectionNow {
  const { w, ...rest } = begun;
  const revived = mapLeaves(rest, (leaf, path) => {
    if (!(leaf instanceof tf.Tensor)) return leaf;
    const held = arrays[composedPrefix + path.join('.')];
    const problem = () => `has no traces of '${name}' for operations: a run goes on with the engine that began it`;
    ensure(held !== undefined || step === 0, 'runComposed', 'state', problem);
    if (held === undefined) return leaf;
    return tf.tensor(held instanceof Float64Array ? Float32Array.from(held) : held, leaf.shape, leaf.dtype);
  });
  return { w, ...(revived as Omit<ProjectionNow, 'w'>) };
}

/** What a state keeps of a projection. */
export async function projectionArrays({ w, ...rest }: ProjectionNow): Promise<Arrays> {
  const kept = new Map<string, tf.Tensor>();
  mapLeaves(rest, (leaf, path) => (leaf instanceof tf.Tensor ? kept.set(composedPrefix + path.join('.'), leaf) : leaf));
  const read = await Promise.all([...kept].map(async ([name, tensor]) => [name, await arrayOf(tensor)] as const));
  return { w: await floatsOf(w), ...Object.fromEntries(read) };
}

const floatsOf = async (tensor: tf.Tensor): Promise<Float32Array> => Float32Array.from(await tensor.data());

/** The values of a tensor. */
export async function arrayOf(tensor: tf.Tensor): Promise<Float32Array | Int32Array> {
  const values = await tensor.data();
  return tensor.dtype === 'float32' ? Float32Array.from(values) : Int32Array.from(values);
}
