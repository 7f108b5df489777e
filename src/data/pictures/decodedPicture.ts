import { ensure } from '../../core/errors.js';

/** A picture of bytes. */
export interface DecodedPicture {
  /** `rows · columns · channels` values in 0 … 255, row after row, the channels of a pixel beside each other. */
  readonly pixels: Uint8Array;
  /** Height in pixels. */
  readonly rows: number;
  /** Width in pixels. */
  readonly columns: number;
  /** 1: grey; 3: red, green and blue. */
  readonly channels: 1 | 3;
}

/** The most pixels that a picture file may have: 4096 × 4096. */
export const mostPixels = 2 ** 24;

/** Throws unless a picture of this size may be unpacked. */
export function ensureSize(rows: number, columns: number, where: string, path: string): void {
  const size = (): string => `tells of ${columns} × ${rows} pixels`;
  ensure(rows > 0 && columns > 0, where, path, () => `${size()}: there is no picture in it`);
  ensure(rows * columns <= mostPixels, where, path, () => `${size()}, at most ${mostPixels} are unpacked; scale it down first`);
}
