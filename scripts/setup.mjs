// Brings a fresh clone to where `npm start` and `npm test` can run. Uses nothing but node itself, because nothing else is there yet.
//
// `build` installs what is missing and builds what is stale. `prepare` is for npm, which calls it when it has installed the
// packages, in a clone or for an app that takes the library from git: it builds what is stale, the bundles too, and installs
// nothing. Without TypeScript (`npm ci --omit=dev`) there is nothing to build with.
import { execSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { lacksPackages } from './lacksPackages.mjs';

const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
const [least, leastMinor] = engines.node.match(/\d+/g).map(Number);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < least || (major === least && minor < leastMinor)) {
  console.error(`Node ${least}.${leastMinor} or later is needed, this is ${process.versions.node}`);
  process.exit(2);
}

const preparing = process.argv[2] === 'prepare';
if (preparing && !existsSync(join('node_modules', 'typescript'))) process.exit();

const run = (command) => execSync(command, { stdio: ['ignore', 2, 2] }); // stdout belongs to the program that follows

const newest = (path) =>
  statSync(path).isDirectory() ? Math.max(...readdirSync(path).map((name) => newest(join(path, name)))) : statSync(path).mtimeMs;

if (!preparing && lacksPackages('.')) {
  console.error('Installing packages (only the first time) …');
  run('npm ci --no-audit --no-fund --loglevel=error');
}

const isStale = (output, ...sources) =>
  sources.every(existsSync) && (!existsSync(output) || sources.some((source) => statSync(output).mtimeMs < newest(source)));

const kernelSources = [
  join('src', 'kernels', 'assembly'),
  join('src', 'kernels', 'circuitRecords.ts'),
  join('src', 'kernels', 'learningRecords.ts'),
  join('src', 'kernels', 'dependences.ts'),
  join('scripts', 'kernels.mjs'),
  join('scripts', 'kernels'),
];
if (isStale(join('src', 'kernels', 'module', 'circuits', 'plain.ts'), ...kernelSources)) run('node scripts/kernels.mjs'); // the last that it writes
if (isStale(join('dist', '.tsbuildinfo'), 'src', 'tsconfig.build.json', join('scripts', 'vendor.mjs'))) {
  console.error('Building …');
  run('npm run --silent build');
  const now = new Date();
  utimesSync(join('dist', '.tsbuildinfo'), now, now); // tsc leaves it as it is when nothing in it changes
}
if (preparing && isStale(join('dist', 'bundle', 'tfjs-stdp.js'), 'src')) run('node scripts/bundle.mjs');
if (preparing && isStale(join('dist', 'cli', 'stdp.js'), 'src', join('scripts', 'program.mjs'))) run('node scripts/program.mjs');
