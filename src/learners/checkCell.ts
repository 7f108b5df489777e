import type * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { show, showShape } from '../core/show.js';
import { sameShape, toFloat } from '../core/tensors.js';
import { isRecord } from '../core/trees.js';
import { checkLayerShapes, type Rule } from '../rules/rule.js';
import { checkParameterBounds } from '../updates/checkParameterBounds.js';
import { checkUpdate } from '../updates/checkUpdate.js';
import type { Cell } from './cell.js';

/** Shapes of the two layers of a cell. */
export interface CheckedCell {
  readonly pre: readonly number[];
  readonly post: readonly number[];
}

/** @throws {StdpError} unless it is a rule: not what a validate function returned, for one. */
export function checkRule(rule: Rule<object>, where: string): void {
  const methods = ['init', 'delta', 'step'] as const;
  const isRule = typeof rule === 'object' && rule !== null && methods.every((name) => typeof rule[name] === 'function');
  ensure(isRule, where, 'rule', () => `must be a learning rule such as pairStdp(), got ${show(rule)}`);
  checkUpdate(rule.update, where);
}

const fields = ['w', 'pre', 'post', 'topology', 'bounds'];

/**
 * The layers of a cell and its weights, which connect them.
 *
 * @throws {StdpError} when a field is unknown, or the weights are not those between the layers.
 */
export function checkCell(cell: Cell, rule: Rule<object>, where: string): CheckedCell & { readonly w: tf.Tensor } {
  ensure(isRecord(cell), where, 'cell', () => `must be a record { w, pre, post }, got ${show(cell)}`);
  for (const name of Object.keys(cell))
    ensure(fields.includes(name), where, `cell.${name}`, () => `is not part of a cell; known are ${fields.join(', ')}`);
  for (const name of ['w', 'pre', 'post'] as const)
    ensure(cell[name] !== undefined, where, `cell.${name}`, () => 'is missing: a cell is { w, pre, post }');
  const { pre, post, bounds } = cell;
  const { topology } = rule;
  checkLayerShapes({ pre, post }, topology, where, 'cell');
  if (bounds !== undefined) checkParameterBounds(bounds, where);
  const w = toFloat(cell.w, where, 'cell.w');
  const ranks = () => `has shape ${showShape(w.shape)}, a ${topology.type} layer needs rank ${topology.weightRank}`;
  ensure(w.rank === topology.weightRank, where, 'cell.w', ranks);
  const batched = (shape: readonly number[]) => (pre.length === topology.rank ? shape : [1, ...shape]);
  const wanted = topology.outputShape(where, batched(pre), w.shape, 'cell.pre');
  const problem = () => `${showShape(post)} doesn't fit, pre and w ${showShape(w.shape)} need ${showShape(wanted)}`;
  ensure(sameShape(batched(post), wanted), where, 'cell.post', problem);
  return { w, pre: [...pre], post: [...post] };
}
