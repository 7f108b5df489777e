import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docstrings } from '../docstrings.js';
import { entries } from '../entries.js';
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

const bundled = ['@observablehq/plot', 'linkedom', 'cli-progress', 'commander', 'piscina', 'pngjs', 'jpeg-js'];
const peers = ['cpu', 'wasm', 'webgpu'].map((name) => `@tensorflow/tfjs-backend-${name}`);

/** What builds and checks the package in the ways of others; of TypeScript the oldest version that README states. */
const rollup = ['rollup', '@rollup/plugin-node-resolve', '@rollup/plugin-commonjs'];
const oldest = 'oldest-typescript@npm:typescript@~5.1.0';
const tools = ['esbuild', 'webpack@5', ...rollup, 'pnpm', 'publint', '@arethetypeswrong/cli', oldest];

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

  it('has one tfjs-core in an app with an older TensorFlow.js, too, by the line that README has for it', async ({ skip }) => {
    skip(unreachable, 'the package registry is not reachable');
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    const [, version = '', line = ''] = /`npm (?=install \S+ @tensorflow\/tfjs@(4\.20\.\d+) )(install [^`]+)`/.exec(readme) ?? [];
    const app = join(project, 'older');
    await mkdir(app);
    await cp(join(project, tarball), join(app, tarball));
    await writeFile(join(app, 'package.json'), '{}');
    await run('npm', [...line.split(' '), '--package-lock-only', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: app });
    const { packages } = JSON.parse(await readFile(join(app, 'package-lock.json'), 'utf8')) as Lock;
    const cores = Object.entries(packages).filter(([folder]) => folder.endsWith('/@tensorflow/tfjs-core'));
    expect(cores).toEqual([['node_modules/@tensorflow/tfjs-core', expect.objectContaining({ version })]]);
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
    expect(stdout).toBe('18 laws hold\n');
  });

  /** What a TypeScript says of README's example, a rule of one's own, and everything under every path. */
  async function checked(typescript: string): Promise<string> {
    const all = entries.map(({ path }) => `export * as path${path.replace('/', '_')} from 'tfjs-stdp${path}';`);
    await writeFile(join(project, 'all.ts'), all.join('\n'));
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--skipLibCheck'];
    const tsc = run('node', [join(typescript, 'bin/tsc'), ...options, 'readme.ts', 'laws.ts', 'all.ts'], { cwd: project });
    return (await tsc.catch((error) => error as { readonly stdout: string })).stdout;
  }

  it('type-checks with the newest TypeScript', async ({ skip }) => {
    skip(unreachable, 'the package registry is not reachable');
    expect(await checked(join(root, 'node_modules/typescript'))).toBe('');
  });

  describe('beside bundlers, pnpm and what looks at packages', () => {
    beforeAll(async () => {
      if (!unreachable) await install(...tools);
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

    it('type-checks with the oldest TypeScript that README states', async ({ skip }) => {
      skip(unreachable, 'the package registry is not reachable');
      expect(await readFile(join(root, 'README.md'), 'utf8')).toContain('TypeScript 5.1 and later');
      expect(await checked(join(project, 'node_modules/oldest-typescript'))).toBe('');
    });

    it.for([
      ['publint', ['run', '--strict']],
      ['attw', ['--profile', 'esm-only', '--entrypoints', '.', './rules', './conformance', '--']],
    ] as const)('%s has nothing to say against it', async ([name, options], { skip }) => {
      skip(unreachable, 'the package registry is not reachable');
      await expect(run(join(project, 'node_modules/.bin', name), [...options, tarball], { cwd: project })).resolves.toBeDefined();
    });

    it('weighs no more than it may: an app that imports pairStdp gets the kernels of rules; their JavaScript and shaders where it needs them', async ({
      skip,
    }) => {
      skip(unreachable, 'the package registry is not reachable');
      const app = "export { pairStdp } from 'tfjs-stdp';";
      const later = ['*/plain.js', '*/webgpuKernels.js'];
      const [whole, plain] = [await weightOf(project, app, later), await weightOf(project, app, [...later, '*/binary.js'])];
      console.log(
        `import { pairStdp }: ${whole.toFixed(1)} kB gzipped, ${plain.toFixed(1)} kB without the module in WebAssembly`,
      );
      expect(whole).toBeLessThan(30);
      expect(plain).toBeLessThan(20.5);
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
