import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { show, showShape } from '../core/show.js';
import { isFloat, sameShape, tidily, toFloat, toTimes } from '../core/tensors.js';
import { isRecord, tensorsOf } from '../core/trees.js';
import type { LayerShapes } from './rule.js';
import type { CallNames } from './ruleInput.js';

/** The shapes of a state, in the records that hold its tensors. */
type Shapes = { readonly [name: string]: readonly number[] | Shapes | undefined };

/** How the state of a rule is made and checked. */
export interface StateCheck<State> {
  /** The state before the first step. */
  init(shapes: LayerShapes): State;
  /**
   * A state in float32: it has the fields that `init` gives for these layers, each in its shape, and no others.
   *
   * @throws {StdpError} that names the field.
   */
  check(state: State, layers: Required<LayerShapes>, batched: boolean): State;
}

/** The {@link StateCheck} of a rule whose first state `init` gives. */
export function stateCheck<State>({ where, pre, post }: CallNames, init: (shapes: LayerShapes) => State): StateCheck<State> {
  // A step makes no state to compare with where one of these layers was made before: memory may be scarce.
  let known: readonly { readonly layers: LayerShapes; readonly shapes: Shapes }[] = [];
  const initial = (layers: LayerShapes): State => {
    const state = tidily(() => init(layers));
    known = [{ layers, shapes: shapesOf(state) }, ...known].slice(0, 8);
    return state;
  };
  const shapesFor = (layers: Required<LayerShapes>): Shapes => {
    const last = known.find((made) => sameLayers(made.layers, layers));
    if (last !== undefined) return last.shapes;
    const state = initial(layers);
    tf.dispose([...tensorsOf(state)]);
    return shapesOf(state);
  };
  return {
    init: initial,
    check: (state, layers, batched) => {
      const shapes = shapesFor(layers);
      if (isReady(state, shapes)) return state;
      const wanted = (name: string, shape: readonly number[]): string => {
        const [spikes, layer] = name.endsWith('Pre') ? [pre, layers.pre] : name.endsWith('Post') ? [post, layers.post] : [];
        if (layer === undefined || !sameShape(shape, layer)) return `needs ${showShape(shape)}`;
        return `${spikes} has ${showShape(shape)}${batched ? ' (batch included)' : ''}`;
      };
      return checked({ where, wanted }, 'state', state, shapes) as State;
    },
  };
}

/** Layers whose states have the same shapes: weights that were not told are those of a dense layer, or play no part. */
const sameLayers = (a: LayerShapes, b: Required<LayerShapes>): boolean =>
  sameShape(a.pre, b.pre) && sameShape(a.post, b.post) && (a.w === undefined || sameShape(a.w, b.w));

/** Who refuses, and the end of the sentence about a tensor of another shape. */
interface Refusal {
  readonly where: string;
  wanted(name: string, shape: readonly number[]): string;
}

/** Whether a state has just these tensors, float32 all: the usual case, in which there is nothing to do or to say. */
function isReady(state: unknown, shapes: Shapes): boolean {
  if (typeof state !== 'object' || state === null) return false;
  const fields = state as { readonly [name: string]: unknown };
  let count = 0;
  for (const name in shapes) {
    const [value, shape] = [fields[name], shapes[name]];
    if (shape === undefined || !(value instanceof tf.Tensor) || !isShape(shape)) return false;
    if (!sameShape(value.shape, shape) || !isFloat(value)) return false;
    count++;
  }
  for (const _ in fields) count--;
  return count === 0;
}

function shapesOf(state: unknown): Shapes {
  if (!isRecord(state)) return {};
  return Object.fromEntries(
    Object.entries(state)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, value instanceof tf.Tensor ? value.shape : isRecord(value) ? shapesOf(value) : undefined]),
  );
}

function checked(refusal: Refusal, argument: string, state: unknown, shapes: Shapes): unknown {
  const { where } = refusal;
  ensure(isRecord(state), where, argument, () => `must be what init returned, got ${show(state)}`);
  for (const field of Object.keys(state)) {
    const isUnknown = !Object.hasOwn(shapes, field) && state[field] !== undefined;
    const known = () => Object.keys(shapes).join(', ') || 'nothing';
    ensure(!isUnknown, where, `${argument}.${field}`, () => `is not part of the state, which holds ${known()}`);
  }
  let changed = false;
  const fields = Object.entries(shapes).map(([field, shape]) => {
    const [name, value] = [`${argument}.${field}`, state[field]];
    ensure(value !== undefined, where, name, () => 'is missing; the state must be what init returned');
    const accepted = checkedField(refusal, name, value, shape);
    changed ||= accepted !== value;
    return [field, accepted] as const;
  });
  return changed ? Object.fromEntries(fields) : state;
}

function checkedField(refusal: Refusal, name: string, value: unknown, shape: Shapes[string]): unknown {
  if (shape === undefined) return value; // no tensor: the rule's own business
  if (!isShape(shape)) return checked(refusal, name, value, shape);
  // Ages are the only memory that begins with Infinity: never.
  const toTensor = /\.age[^.]*$/.test(name) ? toTimes : toFloat;
  const tensor = toTensor(value as tf.TensorLike, refusal.where, name);
  const problem = () => `has shape ${showShape(tensor.shape)}, ${refusal.wanted(name, shape)}`;
  ensure(sameShape(tensor.shape, shape), refusal.where, name, problem);
  return tensor;
}

const isShape = (shapes: readonly number[] | Shapes): shapes is readonly number[] => Array.isArray(shapes);
