import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNpy } from '../../src/formats/numpy/readNpy.js';
import { writeNpy } from '../../src/formats/numpy/writeNpy.js';
import { anyArray, bits } from './anyArrays.js';

/** A file of a header as text and these bytes. */
function fileOf(header: string, data: readonly number[] = [], version = 1): Uint8Array {
  const text = new TextEncoder().encode(header);
  const length = version === 1 ? [text.length & 0xff, text.length >>> 8] : [text.length & 0xff, text.length >>> 8, 0, 0];
  return Uint8Array.of(0x93, ...new TextEncoder().encode('NUMPY'), version, 0, ...length, ...text, ...data);
}

const headerOf = (descr: string, shape: string, order = 'False'): string =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

describe('readNpy', () => {
  it.each([
    ['<i2', '(2,)', 'False', [1, 0, 0xfe, 0xff], [1, -2]],
    ['>i2', '(2,)', 'False', [0, 1, 0xff, 0xfe], [1, -2]],
    ['=u4', '()', 'False', [1, 2, 0, 0], [513]],
    ['|u1', '(2, 3)', 'True', [1, 4, 2, 5, 3, 6], [1, 2, 3, 4, 5, 6]],
    ['>u2', '(2,2)', 'True', [0, 1, 0, 3, 0, 2, 0, 4], [1, 2, 3, 4]],
    ['|u1', '(2, 2, 2)', 'True', [0, 4, 2, 6, 1, 5, 3, 7], [0, 1, 2, 3, 4, 5, 6, 7]],
    ['|u1', '(0, 3)', 'True', [], []],
    ['|b1', '(2L,)', 'False', [1, 0], [1, 0]],
  ])('reads %s %s, Fortran %s', (descr, shape, order, bytes, values) => {
    for (const version of [1, 2, 3]) {
      const { data } = readNpy(fileOf(headerOf(descr, shape, order), bytes, version));
      expect(Array.from<number | bigint>(data)).toEqual(values);
    }
  });

  it('reads a header in any order and with either quotation marks', () => {
    const header = `{"shape":(2,),"fortran_order":False,"descr":"|i1"}`;
    expect(readNpy(fileOf(header, [1, 255]))).toEqual({ dtype: 'int8', shape: [2], data: Int8Array.of(1, -1) });
  });

  it.each([
    ['objects', headerOf('|O', '(1,)'), /holds objects of Python, which are never unpacked here/],
    ['records', `{'descr': [('x', '<i2')], 'fortran_order': False, 'shape': (1,), }`, /holds records of several fields/],
    ['raw bytes', headerOf('|V13', '(1,)'), /holds records or raw bytes/],
    ['texts', headerOf('<U2', '(1,)'), /holds texts \("<U2"\); read are bool, int8/],
    ['complex numbers', headerOf('<c8', '(1,)'), /holds complex numbers/],
    ['dates', headerOf('<M8[ns]', '(1,)'), /holds dates/],
    ['long doubles', headerOf('<f16', '(1,)'), /holds values of another type \("<f16"\)/],
    ['a number as shape', headerOf('<f4', '(1)'), /has a header that tells no descr, fortran_order and shape/],
    ['a length beyond count', headerOf('<f4', '(99999999999999999999,)'), /has a header that tells no/],
    ['lengths beyond count', headerOf('<f4', '(9007199254740991, 9007199254740991)'), /more values than can be counted/],
    ['65 axes', headerOf('<f4', `(${'1, '.repeat(65)})`), /has 65 axes, NumPy has at most 64/],
    ['a field too many', headerOf('<f4', '(1,)').replace('}', `'more': True}`), /has a header that tells no/],
    ['a field twice', headerOf('<f4', '(1,)').replace('}', `'shape': (1,)}`), /has a header that tells no/],
    ['no dictionary', 'import os', /has a header that tells no/],
    ['nothing', '', /has a header that tells no/],
    ['truth values that are none', headerOf('|b1', '(1,)'), /holds truth values that are neither/, 2],
    ['too few bytes', headerOf('<f4', '(1,)'), /is truncated: \d+ bytes, its header tells of \d+ \(\[1\] of float32 after \d+\)/],
    ['too many bytes', headerOf('<f4', '(0,)'), /is too long: \d+ bytes/, 0],
  ])('refuses %s', (_, header, message, ...data) => {
    expect(() => readNpy(fileOf(header, data as number[]), 'w.npy')).toThrow(/^readNpy: w\.npy /);
    expect(() => readNpy(fileOf(header, data as number[]))).toThrow(message);
  });

  it('refuses what is no npy, or of another version', () => {
    expect(() => readNpy(new TextEncoder().encode('PK\x03\x04'))).toThrow('is no npy file');
    expect(() => readNpy(fileOf(headerOf('<f4', '(0,)'), [], 4))).toThrow('is of version 4.0 of npy, read are 1.0, 2.0 and 3.0');
  });
});

describe('writeNpy', () => {
  it('writes what NumPy writes: a header of a multiple of 64 bytes that ends a line', () => {
    const bytes = writeNpy({ dtype: 'float32', shape: [1, 2], data: Float32Array.of(1, 2) });
    expect(Array.from(bytes.subarray(0, 10))).toEqual([0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0]);
    const header = new TextDecoder().decode(bytes.subarray(10, 128));
    expect(header).toBe(`${`{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }`.padEnd(117)}\n`);
    expect(Array.from(bytes.subarray(128))).toEqual([0, 0, 128, 63, 0, 0, 0, 64]);
  });

  it('refuses bfloat16 and more axes than NumPy has', () => {
    const data = Float32Array.of(1);
    expect(() => writeNpy({ dtype: 'bfloat16', shape: [1], data })).toThrow('writeNpy: array.dtype is bfloat16');
    const shape = Array.from({ length: 65 }, () => 1);
    expect(() => writeNpy({ dtype: 'float32', shape, data })).toThrow('has 65 axes');
  });

  it('is read again bit for bit', () => {
    const writable = anyArray.filter(({ dtype }) => dtype !== 'bfloat16');
    fc.assert(
      fc.property(writable, (array) => {
        const bytes = writeNpy(array);
        const read = readNpy(bytes);
        bytes.fill(0xff);
        expect(bits({ read })).toEqual(bits({ read: array }));
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});
