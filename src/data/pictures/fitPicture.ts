import { addAt, byteAt } from '../../core/at.js';
import type { DecodedPicture } from './decodedPicture.js';

/** A picture in greys: 0.299 red + 0.587 green + 0.114 blue, the luminance of ITU-R BT.601. */
export function greyPicture(picture: DecodedPicture): DecodedPicture {
  if (picture.channels === 1) return picture;
  const { pixels, rows, columns } = picture;
  const grey = Uint8Array.from({ length: rows * columns }, (_, pixel) => {
    const [red, green, blue] = [byteAt(pixels, 3 * pixel), byteAt(pixels, 3 * pixel + 1), byteAt(pixels, 3 * pixel + 2)];
    return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  });
  return { pixels: grey, rows, columns, channels: 1 };
}

/** A picture in red, green and blue: the three are the same in a grey one. */
export function rgbPicture(picture: DecodedPicture): DecodedPicture {
  if (picture.channels === 3) return picture;
  const { pixels, rows, columns } = picture;
  const rgb = Uint8Array.from({ length: 3 * rows * columns }, (_, index) => byteAt(pixels, Math.floor(index / 3)));
  return { pixels: rgb, rows, columns, channels: 3 };
}

/** A picture with light and dark exchanged. */
export const invertedPicture = (picture: DecodedPicture): DecodedPicture => ({
  ...picture,
  pixels: picture.pixels.map((value) => 255 - value),
});

/**
 * A picture of another size: each new pixel is the mean of what it covers of the old ones, parts of pixels by their area. Where the sides
 * are of another proportion, it is stretched.
 */
export function resizedPicture(picture: DecodedPicture, rows: number, columns: number): DecodedPicture {
  const { pixels, channels } = picture;
  const [down, across] = [shares(picture.rows, rows), shares(picture.columns, columns)];
  const sums = new Float64Array(rows * columns * channels);
  for (const [row, fromRow, height] of down)
    for (const [column, fromColumn, width] of across)
      for (let channel = 0; channel < channels; channel++) {
        const value = byteAt(pixels, (fromRow * picture.columns + fromColumn) * channels + channel);
        addAt(sums, (row * columns + column) * channels + channel, height * width * value);
      }
  return { rows, columns, channels, pixels: Uint8Array.from(sums, Math.round) };
}

/** For each new line of `to`, and each of `from` old ones that it covers: what share of the new one that is. */
function shares(from: number, to: number): readonly (readonly [line: number, old: number, share: number])[] {
  const size = from / to;
  return Array.from({ length: to }, (_, line) => {
    const [begin, end] = [line * size, (line + 1) * size];
    const first = Math.floor(begin);
    const count = Math.min(from, Math.ceil(end)) - first;
    return Array.from({ length: count }, (_, offset) => {
      const old = first + offset;
      return [line, old, (Math.min(end, old + 1) - Math.max(begin, old)) / size] as const;
    });
  }).flat();
}
