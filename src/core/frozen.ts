import { isRecord } from './trees.js';

/**
 * The same records and lists, which nobody can change any more: whoever tries is told by a TypeError in strict code. Tensors
 * and typed arrays in them stay as they are. For what is shared, and for what was checked and must stay so.
 */
export function frozen<T>(tree: T): T {
  if (!isBranch(tree) || Object.isFrozen(tree)) return tree;
  Object.freeze(tree);
  for (const branch of Object.values(tree)) frozen(branch);
  return tree;
}

/** {@link frozen} of a copy: the records of the caller stay open. What is frozen already is taken as it is. */
export function frozenCopy<T>(tree: T): T {
  if (!isBranch(tree) || Object.isFrozen(tree)) return tree;
  const copy = Array.isArray(tree)
    ? tree.map(frozenCopy)
    : Object.fromEntries(Object.entries(tree).map(([name, branch]) => [name, frozenCopy(branch)]));
  return Object.freeze(copy) as T;
}

const isBranch = (tree: unknown): tree is object => Array.isArray(tree) || isRecord(tree);
