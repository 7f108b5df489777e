import { expect, it } from 'vitest';
import { greyPicture, invertedPicture, resizedPicture } from '../../src/data/pictures/fitPicture.js';

const grey = (rows: number, columns: number, ...values: readonly number[]) =>
  ({ pixels: Uint8Array.from(values), rows, columns, channels: 1 }) as const;

it('takes the luminance of colours for grey', () => {
  const colours = { pixels: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 7, 7, 7), rows: 2, columns: 2, channels: 3 } as const;
  expect(greyPicture(colours)).toEqual(grey(2, 2, 76, 150, 29, 7));
});

it('exchanges light and dark', () => {
  expect(invertedPicture(grey(1, 3, 0, 100, 255))).toEqual(grey(1, 3, 255, 155, 0));
});

it('takes the mean of what a new pixel covers, parts by their area', () => {
  expect(resizedPicture(grey(2, 4, 0, 10, 20, 30, 40, 50, 60, 70), 1, 2)).toEqual(grey(1, 2, 25, 45));
  expect(resizedPicture(grey(1, 3, 0, 90, 240), 1, 2)).toEqual(grey(1, 2, 30, 190));
  expect(resizedPicture(grey(1, 2, 10, 30), 2, 4)).toEqual(grey(2, 4, 10, 10, 30, 30, 10, 10, 30, 30));
  const colours = { pixels: Uint8Array.of(0, 100, 200, 50, 0, 100), rows: 1, columns: 2, channels: 3 } as const;
  expect(resizedPicture(colours, 1, 1)).toEqual({ pixels: Uint8Array.of(25, 50, 150), rows: 1, columns: 1, channels: 3 });
});

it('keeps every value where all are the same, whatever the sizes', () => {
  for (const [rows, columns] of [
    [1, 1],
    [3, 5],
    [7, 2],
    [28, 28],
    [64, 10],
  ] as const) {
    const even = grey(rows, columns, ...new Array<number>(rows * columns).fill(201));
    expect(new Set(resizedPicture(even, 5, 7).pixels)).toEqual(new Set([201]));
  }
});
