import * as tf from '@tensorflow/tfjs-core';
import { ensure, StdpError } from './errors.js';
import { show, showShape } from './show.js';
import { sameShape, tidily } from './tensors.js';
import { mapLeaves, tensorsOf } from './trees.js';

/**
 * Values of a series along a leading axis, as trees of tensors that hold 2^level of them each: the binary counter that keeps the
 * number of live tensors at O(log T).
 */
export type Stacks = readonly { readonly size: number; readonly tree: unknown }[];

/**
 * One value as a tree that can be stacked: tensors, numbers and truth values with a leading axis of 1.
 *
 * @throws {StdpError} when it holds something else; null and undefined may stay.
 */
export const stackable = (value: unknown): unknown =>
  mapLeaves(value, (leaf, path) => {
    if (leaf instanceof tf.Tensor) return tf.expandDims(leaf, 0);
    if (typeof leaf === 'number') return tf.tensor1d([leaf], 'float32');
    if (typeof leaf === 'boolean') return tf.tensor1d([leaf], 'bool');
    const where = ['step', 'y', ...path].join('.');
    ensure(leaf === null || leaf === undefined, 'scan', where, () => `must be a tensor or a number, got ${show(leaf)}`);
    return null;
  });

/** Whether the last two stacks hold as many values as each other. */
export const isEven = (stacks: Stacks): boolean => stacks.length > 1 && stacks.at(-2)?.size === stacks.at(-1)?.size;

/** The last two stacks as one; their tensors are disposed. */
export function mergedLast(stacks: Stacks): Stacks {
  const [first, second] = stacks.slice(-2);
  if (first === undefined || second === undefined) return stacks;
  const later = new Map(namedTensors(second.tree));
  const earlier = namedTensors(first.tree);
  if (later.size !== earlier.length) throw unlike(`${earlier.length} and ${later.size} values`);
  const tree = tidily(() =>
    mapLeaves(first.tree, (leaf, path) => {
      if (!(leaf instanceof tf.Tensor)) return leaf;
      const next = later.get(path.join('.'));
      if (next === undefined) throw unlike(`a value '${path.join('.')}' in one step and none in another`);
      const alike = sameShape(leaf.shape.slice(1), next.shape.slice(1)) && leaf.dtype === next.dtype;
      if (!alike) throw unlike(`${describe(leaf)} and ${describe(next)}`);
      return tf.concat([leaf, next], 0);
    }),
  );
  tf.dispose([...tensorsOf(first.tree), ...tensorsOf(second.tree)]);
  return [...stacks.slice(0, -2), { size: first.size + second.size, tree }];
}

function namedTensors(tree: unknown): readonly (readonly [string, tf.Tensor])[] {
  const found: (readonly [string, tf.Tensor])[] = [];
  mapLeaves(tree, (leaf, path) => leaf instanceof tf.Tensor && found.push([path.join('.'), leaf]));
  return found;
}

const describe = ({ dtype, shape }: tf.Tensor): string => `${dtype} ${showShape(shape.slice(1))}`;

const unlike = (what: string): StdpError => new StdpError('scan', 'step', `must give ys of one form, gave ${what}`);
