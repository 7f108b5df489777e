import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { crc32 } from '../../src/core/bytes/crc32.js';
import { readIdxImages } from '../../src/data/idx.js';
import { parseIdxImages, parseIdxLabels } from '../../src/data/idxFile.js';
import { decodePicture } from '../../src/data/pictures/decodePicture.js';
import { edited, edits, numRuns, outcome, seed } from '../formats/damage.js';
import { jpegFiles } from './jpegFiles.js';
import { pngFile } from './pngFile.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'stdp-damaged-')));
afterAll(() => rmSync(root, { recursive: true }));

const png = (type: 0 | 2 | 6, depth: number, isInterlaced: boolean): Uint8Array =>
  pngFile({ rows: 5, columns: 7, type, depth, isInterlaced, sample: (row, column) => (row * column) % 2 });
const jpeg = (name: keyof typeof jpegFiles): Uint8Array => Uint8Array.from(Buffer.from(jpegFiles[name], 'base64'));
const idx = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, ...Array.from({ length: 12 }, (_, at) => at));
const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4);

const picture = (bytes: Uint8Array): unknown => decodePicture(bytes, 'a picture');

/** A PNG whose pieces have the checksums of what they hold, so that more than these is looked at. */
function sealed(bytes: Uint8Array): unknown {
  const file = Buffer.from(bytes);
  for (let at = 8; at + 12 <= file.length; ) {
    const end = at + 8 + file.readUInt32BE(at);
    if (end + 4 > file.length) break;
    file.writeUInt32BE(crc32(file.subarray(at + 4, end)), end);
    at = end + 4;
  }
  return picture(new Uint8Array(file));
}

/** A file on a disk. */
async function onDisk(bytes: Uint8Array): Promise<unknown> {
  const file = join(root, 'images.gz');
  writeFileSync(file, bytes);
  return readIdxImages(file);
}

/** Whole files, and who reads them. */
const files: readonly (readonly [name: string, bytes: Uint8Array, read: (bytes: Uint8Array) => unknown])[] = [
  ['PNG, grey', png(0, 8, false), picture],
  ['PNG, colours, interlaced', png(2, 8, true), sealed],
  ['PNG, opacity, 16 bits', png(6, 16, false), sealed],
  ['JPEG', jpeg('colours'), picture],
  ['JPEG, progressive', jpeg('progressive'), picture],
  ['IDX, images', idx, (bytes) => parseIdxImages(bytes, 'images')],
  ['IDX, labels', labels, (bytes) => parseIdxLabels(bytes, 'labels')],
  ['IDX, gzip', gzipSync(idx), onDisk],
];

it.each(files)(
  '%s, mutated anyhow, is read or refused in a line',
  async (_, whole, read) => {
    await fc.assert(
      fc.asyncProperty(edits, async (made) => {
        await outcome(read, edited(whole, made));
      }),
      { numRuns, seed },
    );
    expect(await outcome(read, whole)).toBe('read');
  },
  3_600_000,
);
