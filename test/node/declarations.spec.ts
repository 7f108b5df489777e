import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { entries } from '../entries.js';

const root = resolve(import.meta.dirname, '../..');
const dist = join(root, 'dist');

/** What TypeScript before 5.7 doesn't know, or knows by another form: typed arrays with an argument, and names of its library since 5.0. */
const recent =
  /\b(?:(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array<|DataView<|Buffer<|NoInfer<|\w*IteratorObject\b|(?:Array|Map|Set|String|Builtin)Iterator<|(?:Async)?Disposable\b|\binfer \w+ extends)/;

describe('the declarations of the package', () => {
  it('are TypeScript of 5.0', async () => {
    const files = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith('.d.ts'));
    expect(files.length).toBeGreaterThan(100);
    const found: string[] = [];
    for (const name of files) {
      const lines = (await readFile(join(dist, name), 'utf8')).split('\n');
      found.push(
        ...lines.filter((line) => !/^\s*(\*|\/)/.test(line) && recent.test(line)).map((line) => `${name}: ${line.trim()}`),
      );
    }
    expect(found).toEqual([]);
    expect((await readFile(join(root, 'README.md'), 'utf8')).includes('TypeScript 5.1')).toBe(true);
  });

  it.each([
    ['nodenext', { types: ['node'] }],
    ['bundler', { types: ['node'] }],
    ['bundler, for a browser', {}],
    ['nodenext, without the DOM', { types: ['node'], lib: ['es2022'], skipLibCheck: true }], // tfjs names what is in the DOM
  ])('hold in a strict program: %s', async (resolution, options) => {
    const seen = entries.filter(({ path }) => path !== '/node' || 'types' in options);
    const folder = await mkdtemp(join(tmpdir(), 'tfjs-stdp-declarations-'));
    try {
      await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
      const compilerOptions = {
        ...{ strict: true, noEmit: true, skipLibCheck: false, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
        ...{ target: 'es2022', lib: ['es2022', 'dom'], types: [], ...options },
        ...(resolution.startsWith('bundler')
          ? { module: 'esnext', moduleResolution: 'bundler' }
          : { module: 'nodenext', moduleResolution: 'nodenext' }),
        paths: Object.fromEntries(seen.map(({ path, declarations }) => [`tfjs-stdp${path}`, [join(dist, declarations)]])),
      };
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.mts'] }));
      const nameOf = (path: string) => `entry${path.replace('/', '_')}`;
      const imports = seen.map(({ path }) => `import * as ${nameOf(path)} from 'tfjs-stdp${path}';`);
      const use = `const rule = entry.pairStdp({ etaPlus: 0.1 });
export const w: Float32Array = entry_networks.untrainedLayer(entry_networks.competitiveDefaults, 4, 1).weights;
export const named: string = rule.name;
export const entries: readonly object[] = [${seen.map(({ path }) => nameOf(path))}];`;
      await writeFile(join(folder, 'program.mts'), [...imports, use].join('\n'));
      const tsc = promisify(execFile)(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { cwd: folder });
      const { stdout } = await tsc.catch((error) => error as { readonly stdout: string });
      // The declarations of tfjs are at odds with those of browsers.
      const own = (line: string) => line.includes('program.mts') || (line.includes('dist/') && !line.includes('node_modules'));
      expect(stdout.split('\n').filter((line) => /error/.test(line) && own(line))).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
