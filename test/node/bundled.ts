import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as vite from 'vite';

/** The bundlers that README has lines for; Rollup stands for any. */
export const bundlers = ['any bundler', 'Vite', 'webpack 5', 'esbuild'] as const;

/** Builds main.js of a folder, and what it leads to, into `out` in it; answers the warnings. */
const builds: { readonly [name in (typeof bundlers)[number]]: (folder: string) => Promise<readonly string[]> } = {
  Vite: async (folder) => {
    const warnings: string[] = [];
    const warn = (text: string) => void warnings.push(text);
    const customLogger = { ...vite.createLogger('silent'), warn, warnOnce: warn };
    const build = {
      outDir: 'out',
      target: 'es2022',
      rolldownOptions: { checks: { pluginTimings: false }, output: { entryFileNames: 'main.js' } },
    };
    await vite.build({ root: folder, base: './', configFile: false, customLogger, worker: { format: 'es' }, build });
    return warnings;
  },
  'webpack 5': (folder) =>
    new Promise((resolve, reject) => {
      const output = { path: join(folder, 'out'), filename: 'main.js' };
      const rules = [{ test: /\.wasm$/, type: 'asset/resource' }];
      const options = {
        mode: 'production',
        context: folder,
        entry: './main.js',
        output,
        module: { rules },
        performance: { hints: false },
      };
      loaded(folder, 'webpack')(options, (problem: unknown, stats: { toString(what: object): string }) => {
        if (problem) return reject(problem);
        const told = stats.toString({ all: false, errors: true, warnings: true });
        return resolve(told === '' ? [] : [told]);
      });
    }),
  esbuild: (folder) => esbuild(folder, { loader: { '.wasm': 'file' }, publicPath: served }),
  'any bundler': async (folder) => {
    const files = join(createRequire(join(folder, 'main.js')).resolve('@tensorflow/tfjs-backend-wasm/package.json'), '../dist');
    for (const name of (await readdir(files)).filter((file) => file.endsWith('.wasm')))
      await cp(join(files, name), join(folder, 'out', name));
    return rollup(folder);
  },
};

/** Where the page is served from. */
const served = '/some/where/';

async function esbuild(folder: string, options: object): Promise<readonly string[]> {
  const { warnings } = await loaded(folder, 'esbuild').build({
    absWorkingDir: folder,
    entryPoints: ['main.js', 'learn.js'],
    ...{ outdir: 'out', bundle: true, format: 'esm', splitting: true, logLevel: 'silent' },
    ...options,
  });
  return warnings.map(({ text }: { readonly text: string }) => text);
}

/** Rollup, with what it needs to find packages and to read CommonJS. */
async function rollup(folder: string): Promise<readonly string[]> {
  const warnings: string[] = [];
  const plugins = [
    loaded(folder, '@rollup/plugin-node-resolve').nodeResolve({ browser: true }),
    loaded(folder, '@rollup/plugin-commonjs')(),
  ];
  const input = ['main.js', 'learn.js'].map((name) => join(folder, name));
  const onwarn = ({ message }: { readonly message: string }) => void warnings.push(message);
  const build = await loaded(folder, 'rollup').rollup({ input, plugins, onwarn });
  await build.write({ dir: join(folder, 'out'), format: 'es' });
  await build.close();
  return warnings;
}

/** A package that is installed beside a folder. */
const loaded = (folder: string, name: string) => createRequire(join(folder, 'main.js'))(name);

/** Tells the page what the last line of README's example tells the console. */
const telling = (example: string): string =>
  example.replace(
    /console\.log\((.*)\);/,
    "const told = [$1].join(' ');\nif (typeof document === 'object') document.title = told;\nelse postMessage(told);",
  );

const main = `if (location.search !== '?worker') import('./learn.js');
else new Worker(new URL('./learn.js', import.meta.url), { type: 'module' }).onmessage = ({ data }) => { document.title = data; };
`;
const page = '<!doctype html><title></title><link rel="icon" href="data:,"><script type="module" src="main.js"></script>';

/**
 * Builds README's example with its lines for a bundler, in the page or in a worker.
 *
 * @param folder   inside a project that has the package, and the bundler.
 * @param lines    of the bundler.
 * @param example  the ten lines.
 * @returns the folder that was built, and what the bundler warned of.
 */
export async function bundle(folder: string, name: (typeof bundlers)[number], lines: string, example: string) {
  await mkdir(folder, { recursive: true });
  const first = lines.includes('import { setWasmPaths }') ? '' : "import { setWasmPaths } from 'tfjs-stdp/wasm';\n";
  await writeFile(join(folder, 'learn.js'), `${first}${lines.replace("'/'", `'${served}'`)}${telling(example)}`);
  await writeFile(join(folder, 'main.js'), main);
  await writeFile(join(folder, 'index.html'), page);
  const warnings = await builds[name](folder);
  await writeFile(join(folder, 'out', 'index.html'), page);
  return { built: join(folder, 'out'), warnings };
}

/**
 * How large the package's own code is for an app that imports something of it, in kB, minified by esbuild and gzipped.
 *
 * @param folder  inside a project that has the package and esbuild.
 * @param code    of the app.
 * @param apart   what else is not counted, beside TensorFlow.js and fp-ts.
 */
export async function weightOf(folder: string, code: string, apart: readonly string[] = []): Promise<number> {
  const { outputFiles } = await loaded(folder, 'esbuild').build({
    stdin: { contents: code, resolveDir: folder },
    ...{ bundle: true, minify: true, format: 'esm', write: false, external: ['@tensorflow/*', 'fp-ts/*', ...apart] },
  });
  return gzipSync(outputFiles[0].contents).length / 1000;
}
