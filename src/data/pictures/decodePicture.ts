import { StdpError } from '../../core/errors.js';
import { nothingMore } from '../../core/params/validation.js';
import { messageOf } from '../../core/show.js';
import { checkFile } from '../../formats/arrays/checkArrays.js';
import type { DecodedPicture } from './decodedPicture.js';
import { isJpeg, jpegPicture } from './jpegPicture.js';
import { isPng, pngPicture } from './pngPicture.js';

/**
 * The picture in a PNG or JPEG file, which is known by its content: grey where the file is (a palette of greys, too), else red, green and
 * blue. PNG: all kinds, interlaced too; 16 bits become 8; what is transparent shows black behind it, as networks expect of a background.
 * JPEG: baseline and progressive, 8 bits. Colour profiles and the way a camera was held are not looked at.
 *
 * @param bytes  the whole file.
 * @param path   of the file, for messages.
 * @throws {StdpError} that names the file, when it is neither PNG nor JPEG, truncated or damaged, or tells of more than 2²⁴ pixels, which
 *         are refused before memory is taken for them.
 * @example
 * decodePicture(encodePng(2, 1, Uint8Array.of(0, 255)), 'pixels.png');   // => { pixels: [0, 255], rows: 1, columns: 2, channels: 1 }
 */
export function decodePicture(bytes: Uint8Array, path: string, ...more: readonly never[]): DecodedPicture {
  nothingMore(more, 'decodePicture', 'decodePicture(bytes, path)');
  checkFile(bytes, path, 'decodePicture');
  return parsePicture(bytes, path, 'decodePicture');
}

/** {@link decodePicture} in the name of another function. */
export function parsePicture(bytes: Uint8Array, path: string, where: string): DecodedPicture {
  try {
    if (isPng(bytes)) return pngPicture(bytes, path, where);
    if (isJpeg(bytes)) return jpegPicture(bytes, path, where);
  } catch (reason) {
    if (reason instanceof StdpError) throw reason;
    throw new StdpError(where, path, `is a damaged ${isPng(bytes) ? 'PNG' : 'JPEG'} file: ${problemOf(reason)}`);
  }
  throw new StdpError(where, path, 'is neither a PNG nor a JPEG file: it begins in another way');
}

/** What a decoder says, where it says it of the file and not of its own code. */
const problemOf = (reason: unknown): string =>
  reason instanceof TypeError || reason instanceof RangeError ? "its parts don't fit together" : messageOf(reason);
