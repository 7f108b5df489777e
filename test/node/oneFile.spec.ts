import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program } from './program.js';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/** The program as one file, alone in a folder where nothing is installed. */
describe('the program in one file', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stdp alone '));
    await run('node', ['scripts/program.mjs', join(folder, 'stdp.js')], { cwd: root });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const stdp = async (file: string, ...args: readonly string[]): Promise<string> =>
    (await run('node', [file, ...args], { cwd: folder })).stdout;

  it('is one file of plain characters that names no package', async () => {
    expect(await readdir(folder)).toEqual(['stdp.js']);
    const text = await readFile(join(folder, 'stdp.js'));
    expect(text.findIndex((byte) => byte > 127)).toBe(-1);
    const imported = Array.from(text.toString().matchAll(/\b(?:from|import)\s*\(?\s*(["'`])([^"'`]+)\1/g), ([, , name]) => name);
    expect(imported).toContain('node:worker_threads');
    expect(imported.filter((name) => /^@|\/node_modules\//.test(name ?? ''))).toEqual([]);
  });

  it('says its version and its help as the other does', async () => {
    for (const option of ['--version', '--help'])
      expect((await stdp('stdp.js', option)).replaceAll('stdp.js', 'main.js')).toBe(
        (await stdp(program, option)).replaceAll(program, 'main.js'),
      );
  });

  it('learns on threads what the other learns', async () => {
    const args = ['--preset', 'digits', '--train', '20', '--workers', '2'];
    await Promise.all([stdp('stdp.js', ...args, '--out', 'alone'), stdp(program, ...args, '--out', 'installed')]);
    const [alone, installed] = await Promise.all(
      ['alone', 'installed'].map((name) => readFile(join(folder, name, 'weights.bin'))),
    );
    expect(alone).toEqual(installed);
  });

  it('sweeps on the threads of its pool', async () => {
    await writeFile(join(folder, 'spec.json'), JSON.stringify({ preset: 'digits', seeds: 1, train: 20 }));
    await stdp('stdp.js', 'sweep', 'spec.json', '--workers', '2', '--out', 'sweep');
    expect(await stdp('stdp.js', 'sweep', 'results', 'sweep')).toMatch(/1 run[\s\S]*\d\d\.\d\d/);
  });
});
