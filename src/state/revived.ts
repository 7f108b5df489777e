import * as tf from '@tensorflow/tfjs-core';
import { Part } from '../core/carry/part.js';
import { isStateful, type Stateful } from '../core/carry/stateful.js';
import { TensorValues } from '../core/carry/tensorValues.js';
import { StdpError } from '../core/errors.js';
import { messageOf } from '../core/show.js';
import { isRecord, mapTensors, tensorsOf } from '../core/trees.js';
import type { RuleJSON } from '../rules/rule.js';
import { ruleFromJSON } from '../rules/ruleFromJSON.js';

/**
 * A state as programs have it: tensors on the present backend in place of what was read from them, and rules; in place of objects
 * stands what their `carry()` gave.
 *
 * @throws {StdpError} when a rule can't be made anew.
 */
export const revived = (saved: unknown, where: string): unknown =>
  allOrNone((made) => revive(saved, { where, path: ['state'], made, objects: [] }));

/**
 * {@link revived} of a state that fits what is given: rules and objects are those that are given, and the objects go on from what was
 * saved.
 *
 * @throws {StdpError} when an object refuses; all go on as they did then.
 */
export const revivedInto = (saved: unknown, like: unknown, where: string): unknown =>
  allOrNone((made) => {
    const objects: Returning[] = [];
    const state = joined(saved, like, { where, path: ['state'], made, objects });
    restoreAll(objects, where);
    return state;
  });

/** An object that is given, where it stands, and what was saved of it. */
interface Returning {
  readonly object: Stateful;
  readonly argument: string;
  readonly part: Part;
}

/** Where in a state something stands, and the tensors and objects so far. */
interface Place {
  readonly where: string;
  readonly path: readonly string[];
  readonly made: tf.Tensor[];
  readonly objects: Returning[];
}

const within = (place: Place, name: string): Place => ({ ...place, path: [...place.path, name] });

/** What is made, or none of its tensors where that is refused half-way. */
function allOrNone<T>(make: (made: tf.Tensor[]) => T): T {
  const made: tf.Tensor[] = [];
  try {
    return make(made);
  } catch (reason) {
    tf.dispose(made);
    throw reason;
  }
}

function revive(saved: unknown, place: Place): unknown {
  if (saved instanceof TensorValues) {
    const tensor = tf.tensor(saved.values, [...saved.shape], saved.dtype);
    place.made.push(tensor);
    return tensor;
  }
  if (saved instanceof Part) {
    const content = revive(saved.content, place);
    return saved.of === 'rule' ? ruleOf(content, place) : content;
  }
  if (Array.isArray(saved)) return saved.map((branch, index) => revive(branch, within(place, String(index))));
  if (!isRecord(saved)) return saved;
  return Object.fromEntries(Object.entries(saved).map(([name, branch]) => [name, revive(branch, within(place, name))]));
}

function ruleOf(made: unknown, { where, path }: Place): unknown {
  try {
    return ruleFromJSON(made as RuleJSON);
  } catch (cause) {
    const problem = `is a rule that can't be made anew here, so that it has to be given (${messageOf(cause)})`;
    throw new StdpError(where, path.join('.'), problem, { cause });
  }
}

function joined(saved: unknown, like: unknown, place: Place): unknown {
  if (saved instanceof Part && like !== undefined && like !== null) {
    if (isStateful(like)) place.objects.push({ object: like, argument: place.path.join('.'), part: saved });
    return like;
  }
  const isFilled = isRecord(like) || (Array.isArray(like) && like.length > 0);
  if (!isFilled || saved instanceof TensorValues) return revive(saved, place);
  const inside = (branch: unknown, name: string): unknown => joined(branch, Reflect.get(like, name), within(place, name));
  if (Array.isArray(saved)) return saved.map((branch, index) => inside(branch, String(index)));
  if (!isRecord(saved)) return saved;
  return Object.fromEntries(Object.entries(saved).map(([name, branch]) => [name, inside(branch, name)]));
}

/** Lets objects go on from what was saved: all, or none. */
function restoreAll(objects: readonly Returning[], where: string): void {
  const saved = revived(
    objects.map(({ part }) => part.content),
    where,
  ) as readonly object[];
  const before = objects.map(({ object }) => mapTensors(object.carry(), (tensor) => tf.clone(tensor)));
  try {
    for (const [index, returning] of objects.entries()) restoreOne(returning, Object(saved[index]), where);
  } catch (reason) {
    for (const [index, { object }] of objects.entries()) object.restore(Object(before[index]));
    throw reason;
  } finally {
    tf.dispose([...tensorsOf(before), ...tensorsOf(saved)]);
  }
}

function restoreOne({ object, argument }: Returning, saved: object, where: string): void {
  try {
    object.restore(saved);
  } catch (reason) {
    if (!(reason instanceof StdpError)) throw reason;
    throw new StdpError(where, reason.argument.replace(/^carry\b/, argument), reason.problem, { cause: reason });
  }
}
