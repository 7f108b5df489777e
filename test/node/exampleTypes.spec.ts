import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { docstrings, surface } from '../docstrings.js';
import { ofTheLibrary } from '../entries.js';

const root = resolve(import.meta.dirname, '../..');
const files = ['entries/node.ts', 'conformance/index.ts', ...ofTheLibrary.map(({ file }) => file)];
const imports = `import * as tf from '@tensorflow/tfjs-core';
import { writeFile } from 'node:fs/promises';
import * as h5wasm from 'h5wasm/node';`;
const options = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--types', 'node', '--target', 'es2023'];

it('the public examples are TypeScript too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tfjs-stdp-types-'));
  try {
    const pathOf = new Map(files.flatMap((file) => surface(file).values.map((name) => [name, file.replace('.ts', '.js')])));
    const own = Array.from(pathOf, ([name, path]) => `import { ${name} } from '${root}/src/${path}';`);
    const names = files.flatMap((file) => surface(file).names);
    const examples = docstrings.filter(({ symbol, example }) => example !== '' && names.includes(symbol));
    const bodies = examples.map(({ file, symbol, example }) => `async () => { // ${file} ${symbol}\n${example}\n};`);
    await writeFile(join(folder, 'examples.mts'), [imports, ...own, ...bodies].join('\n'));
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    const tsc = promisify(execFile)(join(root, 'node_modules/.bin/tsc'), [...options, '--module', 'nodenext', 'examples.mts'], {
      cwd: folder,
    });
    const { stdout } = await tsc.catch((error) => error as { readonly stdout: string });
    expect(stdout).toBe('');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
