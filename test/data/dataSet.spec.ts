import { describe, expect, it } from 'vitest';
import { type LabelledImages, splitLast, takeFirst } from '../../src/data/dataSet.js';

const images: LabelledImages = {
  pixels: Uint8Array.from({ length: 12 }, (_, index) => index),
  labels: Uint8Array.of(7, 8, 9),
  count: 3,
};
const none: LabelledImages = { pixels: new Uint8Array(0), labels: new Uint8Array(0), count: 0 };

describe('takeFirst', () => {
  it('keeps the first images and their labels', () => {
    const { pixels, labels, count } = takeFirst(images, 2);
    expect([...pixels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...labels]).toEqual([7, 8]);
    expect(count).toBe(2);
  });

  it('takes none and all', () => {
    expect(takeFirst(images, 0)).toEqual(none);
    expect(takeFirst(images, 3)).toEqual(images);
    expect(takeFirst(none, 0)).toEqual(none);
  });

  it.each([-1, 4, 1.5, Number.NaN])('refuses %s', (n) => {
    expect(() => takeFirst(images, n)).toThrow(`takeFirst: n must be an integer from 0 to 3, got ${n}`);
  });
});

describe('splitLast', () => {
  it('holds out the last images', () => {
    const [kept, held] = splitLast(images, 1);
    expect(kept).toEqual(takeFirst(images, 2));
    expect([...held.pixels]).toEqual([8, 9, 10, 11]);
    expect([...held.labels]).toEqual([9]);
    expect(held.count).toBe(1);
  });

  it('holds out none and all', () => {
    expect(splitLast(images, 0)).toEqual([images, none]);
    expect(splitLast(images, 3)).toEqual([none, images]);
  });

  it('refuses more than there are', () => {
    expect(() => splitLast(images, 4)).toThrow('splitLast: n must be an integer from 0 to 3, got 4');
  });
});
