import type * as tf from '@tensorflow/tfjs-core';
import { ensure } from './errors.js';
import { ensureFields } from './params/ensureFields.js';
import { show, showShape } from './show.js';
import { sameShape, toFloat } from './tensors.js';
import { isRecord } from './trees.js';

/**
 * The fields of a state as float32 tensors.
 *
 * @param names  of the fields it must have.
 * @param also   of those that it may have besides, which are not looked at.
 * @throws {StdpError} when it is no record, lacks a field or has one more, or a field is no tensor.
 */
export function stateTensors<Name extends string>(
  where: string,
  state: unknown,
  names: readonly Name[],
  also: readonly string[] = [],
): { readonly [name in Name]: tf.Tensor } {
  const known: readonly string[] = [...names, ...also];
  ensure(isRecord(state), where, 'state', () => `must be a record of ${names.join(', ')}, got ${show(state)}`);
  ensureFields(state, known, where, 'state');
  const entries = names.map((name) => {
    const value = state[name];
    ensure(value !== undefined, where, `state.${name}`, () => `is missing; the state holds ${known.join(', ')}`);
    return [name, toFloat(value as tf.TensorLike, where, `state.${name}`)] as const;
  });
  return Object.fromEntries(entries) as { readonly [name in Name]: tf.Tensor };
}

/**
 * Throws unless all these fields of a state have one shape.
 *
 * @param needs  who needs that shape: 'the input'.
 */
export function ensureStateShape(
  where: string,
  fields: { readonly [name: string]: tf.Tensor },
  shape: readonly number[],
  needs: string,
): void {
  for (const [name, field] of Object.entries(fields)) {
    const problem = () => `has shape ${showShape(field.shape)}, ${needs} needs ${showShape(shape)}`;
    ensure(sameShape(field.shape, shape), where, `state.${name}`, problem);
  }
}
