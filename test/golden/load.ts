/// <reference types="vite/client" />
import * as tf from '@tensorflow/tfjs-core';

/** A tensor as the golden files write it; NaN and ±Infinity stand as strings. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly (number | string)[];
}

/** What a peer computed: see the `source` of each case for repository, commit and function. */
export interface GoldenCase {
  readonly source: string;
  readonly case: string;
  // biome-ignore lint/suspicious/noExplicitAny: the files are heterogeneous JSON; each spec knows its own fields
  readonly params: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly inputs: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly expected: any;
}

/** All cases, by their names. Vite reads them, in Node and for browsers. */
const cases = new Map(
  Object.entries(import.meta.glob<GoldenCase>('./cases/*.json', { eager: true, import: 'default' })).map(([path, golden]) => [
    path.replace('./cases/', '').replace('.json', ''),
    golden,
  ]),
);

/** The names of all cases. */
export const goldenNames: readonly string[] = [...cases.keys()].sort();

/** The cases whose name starts with `prefix`, as [name, case]. */
export const goldenCases = (prefix: string): [string, GoldenCase][] =>
  goldenNames.filter((name) => name.startsWith(prefix)).map((name) => [name, goldenCase(name)]);

/** A case by its full name. */
export function goldenCase(name: string): GoldenCase {
  const golden = cases.get(name);
  if (golden === undefined) throw new Error(`there is no golden case ${name}`);
  return golden;
}

/** A golden tensor as a float32 tensor, its axes permuted when `order` is given (peers use NCHW and [out, in]). */
export function goldenTensor(golden: GoldenTensor, order?: readonly number[]): tf.Tensor {
  const plain = tf.tensor(golden.data.map(Number), [...golden.shape], 'float32');
  return order === undefined ? plain : tf.transpose(plain, [...order]);
}

/** A record without the fields that are undefined: parameters that a case leaves to their defaults. */
export const given = (record: object) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

/** Ours for a word of a peer. A word that is not known is an error: it would be taken for a default. */
export function translated<T>(words: Readonly<Record<string, T>>, word: string): T {
  const ours = words[word];
  if (ours === undefined) throw new Error(`the word '${word}' of a case is none of ${Object.keys(words).join(', ')}`);
  return ours;
}
