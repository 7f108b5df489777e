import type { GoldenTensor } from '../load.js';

/** Numbers in a shape, row-major, in double precision: what the plain loops compute with. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** How many numbers stand in a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, next) => size * next, 1);

/** The numbers of a shape, each from its indices. */
export function numbers(shape: readonly number[], value: (...index: number[]) => number): Numbers {
  const index = shape.map(() => 0);
  const data = Array.from({ length: sizeOf(shape) }, () => {
    const found = value(...index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] ?? 0) + 1;
      if ((index[axis] ?? 0) < (shape[axis] ?? 0)) break;
      index[axis] = 0;
    }
    return found;
  });
  return { shape: [...shape], data };
}

export const zeros = (shape: readonly number[]): Numbers => numbers(shape, () => 0);

/** The numbers of a recorded tensor. */
export const read = ({ shape, data }: GoldenTensor): Numbers => ({ shape: [...shape], data: data.map(Number) });

/** The number at some indices. Outside of the shape is an error. */
export function at({ shape, data }: Numbers, ...index: number[]): number {
  let place = 0;
  for (let axis = 0; axis < shape.length; axis++) {
    const [next = -1, size = 0] = [index[axis], shape[axis]];
    if (next < 0 || next >= size) throw new Error(`[${index}] is not in [${shape}]`);
    place = place * size + next;
  }
  if (index.length !== shape.length) throw new Error(`[${index}] has not the axes of [${shape}]`);
  return data[place] ?? Number.NaN;
}

/** The number at some indices, or another outside of the shape. */
export const atOr = (outside: number, found: Numbers, ...index: number[]): number =>
  index.every((place, axis) => place >= 0 && place < (found.shape[axis] ?? 0)) ? at(found, ...index) : outside;

/** The same numbers in another shape. */
export const reshaped = ({ data }: Numbers, shape: readonly number[]): Numbers => ({ shape, data });

/** One entry along the first axis. */
export function part({ shape, data }: Numbers, index: number): Numbers {
  const size = sizeOf(shape.slice(1));
  return { shape: shape.slice(1), data: data.slice(index * size, (index + 1) * size) };
}

/** All entries along the first axis. */
export const parts = (series: Numbers): readonly Numbers[] =>
  Array.from({ length: series.shape[0] ?? 0 }, (_, index) => part(series, index));

/** Each number, from itself and its indices. */
export const map = (found: Numbers, value: (number: number, ...index: number[]) => number): Numbers =>
  numbers(found.shape, (...index) => value(at(found, ...index), ...index));

/** Σ of `value` over 0 … count − 1. */
export function total(count: number, value: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += value(index);
  return sum;
}

/** 0 … count − 1. */
export const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** As a golden file writes it: NaN and ±Infinity as strings. */
export const golden = ({ shape, data }: Numbers, dtype = 'float64'): GoldenTensor => ({
  shape,
  dtype,
  data: data.map((value) => (Number.isFinite(value) ? value : String(value))),
});

/** A series in golden form, from the value after each step. */
export function series(steps: readonly Numbers[], dtype = 'float64'): GoldenTensor {
  const shape = [steps.length, ...(steps[0]?.shape ?? [])];
  return golden({ shape, data: steps.flatMap(({ data }) => data) }, dtype);
}

/** A parameter that is one number, or a tensor with one for each place along the last axis. */
export const parameter = (given: number | GoldenTensor | undefined, otherwise: number): ((...index: number[]) => number) => {
  if (given === undefined || typeof given === 'number') return () => given ?? otherwise;
  const { data } = read(given);
  return (...index) => data[index.at(-1) ?? 0] ?? Number.NaN;
};
