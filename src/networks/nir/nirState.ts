import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../../core/errors.js';
import { ensureFields } from '../../core/params/ensureFields.js';
import { ensureIs, integerFrom } from '../../core/params/validation.js';
import { checkShape, mostNeurons } from '../../core/shapes.js';
import { show, showShape } from '../../core/show.js';
import { sameShape, toFloat } from '../../core/tensors.js';
import { isRecord, mapTensors } from '../../core/trees.js';
import type { Behaviour, NamedTensors } from './nodeContext.js';

/** What nodes remember from one step to the next, by node and field: potentials `v`, currents `i`, what was `past`, the `last` output. */
export interface NirState {
  readonly [node: string]: { readonly [field: string]: tf.Tensor };
}

/** A node, what feeds it in the same step and one step later, and how what it remembers begins. */
export interface Part {
  readonly name: string;
  readonly sources: readonly string[];
  readonly echoes: readonly string[];
  readonly behaviour: Behaviour;
  readonly remembers: NamedTensors;
}

const remembering = (parts: readonly Part[]): readonly Part[] =>
  parts.filter(({ remembers }) => Object.keys(remembers).length > 0);

/** The state before the first step. */
export function stateAtRest(parts: readonly Part[], batch: unknown, where: string): NirState {
  ensureIs(integerFrom(1, mostNeurons), batch, where, 'batch');
  const begin = (tensor: tf.Tensor) => tf.add(tf.zeros([...checkShape([batch, ...tensor.shape], where, 'batch')]), tensor);
  return Object.fromEntries(remembering(parts).map(({ name, remembers }) => [name, mapTensors(remembers, begin)]));
}

/** A state of these nodes. @throws {StdpError} that names what is missing, too many or of another shape. */
export function checkedState(state: unknown, parts: readonly Part[], batch: number, where: string): NirState {
  ensure(isRecord(state), where, 'state', () => `must be what init returned, got ${show(state)}`);
  const known = remembering(parts);
  ensureFields(
    state,
    known.map(({ name }) => name),
    where,
    'state',
  );
  return Object.fromEntries(
    known.map(({ name, remembers }) => [name, checkedFields(state[name], remembers, batch, where, `state.${name}`)]),
  );
}

function checkedFields(given: unknown, like: NamedTensors, batch: number, where: string, argument: string): NamedTensors {
  const names = Object.keys(like);
  ensure(isRecord(given), where, argument, () => `must be a record of ${names.join(', ')}, got ${show(given)}`);
  ensureFields(given, names, where, argument);
  const fields = Object.entries(like).map(([name, { shape }]): readonly [string, tf.Tensor] => {
    const place = `${argument}.${name}`;
    ensure(given[name] !== undefined, where, place, () => 'is missing');
    const tensor = toFloat(given[name] as tf.Tensor, where, place);
    const wanted = [batch, ...shape];
    const problem = () => `has shape ${showShape(tensor.shape)}, needs ${showShape(wanted)}`;
    ensure(sameShape(tensor.shape, wanted), where, place, problem);
    return [name, tensor];
  });
  return Object.fromEntries(fields);
}
