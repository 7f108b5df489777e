// Whole networks on MNIST, by the program.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { mean, percent } from './measure.mjs';

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const seeds = [1, 2, 3];

async function accuracy(args, seed, data) {
  const folder = mkdtempSync(join(tmpdir(), 'stdp-validate-'));
  try {
    const all = ['train', ...args, '--data', data, '--seed', String(seed), '--out', join(folder, 'run'), '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...all], { maxBuffer: 2 ** 26 });
    return JSON.parse(stdout).accuracy;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const onDigits = (name, rules, source, forms) => ({
  name,
  rules,
  source,
  run: async ({ data, tell }) => {
    if (data === undefined) {
      tell('left out: it needs --data DIR, MNIST');
      return [];
    }
    const results = [];
    for (const { what, args, published, least } of forms) {
      const ours = [];
      for (const seed of seeds) {
        ours.push(await accuracy(args, seed, data));
        tell(`${what}, seed ${seed}: ${percent(ours.at(-1), 2)}`);
      }
      results.push({
        what,
        published,
        ours: `${ours.map((value) => percent(value, 2)).join(', ')}`,
        seeds: seeds.length,
        holds: mean(ours) >= least,
      });
    }
    return results;
  },
});

const neurons = (count, least) => ({
  what: `${count} neurons, test accuracy`,
  args: ['--preset', 'diehlCook2015', '--neurons', String(count)],
  published: percent(least, 1),
  least,
});

export const networkRows = [
  onDigits('Diehl and Cook 2015', ['pairStdp'], 'Diehl and Cook 2015', [neurons(100, 0.829), neurons(400, 0.87)]),
  onDigits('Kheradpisheh 2018', ['latencyStdp'], 'Kheradpisheh et al. 2018', [
    {
      what: 'two layers and a linear read-out, test accuracy',
      args: ['--preset', 'kheradpisheh2018'],
      published: '98.4 %',
      least: 0.984,
    },
  ]),
];
