import { at } from '../../core/at.js';

/** Numbers, image after image. */
export type Values = ArrayLike<number>;

/** What becomes bytes: the values of an image beside each other, each of a column. */
export type ToByte = (value: number, column: number) => number;

/**
 * How the values of pictures become 0 … 255: whole numbers up to there stay, fractions in [0, 1] are taken times 255, else the least becomes
 * 0 and the greatest 255. What lies beyond, in a test, is cut off.
 */
export function pictureScale(values: Values): ToByte {
  const { least, greatest, whole } = rangeOf(values, 0, 1);
  if (whole && least >= 0 && greatest > 127 && greatest <= 255) return toByte(0, 255);
  return least >= 0 && greatest <= 1 ? toByte(0, 1) : toByte(least, greatest);
}

/** How the columns of a table become 0 … 255: of each the least becomes 0 and the greatest 255. */
export function columnScale(values: Values, columns: number): ToByte {
  const scales = Array.from({ length: columns }, (_, column) => {
    const { least, greatest } = rangeOf(values, column, columns);
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
export const flatScale = (values: Values, { rows, columns }: { readonly rows: number; readonly columns: number }): ToByte =>
  rows > 1 ? pictureScale(values) : columnScale(values, columns);

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

function rangeOf(values: Values, first: number, step: number) {
  let [least, greatest, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let index = first; index < values.length; index += step) {
    const value = at(values, index);
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    whole &&= Number.isInteger(value);
  }
  return { least, greatest, whole };
}
