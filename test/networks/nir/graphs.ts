import { countOf } from '../../../src/formats/arrays/elements.js';
import type { FileArray } from '../../../src/formats/arrays/fileArray.js';
import type { NirGraph, NirNode } from '../../../src/formats/nir/nirGraph.js';

export const integers = (...values: readonly number[]): FileArray => ({
  dtype: 'int64',
  shape: [values.length],
  data: BigInt64Array.from(values, BigInt),
});
export const one = (value: number): FileArray => ({ dtype: 'int64', shape: [], data: BigInt64Array.of(BigInt(value)) });
export const floats = (shape: readonly number[], ...values: readonly number[]): FileArray => {
  const data = Float64Array.from({ length: countOf(shape) }, (_, index) => values[index % values.length] as number);
  return { dtype: 'float64', shape, data };
};
export const node = (type: string, params: NirNode['params']): NirNode => ({ type, params });

/** Numbers from `least` to `most`, the same ones each time. */
export function scattered(seed: number, count: number, least: number, most: number): readonly number[] {
  let state = seed >>> 0;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return least + ((most - least) * state) / 2 ** 32;
  });
}
export const spread = (seed: number, shape: readonly number[], least: number, most: number): FileArray =>
  floats(shape, ...scattered(seed, countOf(shape), least, most));

/** A chain of nodes between an Input and an Output. */
export function chain(
  into: readonly number[],
  out: readonly number[],
  nodes: { readonly [name: string]: NirNode | NirGraph },
): NirGraph {
  const names = ['input', ...Object.keys(nodes), 'output'];
  return {
    type: 'NIRGraph',
    nodes: { input: node('Input', { shape: integers(...into) }), ...nodes, output: node('Output', { shape: integers(...out) }) },
    edges: names.slice(1).map((name, index) => [names[index] as string, name] as const),
  };
}
