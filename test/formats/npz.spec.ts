import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileArrays } from '../../src/formats/arrays/fileArray.js';
import { readNpz } from '../../src/formats/numpy/readNpz.js';
import { writeNpy } from '../../src/formats/numpy/writeNpy.js';
import { writeNpz } from '../../src/formats/numpy/writeNpz.js';
import { zip } from '../../src/formats/zip/zip.js';
import { anyArrays, bits } from './anyArrays.js';

const w = { dtype: 'float32', shape: [2], data: Float32Array.of(0.5, 2) } as const;
const zeros = { dtype: 'uint8', shape: [100_000], data: new Uint8Array(100_000) } as const;

/** An archive of files with these names. */
async function archive(names: readonly string[], bytes: Uint8Array = writeNpy(w), isDeflated = false): Promise<Uint8Array> {
  const made = await zip(
    names.map((name) => ({ name, bytes })),
    isDeflated,
  );
  return made ?? expect.unreachable('too large');
}

/** Where a signature stands for the last time. */
function find(bytes: Uint8Array, ...signature: readonly number[]): number {
  for (let at = bytes.length - signature.length; at >= 0; at--)
    if (signature.every((byte, index) => bytes[at + index] === byte)) return at;
  return expect.unreachable('not there');
}

/** The bytes with a word written over, little-endian, so many bytes behind the last record of a kind. */
function written(bytes: Uint8Array, kind: 'local' | 'central' | 'end', offset: number, value: number, width: 2 | 4): Uint8Array {
  const at = find(bytes, 0x50, 0x4b, ...{ local: [3, 4], central: [1, 2], end: [5, 6] }[kind]) + offset;
  const changed = new Uint8Array(bytes);
  const words = new DataView(changed.buffer);
  if (width === 2) words.setUint16(at, value, true);
  else words.setUint32(at, value, true);
  return changed;
}

describe('readNpz', () => {
  it.each([false, true])('gives what was written, bit for bit; compressed %s', async (compressed) => {
    const writable = anyArrays.map(
      (arrays): FileArrays =>
        Object.fromEntries(
          Object.entries(arrays).filter(([name, { dtype }]) => dtype !== 'bfloat16' && !/^[a-z]?[\\:]/.test(name)),
        ),
    );
    await fc.assert(
      fc.asyncProperty(writable, async (arrays) => {
        const bytes = await writeNpz(arrays, { compressed });
        expect(bits(await readNpz(bytes))).toEqual(bits(arrays));
        expect(await writeNpz(arrays, { compressed })).toEqual(bytes);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('reads a large array through the small pieces in which it is unpacked', async () => {
    const data = Float32Array.from({ length: 50_000 }, (_, index) => Math.fround(Math.sin(index)));
    const bytes = await writeNpz({ w: { dtype: 'float32', shape: [50_000], data } }, { compressed: true });
    expect(bytes.length).toBeLessThan(200_000);
    expect((await readNpz(bytes))['w']?.data).toEqual(data);
  });

  it('unpacks only what is wanted', async () => {
    const bytes = await archive(['w.npy', 'b.npy', 'notes.txt']);
    expect(Object.keys(await readNpz(bytes, 'a.npz', { only: ['b'] }))).toEqual(['b']);
    expect(await readNpz(bytes, 'a.npz', { only: [] })).toEqual({});
    await expect(readNpz(bytes, 'a.npz', { only: ['v'] })).rejects.toThrow(
      'readNpz: a.npz has no array "v": ["w", "b", "notes.txt"]',
    );
    await expect(readNpz(bytes, 'a.npz')).rejects.toThrow('readNpz: notes.txt in a.npz is no npy file');
  });

  it.each(['../w.npy', 'a/../../w.npy', '/w.npy', '\\w.npy', 'C:\\w.npy', 'a\\..\\w.npy', 'w\0.npy', ''])(
    'refuses the path %j',
    async (name) => {
      await expect(readNpz(await archive([name]))).rejects.toThrow('which is no path within the archive');
    },
  );

  it('refuses two entries of one name', async () => {
    await expect(readNpz(await archive(['w.npy', 'w.npy']))).rejects.toThrow('has two entries "w.npy"');
  });

  it('refuses what unpacks to more than is told, could be, or is allowed, before it takes memory', async () => {
    const bomb = await writeNpz({ zeros }, { compressed: true });
    expect(bomb.length).toBeLessThan(1000);
    const told = 100_128;
    await expect(readNpz(written(bomb, 'central', 24, 50_000, 4))).rejects.toThrow("doesn't unpack to the 50000 bytes");
    await expect(readNpz(written(bomb, 'central', 24, told + 1, 4))).rejects.toThrow(`doesn't unpack to the ${told + 1} bytes`);
    await expect(readNpz(written(bomb, 'central', 24, 2 ** 29, 4))).rejects.toThrow("deflated ones can't become");
    await expect(readNpz(written(bomb, 'central', 24, 2 ** 32 - 2, 4))).rejects.toThrow(
      'unpacks to 4294967294 bytes, at most 1073741824',
    );
    await expect(readNpz(bomb, 'z.npz', { mostBytes: told - 1 })).rejects.toThrow(
      `z.npz unpacks to ${told} bytes, at most ${told - 1}`,
    );
    expect((await readNpz(bomb, 'z.npz', { mostBytes: told }))['zeros']?.data).toHaveLength(100_000);
  });

  it('refuses entries that share bytes', async () => {
    const inner = await archive(['b.npy']);
    const files = [
      { name: 'a.npy', bytes: inner },
      { name: 'b.npy', bytes: writeNpy(w) },
    ];
    const outer = (await zip(files, false)) ?? expect.unreachable('too large');
    // The second entry is told to be where a copy of it lies within the first one.
    const overlapping = written(outer, 'central', 42, 30 + 'a.npy'.length, 4);
    await expect(readNpz(overlapping)).rejects.toThrow('has an entry "b.npy" that shares bytes with another');
  });

  it.each([
    ['a name told in two ways', 'local', 30, 0x7878, 2, 'is told in another way'],
    ['a method told in two ways', 'local', 8, 8, 2, 'is told in another way'],
    ['another method', 'central', 10, 12, 2, 'is packed by method 12, read are stored and deflated entries'],
    ['an enciphered entry', 'central', 8, 1, 2, 'is enciphered'],
    ['sizes beyond the archive', 'central', 20, 2 ** 20, 4, /is stored in 1048576 bytes and told to have \d+/],
    ['sizes told elsewhere', 'central', 24, 2 ** 32 - 1, 4, 'takes 4 GiB or more'],
    ['a place beyond the archive', 'central', 42, 2 ** 31, 4, 'is told to be at byte 2147483648, where it is not'],
    ['another checksum', 'central', 16, 0, 4, "is damaged: the checksum doesn't fit"],
    ['more entries than there are', 'end', 10, 2, 2, 'is a part of a zip archive in several files'],
    ['a directory elsewhere', 'end', 16, 0, 4, 'its directory lies elsewhere than it tells'],
    ['no end', 'end', 0, 0, 4, 'is no whole zip archive'],
  ] as const)('refuses %s', async (_, kind, offset, value, width, message) => {
    const bytes = await archive(['w.npy']);
    await expect(readNpz(written(bytes, kind, offset, value, width))).rejects.toThrow(message);
  });

  it('takes a comment behind the archive, but nothing else', async () => {
    const bytes = await archive(['w.npy']);
    const commented = Uint8Array.of(...written(bytes, 'end', 20, 3, 2), 1, 2, 3);
    expect((await readNpz(commented))['w']).toEqual(w);
    await expect(readNpz(Uint8Array.of(...bytes, 1, 2, 3))).rejects.toThrow('is no whole zip archive');
  });
});

describe('writeNpz', () => {
  it('refuses names that lead out of the archive, and tells the array that is none', async () => {
    await expect(writeNpz({ '../w': w })).rejects.toThrow('writeNpz: arrays.../w is named like a path that leads out');
    await expect(writeNpz({ w: { ...w, shape: [3] } })).rejects.toThrow(
      'writeNpz: arrays.w.data must be a Float32Array of 3 values',
    );
    await expect(writeNpz({ w }, { compress: true } as never)).rejects.toThrow('options.compress is not part of the options');
  });
});
