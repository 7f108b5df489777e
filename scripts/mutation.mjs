// Mutation testing: small faults are built into the code, one at a time, and the tests have to find them.
//   npm run mutation                      a sample over all folders, then the page test/mutation/RESULTS.md
//   npm run mutation -- traces neurons    only these folders, no page
//   npm run mutation -- --changed HEAD~1  what changed since, in a few minutes; fails below 80 % (folders reach 90) of ten or more
// What was found before stays found until reports/mutation is deleted: only the others are tried again.
// --sample 1500 is how many mutants to draw, with at least 60 of each folder, --seed 1 which.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { changedFiles } from './mutation/changed.mjs';
import { folders, specsOf } from './mutation/folders.mjs';
import { inOneLine, page, scoreOf } from './mutation/page.mjs';
import { draw, filesOf, fromZero, keyOf, mutantsIn, textOf } from './mutation/sample.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string', default: '1500' },
    seed: { type: 'string', default: '1' },
    changed: { type: 'string' },
  },
});
const unknown = positionals.find((name) => !folders.includes(name));
if (unknown !== undefined) throw new Error(`there is no folder ${unknown}: choose of ${folders.join(', ')}`);
const reports = 'reports/mutation';
const fileNameOf = (folder) => folder.replace('/', '-');
mkdirSync(reports, { recursive: true });

/** Tries some mutants on some specs; each with its status, line (from 1), text and replacement. */
async function tryOut(title, drawn, specs) {
  if (drawn.length === 0) return [];
  const known = new Map(drawn.map(({ mutant, lot }) => [keyOf(mutant), { lot, text: textOf(mutant) }]));
  const settings = resolve(reports, `${title}.settings.json`);
  writeFileSync(settings, JSON.stringify({ specs, sample: [...known.keys()] }));
  process.env.MUTATION_SETTINGS = settings;
  const results = await new Stryker({
    mutate: [...new Set(drawn.map(({ mutant }) => mutant.fileName))],
    plugins: [resolve('scripts/mutation/runner.mjs')],
    testRunner: 'warm',
    checkers: ['sample'],
    tsconfigFile: 'none.json', // Stryker would read it with a compiler that is no longer in typescript 7
    coverageAnalysis: 'perTest',
    reporters: ['progress-append-only', 'survivors'],
    concurrency: 2, // one tries, one picks the sample
    timeoutMS: 120_000,
    dryRunTimeoutMinutes: 20,
    disableTypeChecks: false,
    ignorePatterns: ['dist', 'bench', 'examples', 'runs', 'reports'],
    logLevel: 'warn',
    warnings: { slow: false },
  }).runMutationTest();
  return results
    .map((mutant) => ({ ...mutant, location: fromZero(mutant.location) }))
    .filter((mutant) => known.has(keyOf(mutant)))
    .map((mutant) => ({
      file: keyOf(mutant).split(':')[0],
      line: mutant.location.start.line + 1,
      mutator: mutant.mutatorName,
      ...known.get(keyOf(mutant)),
      replacement: mutant.replacement,
      status: mutant.status,
      killedBy: mutant.killedBy?.[0],
    }));
}

async function tryFolders(names) {
  const mutants = Object.fromEntries(await Promise.all(folders.map(async (name) => [name, await mutantsIn(filesOf(name))])));
  const all = Object.values(mutants).flat().length;
  for (const name of names) {
    const count = Math.max(60, Math.round((Number(values.sample) * mutants[name].length) / all));
    const path = join(reports, `${fileNameOf(name)}.json`);
    const before = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { seconds: 0, tried: [] };
    const found = new Map(before.tried.filter(({ status }) => status === 'Killed').map((mutant) => [mutant.lot, mutant]));
    const drawn = draw(mutants[name], count, values.seed);
    const start = Date.now();
    const anew = await tryOut(
      fileNameOf(name),
      drawn.filter(({ lot }) => !found.has(lot)),
      specsOf[name],
    );
    const tried = [...drawn.flatMap(({ lot }) => found.get(lot) ?? []), ...anew];
    const seconds = before.seconds + Math.round((Date.now() - start) / 1000);
    writeFileSync(path, JSON.stringify({ folder: name, mutants: mutants[name].length, seconds, tried }, null, 1));
    tell(name, tried);
  }
}

function tell(title, tried) {
  const unreached = tried.filter(({ status }) => status === 'NoCoverage');
  for (const { file, line, text } of unreached) console.log(`not reached ${file}:${line}  ${inOneLine(text)}`);
  console.log(`${title}: ${scoreOf(tried).toFixed(1)} % of ${tried.length} found`);
}

if (values.changed !== undefined) {
  const changed = changedFiles(values.changed, folders);
  if (changed.files.length === 0) console.log(`mutation: ${changed.why}`);
  else {
    const touched = folders.filter((name) => changed.files.some((file) => file.startsWith(`src/${name}/`)));
    const drawn = draw(await mutantsIn(changed.files), 120, values.seed);
    const tried = await tryOut('changed', drawn, touched.map((name) => specsOf[name]).join('|'));
    tell(`mutation of ${changed.files.length} changed files`, tried);
    process.exitCode = Number(tried.length >= 10 && scoreOf(tried) < 80); // of a few, one that changes nothing would decide
  }
} else {
  await tryFolders(positionals.length > 0 ? positionals : folders);
  const paths = folders.map((name) => join(reports, `${fileNameOf(name)}.json`));
  if (positionals.length === 0 || process.env.MUTATION_PAGE) {
    if (!paths.every(existsSync)) throw new Error('not all folders have been tried');
    writeFileSync(
      'test/mutation/RESULTS.md',
      page(
        paths.map((path) => JSON.parse(readFileSync(path, 'utf8'))),
        values,
      ),
    );
  }
}
