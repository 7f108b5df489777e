import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import * as conformance from '../../src/conformance/index.js';
import * as library from '../../src/index.js';
import * as node from '../../src/node.js';
import { docstrings, surface } from '../docstrings.js';

const root = resolve(import.meta.dirname, '../..');
const entries = { 'index.ts': library, 'node.ts': node, 'conformance/index.ts': conformance };
const imports = `import * as tf from '@tensorflow/tfjs-core';
import { match } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { some } from 'fp-ts/lib/Option.js';
import { writeFile } from 'node:fs/promises';`;
const options = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--types', 'node', '--target', 'es2023'];

it('the public examples are TypeScript too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tfjs-stdp-types-'));
  try {
    const own = Object.entries(entries).map(
      ([entry, exported]) => `import { ${Object.keys(exported)} } from '${root}/src/${entry.replace('.ts', '.js')}';`,
    );
    const names = Object.keys(entries).flatMap((entry) => surface(entry).names);
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
