import { StdpError } from './errors.js';
import { deepest, endless, isRecord } from './trees.js';

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

/**
 * {@link frozen} of a copy: the records of the caller stay open. What is frozen already is taken as it is.
 *
 * @throws {StdpError} of `where` and `argument` when the tree lies within itself.
 */
export function frozenCopy<T>(tree: T, where: string, argument: string, depth = 0): T {
  if (!isBranch(tree) || Object.isFrozen(tree)) return tree;
  if (depth > deepest) throw new StdpError(where, argument, endless);
  const copied = (branch: unknown): unknown => frozenCopy(branch, where, argument, depth + 1);
  const copy = Array.isArray(tree)
    ? tree.map(copied)
    : Object.fromEntries(Object.entries(tree).map(([name, branch]) => [name, copied(branch)]));
  return Object.freeze(copy) as T;
}

const isBranch = (tree: unknown): tree is object => Array.isArray(tree) || isRecord(tree);
