// Makes the program one file, dist/cli/stdp.js or the one that is named: TensorFlow.js, its wasm and what runs in threads are inside,
// so it runs where nothing else is installed. What a command doesn't need is not run when it starts.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const file = resolve(process.argv[2] ?? join(dist, 'cli', 'stdp.js'));
const manifest = readFileSync(join(root, 'package.json'), 'utf8');

/** How our modules name a program for a thread, and, by its path, what Piscina's threads do. */
const [program, task] = [
  /(?<!fileURLToPath\()new URL\('(\.\/[\w/]+\.js)', import\.meta\.url\)/g,
  /fileURLToPath\(new URL\('(\.\/[\w/]+\.js)', import\.meta\.url\)\)/g,
];
const ours = readdirSync(dist, { recursive: true }).filter((name) => /^(cli|io|networks|sweep|threads)\/.*\.js$/.test(name));
const named = (pattern) =>
  ours.flatMap((name) => {
    const text = readFileSync(join(dist, name), 'utf8');
    return Array.from(text.matchAll(pattern), ([, path]) => join(dist, dirname(name), path));
  });
const [threads, tasks] = [program, task].map(named);
if (tasks.length !== 1) throw new Error(`Piscina takes a file for its task, and here is one: ${tasks.join(', ')}`);

const later = (path) => `import(${JSON.stringify(path)})`;
/** A thread sees behind a question mark in its address which program it is; without one it is Piscina's, whose task is the default export. */
const entry = `
import { isMainThread } from 'node:worker_threads';
const threads = {
  ${threads.map((path) => `'?${basename(path)}': () => ${later(path)},`).join('\n  ')}
  '': () => ${later(join(dist, 'vendor', 'worker.js'))},
};
await (isMainThread ? ${later(join(dist, 'cli', 'main.js'))} : threads[new URL(import.meta.url).search]());
export default async (given) => (await ${later(tasks[0])}).default(given);
`;
/** The address of a thread's program. A worker's own would lose what is behind the question mark; what it imports keeps it. */
const itself = (name) =>
  `new URL('data:text/javascript,' + encodeURIComponent('import ' + JSON.stringify(import.meta.url + '?${name}')))`;

const wasm = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm');
const binary = () => `Buffer.from('${readFileSync(wasm, 'base64')}', 'base64')`;
/** What files say of where they lie, and what they say here. */
const places = [
  [/\/dist\/.*\.js$/, program, (_, path) => itself(basename(path))],
  [/\/dist\/.*\.js$/, task, () => 'import.meta.filename'],
  [/\/dist\/.*\.js$/, "readFileSync(new URL('../../package.json', import.meta.url), 'utf8')", () => JSON.stringify(manifest)],
  [/\/vendor\/piscina\.js$/, /\(0, ?\w+\.resolve\)\(import\.meta\.dirname, ?`worker\.js`\)/, () => 'import.meta.filename'],
  [
    /tfjs-backend-wasm\/dist\/backend_wasm\.js$/,
    'const factoryConfig = {};',
    () => `const factoryConfig = { wasmBinary: ${binary()} };`,
  ],
];
/** The kernels in JavaScript: Node has SIMD, and the wasm inside needs it as well. */
const plain = /\/kernels\/module\/\w+\/plain\.js$/;
/** A text without other characters takes half the memory, and half the time to read. */
const ascii = (code) => code.replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
const inside = {
  name: 'inside',
  enforce: 'pre',
  resolveId: (id) => (id === 'program' ? '\0program' : undefined),
  load: (id) => (id === '\0program' ? entry : plain.test(id) ? 'export const plainKernels = undefined;' : undefined),
  transform: (code, id) =>
    places.reduce((text, [files, place, here]) => (files.test(id) ? text.replace(place, here) : text), code),
};

const { output } = await build({
  configFile: false,
  root,
  logLevel: 'error',
  plugins: [inside],
  define: { __dirname: 'import.meta.dirname' }, // of Emscripten's start
  ssr: { noExternal: true },
  build: {
    ssr: true,
    write: false,
    target: 'node20',
    rolldownOptions: {
      input: 'program',
      output: { codeSplitting: false, strictExecutionOrder: true, minify: true },
    },
  },
});
writeFileSync(file, `#!/usr/bin/env node\n${ascii(output[0].code)}`, { mode: 0o755 });
