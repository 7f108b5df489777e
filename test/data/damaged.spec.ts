import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseData } from '../../src/data/files/parseData.js';
import type { FileArrays } from '../../src/formats/arrays/fileArray.js';
import { writeNpz } from '../../src/formats/numpy/writeNpz.js';
import { edited, edits, numRuns, outcome, seed } from '../formats/damage.js';

const arrays: FileArrays = {
  x_train: { dtype: 'float32', shape: [2, 2, 1], data: Float32Array.of(0, 0.5, 1, 0.25) },
  y_train: { dtype: 'int64', shape: [2, 1], data: BigInt64Array.of(3n, 1n) },
};
const csv = 'a;b;name\n1;2.5;"x; ""y"""\n-3;4e2;z\r\n';

async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** An image of CIFAR-10. */
const cifar = Uint8Array.from({ length: 3073 }, (_, at) => (at === 0 ? 7 : at % 5));

const files: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['npz', await writeNpz(arrays)],
  ['npz, deflated', await writeNpz(arrays, { compressed: true })],
  ['csv', new TextEncoder().encode(csv)],
  ['csv, packed', await gzip(new TextEncoder().encode(csv))],
  ['cifar', cifar],
];

const read = (bytes: Uint8Array) => parseData(bytes, 'file');

it.each(files)('%s is read', async (_, bytes) => {
  expect(await outcome(read, bytes)).toBe('read');
});

it.each(files.filter(([name]) => name !== 'csv' && name !== 'cifar'))('%s, cut off anywhere, is refused', async (_, bytes) => {
  for (let length = 0; length < bytes.length; length++) expect(await outcome(read, bytes.subarray(0, length))).toBe('refused');
});

it.each(files)('%s, mutated anyhow, is read or refused in a line', { timeout: 3_600_000 }, async (_, whole) => {
  await fc.assert(
    fc.asyncProperty(edits, async (made) => {
      await outcome(read, edited(whole, made));
    }),
    { numRuns, seed },
  );
  expect(numRuns).toBeGreaterThan(0);
});
