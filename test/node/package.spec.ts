import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

describe('the package', () => {
  let held: readonly { readonly path: string; readonly size: number }[] = [];
  beforeAll(async () => {
    const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root });
    held = JSON.parse(stdout)[0].files;
  });

  it.each(['README.md', 'FEATURES.md', 'PORTING.md'])('holds every file that %s links to', async (page) => {
    const text = await readFile(join(root, page), 'utf8');
    const links = Array.from(text.matchAll(/\]\((?!\w+:|#)([^)#]+)/g), ([, path = '']) => path);
    expect(links).not.toEqual([]);
    expect(links.filter((path) => !held.some((file) => file.path === path))).toEqual([]);
  });
});
