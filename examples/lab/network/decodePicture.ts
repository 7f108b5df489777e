import { StdpError } from 'tfjs-stdp';
import type { DecodedPicture } from 'tfjs-stdp/networks';

/** Whether a file begins as a PNG or JPEG file. */
export const isPicture = ([first, second]: Uint8Array): boolean =>
  (first === 0x89 && second === 0x50) || (first === 0xff && second === 0xd8);

/**
 * The picture in a file, as the browser decodes it: its values as they are stored, black behind what is transparent; grey where all of it is.
 *
 * @throws {StdpError} that names the file.
 */
export async function decodePicture(bytes: Uint8Array, path: string): Promise<DecodedPicture> {
  const file = new Blob([new Uint8Array(bytes)]);
  const bitmap = await createImageBitmap(file, { colorSpaceConversion: 'none' }).catch(() => {
    throw new StdpError('picture', path, isPicture(bytes) ? 'is damaged' : 'is no picture');
  });
  const { width: columns, height: rows } = bitmap;
  const context = new OffscreenCanvas(columns, rows).getContext('2d', { alpha: false, willReadFrequently: true });
  context?.drawImage(bitmap, 0, 0);
  bitmap.close();
  const rgba = context?.getImageData(0, 0, columns, rows).data ?? new Uint8ClampedArray(0);
  const isGrey = rgba.every((value, index) => index % 4 > 2 || value === rgba[index - (index % 4)]);
  const channels = isGrey ? 1 : 3;
  return { pixels: Uint8Array.from(rgba.filter((_, index) => index % 4 < channels)), rows, columns, channels };
}
