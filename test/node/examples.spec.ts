import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as conformance from '../../src/conformance/index.js';
import * as library from '../../src/entries/everything.js';
import * as node from '../../src/entries/node.js';
import { docstrings, mayNeedNode, runExample, surface } from '../docstrings.js';
import { entries } from '../entries.js';

const surfaces = entries.filter(({ path }) => !['/bundle', '/wasm'].includes(path)).map(({ file }) => surface(file));
// Threads are programs of their own, which are there as they are shipped.
const shipped = new URL('../../dist/threads/threadPool.js', import.meta.url);
const { threadPool } = (await import(shipped.href)) as Pick<typeof node, 'threadPool'>;
const values: { readonly [name: string]: unknown } = { ...library, ...node, ...conformance, threadPool };

/** A name may be documented where it is exported from, or where that file has it from. */
function docstringOf(name: string) {
  const candidates = docstrings.filter(({ symbol }) => symbol === name);
  return candidates.find(({ file }) => surfaces.some(({ files }) => files.includes(file))) ?? candidates[0];
}

describe('what the entry points export', () => {
  const names = surfaces.flatMap(({ names }) => names);

  it('has a docstring that begins with what it is', () => {
    expect(names.filter((name) => (docstringOf(name)?.summary ?? '') === '')).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(Object.keys(values)));
  });

  it('has an example if it can be called', () => {
    const callable = names.filter((name) => typeof values[name] === 'function');
    expect(callable.filter((name) => (docstringOf(name)?.example ?? '') === '')).toEqual([]);
    expect(callable.length).toBeGreaterThan(50);
  });
});

describe('the example of', () => {
  const before = process.cwd();
  const examples = docstrings.filter(({ file, example }) => example !== '' && mayNeedNode(file));
  let folder = '';

  beforeAll(async () => {
    await library.useBackend('cpu');
    folder = await mkdtemp(join(tmpdir(), 'tfjs-stdp-examples-'));
    process.chdir(folder);
  });

  afterAll(async () => {
    process.chdir(before);
    await rm(folder, { recursive: true, force: true });
  });

  it.each(examples.map((docstring) => [docstring.file, docstring.symbol, docstring] as const))(
    '%s %s',
    async (_file, _symbol, docstring) => {
      await expect(runExample(docstring, { ...values, writeFile })).resolves.toBeUndefined();
    },
  );
});
