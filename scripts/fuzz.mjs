// npm run fuzz: the property of public calls with many more cases, half of them on wasm and half on cpu, and files of other tools, of images and of
// event cameras, mutated a hundred thousand times for each reader. Prints its seed, and of a property that fails the smallest case that was found; --seed repeats a
// run.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';

const whole = (least) => (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) throw new InvalidArgumentError(`It must be an integer ≥ ${least}.`);
  return value;
};
const { cases, seed, only } = new Command('fuzz')
  .option('--cases <n>', 'how many cases, over all functions and both backends', whole(2), 1_000_000)
  .option('--seed <n>', 'of every case (default: a new one)', whole(0), randomInt(2 ** 31))
  .option('--only <names>', 'functions whose name begins so (a regular expression)')
  .parse()
  .opts();

console.log(`fuzz: seed ${seed}, ${cases} cases`);
const began = performance.now();
const projects = ['wasm', 'cpu', 'node'].flatMap((name) => ['--project', name]);
const inMemory = ['formats/damaged', 'data/damaged', 'events/damaged', 'events/packed'];
const readers = [...inMemory, 'node/formats/nirDamaged', 'node/damagedPictures'];
const damaged = readers.map((name) => `test/${name}.spec.ts`);
const chosen = only === undefined ? [] : ['-t', `^(${only})`];
const { status } = spawnSync(
  'npx',
  ['--no-install', 'vitest', 'run', ...projects, 'property-tests/publicCalls.spec.ts', ...damaged, ...chosen],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      CALLS_CASES: String(Math.ceil(cases / 2)),
      CALLS_SEED: String(seed),
      FORMAT_CASES: String(Math.ceil(cases / 20)),
    },
  },
);
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
console.log(`fuzz: seed ${seed}, ${cases} cases, ${minutes} min: ${status === 0 ? 'no offence' : 'see above'}`);
process.exit(status ?? 1);
