import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, posix, resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

describe('the package', () => {
  let held: readonly { readonly path: string; readonly size: number }[] = [];
  const paths = () => held.map(({ path }) => path);
  const missing = (wanted: readonly string[]) => wanted.filter((path) => !paths().includes(posix.normalize(path)));
  beforeAll(async () => {
    const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root });
    held = JSON.parse(stdout)[0].files;
  });

  it.each(['README.md', 'FEATURES.md', 'PORTING.md', 'SWEEPS.md', 'NIR.md', 'CIRCUITS.md'])(
    'holds every file that %s links to',
    async (page) => {
      const text = await readFile(join(root, page), 'utf8');
      const links = Array.from(text.matchAll(/\]\((?!\w+:|#)([^)#]+)/g), ([, path = '']) => path);
      expect(links).not.toEqual([]);
      expect(missing(links)).toEqual([]);
    },
  );

  it('holds what package.json names, what the plain page loads, and the licences of what is bundled', async () => {
    const { exports, bin } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const named = JSON.stringify([exports, bin]).match(/(?<=")\.[^"*]+\.\w+(?=":|"[,}])/g) ?? [];
    const page = await readFile(join(root, 'examples/plain/index.html'), 'utf8');
    const loaded = Array.from(page.matchAll(/from '(\.[^']+)'/g), ([, path = '']) => join('examples/plain', path));
    expect(named.length).toBeGreaterThan(10);
    expect(loaded).toHaveLength(1);
    expect(missing([...named, ...loaded, 'LICENSE', 'dist/vendor/LICENSES.txt'])).toEqual([]);
  });

  it('holds neither what only a build needs nor declarations that nobody reads', () => {
    const top = new Set(paths().map((path) => path.split('/')[0]));
    const texts = [
      'CHANGELOG.md',
      'CITATION.cff',
      'FEATURES.md',
      'LICENSE',
      'PORTING.md',
      'README.md',
      'SWEEPS.md',
      'VALIDATION.md',
      'NIR.md',
      'CIRCUITS.md',
      'package.json',
    ];
    expect([...top].sort()).toEqual([...texts, 'bench', 'dist', 'examples', 'test'].sort());
    expect(paths().filter((path) => /(^|\/)\./.test(path) || path.endsWith('.map'))).toEqual([]);
    const declarations = held.filter(({ path }) => path.endsWith('.d.ts'));
    expect(declarations.length).toBeGreaterThan(100);
    expect(declarations.filter(({ size }) => size > 16_000)).toEqual([]);
  });

  it('declares nothing by the types of a package that it does not bring', async () => {
    const { dependencies, peerDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const brought = ['node:', ...Object.keys({ ...dependencies, ...peerDependencies })];
    const foreign: string[] = [];
    for (const path of paths().filter((name) => name.endsWith('.d.ts')))
      for (const [, name = ''] of (await readFile(join(root, path), 'utf8')).matchAll(
        /(?:from |import\()["']([^."'][^"']*)["']/g,
      ))
        if (!brought.some((known) => name.startsWith(known))) foreign.push(`${path}: ${name}`);
    expect(foreign).toEqual([]);
  });
});
