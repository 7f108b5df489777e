import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { StdpError } from '../../src/core/errors.js';
import { decodePicture } from '../../src/data/pictures/decodePicture.js';
import { jpegFiles } from './jpegFiles.js';
import { chunk, pngFile, pngHeader, pngOf } from './pngFile.js';

const [rows, columns] = [5, 11];
const kinds = [
  ...[1, 2, 4, 8, 16].map((depth) => ({ type: 0, depth }) as const),
  ...[8, 16].flatMap((depth) => ([2, 4, 6] as const).map((type) => ({ type, depth }) as const)),
  ...[1, 2, 4, 8].map((depth) => ({ type: 3, depth }) as const),
].flatMap((kind) => [false, true].map((isInterlaced) => ({ ...kind, isInterlaced })));

const jpeg = (name: keyof typeof jpegFiles): Uint8Array => Uint8Array.from(Buffer.from(jpegFiles[name], 'base64'));

describe('decodePicture', () => {
  it.each(kinds)('reads a PNG of type $type with $depth bits (interlaced: $isInterlaced)', ({ type, depth, isInterlaced }) => {
    const most = 2 ** depth - 1;
    const sample = (row: number, column: number, value: number): number =>
      (977 * row + 1009 * column + 4001 * value) % (most + 1);
    const entry = (index: number, channel: number): number => (index * (31 + channel)) % 256;
    const colours = Uint8Array.from({ length: 3 * (most + 1) }, (_, at) => entry(Math.floor(at / 3), at % 3));
    const before = type === 3 ? [chunk('PLTE', colours)] : [];
    const picture = decodePicture(pngFile({ rows, columns, type, depth, isInterlaced, before, sample }), 'some.png');
    const channels = type === 0 || type === 4 ? 1 : 3;
    expect(picture).toMatchObject({ rows, columns, channels });
    const opacity = { 0: undefined, 2: undefined, 3: undefined, 4: 1, 6: 3 }[type];
    const wanted = Array.from({ length: rows * columns * channels }, (_, at) => {
      const [row, column, value] = [Math.floor(at / channels / columns), Math.floor(at / channels) % columns, at % channels];
      const byte = (part: number): number => Math.floor((sample(row, column, part) / most) * 255 + 0.5);
      if (type === 3) return entry(sample(row, column, 0), value);
      return opacity === undefined ? byte(value) : Math.round((byte(value) * byte(opacity)) / 255);
    });
    expect(Array.from(picture.pixels)).toEqual(wanted);
  });

  it('shows black behind what is transparent, and takes a palette of greys for grey', () => {
    const palette = chunk('PLTE', Uint8Array.of(10, 10, 10, 200, 200, 200));
    const before = [palette, chunk('tRNS', Uint8Array.of(255, 51))];
    const picture = decodePicture(pngFile({ rows: 1, columns: 2, type: 3, depth: 1, before, sample: (_, at) => at }), 'some.png');
    expect(picture).toEqual({ pixels: Uint8Array.of(10, 40), rows: 1, columns: 2, channels: 1 });
  });

  it.each([
    ['grey', 1],
    ['colours', 3],
    ['progressive', 3],
    ['cmyk', 3],
  ] as const)('reads a JPEG file: %s', (name, channels) => {
    const { pixels, ...size } = decodePicture(jpeg(name), 'some.jpg');
    expect(size).toEqual({ rows: 10, columns: 12, channels });
    const grey = (pixel: number): number => Math.min(255, 12 * Math.floor(pixel / 12) + 10 * (pixel % 12));
    const wanted = (at: number): number => {
      const value = grey(Math.floor(at / channels));
      return [value, 255 - value, 90][at % channels] ?? 0;
    };
    const distances = Array.from(pixels, (value, at) => Math.abs(value - wanted(at)));
    expect(pixels).toHaveLength(120 * channels);
    expect(Math.max(...distances)).toBeLessThan(30);
    expect(distances.reduce((sum, distance) => sum + distance) / distances.length).toBeLessThan(6);
  });

  const sound = pngFile({ rows, columns, type: 0, depth: 8, sample: (row, column) => row * column });
  const damaged = Uint8Array.from(sound, (byte, at) => (at === 45 ? byte ^ 1 : byte));
  const large = deflateSync(new Uint8Array(2 ** 20));
  it.each([
    ['another file', Uint8Array.of(1, 2, 3), 'is neither a PNG nor a JPEG file: it begins in another way'],
    ['a cut PNG', sound.subarray(0, 50), 'is truncated: at 33, a piece of 69 bytes begins, 17 are left'],
    ['a flipped bit', damaged, 'is damaged: at 33, the piece IDAT has another checksum'],
    [
      'too many pixels',
      pngOf(pngHeader(2 ** 31, 2 ** 31, 0, 8)),
      'tells of 2147483648 × 2147483648 pixels, at most 16777216 are unpacked; scale it down first',
    ],
    ['no pixels', pngOf(pngHeader(0, 3, 0, 8)), 'tells of 3 × 0 pixels: there is no picture in it'],
    [
      'too few bytes',
      pngOf(pngHeader(4000, 4000, 0, 8), chunk('IDAT', deflateSync(Uint8Array.of(1)))),
      'has 9 bytes for 4000 × 4000 pixels: too few',
    ],
    ['a bomb', pngOf(pngHeader(2, 2, 0, 8, true), chunk('IDAT', large)), 'is a damaged PNG file: '],
    [
      'two headers',
      pngOf(pngHeader(2, 2, 0, 8), pngHeader(2 ** 30, 2, 0, 8)),
      'is damaged: it does not begin with its one header, IHDR, of 13 bytes',
    ],
    [
      'a cut JPEG',
      jpeg('grey').subarray(0, 90),
      'is a truncated or damaged JPEG file: at 89, its parts end before its size is told',
    ],
    [
      'a large JPEG',
      jpeg('grey').map((byte, at) => (at === sizeAt() ? 0xff : at === sizeAt() + 2 ? 0xff : byte)),
      'at most 16777216 are unpacked',
    ],
  ])('refuses %s in one line that names the file', (_, bytes, problem) => {
    const tried = (): unknown => decodePicture(bytes, 'some.file');
    expect(tried).toThrow(StdpError);
    expect(tried).toThrow(`decodePicture: some.file ${problem.startsWith('at most') ? 'tells of' : problem}`);
    expect(tried).toThrow(problem);
  });

  it('refuses every cut file, and reads or refuses every file with a flipped bit', () => {
    for (const bytes of [sound, jpeg('grey'), jpeg('progressive')]) {
      for (let length = 0; length < bytes.length; length++)
        expect(() => decodePicture(bytes.subarray(0, length), 'cut'), `${length}`).toThrow(StdpError);
      for (let bit = 0; bit < 8 * bytes.length; bit += 17) {
        const flipped = bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        expect(outcome(flipped), `bit ${bit}`).toMatch(/^(read|decodePicture: flipped [^\n]*)$/);
      }
    }
  });
});

/** Where the height of the grey JPEG stands. */
const sizeAt = (): number => Buffer.from(jpegFiles.grey, 'base64').indexOf(Uint8Array.of(0xff, 0xc0)) + 5;

function outcome(bytes: Uint8Array): string {
  try {
    decodePicture(bytes, 'flipped');
    return 'read';
  } catch (reason) {
    if (reason instanceof StdpError) return reason.message;
    throw reason;
  }
}
