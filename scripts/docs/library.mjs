import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { copyWasm } from '../copyWasm.mjs';
import { wasmThreads } from '../wasmThreads.mjs';

const root = resolve(import.meta.dirname, '../..');
const { resolve: find } = createRequire(import.meta.url);
/** What a page can't have, and the bundle, which is all of it again. */
const without = ['./node', './bundle', './package.json'];

/**
 * Makes what a cell of the site imports: a module for each path of the package and one for TensorFlow.js's core, called as the paths are
 * (`tfjs-stdp.js`, `tfjs-stdp/rules.js`, `@tensorflow/tfjs-core.js`), what they share beside them, and the wasm files.
 *
 * @param {string} outDir
 */
export async function buildLibrary(outDir) {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const paths = Object.entries(exports).filter(([path]) => !without.includes(path));
  const own = paths.map(([path, target]) => [`tfjs-stdp${path.slice(1)}`, join(root, target.default)]);
  const entry = Object.fromEntries([...own, ['@tensorflow/tfjs-core', find('@tensorflow/tfjs-core/dist/index.js')]]);
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [wasmThreads()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      reportCompressedSize: false,
      lib: { entry, formats: ['es'] },
      rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: 'shared/[name]-[hash].js', minify: true } },
    },
  });
  copyWasm(outDir);
}
