import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { wasmThreads } from '../../scripts/wasmThreads.mjs';
import { readRuleDocs } from './build/ruleDocs.js';

/** `import docs from 'virtual:rule-docs'`: what the docstrings of the rules say. */
const ruleDocs = (): Plugin => ({
  name: 'rule-docs',
  resolveId: (id) => (id === 'virtual:rule-docs' ? id : undefined),
  load: (id) =>
    id === 'virtual:rule-docs'
      ? `export default ${JSON.stringify(readRuleDocs(resolve(import.meta.dirname, '../../src/rules')))}`
      : undefined,
});

const plugins = (): Plugin[] => [ruleDocs(), wasmThreads()];

/** Files that any web server serves, from any path. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: { target: 'es2022', chunkSizeWarningLimit: 1500, reportCompressedSize: false },
  plugins: plugins(),
  worker: { format: 'es', plugins },
});
