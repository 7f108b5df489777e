import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const dist = resolve(import.meta.dirname, '../../../dist');

it('bundlers can follow every import of the package, or are told to leave it alone in the words of webpack and Vite', async () => {
  const files = (await readdir(dist, { recursive: true })).filter(
    (name) => name.endsWith('.js') && !/^(bundle|vendor|cli)\//.test(name),
  ); // what apps import
  const imports = new Set<string>();
  for (const name of files)
    for (const [, what = ''] of (await readFile(join(dist, name), 'utf8')).matchAll(/\bimport\(([^()]*)\)/g))
      imports.add(what.trim());
  const followed = [...imports].filter((what) => /^'[^']+'$/.test(what));
  expect(followed).toEqual(expect.arrayContaining(['cpu', 'wasm', 'webgpu'].map((name) => `'@tensorflow/tfjs-backend-${name}'`)));
  expect([...imports].filter((what) => !followed.includes(what))).toEqual(['/* webpackIgnore: true */ /* @vite-ignore */ name']);
});
