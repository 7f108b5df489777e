import { byteAt } from '../../core/at.js';
import { ensure, StdpError } from '../../core/errors.js';
import { decode } from '../../vendor/jpeg.js';
import { type DecodedPicture, ensureSize, mostPixels } from './decodedPicture.js';

/** Whether bytes begin as a JPEG file. */
export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

/** MiB that a picture may take while it is unpacked. */
const mostMemory = 512;
/** Passes over a picture; a progressive file has about ten. */
const mostScans = 100;

/**
 * The picture of a JPEG file. Its size and its number of passes are looked at before it is unpacked.
 *
 * Source: ITU-T T.81, "Digital compression and coding of continuous-tone still images".
 */
export function jpegPicture(bytes: Uint8Array, path: string, where: string): DecodedPicture {
  const { rows, columns, components } = frameOf(bytes, path, where);
  ensureSize(rows, columns, where, path);
  ensure(scansOf(bytes) <= mostScans, where, path, () => `has more than ${mostScans} passes over its pixels; save it anew`);
  const { data } = decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: mostPixels / 1e6,
    maxMemoryUsageInMB: mostMemory,
  });
  const channels = components === 1 ? 1 : 3;
  return { pixels: channels === 3 ? data : data.filter((_, index) => index % 3 === 0), rows, columns, channels };
}

interface Frame {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
}

/** What the first header of a frame tells. */
function frameOf(bytes: Uint8Array, path: string, where: string): Frame {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 10 <= bytes.length && byteAt(bytes, at) === 0xff) {
    const marker = byteAt(bytes, at + 1);
    if (isFrame(marker)) {
      const kind = marker - 0xc0;
      ensure(
        kind <= 2,
        where,
        path,
        () => `is a JPEG of kind ${kind} (lossless, in layers or arithmetic); save it as a baseline one`,
      );
      const [precision, components] = [byteAt(bytes, at + 4), byteAt(bytes, at + 9)];
      ensure(precision === 8, where, path, () => `has ${precision} bits a value, read are JPEG files of 8`);
      ensure(
        [1, 3, 4].includes(components),
        where,
        path,
        () => `has ${components} values a pixel, read are JPEG files of 1, 3 and 4`,
      );
      return { rows: words.getUint16(at + 5), columns: words.getUint16(at + 7), components };
    }
    // A byte of filling before a marker.
    at += marker === 0xff ? 1 : 2 + words.getUint16(at + 2);
  }
  throw new StdpError(where, path, `is a truncated or damaged JPEG file: at ${at}, its parts end before its size is told`);
}

/** C0 … CF begin a frame, but for three: Huffman codes, a reserved one and arithmetic codes. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const scansOf = (bytes: Uint8Array): number => {
  let scans = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) if (bytes[at + 1] === 0xda) scans++;
  return scans;
};
