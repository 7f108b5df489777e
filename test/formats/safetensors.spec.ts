import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../src/formats/safetensors/readSafetensors.js';
import { writeSafetensors } from '../../src/formats/safetensors/writeSafetensors.js';
import { anyArrays, bits } from './anyArrays.js';

/** A file of a header as text and data of so many zeros, or of the bytes given. */
function fileOf(header: string, data: number | Uint8Array = 0): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + (typeof data === 'number' ? data : data.length));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  if (typeof data !== 'number') bytes.set(data, 8 + text.length);
  return bytes;
}

const entry = (dtype: string, shape: string, from: number, to: number): string =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${from},${to}]}`;

const four = entry('F32', '[4]', 0, 16);

describe('writeSafetensors', () => {
  it('puts the widest types first, then names in order, and data at multiples of 8', () => {
    const bytes = writeSafetensors(
      {
        c: { dtype: 'uint8', shape: [3], data: Uint8Array.of(1, 2, 3) },
        b: { dtype: 'float32', shape: [1], data: Float32Array.of(1) },
        a: { dtype: 'float32', shape: [], data: Float32Array.of(2) },
      },
      { by: 'me' },
    );
    const length = new DataView(bytes.buffer).getUint32(0, true);
    expect(length % 8).toBe(0);
    const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
    const told = `{"__metadata__":{"by":"me"},"a":${entry('F32', '[]', 0, 4)},"b":${entry('F32', '[1]', 4, 8)},"c":${entry('U8', '[3]', 8, 11)}}`;
    expect(header).toBe(told.padEnd(length));
    expect(Array.from(bytes.subarray(8 + length))).toEqual([0, 0, 0, 64, 0, 0, 128, 63, 1, 2, 3]);
  });

  it.each([
    ['bool', Uint8Array.of(2), /arrays\.w\.data holds a value that bool doesn't have/],
    ['float16', Float32Array.of(0.1), /float16 doesn't have/],
    ['float16', Float32Array.of(65536), /float16 doesn't have/],
    ['float16', Float32Array.of(2 ** -25), /float16 doesn't have/],
    ['bfloat16', Float32Array.of(1 + 2 ** -10), /bfloat16 doesn't have/],
    ['float32', Float64Array.of(1), /must be a Float32Array of 1 values for \[1\], got Float64Array of 1/],
    ['int8', Int8Array.of(1, 2), /must be a Int8Array of 1 values for \[1\], got Int8Array of 2/],
    ['complex64', Float32Array.of(1), /arrays\.w\.dtype must be one of bool, int8, .* got "complex64"/],
  ])('refuses %s of %s', (dtype, data, message) => {
    expect(() => writeSafetensors({ w: { dtype, shape: [1], data } } as never)).toThrow(message);
  });

  it('refuses metadata in the place of an array, and no texts', () => {
    const w = { dtype: 'bool', shape: [0], data: new Uint8Array(0) } as const;
    expect(() => writeSafetensors({ __metadata__: w })).toThrow('writeSafetensors: __metadata__ is what the format calls');
    expect(() => writeSafetensors({ w }, { n: 1 } as never)).toThrow('metadata must be a record of texts, got { n: 1 }');
  });
});

describe('readSafetensors', () => {
  it.each([
    [
      'a gap',
      `{"a":${entry('U8', '[1]', 0, 1)},"b":${entry('U8', '[1]', 2, 3)}}`,
      3,
      /has "b" at 2, its arrays before that end at 1/,
    ],
    ['an overlap', `{"a":${four},"b":${four}}`, 16, /has "b" at 0, its arrays before that end at 16/],
    ['a beginning later', `{"a":${entry('U8', '[1]', 1, 2)}}`, 2, /has "a" at 1, its arrays before that end at 0/],
    ['a name twice', `{"a":${entry('U8', '[0]', 0, 0)},"\\u0061":${entry('U8', '[0]', 0, 0)}}`, 0, /has the name "a" twice/],
    ['another type', `{"a":${entry('F8_E4M3', '[1]', 0, 1)}}`, 1, /of type "F8_E4M3", read are BOOL, U8/],
    ['a negative length', `{"a":${entry('U8', '[-1]', 0, 0)}}`, 0, /whose shape is no list of integers/],
    ['half a length', `{"a":${entry('U8', '[0.5]', 0, 0)}}`, 0, /whose shape is no list of integers/],
    ['three offsets', '{"a":{"dtype":"U8","shape":[],"data_offsets":[0,1,2]}}', 1, /data_offsets are no two integers/],
    [
      'lengths beyond count',
      `{"a":${entry('U8', '[9007199254740991,9007199254740991]', 0, 1)}}`,
      1,
      /more bytes than can be counted/,
    ],
    ['a list', '[]', 0, /has a header that is \[\], no record of arrays/],
    ['metadata of numbers', '{"__metadata__":{"a":1}}', 0, /has __metadata__ that is no record of texts: \{ a: 1 \}/],
    ['an array told as a number', '{"a":1}', 0, /has an array "a" that is told as 1/],
    ['a byte-order mark', '\uFEFF{}', 0, /has a header that is no JSON/],
  ])('refuses %s', (_, header, data, message) => {
    expect(() => readSafetensors(fileOf(header, data), 'w.safetensors')).toThrow(/^readSafetensors: w\.safetensors has /);
    expect(() => readSafetensors(fileOf(header, data))).toThrow(message);
  });

  it('refuses truth values that are none', () => {
    expect(() => readSafetensors(fileOf(`{"a":${entry('BOOL', '[1]', 0, 1)}}`, Uint8Array.of(2)))).toThrow('neither 0 nor 1');
  });

  it('reads names that a record has of itself, and values at odd places', () => {
    const header = `{"__proto__":${entry('U8', '[1]', 0, 1)},"w":${entry('F32', '[1]', 1, 5)}}`;
    const { arrays } = readSafetensors(fileOf(header, Uint8Array.of(7, 0, 0, 128, 63)));
    expect(Object.keys(arrays)).toEqual(['__proto__', 'w']);
    expect(Object.getPrototypeOf(arrays)).toBe(Object.prototype);
    expect(arrays['w']?.data).toEqual(Float32Array.of(1));
  });

  it('gives what was written, bit for bit, in memory of its own', () => {
    fc.assert(
      fc.property(anyArrays, (arrays) => {
        const bytes = writeSafetensors(arrays, { a: 'ü"' });
        const kept = new Uint8Array(bytes);
        const read = readSafetensors(bytes);
        bytes.fill(0xff);
        expect(bits(read.arrays)).toEqual(bits(arrays));
        expect(read.metadata).toEqual({ a: 'ü"' });
        expect(writeSafetensors(read.arrays, read.metadata)).toEqual(kept);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('reads every float of 16 bits, and writes it again', () => {
    const data = Uint8Array.from({ length: 2 ** 17 }, (_, byte) => (byte % 2 === 0 ? (byte / 2) & 0xff : byte >>> 9));
    for (const dtype of ['F16', 'BF16']) {
      const { arrays } = readSafetensors(fileOf(`{"a":${entry(dtype, '[65536]', 0, 2 ** 17)}}`, data));
      const written = writeSafetensors(arrays).subarray(-(2 ** 17));
      expect(written.findIndex((byte, index) => byte !== data[index])).toBe(-1);
    }
    const some = [0x3c00, 0xc000, 0x0001, 0x03ff, 0x0400, 0x7bff, 0x8000, 0x7c00].flatMap((half) => [half & 0xff, half >>> 8]);
    const { arrays } = readSafetensors(fileOf(`{"a":${entry('F16', '[8]', 0, 16)}}`, Uint8Array.from(some)));
    const values = [1, -2, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 65504, -0, Number.POSITIVE_INFINITY];
    expect(Array.from<number | bigint>(arrays['a']?.data ?? [])).toEqual(values);
  });
});
