import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as h5wasm from 'h5wasm/node';
import { expect } from 'vitest';

/** The docstring of something that a file exports. `source` and `example` are '' where there is none. */
export interface Docstring {
  readonly file: string;
  readonly symbol: string;
  readonly summary: string;
  readonly source: string;
  readonly example: string;
}

const src = resolve(import.meta.dirname, '../src');

/** Every file of the library, from `src`, with its text. */
export const sources: readonly (readonly [file: string, text: string])[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .map((file) => [file, readFileSync(join(src, file), 'utf8')]);

const documented = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export (?:async |abstract )?(?:const|function|class|interface|type) (\w+)/g;

/** The docstrings of all exports, public or not. */
export const docstrings: readonly Docstring[] = sources.flatMap(([file, text]) =>
  Array.from(text.matchAll(documented), ([, comment = '', symbol = '']) => {
    const lines = comment.replace(/^\s*\* ?/gm, '').trim();
    return {
      file,
      symbol,
      summary: /^[^@\n]+/.exec(lines)?.[0] ?? '',
      source: /^Source: ((?:.+\n?)+)/m.exec(lines)?.[1]?.trim().replace(/\s+/g, ' ') ?? '',
      example: /^@example\n((?:(?!^@)[\s\S])*)/m.exec(lines)?.[1]?.trim() ?? '',
    };
  }),
);

/**
 * What an entry point exports, or a file that one exports as a whole.
 *
 * @property names   all of them.
 * @property values  those that are not types alone.
 * @property files   where they come from, from `src`.
 */
export interface Surface {
  readonly names: readonly string[];
  readonly values: readonly string[];
  readonly files: readonly string[];
}

/** What the file of an entry point, from `src`, exports by name or as a whole. */
export function surface(entry: string): Surface {
  const text = sources.find(([file]) => file === entry)?.[1] ?? '';
  const fileOf = (path: string) => join(entry, '..', path).replace(/\.js$/, '.ts');
  const named = Array.from(text.matchAll(/^export (type )?\{([^}]*)\} from '([^']+)'/gm), ([, type, list = '', path = '']) => {
    const names = list.split(',').flatMap((name) => name.trim() || []);
    return {
      names: names.map((name) => name.replace('type ', '')),
      values: type === undefined ? names.filter((name) => !name.startsWith('type ')) : [],
      files: [fileOf(path)],
    };
  });
  const whole = Array.from(text.matchAll(/^export \* from '([^']+)'/gm), ([, path = '']) => surface(fileOf(path)));
  const own = Array.from(
    text.matchAll(/^export (?:async |abstract )?(const|function|class|interface|type) (\w+)/gm),
    ([, kind, name = '']) => ({
      names: [name],
      values: kind === 'interface' || kind === 'type' ? [] : [name],
      files: [entry],
    }),
  );
  const parts = [...named, ...whole, ...own];
  return {
    names: parts.flatMap(({ names }) => names),
    values: parts.flatMap(({ values }) => values),
    files: parts.flatMap(({ files }) => files),
  };
}

/** Whether a file is in a room that may touch Node; no backend does the work there, so once is enough. */
export const mayNeedNode = (file: string): boolean => /^(threads|io|data|cli)\//.test(file);

/** What every example may use besides the library. */
const helpers = { tf, h5wasm };

const AsyncFunction = (async () => {}).constructor as FunctionConstructor;

/** A line of an example that says what it gives. */
export const checked = /^(.*?)(?:\.print\(\))?; +\/\/ => (.*)$/gm;

/**
 * Runs an example as the body of an async function that sees `scope` and tfjs (and the exports of its
 * own file, when its symbol isn't in `scope`). A line `expression;   // => value` (or `expression.print();   // => value`)
 * is checked: both are evaluated, and the numbers in them, tensors included, must agree to four digits.
 */
export async function runExample({ file, symbol, example }: Docstring, scope: object): Promise<void> {
  const own: object = symbol in scope ? {} : await import(join(src, file));
  const visible: { readonly [name: string]: unknown } = { ...own, ...scope, ...helpers, check };
  const body = example.replace(checked, 'await check($1, $2);');
  await AsyncFunction(...Object.keys(visible), `'use strict'; {\n${body}\n}`)(...Object.values(visible));
}

async function check(actual: unknown, wanted: unknown): Promise<void> {
  expect(await plain(actual)).toEqual(nearly(await plain(wanted)));
}

/** Tensors and typed arrays as nested arrays, wherever they are in `value`. */
async function plain(value: unknown): Promise<unknown> {
  if (value instanceof tf.Tensor) return value.array();
  if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array);
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  if (!isRecord(value)) return value;
  return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, entry]) => [name, await plain(entry)])));
}

function nearly(value: unknown): unknown {
  if (typeof value === 'number' && Number.isFinite(value)) return expect.closeTo(value, decimals(value));
  if (Array.isArray(value)) return value.map(nearly);
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, nearly(entry)])) : value;
}

/** Four, or as many as four digits need. */
const decimals = (value: number): number => (value === 0 ? 8 : Math.max(4, 3 - Math.floor(Math.log10(Math.abs(value)))));

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;
