import * as tf from '@tensorflow/tfjs-core';
import { difference } from '../../core/carry/difference.js';
import { ensure } from '../../core/errors.js';
import { show, showShape } from '../../core/show.js';
import { sameShape, toTimes } from '../../core/tensors.js';
import { isRecord, mapTensors } from '../../core/trees.js';

/** What a stateful object holds, in records of their own: who writes into them changes nothing of the object. */
export const carried = (state: object): object => mapTensors(state, (tensor) => tensor);

/**
 * What a stateful object is to hold from now on, of the form of what it holds: a copy whose tensors are new. What is undefined may be
 * missing.
 *
 * @throws {StdpError} that names the field which is none of these.
 */
export function restored<S>(given: unknown, like: S, where: string, argument = 'carry'): S {
  return ofForm(given, like, where, argument) as S;
}

/**
 * {@link restored} of an object that was made of the same rule or parameters: they are in the carry, too.
 *
 * @param made  what it was made of, by name.
 */
export function restoredMade<S extends object>(given: unknown, like: S, made: object, where: string, argument = 'carry'): S {
  const held = Object.keys(like).filter((name) => Reflect.get(like, name) !== undefined);
  const fields = restoredRecord(given, [...held, ...Object.keys(made)], where, argument);
  ensureSameMade(fields, made, where, argument);
  return restored(Object.fromEntries(held.map((name) => [name, fields[name]])), like, where, argument);
}

/** Throws where what an object was made of is not what this one was. */
function ensureSameMade(fields: { readonly [name: string]: unknown }, made: object, where: string, argument: string): void {
  for (const [name, own] of Object.entries(made)) {
    const found = difference(fields[name], own, [name]);
    ensure(found === undefined, where, argument, () => `is of another one: ${found}`);
  }
}

function ofForm(given: unknown, like: unknown, where: string, argument: string): unknown {
  if (like instanceof tf.Tensor) return restoredTensor(given, like.shape, where, argument);
  if (typeof like === 'number') return restoredNumber(given, where, argument);
  if (typeof like === 'boolean') {
    ensure(typeof given === 'boolean', where, argument, () => `must be true or false, got ${show(given)}`);
    return given;
  }
  if (!isRecord(like)) return given; // a rule's own business
  const wanted = Object.entries(like).filter(([, value]) => value !== undefined);
  const known = wanted.map(([name]) => name);
  const fields = restoredRecord(given, known, where, argument);
  return Object.fromEntries(wanted.map(([name, value]) => [name, ofForm(fields[name], value, where, `${argument}.${name}`)]));
}

/** Throws unless it is a record of these fields, perhaps also of those that may be missing, and no others. */
export function restoredRecord(
  given: unknown,
  known: readonly string[],
  where: string,
  argument: string,
  also: readonly string[] = [],
): { readonly [name: string]: unknown } {
  const holds = () => `holds ${known.join(', ') || 'nothing'}`;
  ensure(isRecord(given), where, argument, () => `must be what carry() gave, got ${show(given)}`);
  for (const name of Object.keys(given))
    ensure(
      [...known, ...also].includes(name) || given[name] === undefined,
      where,
      `${argument}.${name}`,
      () => `is not known: the carry ${holds()}`,
    );
  for (const name of known)
    ensure(given[name] !== undefined, where, `${argument}.${name}`, () => `is missing: the carry ${holds()}`);
  return given;
}

/** A new tensor of the same values. @param shape  undefined: any. */
export function restoredTensor(given: unknown, shape: readonly number[] | undefined, where: string, argument: string): tf.Tensor {
  ensure(given instanceof tf.Tensor, where, argument, () => `must be a tensor, got ${show(given)}`);
  const tensor = toTimes(given, where, argument);
  if (shape !== undefined)
    ensure(
      sameShape(tensor.shape, shape),
      where,
      argument,
      () => `has shape ${showShape(tensor.shape)}, needs ${showShape(shape)}`,
    );
  return tf.clone(tensor);
}

export function restoredNumber(given: unknown, where: string, argument: string): number {
  ensure(typeof given === 'number' && Number.isFinite(given), where, argument, () => `must be a number, got ${show(given)}`);
  return given;
}

export function restoredList(given: unknown, where: string, argument: string): readonly unknown[] {
  ensure(Array.isArray(given), where, argument, () => `must be a list, got ${show(given)}`);
  return Array.from(given);
}

/** Weights of a layer and its memory, once it has one: the tensors that a rule by layers owns. */
export interface HeldLayer<S> {
  readonly w: tf.Tensor;
  readonly state?: S;
}

/** The weights of a layer, and its memory, whose form only its rule knows. @param made  of what the layer is. */
export function restoredLayer<S extends object>(
  given: unknown,
  w: tf.Tensor,
  made: object,
  where: string,
  argument: string,
): HeldLayer<S> {
  const { state, ...weights } = restoredRecord(given, ['w', ...Object.keys(made)], where, argument, ['state']);
  const layer = restoredMade(weights, { w }, made, where, argument);
  return state === undefined ? layer : { ...layer, state: restoredMemory<S>(state, where, `${argument}.state`) };
}

function restoredMemory<S extends object>(given: unknown, where: string, argument: string): S {
  ensure(isRecord(given), where, argument, () => `must be a record of tensors, got ${show(given)}`);
  return mapTensors(given, (tensor) => {
    ensure(!tensor.isDisposed, where, argument, () => 'holds a tensor that was disposed');
    return tf.clone(tensor);
  }) as S;
}
