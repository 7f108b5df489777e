import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Trains by examples/data-parallel with so many workers; prints the weights, as whoever runs it has them. */
const script = `
(async () => {
const { train } = await import('./examples/data-parallel/train.mjs');
const layer = { inputs: 30, outputs: 20, batch: 22, chunk: 4, steps: 4 };
const first = await train({ ...layer, steps: 1 });
const all = [];
for (const workers of [1, 2, 3]) all.push(Buffer.from((await train(layer, workers)).weights.buffer).toString('base64'));
console.log(JSON.stringify({ first: Buffer.from(first.weights.buffer).toString('base64'), all }));
})();
`;

it('a layer learns on two and three workers what it learns in one process, bit for bit', async () => {
  const cwd = resolve(import.meta.dirname, '../..');
  const { stdout } = await promisify(execFile)('node', ['-e', script], { cwd });
  const { first, all } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    readonly first: string;
    readonly all: readonly string[];
  };
  expect(new Set(all).size).toBe(1);
  expect(all[0]).not.toBe(first); // it did learn
});
