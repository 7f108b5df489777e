import { at } from '../../core/at.js';

/** Numbers, image after image. */
export type Values = ArrayLike<number>;

/** Numbers, image after image, and the images, by their numbers, that tell how all are scaled. */
export interface Sample {
  readonly values: Values;
  readonly size: number;
  readonly by: ArrayLike<number>;
}

/** What becomes bytes: the values of an image beside each other, each of a column. */
export type ToByte = (value: number, column: number) => number;

/**
 * How the values of pictures become 0 … 255: whole numbers up to there stay, fractions in [0, 1] are taken times 255, else the least becomes
 * 0 and the greatest 255. What lies beyond, in a test, is cut off.
 */
export function pictureScale(pictures: Sample): ToByte {
  const { least, greatest, whole } = rangeOf(pictures, 0, 1);
  if (whole && least >= 0 && greatest > 127 && greatest <= 255) return toByte(0, 255);
  return least >= 0 && greatest <= 1 ? toByte(0, 1) : toByte(least, greatest);
}

/** How the columns of a table become 0 … 255: of each the least becomes 0 and the greatest 255. */
export function columnScale(rows: Sample): ToByte {
  const scales = Array.from({ length: rows.size }, (_, column) => {
    const { least, greatest } = rangeOf(rows, column, rows.size);
    return toByte(least, greatest);
  });
  return (value, column) => at(scales, column)(value, column);
}

/** So many features of each image as rows and columns: from 8 × 8 on a square is a picture, anything else a row of features. */
export function flatLayout(features: number): { readonly rows: number; readonly columns: number } {
  const side = Math.sqrt(features);
  return Number.isInteger(side) && side >= 8 ? { rows: side, columns: side } : { rows: 1, columns: features };
}

/** The scale of flat images of this layout. */
export const flatScale = (flat: Sample, { rows }: { readonly rows: number }): ToByte =>
  rows > 1 ? pictureScale(flat) : columnScale(flat);

/** Values as bytes. */
export function scaled(values: Values, columns: number, scale: ToByte): Uint8Array {
  const bytes = new Uint8Array(values.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = scale(at(values, index), index % columns);
  return bytes;
}

const toByte =
  (least: number, greatest: number): ToByte =>
  (value) =>
    least === greatest ? 0 : Math.round(255 * Math.min(1, Math.max(0, (value - least) / (greatest - least))));

function rangeOf({ values, size, by }: Sample, first: number, step: number) {
  let [least, greatest, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let entry = 0; entry < by.length; entry++) {
    const end = (at(by, entry) + 1) * size;
    for (let index = end - size + first; index < end; index += step) {
      const value = at(values, index);
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      whole &&= Number.isInteger(value);
    }
  }
  return { least, greatest, whole };
}
