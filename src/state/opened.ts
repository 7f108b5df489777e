import * as tf from '@tensorflow/tfjs-core';
import { Part } from '../core/carry/part.js';
import { isStateful } from '../core/carry/stateful.js';
import { readTensors } from '../core/carry/tensorValues.js';
import { StdpError } from '../core/errors.js';
import { deepest, endless, isRecord } from '../core/trees.js';
import { madeOf } from '../rules/madeOf.js';
import type { Rule } from '../rules/rule.js';

/**
 * A state with what its tensors hold in their place, and {@link Part}s in place of rules and of objects that carry. What it holds is asked
 * for at once: later steps change nothing of it.
 *
 * @throws {StdpError} (as a rejection) when a tensor or an object was disposed.
 */
export const readState = async (state: unknown, where: string): Promise<unknown> =>
  readTensors(opened(state, where, ['state']), where);

function opened(tree: unknown, where: string, path: readonly string[]): unknown {
  if (path.length > deepest) throw new StdpError(where, path.slice(0, 3).join('.'), endless);
  const inside = (branch: unknown, name: string): unknown => opened(branch, where, [...path, name]);
  if (tree instanceof tf.Tensor) return tree;
  if (isStateful(tree)) return new Part('object', tree.carry());
  if (isRule(tree)) return new Part('rule', madeOf(tree));
  if (Array.isArray(tree)) return Array.from(tree, (branch, index) => inside(branch, String(index)));
  if (!isRecord(tree)) return tree;
  return Object.fromEntries(Object.entries(tree).map(([name, branch]) => [name, inside(branch, name)]));
}

/** Whether a record is a rule. */
const isRule = (tree: unknown): tree is Rule<object> =>
  isRecord(tree) &&
  typeof tree['name'] === 'string' &&
  ['init', 'delta', 'step', 'toJSON'].every((method) => typeof tree[method] === 'function');
