import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docstrings } from '../docstrings.js';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/;

const docstring = docstrings.find(({ symbol }) => symbol === 'laws')?.example ?? '';
const ownRule = `import { laws } from 'tfjs-stdp/conformance';
import { dense, makeRule, pairStdpDefaults, useBackend } from 'tfjs-stdp';
await useBackend('cpu');
${docstring}
console.log(suite.length, 'laws hold');
`;

describe('the package', () => {
  it('holds every file that its pages link to', async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root });
    const [{ files }] = JSON.parse(stdout) as [{ readonly files: readonly { readonly path: string }[] }];
    const held = new Set(files.map(({ path }) => path));
    for (const page of ['README.md', 'FEATURES.md', 'PORTING.md']) {
      const links = [...(await readFile(join(root, page), 'utf8')).matchAll(/\]\((?!\w+:|#)([^)#]+)/g)].map(([, path]) => path);
      expect(
        links.filter((path) => path === undefined || !held.has(path)),
        page,
      ).toEqual([]);
    }
  });
});

/** What of npm's record of an installation is read. */
interface Lock {
  readonly packages: {
    readonly [folder: string]: { readonly dependencies?: object; readonly peerDependencies?: object };
  };
}

const bundled = ['@observablehq/plot', 'linkedom', 'cli-progress', 'commander', 'pngjs'];
const peers = ['cpu', 'wasm', 'webgpu'].map((name) => `@tensorflow/tfjs-backend-${name}`);

describe("README's first example, in a project that installed the package", () => {
  let project = '';
  let unreachable = false;

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'tfjs-stdp-readme-'));
    const example = /```js\n([\s\S]*?)```/.exec(await readFile(join(root, 'README.md'), 'utf8'))?.[1] ?? '';
    await writeFile(join(project, 'package.json'), '{ "type": "module" }');
    await writeFile(join(project, 'readme.js'), example);
    await writeFile(join(project, 'readme.ts'), example);
    await writeFile(join(project, 'laws.ts'), ownRule);
    await run('npm', ['pack', '--pack-destination', project], { cwd: root });
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const install = [
      'install',
      '@tensorflow/tfjs@4.22.0',
      `./tfjs-stdp-${version}.tgz`,
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
    ];
    await run('npm', install, { cwd: project }).catch((error) => {
      unreachable = offline.test(String(error));
      if (!unreachable) throw error;
    });
  }, 110_000);

  afterAll(() => rm(project, { recursive: true, force: true }));

  it('has one tfjs-core, and of the package nothing but the peers and fp-ts', async ({ skip }) => {
    skip(unreachable, 'the package registry is not reachable');
    const { packages } = JSON.parse(await readFile(join(project, 'node_modules/.package-lock.json'), 'utf8')) as Lock;
    const cores = Object.keys(packages).filter((folder) => folder.endsWith('/@tensorflow/tfjs-core'));
    expect(cores).toEqual(['node_modules/@tensorflow/tfjs-core']);
    const { dependencies, peerDependencies } = packages['node_modules/tfjs-stdp'] ?? {};
    expect(Object.keys(dependencies ?? {})).toEqual(['fp-ts']);
    expect(Object.keys(peerDependencies ?? {})).toEqual(expect.arrayContaining(['@tensorflow/tfjs-core', ...peers]));
    const held = Object.keys(packages).map((folder) => folder.replace('node_modules/', ''));
    expect(held.filter((name) => bundled.includes(name))).toEqual([]);
  });

  it.for(['tfjs-stdp', 'stdp'])('draws windows from its command line, called %s', async (name, { skip }) => {
    skip(unreachable, 'the package registry is not reachable');
    const { stdout } = await run('npx', ['--no-install', name, 'window', '--range', '10', '--out', `${name}.svg`], {
      cwd: project,
    });
    expect(stdout).toContain(`${name}.svg`);
    expect(await readFile(join(project, `${name}.svg`), 'utf8')).toMatch(/^<svg /);
  });

  it('runs and ends with a number', async ({ skip }) => {
    skip(unreachable, 'the package registry is not reachable');
    const { stdout } = await run('node', ['readme.js'], { cwd: project });
    expect(stdout).toMatch(/ \d+\.\d+\n$/);
  });

  it('so does the conformance suite, on a rule of one’s own', async ({ skip }) => {
    skip(unreachable, 'the package registry is not reachable');
    await writeFile(join(project, 'laws.js'), ownRule);
    const { stdout } = await run('node', ['laws.js'], { cwd: project });
    expect(stdout).toBe('17 laws hold\n');
  });

  it('type-checks as TypeScript', async ({ skip }) => {
    skip(unreachable, 'the package registry is not reachable');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--skipLibCheck'];
    const { stdout } = await run(join(root, 'node_modules/.bin/tsc'), [...options, 'readme.ts', 'laws.ts'], {
      cwd: project,
    }).catch((error) => error as { readonly stdout: string });
    expect(stdout).toBe('');
  });
});
