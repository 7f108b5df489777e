import * as tf from '@tensorflow/tfjs-core';
import { StdpError } from './errors.js';

/** Levels of arrays and records in one another, beyond which something is taken to lie within itself. */
export const deepest = 64;

export const endless = `lies within itself, or is more than ${deepest} levels deep`;

/** Whether a value is a plain record: not a list, not of a class. */
export function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The same tree with `change` applied to each tensor. */
export function mapTensors<T>(tree: T, change: (tensor: tf.Tensor) => tf.Tensor): T {
  return mapLeaves(tree, (leaf) => (leaf instanceof tf.Tensor ? change(leaf) : leaf)) as T;
}

/**
 * The same arrays and records with `change` applied to what they hold.
 *
 * @param change  is told of each leaf the names on the way to it.
 * @param isLeaf  what is not looked into. Default: tensors, and what is neither list nor record.
 * @throws {StdpError} when the tree lies within itself.
 */
export function mapLeaves(
  tree: unknown,
  change: (leaf: unknown, path: readonly string[]) => unknown,
  isLeaf: (tree: unknown) => boolean = isTensor,
  path: readonly string[] = [],
): unknown {
  if (path.length > deepest) throw new StdpError('tensors', path.slice(0, 3).join('.'), endless);
  if (isLeaf(tree)) return change(tree, path);
  if (Array.isArray(tree)) return tree.map((branch, index) => mapLeaves(branch, change, isLeaf, [...path, String(index)]));
  if (!isRecord(tree)) return change(tree, path);
  const entries = Object.entries(tree);
  return Object.fromEntries(entries.map(([name, branch]) => [name, mapLeaves(branch, change, isLeaf, [...path, name])]));
}

const isTensor = (value: unknown): boolean => value instanceof tf.Tensor;

/** All tensors of a tree, in order. */
export function tensorsOf(tree: unknown): readonly tf.Tensor[] {
  const found: tf.Tensor[] = [];
  collect(tree, found, 0);
  return found;
}

/** As {@link mapLeaves} without names: this is in the loop of every step. */
function collect(tree: unknown, found: tf.Tensor[], depth: number): void {
  if (depth > deepest) throw new StdpError('tensors', 'the record', endless);
  if (tree instanceof tf.Tensor) found.push(tree);
  else if (Array.isArray(tree)) for (const branch of tree) collect(branch, found, depth + 1);
  else if (isRecord(tree)) for (const name in tree) collect(tree[name], found, depth + 1);
}
