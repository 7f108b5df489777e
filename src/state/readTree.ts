import { type ArrayKind, arrayKinds, isKind } from '../core/bytes/arrays.js';
import { Part } from '../core/carry/part.js';
import { isPackedDtype, TensorValues } from '../core/carry/tensorValues.js';
import { isRecord } from '../core/trees.js';
import type { FileArray } from '../formats/arrays/fileArray.js';
import { type Flat, fileTypes, type Node } from './stateTree.js';

/**
 * The state that {@link flattened} took apart. In place of tensors stand their values.
 *
 * @throws {RangeError} when the two parts are not those of a state: each array stands in the tree, and once.
 */
export function whole({ tree, arrays }: Flat): unknown {
  const left = new Map(Object.entries(arrays));
  const state = treeOf(tree, left);
  if (left.size > 0) throw new RangeError('arrays that stand nowhere');
  return state;
}

function treeOf(node: Node, left: Map<string, FileArray>): unknown {
  if (!isTagged(node)) {
    if (!isRecord(node)) return node;
    return Object.fromEntries(Object.entries(node).map(([name, branch]) => [name, treeOf(branch, left)]));
  }
  switch (node[0]) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(node[1]);
    case 'bigint':
      return BigInt(node[1]);
    case 'list':
      return node[1].map((entry) => treeOf(entry, left));
    case 'numbers':
      return Array.from(taken(node[1], left, 'float64').data as Float64Array);
    case 'array':
      return arrayOf(node[1], node[2], left);
    case 'tensor':
      return tensorOf(taken(node[1], left));
    case 'rule':
    case 'object':
      return new Part(node[0], treeOf(node[1], left));
    default:
      throw new RangeError(String(node));
  }
}

const isTagged = (node: Node): node is Extract<Node, readonly [string, ...unknown[]]> => Array.isArray(node);

function taken(name: string, left: Map<string, FileArray>, dtype?: string): FileArray {
  const array = left.get(name);
  if (array === undefined || (dtype !== undefined && array.dtype !== dtype)) throw new RangeError(name);
  left.delete(name);
  return array;
}

function arrayOf(kind: ArrayKind, name: string, left: Map<string, FileArray>): unknown {
  if (!isKind(kind)) throw new RangeError(kind);
  const { data } = taken(name, left, fileTypes[kind]);
  return data instanceof arrayKinds[kind] ? data : new Uint8ClampedArray(data.buffer);
}

function tensorOf({ dtype, shape, data }: FileArray): TensorValues {
  if (!isPackedDtype(dtype)) throw new RangeError(dtype);
  return new TensorValues(dtype, shape, data as TensorValues['values']);
}
