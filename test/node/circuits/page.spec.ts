import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

it('the circuit of CIRCUITS.md is thirty lines, runs as it stands, and balances', async () => {
  const page = readFileSync(join(root, 'CIRCUITS.md'), 'utf8');
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(30);
  const folder = await mkdtemp(join(root, 'node_modules', '.circuits-'));
  try {
    const entry = pathToFileURL(join(root, 'dist/entries/circuits.js')).href;
    await writeFile(join(folder, 'page.mjs'), code.replace("'tfjs-stdp/circuits'", `'${entry}'`));
    const { stdout } = await promisify(execFile)('node', [join(folder, 'page.mjs')]);
    const rates = Array.from(stdout.matchAll(/^\d+ s: ([\d.]+) Hz/gm), ([, rate]) => Number(rate));
    expect(rates).toHaveLength(10);
    expect(rates[9]).toBeGreaterThan(3);
    expect(rates[9]).toBeLessThan(8);
    expect(Number(rates[0])).toBeGreaterThan(2 * Number(rates[9]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
