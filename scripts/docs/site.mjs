import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { lacksPackages } from '../lacksPackages.mjs';
import { buildLibrary } from './library.mjs';

const root = resolve(import.meta.dirname, '../..');
export const docs = join(root, 'docs');

/** Runs a program in `docs`; what it says is told when it fails. */
const run = (program, ...options) => promisify(execFile)(program, options, { cwd: docs });
const tool = (name) => join(docs, 'node_modules', '.bin', name);

/** Installs the packages that only the site needs, when they are missing. */
export async function installSite() {
  if (!lacksPackages(docs)) return;
  console.error("Installing the site's packages (only the first time) …");
  await run('npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error');
}

/** Writes a page for every public name into docs/api, from its docstring. */
export const writeApi = () => run(tool('typedoc'), '--options', 'typedoc.json');

/**
 * Checks the types of the site's own code, and builds the pages that there are, and what their cells import.
 *
 * @param {string} outDir
 * @param {string} base  where the site is served from, `/x/y/`.
 */
export async function buildSite(outDir, base) {
  await run(join(root, 'node_modules', '.bin', 'tsc'), '-p', '.');
  await run(tool('vitepress'), 'build', '.', '--base', base, '--outDir', outDir);
  await buildLibrary(join(outDir, 'library'));
}
