import { describe, expect, it } from 'vitest';
import { orThrow } from '../../../src/core/errors.js';
import { randomUint32 } from '../../../src/core/random.js';
import type { DataSet, LabelledImages } from '../../../src/data/dataSet.js';
import { generateDigits } from '../../../src/data/digits.js';
import { classifyImage } from '../../../src/networks/classify/classifyImage.js';
import { runCompetitive } from '../../../src/networks/competitive/competitiveExperiment.js';
import { validateCompetitiveSpec } from '../../../src/networks/competitiveSpec/competitiveSpec.js';
import { encodeImages } from '../../../src/networks/latency/encodeImages.js';
import { evaluateNetwork } from '../../../src/networks/latency/evaluateNetwork.js';
import { runExperiment } from '../../../src/networks/latency/runExperiment.js';
import { type EncoderSpec, encoderDefaults, validateNetworkSpec } from '../../../src/networks/latency/spec/networkSpec.js';
import { sample } from '../../target.js';

type Colour = EncoderSpec['colour'];
type Rgb = readonly [red: number, green: number, blue: number];
const encoder = (colour: Colour): EncoderSpec => ({ ...encoderDefaults, colour });

/** An image of a background with a square of another colour in its middle. */
const square = (side: number, back: Rgb, front: Rgb): Uint8Array =>
  Uint8Array.from({ length: 3 * side ** 2 }, (_, index) => {
    const [place, channel] = [Math.floor(index / 3), index % 3];
    const inside = [Math.floor(place / side), place % side].every((at) => Math.abs(2 * at + 1 - side) < side / 3);
    return (inside ? front : back)[channel] ?? 0;
  });

/** Which maps have a spike in the middle of the image. */
async function mapsInside(pixels: Uint8Array, side: number, colour: Colour): Promise<readonly number[]> {
  const { values, channels, steps } = await encodeImages({ pixels, count: 1 }, side, side, encoder(colour));
  const middle = (side * Math.floor(side / 2) + Math.floor(side / 2)) * channels;
  return Array.from({ length: channels }, (_, map) => map).filter((map) => Number(values[middle + map]) < steps);
}

const digits = generateDigits(2, 1);
const grey = { pixels: digits.pixels, count: 2 };
const asRgb = {
  pixels: Uint8Array.from({ length: 3 * digits.pixels.length }, (_, at) => Number(digits.pixels[Math.floor(at / 3)])),
  count: 2,
};

describe('an encoder of colours', () => {
  it('sees in coloured images without colour what it sees in grey ones', async () => {
    const plain = await encodeImages(grey, 28, 28, encoderDefaults);
    expect(await encodeImages(asRgb, 28, 28, encoder('grey'))).toEqual(plain);
    const { values, channels } = await encodeImages(asRgb, 28, 28, encoder('opponent'));
    expect(channels).toBe(6);
    expect(values.filter((_, index) => index % 6 < 2)).toEqual(plain.values);
    expect(new Set(values.filter((_, index) => index % 6 >= 2))).toEqual(new Set([15]));
  });

  it('has ON and OFF of each plane, in their order', async () => {
    const [black, red, green, blue] = [
      [0, 0, 0],
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
    ] as const;
    const seen = (front: Rgb, colour: Colour) => mapsInside(square(15, black, front), 15, colour);
    expect(await Promise.all([red, green, blue].map((front) => seen(front, 'channels')))).toEqual([[0], [2], [4]]);
    expect(await Promise.all([red, green, blue].map((front) => seen(front, 'opponent')))).toEqual([
      [0, 2, 5],
      [0, 3, 5],
      [0, 4],
    ]);
    const yellow = square(15, [255, 255, 255], [255, 255, 0]);
    expect([await mapsInside(yellow, 15, 'channels'), await mapsInside(yellow, 15, 'opponent')]).toEqual([[5], [1, 5]]);
  });

  it('ranks the contrasts of all planes together, those of one plane as an encoder of that plane alone', async () => {
    const noise = Uint8Array.from(randomUint32(3 * 20 * 17, 7), (word) => word % 256);
    const { values } = await encodeImages({ pixels: noise, count: 1 }, 20, 17, encoder('channels'));
    const fired = values.filter((time) => time < 15);
    const counts = Array.from({ length: 14 }, (_, bin) => fired.filter((time) => time === bin).length);
    expect(new Set(counts)).toEqual(new Set([Math.floor(fired.length / 15)]));
    const lone = await encodeImages({ pixels: noise.filter((_, index) => index % 3 === 1), count: 1 }, 20, 17, encoderDefaults);
    const green = values.filter((_, index) => index % 6 === 2 || index % 6 === 3);
    expect(Array.from(green, (time) => time < 15)).toEqual(Array.from(lone.values, (time) => time < 15));
    const order = (times: Uint8Array) => (a: number, b: number) => Number(times[a]) - Number(times[b]);
    const strongest = [...green.keys()].filter((at) => Number(green[at]) < 15).sort(order(lone.values));
    const first = Math.min(...green);
    expect(strongest.slice(0, 10).every((at) => Number(green[at]) <= first + 2)).toBe(true);
  });

  it('refuses grey images', async () => {
    await expect(encodeImages(grey, 28, 28, encoder('opponent'))).rejects.toThrow(
      "encodeImages: encoder.colour is 'opponent' and needs images in red, green and blue, these are grey; 'grey' takes both",
    );
    expect((await encodeImages({ pixels: new Uint8Array(), count: 0 }, 28, 28, encoder('channels'))).channels).toBe(6);
  });
});

/** Squares on grey, red or blue, of the same luminance. */
function colouredSquares(count: number): LabelledImages {
  const labels = Uint8Array.from({ length: count }, (_, index) => index % 2);
  const images = Array.from(labels, (label, index) =>
    square(14, [40, 40, 40], label === 0 ? [160 + (index % 5), 0, 0] : [0, 47 + (index % 5), 180]),
  );
  return { pixels: Uint8Array.from(images.flatMap((image) => [...image])), labels, count };
}

const squares: DataSet = {
  ...{ name: 'squares', rows: 14, columns: 14, channels: 3, classes: 2, classNames: ['red', 'blue'] },
  train: colouredSquares(12),
  test: colouredSquares(8),
};

describe('networks of coloured images', () => {
  const network = (colour: Colour) =>
    orThrow(
      validateNetworkSpec({
        name: 'colours',
        encoder: { colour, cutoff: 5, bins: 5 },
        layers: [{ maps: 4, kernelSize: 3, pad: 1, threshold: 3, images: 12 }],
        readout: { grid: 2, iterations: 10 },
      }),
    );

  it.each(sample(['opponent', 'channels', 'grey'] as const))('tell them apart by what they see: %s', async (colour) => {
    const spec = network(colour);
    const { training, readout, score } = await runExperiment(spec, squares, { seed: 1 });
    const maps = colour === 'grey' ? 2 : 6;
    expect(training.weights.map(({ length }) => length)).toEqual([3 * 3 * maps * 4]);
    if (colour === 'grey') expect(score?.accuracy).toBeLessThan(1);
    else expect(score?.accuracy).toBe(1);
    const arrays = { layers: training.weights, readout };
    const trained = { kind: 'latency', network: spec, data: squares, arrays } as const;
    const answers = [0, 1, 2, 3].map((index) =>
      classifyImage(trained, squares.test.pixels.slice(588 * index, 588 * (index + 1))),
    );
    const labels = (await Promise.all(answers)).map(({ label }) => label);
    if (colour !== 'grey') expect(labels).toEqual([0, 1, 0, 1]);
    const again = readout && (await evaluateNetwork(spec, training.weights, readout, squares.test, squares));
    expect(again).toEqual(score);
  });

  it('are refused grey images before any work', async () => {
    const { train, test } = squares;
    const part = ({ pixels, ...rest }: LabelledImages) => ({ ...rest, pixels: pixels.filter((_, index) => index % 3 === 0) });
    const data = { ...squares, channels: 1 as const, train: part(train), test: part(test) };
    await expect(runExperiment(network('channels'), data, { seed: 1 })).rejects.toThrow(
      "runExperiment: network.encoder.colour is 'channels' and needs images in red, green and blue",
    );
  });

  it('take each channel as an input of its own where pixels are rates', async () => {
    const spec = orThrow(
      validateCompetitiveSpec({ name: 'small', layer: { neurons: 5 }, learning: { images: 10 }, readout: { images: 10 } }),
    );
    const { training, score } = await runCompetitive(spec, squares, { seed: 1 });
    expect(training.weights.length).toBe(14 * 14 * 3 * 5);
    expect(score?.confusion.flat().reduce((sum, count) => sum + count)).toBe(8);
  });
});
