import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docstrings } from '../docstrings.js';
import { bundle, bundlers, weightOf } from './bundled.js';
import { isolated, patiently } from './lab/checks.js';
import { missing, serve } from './lab/lab.js';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/;

const docstring = docstrings.find(({ symbol }) => symbol === 'laws')?.example ?? '';
const ownRule = `import { laws } from 'tfjs-stdp/conformance';
import { dense, useBackend } from 'tfjs-stdp';
import { makeRule } from 'tfjs-stdp/advanced';
import { pairStdpDefaults } from 'tfjs-stdp/rules';
await useBackend('cpu');
${docstring}
console.log(suite.length, 'laws hold');
`;

/** What of npm's record of an installation is read. */
interface Lock {
  readonly packages: {
    readonly [folder: string]: { readonly dependencies?: object; readonly peerDependencies?: object };
  };
}

const bundled = ['@observablehq/plot', 'linkedom', 'cli-progress', 'commander', 'pngjs'];
const peers = ['cpu', 'wasm', 'webgpu'].map((name) => `@tensorflow/tfjs-backend-${name}`);

/** The block of code in README that holds a text. */
async function block(text: string): Promise<string> {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const blocks = Array.from(readme.matchAll(/```js\n([\s\S]*?)```/g), ([, code = '']) => code);
  return blocks.find((code) => code.includes(text)) ?? expect.unreachable(text);
}

describe("README's first example, in a project that installed the package", () => {
  let project = '';
  let unreachable = false;
  let tarball = '';
  const install = (...packages: readonly string[]) =>
    run('npm', ['install', ...packages, '--prefer-offline', '--no-audit', '--no-fund'], { cwd: project });

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'tfjs-stdp-readme-'));
    const example = await block('await useBackend');
    await writeFile(join(project, 'package.json'), '{ "type": "module" }');
    await writeFile(join(project, 'readme.js'), example);
    await writeFile(join(project, 'readme.ts'), example);
    await writeFile(join(project, 'laws.ts'), ownRule);
    await run('npm', ['pack', '--pack-destination', project], { cwd: root });
    const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    tarball = `${name}-${version}.tgz`;
    await install('@tensorflow/tfjs@4.22.0', `./${tarball}`).catch((error) => {
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

  describe('beside bundlers and pnpm', () => {
    beforeAll(async () => {
      if (!unreachable) await install('esbuild', 'webpack@5', 'pnpm');
    }, 110_000);

    it.for(bundlers)(
      `is bundled by %s without a warning, and runs in pages and workers${missing ? `, not tried: ${missing}` : ''}`,
      async (name, { skip }) => {
        skip(unreachable, 'the package registry is not reachable');
        const { built, warnings } = await bundle(
          join(project, name),
          name,
          await block(`// ${name}`),
          await block('await useBackend'),
        );
        expect(warnings).toEqual([]);
        if (missing !== undefined) return;
        const site = await serve(built);
        try {
          for (const [path, options] of [
            ['', {}],
            ['?worker', {}],
            ['', { before: isolated }],
          ] as const) {
            const { page, complaints } = await site.visit(path, options);
            await page.waitForFunction(() => /^mean weight 0\.\d+$/.test(document.title), undefined, patiently);
            expect(complaints).toEqual([]);
          }
        } finally {
          await site.close();
        }
      },
    );

    it('weighs no more than it may: an app that imports pairStdp gets all kernels, in WebAssembly and without', async ({
      skip,
    }) => {
      skip(unreachable, 'the package registry is not reachable');
      const app = "export { pairStdp } from 'tfjs-stdp';";
      const [whole, plain] = [await weightOf(project, app), await weightOf(project, app, ['./binary.js'])];
      console.log(
        `import { pairStdp }: ${whole.toFixed(1)} kB gzipped, ${plain.toFixed(1)} kB without the module in WebAssembly`,
      );
      expect(whole).toBeLessThan(52);
      expect(plain).toBeLessThan(31);
    });

    it('runs where pnpm has installed it', async ({ skip }) => {
      skip(unreachable, 'the package registry is not reachable');
      const app = join(project, 'app');
      await mkdir(app);
      await writeFile(join(app, 'package.json'), '{ "type": "module" }');
      await writeFile(join(app, 'pnpm-workspace.yaml'), '');
      await cp(join(project, 'readme.js'), join(app, 'readme.js'));
      await run(join(project, 'node_modules/.bin/pnpm'), ['add', `../${tarball}`, '@tensorflow/tfjs-core'], { cwd: app });
      expect((await readdir(join(app, 'node_modules/@tensorflow'))).sort()).toEqual(['tfjs-core']);
      expect((await run('node', ['readme.js'], { cwd: app })).stdout).toMatch(/ \d+\.\d+\n$/);
    });
  });
});
