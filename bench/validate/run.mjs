// npm run validate: published results, computed anew; writes VALIDATION.md, of what was found of each row last.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { Command } from 'commander';
import { useBackend } from 'tfjs-stdp';
import { renderLadder } from './page.mjs';
import { processorSeconds } from './processorSeconds.mjs';
import { rows } from './rows.mjs';

const options = new Command('validate')
  .description('Repeats published experiments and compares')
  .option('--only <word>', 'rows whose name has this word in it; the others stay as they were')
  .option('--short', 'small forms of those that have one, a minute in all; nothing is written then')
  .option('--data <dir>', 'MNIST, for the rows of networks (default: without, they are left out)')
  .parse()
  .opts();

// Small steps, one after the other: threads would only wait for each other.
await useBackend('cpu');
const chosen = rows.filter(({ name }) => options.only === undefined || name.toLowerCase().includes(options.only.toLowerCase()));
if (chosen.length === 0) {
  console.error(`error: no row is called ${options.only}; there are ${rows.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const file = new URL('results.json', import.meta.url);
const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const tell = (text) => process.stderr.write(`${text}\n`);
const found = { ...before };
let [holding, failing] = [0, 0];
for (const { name, run, long } of chosen) {
  if (options.short === true && long === true) continue;
  const start = processorSeconds();
  tell(`${name} …`);
  const results = await run({ short: options.short === true, data: options.data, tell: (text) => tell(`  ${text}`) });
  const took = processorSeconds() - start;
  for (const { what, published, ours, holds } of results) {
    console.log(`${holds ? 'holds' : 'FAILS'}  ${name}, ${what}: ${ours} (published: ${published})`);
    if (holds) holding++;
    else failing++;
  }
  tell(`${name}: ${took.toFixed(1)} s`);
  if (options.short || results.length === 0) continue;
  found[name] = { results, took, machine: `${cpus()[0]?.model.trim()}, Node ${process.version}` };
  writeFileSync(file, `${JSON.stringify(found, null, 1)}\n`);
  writeFileSync(new URL('../../VALIDATION.md', import.meta.url), renderLadder(rows, found));
}
console.log(`${holding} hold, ${failing} fail`);
process.exitCode = failing > 0 ? 1 : 0;
