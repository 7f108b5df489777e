import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TensorValues } from '../../src/core/carry/tensorValues.js';
import { StdpError } from '../../src/core/errors.js';
import type { FileArrays } from '../../src/formats/arrays/fileArray.js';
import { readNpy } from '../../src/formats/numpy/readNpy.js';
import { readNpz } from '../../src/formats/numpy/readNpz.js';
import { writeNpy } from '../../src/formats/numpy/writeNpy.js';
import { writeNpz } from '../../src/formats/numpy/writeNpz.js';
import { readSafetensors } from '../../src/formats/safetensors/readSafetensors.js';
import { writeSafetensors } from '../../src/formats/safetensors/writeSafetensors.js';
import { stateFromBytes, stateToBytes } from '../../src/state/stateBytes.js';

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

/** Whether the bytes are read or refused in one line. */
async function outcome(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): Promise<'read' | 'refused'> {
  try {
    await read(bytes);
    return 'read';
  } catch (reason) {
    if (!(reason instanceof StdpError)) throw reason;
    expect(reason.message).toMatch(/^(read\w+|stateFromBytes): [^\n]{3,400}$/);
    return 'refused';
  }
}

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

/** How often more is tried than a test has time for (`npm run fuzz` sets it). */
const numRuns = Number(import.meta.env['FORMAT_CASES'] ?? 300);
const seed = Number(import.meta.env['CALLS_SEED'] ?? 1);

const edit = fc.record({
  at: fc.nat(),
  byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 0xff)),
  kind: fc.constantFrom('set', 'cut', 'double'),
});

it.each(files)(
  '%s, mutated anyhow, is read or refused',
  async (_, whole, read) => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        const bytes = edits.reduce((now, { at, byte, kind }) => {
          const place = now.length === 0 ? 0 : at % now.length;
          const before = now.subarray(0, place);
          if (kind === 'set') return Uint8Array.of(...before, byte, ...now.subarray(place + 1));
          return Uint8Array.of(...before, ...now.subarray(kind === 'cut' ? place + 1 + (byte % 16) : Math.max(0, place - byte)));
        }, whole);
        await outcome(read, bytes);
      }),
      { numRuns, seed },
    );
    expect(numRuns).toBeGreaterThan(0);
  },
  3_600_000,
);
