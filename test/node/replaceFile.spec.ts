import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { replaceFile } from '../../src/io/replaceFile.js';
import { program, stdp } from './program.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'stdp-file-')));
afterAll(() => rmSync(root, { recursive: true }));
const box = (): string => mkdtempSync(join(root, 'box-'));

describe('replaceFile', () => {
  it('writes a file, or over one, which keeps its mode', async () => {
    const folder = box();
    const file = join(folder, 'a.svg');
    await replaceFile(file, 'one');
    chmodSync(file, 0o640);
    await replaceFile(file, 'two');
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['two', 0o640]);
    expect(readdirSync(folder)).toEqual(['a.svg']);
  });

  it('leaves a link a link, wherever it leads', async () => {
    const [folder, elsewhere] = [box(), box()];
    writeFileSync(join(elsewhere, 'b.svg'), 'one');
    symlinkSync(join(elsewhere, 'b.svg'), join(folder, 'a.svg'));
    await replaceFile(join(folder, 'a.svg'), 'two');
    expect(lstatSync(join(folder, 'a.svg')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(elsewhere, 'b.svg'), 'utf8')).toBe('two');
    expect([readdirSync(folder), readdirSync(elsewhere)]).toEqual([['a.svg'], ['b.svg']]);
  });

  it('leaves nothing where it can’t write', async () => {
    const folder = box();
    symlinkSync('nowhere', join(folder, 'link.svg'));
    mkdirSync(join(folder, 'folder.svg'));
    for (const name of ['link.svg', 'folder.svg', 'missing/a.svg'])
      await expect(replaceFile(join(folder, name), 'one')).rejects.toThrow(/ENOENT|EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(folder).sort()).toEqual(['folder.svg', 'link.svg']);
  });
});

it('a drawing that finds no room leaves the one that stands there, through a link as well', async () => {
  const cwd = box();
  const draw = ['window', '--range', '100', '--out'];
  expect((await stdp([...draw, 'old.svg'], { cwd })).code).toBe(0);
  symlinkSync('old.svg', join(cwd, 'link.svg'));
  const before = readFileSync(join(cwd, 'old.svg'), 'utf8');
  expect(before.length).toBeGreaterThan(4096);
  for (const file of ['old.svg', 'link.svg', 'new.svg']) {
    // Blocks of 512 bytes.
    const limited = ['-c', 'ulimit -f 8; exec "$@"', 'sh', process.execPath, program, ...draw, file, '--set', 'tauPre=5'];
    const { status, stderr } = spawnSync('sh', limited, { cwd, encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^error: \S+ can't be written: EFBIG[^\n]*\n$/)]);
    expect(readdirSync(cwd).sort()).toEqual(['link.svg', 'old.svg']);
    expect(readFileSync(join(cwd, 'old.svg'), 'utf8')).toBe(before);
  }
  expect((await stdp([...draw, 'link.svg', '--set', 'tauPre=5'], { cwd })).code).toBe(0);
  expect(lstatSync(join(cwd, 'link.svg')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(cwd, 'old.svg'), 'utf8')).not.toBe(before);
});
