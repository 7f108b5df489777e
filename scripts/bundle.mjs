// Makes dist/bundle, or the folder that is named: the library in one ES module for a page without a build step, in others what is
// loaded when it is needed (WebGPU's backend; the kernels in JavaScript, where there is no SIMD), and the wasm files. Says how large they are.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { copyWasm } from './copyWasm.mjs';
import { wasmThreads } from './wasmThreads.mjs';

const root = resolve(import.meta.dirname, '..');
const outDir = resolve(process.argv[2] ?? join(root, 'dist', 'bundle'));
/** The kernels of rules or networks in JavaScript. */
const plain = /kernels\/module\/(\w+)\/plain/;
const codeSplitting = {
  includeDependenciesRecursively: false, // what both need stays in the first
  groups: [
    { name: 'webgpu', test: /tfjs-backend-webgpu|kernels\/webgpu\/(?!shaders|webgpuBackend)/ },
    { name: 'tfjs-stdp', test: (module) => !plain.test(module) },
  ],
};
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
    lib: { entry: join(root, 'dist', 'entries', 'bundle.js'), formats: ['es'] },
    rolldownOptions: {
      preserveEntrySignatures: 'allow-extension',
      output: {
        entryFileNames: 'tfjs-stdp.js',
        chunkFileNames: ({ facadeModuleId }) =>
          plain.test(facadeModuleId) ? `kernels-${plain.exec(facadeModuleId)[1]}.js` : '[name].js',
        minify: true,
        codeSplitting,
      },
    },
  },
});
copyWasm(outDir);

const kilobytes = (bytes) => `${Math.round(bytes / 1000)} kB`.padStart(8);
for (const name of readdirSync(outDir).sort()) {
  const content = readFileSync(join(outDir, name));
  console.log(`${name.padEnd(40)} ${kilobytes(content.length)}, gzip ${kilobytes(gzipSync(content).length)}`);
}
