// npm run bench:circuits: circuits beside Brian2, and as they grow; writes its section of RESULTS.md and a picture.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { Command } from 'commander';
import { besideBrian, unitCosts } from './beside.mjs';
import { circuitGrowth } from './growth.mjs';
import { withSection } from './section.mjs';

const { rounds } = new Command('bench:circuits')
  .description('Times circuits here and, where python3 has it, in Brian2')
  .option('--rounds <n>', 'rounds of each measurement', Number, 5)
  .parse()
  .opts();

const costs = unitCosts(rounds);
console.log(JSON.stringify(costs));
const rows = await besideBrian(rounds);
const { rows: growth, pictures } = circuitGrowth(rounds);
for (const [name, svg] of Object.entries(pictures)) writeFileSync(new URL(`../${name}`, import.meta.url), svg);
const page = new URL('../RESULTS.md', import.meta.url);
writeFileSync(page, withSection(readFileSync(page, 'utf8'), { rows, costs, growth, rounds, cpu: cpus()[0]?.model.trim() }));
console.log('Written: bench/RESULTS.md, bench/growth-circuits.svg');
