import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

describe('setup', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tfjs-stdp-setup-'));
    copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
    mkdirSync(join(folder, 'node_modules', 'typescript'), { recursive: true });
    lock('package-lock.json', { '': { version: '0' }, 'node_modules/a': { version: '1' }, b: { version: '1', optional: true } });
    // An npm that only tells what it was asked for.
    writeFileSync(join(folder, 'npm'), '#!/bin/sh\necho "$1" >> asked\n', { mode: 0o755 });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const lock = (file: string, packages: object) => writeFileSync(join(folder, file), JSON.stringify({ packages }));
  const setup = (goal: string): string => {
    const env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH']}` };
    execFileSync(process.execPath, [join(root, 'scripts/setup.mjs'), goal], { cwd: folder, env, stdio: 'pipe' });
    const asked = join(folder, 'asked');
    return existsSync(asked) ? readFileSync(asked, 'utf8') : '';
  };

  it.each([
    ['nothing', undefined, 'ci\n'],
    ['what the lock file names', { 'node_modules/a': { version: '1' } }, ''],
    ['another version', { 'node_modules/a': { version: '2' } }, 'ci\n'],
  ])('installs only what is missing, where %s is installed', (_what, packages, asked) => {
    if (packages !== undefined) lock('node_modules/.package-lock.json', packages);
    expect(setup('build')).toBe(asked);
  });

  it('called by npm installs nothing, so that it is never called again by that', () => {
    expect(setup('prepare')).toBe('');
  });

  it('called by npm builds nothing where there is no TypeScript', () => {
    rmSync(join(folder, 'node_modules', 'typescript'), { recursive: true });
    mkdirSync(join(folder, 'src'));
    expect(setup('prepare')).toBe('');
    expect(readdirSync(folder).sort()).toEqual(['node_modules', 'npm', 'package-lock.json', 'package.json', 'src']);
  });
});

describe('the citation and the changelog', () => {
  it('are of the version that package.json has', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(readFileSync(join(root, 'CITATION.cff'), 'utf8')).toContain(`\nversion: ${version}\n`);
    expect(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')).toMatch(new RegExp(`\\n## \\[${version}\\] - `));
  });
});
