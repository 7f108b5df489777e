// Puts the packages that only the command line and reports need into the files of dist/vendor that name them, so that who
// installs the library gets none of them. dist/vendor/LICENSES.txt holds their licences.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '..');
const [src, dist] = ['src', 'dist'].map((name) => join(root, name, 'vendor'));
/** What runs in the threads of Piscina's pools, which looks for it by this name beside itself; its package exports it to nobody. */
const poolThread = join(root, 'node_modules', 'piscina', 'dist', 'worker.js');

const { output } = await build({
  configFile: false,
  root,
  logLevel: 'error',
  ssr: { noExternal: true, external: ['@napi-rs/nice'] }, // for Node, and whole, but for what only a priority would need
  define: { __dirname: 'import.meta.dirname' }, // where Piscina looks for what runs in its threads
  build: {
    ssr: true,
    outDir: dist,
    emptyOutDir: false,
    target: 'es2022',
    rolldownOptions: {
      input: [...readdirSync(src).map((name) => join(src, name)), poolThread],
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', minify: true },
    },
  },
});

const manifest = (folder) => {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
};
/** The folder of the package that a module is of: the next one above it whose package.json has a version. */
const packageOf = (path) => (manifest(path).version === undefined ? packageOf(dirname(path)) : path);

const modules = output.flatMap(({ moduleIds }) => moduleIds).filter((id) => id.includes('/node_modules/'));
const licences = [...new Set(modules.map(packageOf))].sort().map((folder) => {
  const { name, version, license } = manifest(folder);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim()}\n`;
});
writeFileSync(join(dist, 'LICENSES.txt'), licences.join(`\n${'-'.repeat(80)}\n\n`));
