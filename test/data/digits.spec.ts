import { describe, expect, it } from 'vitest';
import type { LabelledImages } from '../../src/data/dataSet.js';
import { glyphs } from '../../src/data/digitStrokes.js';
import { digitDataSet, generateDigits } from '../../src/data/digits.js';

const SIZE = 28 * 28;
const image = ({ pixels }: LabelledImages, index: number): Uint8Array => pixels.subarray(index * SIZE, (index + 1) * SIZE);
const sameBytes = (a: Uint8Array | Uint16Array, b: Uint8Array | Uint16Array): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);
const distinct = (images: LabelledImages): Set<string> =>
  new Set(Array.from({ length: images.count }, (_, index) => String.fromCharCode(...image(images, index))));

/** Part of `test` whose nearest class mean of `train` is its own. */
function nearestMeanAccuracy(train: LabelledImages, test: LabelledImages): number {
  const means = Array.from({ length: 10 }, () => new Float64Array(SIZE));
  const sizes = new Float64Array(10);
  train.labels.forEach((label, index) => {
    sizes[label] = (sizes[label] ?? 0) + 1;
    const mean = means[label] ?? new Float64Array(0);
    image(train, index).forEach((value, pixel) => {
      mean[pixel] = (mean[pixel] ?? 0) + value;
    });
  });
  const right = test.labels.filter((label, index) => {
    const pixels = image(test, index);
    const distances = means.map((mean, digit) =>
      pixels.reduce((sum, value, pixel) => sum + (value - (mean[pixel] ?? 0) / (sizes[digit] ?? 1)) ** 2, 0),
    );
    return distances.indexOf(Math.min(...distances)) === label;
  });
  return right.length / test.count;
}

describe('generateDigits', () => {
  const images = generateDigits(1003, 5);

  it('gives the same bytes for the same seed and others for another', () => {
    const [again, other] = [generateDigits(1003, 5), generateDigits(1003, 6)];
    expect(sameBytes(again.pixels, images.pixels) && sameBytes(again.labels, images.labels)).toBe(true);
    expect(sameBytes(other.pixels, images.pixels) || sameBytes(other.labels, images.labels)).toBe(false);
  });

  it('draws every digit equally often, in random order', () => {
    const counts = Array.from({ length: 10 }, (_, digit) => images.labels.filter((label) => label === digit).length);
    expect(counts).toEqual([101, 101, 101, 100, 100, 100, 100, 100, 100, 100]);
    expect([...images.labels.subarray(0, 20)]).not.toEqual(Array.from({ length: 20 }, (_, index) => index % 10));
  });

  it('draws no image twice', () => {
    expect(distinct(images).size).toBe(images.count);
  });

  it('draws bright ink on a mostly black page, about 20 pixels high around the centre', () => {
    let heights = 0;
    let [sumX, sumY, total] = [0, 0, 0];
    for (let index = 0; index < images.count; index++) {
      const pixels = image(images, index);
      expect(Math.max(...pixels)).toBeGreaterThan(180);
      expect(pixels.filter((value) => value === 0).length).toBeGreaterThan(SIZE / 2);
      const rows = Array.from({ length: 28 }, (_, row) => row).filter((row) =>
        pixels.subarray(28 * row, 28 * row + 28).some((value) => value > 100),
      );
      heights += 1 + (rows.at(-1) ?? 0) - (rows[0] ?? 0);
      pixels.forEach((value, pixel) => {
        sumX += value * ((pixel % 28) + 0.5);
        sumY += value * (Math.floor(pixel / 28) + 0.5);
        total += value;
      });
    }
    expect(heights / images.count).toBeGreaterThan(18);
    expect(heights / images.count).toBeLessThan(23);
    expect(Math.abs(sumX / total - 14)).toBeLessThan(1);
    expect(Math.abs(sumY / total - 14)).toBeLessThan(1);
    expect(total / 255 / SIZE / images.count).toBeGreaterThan(0.1);
    expect(total / 255 / SIZE / images.count).toBeLessThan(0.16);
  });

  it('draws one plain picture for each way to write a digit without distortion', () => {
    expect(distinct(generateDigits(1000, 1, { distortion: 0 })).size).toBe(glyphs.flat().length);
  });

  it('draws none', () => {
    expect(generateDigits(0, 1)).toEqual({ pixels: new Uint8Array(0), labels: new Uint8Array(0), count: 0 });
  });

  it('refuses wrong arguments', () => {
    expect(() => generateDigits(-1, 1)).toThrow('generateDigits: count must be an integer ≥ 0, got -1');
    expect(() => generateDigits(1, 1, { distortion: Number.NaN })).toThrow(
      'generateDigits: distortion must be a number ≥ 0, got NaN',
    );
    expect(() => generateDigits(1, 0.5)).toThrow('seed must be an integer ≥ 0, got 0.5');
  });
});

describe('digitDataSet', () => {
  const { train, test, ...rest } = digitDataSet(3, 1000, 500);

  it('says what it holds', () => {
    expect(rest).toEqual({
      name: 'generated digits',
      rows: 28,
      columns: 28,
      channels: 1,
      classes: 10,
      classNames: [...'0123456789'],
    });
    expect([train.count, test.count]).toEqual([1000, 500]);
  });

  it('shares no image between training and test', () => {
    const seen = distinct(train);
    expect([...distinct(test)].filter((picture) => seen.has(picture))).toEqual([]);
  });

  it('is about as hard as MNIST (82 %) for the nearest class mean', () => {
    expect(nearestMeanAccuracy(train, test)).toBe(0.772); // as recorded
  });
});
