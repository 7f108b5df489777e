// Brings a fresh clone to where `npm start` and `npm test` can run: installs what is missing, builds what is stale.
// Uses nothing but node itself, because nothing else is there yet.
import { execSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
const [least, leastMinor] = engines.node.match(/\d+/g).map(Number);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < least || (major === least && minor < leastMinor)) {
  console.error(`Node ${least}.${leastMinor} or later is needed, this is ${process.versions.node}`);
  process.exit(2);
}

const run = (command) => execSync(command, { stdio: ['ignore', 2, 2] }); // stdout belongs to the program that follows
const lock = existsSync('package-lock.json') ? readFileSync('package-lock.json', 'utf8') : '';
const marker = join('node_modules', '.installed-lock');

const newest = (folder) =>
  Math.max(
    ...readdirSync(folder, { withFileTypes: true, recursive: true }).map(
      (entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs,
    ),
  );

if (lock !== '' && (!existsSync(marker) || readFileSync(marker, 'utf8') !== lock)) {
  console.error('Installing packages (only the first time) …');
  run('npm ci --no-audit --no-fund --loglevel=error');
  writeFileSync(marker, lock);
}

const isStale = (output, sources) => existsSync(sources) && (!existsSync(output) || statSync(output).mtimeMs < newest(sources));

if (process.argv.includes('build') && isStale(join('src', 'kernels', 'wasm', 'binary.ts'), join('src', 'kernels', 'assembly'))) {
  run('node scripts/kernels.mjs');
}
if (process.argv.includes('build') && isStale(join('dist', '.tsbuildinfo'), 'src')) {
  console.error('Building …');
  run('npx --no-install tsc -p tsconfig.build.json');
  const now = new Date();
  utimesSync(join('dist', '.tsbuildinfo'), now, now); // tsc leaves it as it is when nothing in it changes
}
