// npm run validate: published results, computed anew; writes VALIDATION.md when all rows were.
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { useBackend } from 'tfjs-stdp';
import { renderLadder } from './page.mjs';
import { rows } from './rows.mjs';

const options = new Command('validate')
  .description('Repeats published experiments and compares')
  .option('--only <word>', 'rows whose name has this word in it; nothing is written then')
  .option('--short', 'small forms, a minute in all; nothing is written then')
  .option('--data <dir>', 'MNIST, for the rows of networks (default: without, they are left out)')
  .parse()
  .opts();

await useBackend('wasm');
const chosen = rows.filter(({ name }) => options.only === undefined || name.toLowerCase().includes(options.only.toLowerCase()));
if (chosen.length === 0) {
  console.error(`error: no row is called ${options.only}; there are ${rows.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const seconds = ({ user, system }) => (user + system) / 1e6;
const tell = (text) => process.stderr.write(`${text}\n`);
const done = [];
for (const row of chosen) {
  const before = process.cpuUsage();
  tell(`${row.name} …`);
  const results = await row.run({ short: options.short === true, data: options.data, tell: (text) => tell(`  ${text}`) });
  const took = seconds(process.cpuUsage(before));
  done.push({ ...row, results, took });
  for (const { what, published, ours, holds } of results)
    console.log(`${holds ? 'holds' : 'FAILS'}  ${row.name}, ${what}: ${ours} (published: ${published})`);
  tell(`${row.name}: ${took.toFixed(1)} s`);
}
const failed = done.flatMap(({ results }) => results).filter(({ holds }) => !holds).length;
if (options.only === undefined && !options.short) {
  writeFileSync(new URL('../../VALIDATION.md', import.meta.url), renderLadder(done));
  console.log('Written: VALIDATION.md');
}
console.log(`${done.flatMap(({ results }) => results).length - failed} hold, ${failed} fail`);
process.exitCode = failed > 0 ? 1 : 0;
