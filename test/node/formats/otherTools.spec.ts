import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileArray } from '../../../src/formats/arrays/fileArray.js';
import { readNpy } from '../../../src/formats/numpy/readNpy.js';
import { readNpz } from '../../../src/formats/numpy/readNpz.js';
import { readSafetensors } from '../../../src/formats/safetensors/readSafetensors.js';
import { typeNames } from '../../../src/formats/safetensors/safetensorsTypes.js';
import { writeSafetensors } from '../../../src/formats/safetensors/writeSafetensors.js';
import { isShared, shared } from '../../shared.js';

interface Vector {
  readonly name: string;
  readonly base64: string;
  readonly tensors: { readonly [name: string]: { readonly dtype: string; readonly data: readonly number[] } } | null;
  readonly error: string | null;
}

/** How we say what the reference calls by name. */
const words: { readonly [error: string]: RegExp } = {
  MetadataIncompleteBuffer: /is (truncated|too long): its arrays take \d+ bytes, \d+ are there$/,
  HeaderTooLarge: /tells of a header of \d+ bytes, the format allows 100000000/,
  HeaderTooSmall: /is truncated: 0 bytes/,
  InvalidHeaderLength: /is truncated: 8 bytes, its header ends at 68$/,
  InvalidHeader: /has a header that is not UTF-8$/,
  InvalidHeaderDeserialization: /has a header that is no JSON$/,
  TensorInvalidInfo: /has an array "test" at 0 … 4, \[2, 2\] of int32 takes 16 bytes$/,
  ValidationOverflow: /has an array "test" whose shape is no list of integers/,
};

/** The values as a JSON file has them. */
const plain = ({ data }: FileArray): readonly unknown[] => Array.from<number | bigint, unknown>(data, Number);

describe.skipIf(!isShared('formats/safetensors'))('the vectors of safetensors', () => {
  const vectors: readonly Vector[] = isShared('formats/safetensors')
    ? JSON.parse(readFileSync(shared('formats/safetensors/vectors.json'), 'utf8'))
    : [];

  it('are 18', () => expect(vectors).toHaveLength(18));

  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_, { base64, tensors, error }) => {
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
    if (tensors === null) {
      expect(() => readSafetensors(bytes)).toThrow(words[error ?? ''] ?? expect.unreachable(String(error)));
      return;
    }
    const { arrays, metadata } = readSafetensors(bytes);
    const { __metadata__: told = {}, ...wanted } = tensors;
    const read = Object.entries(arrays).map(([name, array]) => [
      name,
      { dtype: typeNames[array.dtype], shape: array.shape, data: plain(array) },
    ]);
    expect(Object.fromEntries(read)).toEqual(wanted);
    expect(metadata).toEqual(told);
  });

  it.each(['padded to 8', 'one at the end', 'two types, widest first'])('%s is written to the same bytes', (name) => {
    const { base64 = '' } = vectors.find((vector) => vector.name === name) ?? {};
    const { arrays, metadata } = readSafetensors(new Uint8Array(Buffer.from(base64, 'base64')));
    expect(Buffer.from(writeSafetensors(arrays, metadata)).toString('base64')).toBe(base64);
  });
});

interface Expected {
  readonly [name: string]: { readonly dtype: string; readonly shape: readonly number[]; readonly rowMajor: string };
}

describe.skipIf(!isShared('formats/numpy'))('the files of NumPy', () => {
  const read = (name: string): Uint8Array => readFileSync(join(shared('formats/numpy'), name));
  const expected: Expected = isShared('formats/numpy') ? JSON.parse(read('expected.json').toString()) : {};
  const refused = { st: 'records of several fields', uni: 'texts ("<U2")', c: 'complex numbers ("<c8")' };
  const held = Object.keys(expected).filter((name) => !(name in refused));

  /** Numbers as Python writes them, the last one cut off where the list is. */
  const numbers = (text: string): readonly number[] =>
    (text.endsWith(']') ? text : text.slice(0, text.lastIndexOf(',')))
      .replace(/True/g, '1')
      .replace(/False/g, '0')
      .match(/[\d.e+-]+/g)
      ?.map(Number) ?? [];

  it.each(['stored.npz', 'deflated.npz'])('%s holds the values that are told', async (file) => {
    const arrays = await readNpz(read(file), file, { only: held });
    expect(Object.keys(arrays)).toEqual(held);
    for (const [name, array] of Object.entries(arrays)) {
      const { shape, rowMajor = '' } = expected[name] ?? {};
      const values = numbers(rowMajor);
      expect(array.shape, name).toEqual(shape);
      expect(values.length > 0, name).toBe(array.data.length > 0);
      if (name !== 'i64') expect(plain(array).slice(0, values.length), name).toEqual(values);
    }
    expect(arrays['i64']?.data).toEqual(BigInt64Array.of(1n, 9007199254740993n));
    expect(
      Object.values(arrays)
        .map(({ dtype }) => dtype)
        .join(),
    ).toBe('float32,float32,float64,int64,float32,float16,float32,bool,uint8');
  });

  it.each(Object.entries(refused))('%s is refused in words', async (name, words) => {
    for (const file of ['stored.npz', 'deflated.npz'])
      await expect(readNpz(read(file), file, { only: [name] })).rejects.toThrow(`readNpz: ${name}.npy in ${file} holds ${words}`);
    await expect(readNpz(read('stored.npz'))).rejects.toThrow('readNpz: st.npy in bytes holds');
  });

  it('positional arrays have the names that NumPy gives them', async () => {
    const { arr_0, arr_1 } = await readNpz(read('pos.npz'));
    expect([arr_0?.data, arr_1?.data]).toEqual([BigInt64Array.of(0n, 1n, 2n), BigInt64Array.of(0n, 1n)]);
  });

  it('single files: versions 1 to 3, either order of axes and bytes, objects and records refused', () => {
    const shapes = ['v2', 'fort', 'be'].map((name) => readNpy(read(`${name}.npy`)).shape);
    expect(shapes).toEqual([[2, 400], [2, 3], [4]]);
    expect(readNpy(read('fort.npy')).data).toEqual(Float32Array.of(0, 1, 2, 3, 4, 5));
    expect(readNpy(read('be.npy')).data).toEqual(Float32Array.of(0, 1, 2, 3));
    expect(() => readNpy(read('v3.npy'), 'v3.npy')).toThrow('readNpy: v3.npy holds records of several fields');
    expect(() => readNpy(read('st.npy'), 'st.npy')).toThrow('readNpy: st.npy holds records of several fields');
    expect(() => readNpy(read('obj.npy'), 'obj.npy')).toThrow('readNpy: obj.npy holds objects of Python');
  });
});
