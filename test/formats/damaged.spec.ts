import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TensorValues } from '../../src/core/carry/tensorValues.js';
import type { FileArrays } from '../../src/formats/arrays/fileArray.js';
import { readNpy } from '../../src/formats/numpy/readNpy.js';
import { readNpz } from '../../src/formats/numpy/readNpz.js';
import { writeNpy } from '../../src/formats/numpy/writeNpy.js';
import { writeNpz } from '../../src/formats/numpy/writeNpz.js';
import { readSafetensors } from '../../src/formats/safetensors/readSafetensors.js';
import { writeSafetensors } from '../../src/formats/safetensors/writeSafetensors.js';
import { stateFromBytes, stateToBytes } from '../../src/state/stateBytes.js';
import { edited, edits, numRuns, outcome, seed } from './damage.js';

const arrays: FileArrays = {
  w: { dtype: 'float32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
  labels: { dtype: 'int64', shape: [2], data: BigInt64Array.of(3n, -4n) },
  mask: { dtype: 'bool', shape: [3], data: Uint8Array.of(1, 0, 1) },
};
const { w = expect.unreachable('missing') } = arrays;

/** A state that needs no backend to be written. */
const state = {
  ...{ step: 3, odd: [Number.NaN, -0], none: undefined, bytes: Uint8Array.of(1, 255) },
  trainer: { w: new TensorValues('float32', [2, 3], Float32Array.of(1, 2, 3, 4, 5, 6)) },
};

/** Whole files, and who reads them. */
const files: readonly (readonly [name: string, bytes: Uint8Array, read: (bytes: Uint8Array) => unknown])[] = [
  ['safetensors', writeSafetensors(arrays, { by: 'me' }), readSafetensors],
  ['npy', writeNpy(w), readNpy],
  ['npz', await writeNpz(arrays), (bytes) => readNpz(bytes)],
  ['state', await stateToBytes(state), (bytes) => stateFromBytes(bytes)],
  ['state in npz', await stateToBytes(state, { format: 'npz' }), (bytes) => stateFromBytes(bytes)],
  ['npz, deflated', await writeNpz(arrays, { compressed: true }), (bytes) => readNpz(bytes)],
];

it.each(files)('%s, cut off anywhere, is refused', async (_, bytes, read) => {
  for (let length = 0; length < bytes.length; length++) expect(await outcome(read, bytes.subarray(0, length))).toBe('refused');
  expect(await outcome(read, bytes)).toBe('read');
});

it.each(files)('%s with a bit turned, anywhere, is read or refused', async (_, bytes, read) => {
  const counts = { read: 0, refused: 0 };
  for (let at = 0; at < bytes.length; at++) {
    const turned = new Uint8Array(bytes);
    turned[at] = (turned[at] ?? 0) ^ (1 << (at % 8));
    counts[await outcome(read, turned)]++;
  }
  expect(counts.refused).toBeGreaterThan(20);
});

it.each(files)(
  '%s, mutated anyhow, is read or refused',
  async (_, whole, read) => {
    await fc.assert(
      fc.asyncProperty(edits, async (made) => {
        await outcome(read, edited(whole, made));
      }),
      { numRuns, seed },
    );
    expect(numRuns).toBeGreaterThan(0);
  },
  3_600_000,
);
