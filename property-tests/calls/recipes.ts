import * as tf from '@tensorflow/tfjs-core';
import { randomUniform } from '../../src/core/random.js';

/**
 * How to make an argument anew for every call: tensors and lists by their shape and values, records and lists of recipes, and whatever
 * else is given as it is.
 */
export type Recipe =
  | {
      readonly make: 'tensor';
      readonly shape: readonly number[];
      readonly values: Values;
      readonly form: TensorForm;
      readonly seed: number;
    }
  | {
      readonly make: 'list';
      readonly shape: readonly number[];
      readonly values: Values;
      readonly form: ListForm;
      readonly seed: number;
    }
  | { readonly make: 'record'; readonly fields: { readonly [name: string]: Recipe } }
  | { readonly make: 'items'; readonly items: readonly Recipe[] }
  | { readonly make: 'value'; readonly value: unknown };

/** What numbers a tensor or list holds. */
export type Values = (typeof allValues)[number];
export const finiteValues = ['zeros', 'ones', 'spikes', 'graded', 'uniform'] as const;
export const allValues = [...finiteValues, 'huge', 'infinite', 'nan'] as const;

/** How tfjs came to hold a tensor. */
export type TensorForm = (typeof tensorForms)[number];
export const tensorForms = [
  'plain',
  'clone',
  'reshaped',
  'cast',
  'castInt',
  'sliceOfCast',
  'int32',
  'bool',
  'variable',
  'disposed',
  'text',
] as const;

/** What kind of list. */
export type ListForm = (typeof listForms)[number];
export const listForms = ['nested', 'typed', 'booleans', 'ints', 'bytes', 'ragged'] as const;

/** A tensor of float32 as most people make them. */
export const tensor = (shape: readonly number[], values: Values = 'uniform', seed = 1): Recipe => ({
  make: 'tensor',
  shape,
  values,
  form: 'plain',
  seed,
});
export const record = (fields: { readonly [name: string]: Recipe }): Recipe => ({ make: 'record', fields });
export const items = (...list: readonly Recipe[]): Recipe => ({ make: 'items', items: list });
export const value = (given: unknown): Recipe => ({ make: 'value', value: given });

/** A plain record of plain values, each of which may be replaced by itself. */
export const values = (fields: object): Recipe =>
  record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, value(field)])));

/** What was made for a call: the tensors to look at afterwards and to dispose. */
export interface Made {
  readonly tensors: tf.Tensor[];
  /** Whether numbers are in it beside which others are lost to rounding, or that no sum is safe from. */
  extreme: boolean;
}

/** The argument. Its tensors are noted in `made`. */
export function build(recipe: Recipe, made: Made): unknown {
  switch (recipe.make) {
    case 'value':
      if (typeof recipe.value === 'number' && Math.abs(recipe.value) > 1e4) made.extreme = true;
      return recipe.value;
    case 'items':
      return recipe.items.map((item) => build(item, made));
    case 'record':
      return Object.fromEntries(Object.entries(recipe.fields).map(([name, field]) => [name, build(field, made)]));
    case 'list':
      return listOf(recipe, made);
    case 'tensor':
      return tensorOf(recipe, made);
  }
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

function numbersOf(
  { shape, values: kind, seed }: { readonly shape: readonly number[]; readonly values: Values; readonly seed: number },
  made: Made,
) {
  const draws = randomUniform(sizeOf(shape), seed);
  if (kind === 'huge' || kind === 'infinite' || kind === 'nan') made.extreme = true;
  switch (kind) {
    case 'zeros':
      return draws.map(() => 0);
    case 'ones':
      return draws.map(() => 1);
    case 'spikes':
      return draws.map((draw) => Number(draw < 0.3));
    case 'graded':
      return draws.map((draw) => (draw < 0.5 ? 0 : draw - 0.6));
    case 'uniform':
      return draws;
    case 'huge':
      return draws.map((draw) => (draw - 0.5) * 1e30);
    case 'infinite':
      return draws.map((draw) => (draw < 0.3 ? Number.POSITIVE_INFINITY : draw));
    case 'nan':
      return draws.map((draw) => (draw < 0.3 ? Number.NaN : draw));
  }
}

function tensorOf(recipe: Extract<Recipe, { readonly make: 'tensor' }>, made: Made): tf.Tensor {
  const shape = [...recipe.shape];
  const numbers = numbersOf(recipe, made);
  const whole = () => Int32Array.from(numbers, (number) => Math.round(Number.isFinite(number) ? number : 0));
  const truths = () =>
    tf.tensor(
      Uint8Array.from(numbers, (number) => Number(number > 0.5)),
      shape,
      'bool',
    );
  const one = (tensor: tf.Tensor): tf.Tensor => {
    made.tensors.push(tensor);
    return tensor;
  };
  switch (recipe.form) {
    case 'plain':
      return one(tf.tensor(numbers, shape));
    case 'clone':
      return one(tf.clone(one(tf.tensor(numbers, shape))));
    case 'reshaped':
      return one(tf.reshape(one(tf.tensor1d(numbers)), shape));
    case 'cast':
      return one(tf.cast(one(truths()), 'float32'));
    case 'castInt':
      return one(tf.cast(one(tf.tensor(whole(), shape, 'int32')), 'float32'));
    case 'sliceOfCast':
      if (shape.length === 0) return one(tf.cast(one(truths()), 'float32'));
      return one(
        tf.slice(
          one(tf.cast(one(truths()), 'float32')),
          shape.map(() => 0),
          shape,
        ),
      );
    case 'int32':
      return one(tf.tensor(whole(), shape, 'int32'));
    case 'bool':
      return one(truths());
    case 'variable':
      return one(tf.variable(one(tf.tensor(numbers, shape)), false));
    case 'disposed': {
      const tensor = tf.tensor(numbers, shape);
      tensor.dispose();
      return tensor;
    }
    case 'text':
      return one(tf.tensor(Array.from(numbers, String), shape, 'string'));
  }
}

function listOf(recipe: Extract<Recipe, { readonly make: 'list' }>, made: Made): unknown {
  const numbers = numbersOf(recipe, made);
  const { shape, form } = recipe;
  if (form === 'typed') return numbers;
  if (form === 'bytes') return Uint8Array.from(numbers, (number) => (number > 0.5 ? 1 : 0));
  if (form === 'ints') return Int32Array.from(numbers, (number) => (number > 0.5 ? 1 : 0));
  const leaf = (number: number) => (form === 'booleans' ? number > 0.5 : number);
  let next = 0;
  const nested = (axis: number): unknown => {
    if (axis === shape.length) return leaf(numbers[next++] ?? 0);
    const rows = Array.from({ length: shape[axis] ?? 0 }, () => nested(axis + 1));
    return form === 'ragged' && axis === shape.length - 1 && next % 2 === 1 ? [...rows, 1] : rows;
  };
  return nested(0);
}
