import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mapLeaves, tensorsOf } from '../src/core/trees.js';
import { useKernels } from '../src/kernels/tensors/current.js';
import { kernelsWanted, runs } from '../test/target.js';

/** Ways to hand over the same numbers: tensors that are float32, or are of another type inside or outside; lists; typed arrays. */
const forms = ['float32', 'int32', 'bool', 'cast', 'nested', 'typed'] as const;
type Form = (typeof forms)[number];

/** Numbers of a shape, before they are a tensor or a list: counterexamples show them, oracles read them. */
export class Numbers {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly form: Form;

  constructor(shape: readonly number[], values: readonly number[], form: Form = 'float32') {
    [this.shape, this.values, this.form] = [shape, values, form];
  }

  /** The tensor or the list. Forms that can't hold these numbers give a float32 tensor. */
  build(): unknown {
    const tensor = () => tf.tensor([...this.values], [...this.shape], 'float32');
    const whole = this.values.every((value) => Number.isInteger(value) && !Object.is(value, -0));
    const bits = this.values.every((value) => value === 0 || value === 1);
    if (this.form === 'int32' && whole) return tf.tensor([...this.values], [...this.shape], 'int32');
    if (this.form === 'bool' && bits) return tf.tensor([...this.values], [...this.shape], 'bool');
    if (this.form === 'cast' && bits)
      return tf.tidy(() => tf.cast(tf.tensor([...this.values], [...this.shape], 'bool'), 'float32'));
    if (this.form === 'typed' && this.shape.length === 1) return Float32Array.from(this.values);
    if (this.form === 'nested' && this.values.length > 0 && this.values.every(Number.isFinite)) return this.nested();
    return tensor();
  }

  private nested(axis = 0, from = 0): unknown {
    const size = this.shape[axis];
    if (size === undefined) return this.values[from];
    const stride = this.shape.slice(axis + 1).reduce((product, length) => product * length, 1);
    return Array.from({ length: size }, (_, index) => this.nested(axis + 1, from + index * stride));
  }

  [fc.toStringMethod](): string {
    return `${this.form} [${this.shape}] of [${this.values}]`;
  }
}

export const size = fc.integer({ min: 0, max: 3 });

/** Values of a shape in any form. */
export const numbers = (shape: readonly number[], value: fc.Arbitrary<number>): fc.Arbitrary<Numbers> => {
  const length = shape.reduce((product, axis) => product * axis, 1);
  const values = fc.array(value, { minLength: length, maxLength: length });
  return fc.tuple(values, fc.constantFrom(...forms)).map(([list, form]) => new Numbers(shape, list, form));
};

/** 0 or 1, as spikes mostly are. */
export const spike = fc.constantFrom(0, 0, 1);
/** Eighths: sums and products of a few are exact in float32. */
export const eighth = fc.integer({ min: -40, max: 40 }).map((value) => value / 8 || 0);
/** From a positive range, with a few digits. */
export const between = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true }).map(Math.fround);

/** One number, or one for each of `count` neurons as a list or a tensor. */
export const perNeuron = (value: fc.Arbitrary<number>, count: number): fc.Arbitrary<number | readonly number[] | Numbers> => {
  if (count === 0) return value;
  const list = fc.array(value, { minLength: count, maxLength: count });
  return fc.oneof(
    value,
    list,
    list.map((values) => new Numbers([count], values)),
    value.map((one) => new Numbers([], [one])),
  );
};

/** The value of a parameter for one of the neurons. */
export const forNeuron = (value: number | readonly number[] | Numbers, neuron: number): number => {
  if (typeof value === 'number') return value;
  const list = value instanceof Numbers ? value.values : value;
  return (list.length === 1 ? list[0] : list[neuron]) ?? Number.NaN;
};

/** The arguments as a caller has them: tensors and lists in place of {@link Numbers}. */
const built = (tree: unknown): unknown => mapLeaves(tree, (leaf) => (leaf instanceof Numbers ? leaf.build() : leaf));

/** A tensor, by its values. */
interface Held {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** A tensor that is expected. */
export const held = (shape: readonly number[], values: readonly number[]): Held => ({ shape, values });

async function hold(tree: unknown): Promise<unknown> {
  const tensors = tensorsOf(tree);
  const values = await Promise.all(tensors.map(async (tensor) => Array.from(await tensor.data())));
  let next = 0;
  return mapLeaves(tree, (leaf) => (leaf instanceof tf.Tensor ? { shape: leaf.shape, values: values[next++] } : leaf));
}

/** What a function answers: float32 tensors of its own and no others. What it was given stays as it was. */
async function answer(call: (...args: readonly never[]) => unknown, description: readonly unknown[]): Promise<unknown> {
  const args = built(description) as readonly never[];
  const [given, before] = [tensorsOf(args), await hold(args)];
  const count = tf.memory().numTensors;
  const result = await call(...args);
  const tensors = tensorsOf(result);
  expect(tf.memory().numTensors - count, 'tensors beside those of the result').toBe(new Set(tensors).size);
  expect(tensors.filter((tensor) => given.includes(tensor) || tensor.dtype !== 'float32')).toEqual([]);
  const value = await hold(result);
  expect(await hold(args), 'the arguments afterwards').toEqual(before);
  tf.dispose([...tensors, ...given]);
  return value;
}

/** The value, its numbers as near as float32 comes in a few operations; a 0 has no sign. */
function nearly(value: unknown): unknown {
  if (typeof value === 'number' && Number.isFinite(value)) return closeTo(value);
  if (Array.isArray(value)) return value.map(nearly);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, nearly(entry)]));
}

const closeTo = (wanted: number) => ({
  asymmetricMatch: (actual: unknown) => typeof actual === 'number' && Math.abs(actual - wanted) <= 1e-6 + 3e-6 * Math.abs(wanted),
  toAsymmetricMatcher: () => `about ${wanted}`,
  $$typeof: Symbol.for('jest.asymmetricMatcher'),
});

/**
 * Tests of one public function: to right arguments, in whichever form they come, it gives the right value, with kernels and without.
 *
 * @param oracle  the value in plain numbers, with {@link held} for tensors. Default: it isn't known, but both ways must agree.
 */
export function testValues<Args extends unknown[]>(
  name: string,
  call: (...args: never[]) => unknown,
  args: fc.Arbitrary<Args>,
  oracle?: (...args: NoInfer<Args>) => unknown,
): void {
  const callee = call as (...args: readonly never[]) => unknown;
  const property = fc.asyncProperty(args, async (description) => {
    useKernels(kernelsWanted);
    const value = await answer(callee, description);
    if (oracle !== undefined) expect(value).toEqual(nearly(oracle(...description)));
    useKernels(!kernelsWanted);
    try {
      expect(await answer(callee, description)).toEqual(nearly(value));
    } finally {
      useKernels(kernelsWanted);
    }
  });
  it(`${name} gives the right value, whatever form its arguments have`, () => fc.assert(property, { numRuns: runs(80) }));
}
