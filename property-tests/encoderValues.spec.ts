import fc from 'fast-check';
import { describe } from 'vitest';
import * as library from '../src/entries/everything.js';
import { eighth, held, Numbers, numbers, size, spike, testValues } from './rightValues.js';

const { constant, constantFrom, integer, record, tuple } = fc;

const countOf = (sizes: readonly number[]): number => sizes.reduce((product, length) => product * length, 1);
const images = tuple(size, size, size, size);
const intensity = integer({ min: 0, max: 16 }).map((value) => value / 8);

/** Where an entry of `[B, H, W, C]` stands. */
const placeOf = ([, height = 1, width = 1, channels = 1]: readonly number[], index: number) => ({
  batch: Math.floor(index / channels / width / height),
  y: Math.floor(index / channels / width) % height,
  x: Math.floor(index / channels) % width,
  channel: index % channels,
});

/** A pixel; 0 outside the image. */
function pixel({ shape, values }: Numbers, batch: number, y: number, x: number, channel: number): number {
  const [, height = 0, width = 0, channels = 0] = shape;
  const inside = y >= 0 && y < height && x >= 0 && x < width;
  return inside ? (values[((batch * height + y) * width + x) * channels + channel] ?? Number.NaN) : 0;
}

const each = (image: Numbers, value: (own: number, place: ReturnType<typeof placeOf>, index: number) => number) =>
  held(
    image.shape,
    image.values.map((own, index) => value(own, placeOf(image.shape, index), index)),
  );

const around = (radius: number) => Array.from({ length: 2 * radius + 1 }, (_, index) => index - radius);

describe('intensities', () => {
  testValues(
    'localNormalization',
    library.localNormalization,
    tuple(images, constantFrom(1, 2, 5)).chain(([sizes, radius]) => tuple(numbers(sizes, intensity), constant(radius))),
    (image, radius) =>
      each(image, (own, { batch, y, x, channel }) => {
        const window = around(radius).flatMap((dy) => around(radius).map((dx) => pixel(image, batch, y + dy, x + dx, channel)));
        const sum = window.reduce((total, value) => total + value, 0);
        return own === 0 ? 0 : own / (sum / window.length);
      }),
  );
  testValues(
    'lateralIntensityInhibition',
    library.lateralIntensityInhibition,
    tuple(images, fc.array(eighth, { maxLength: 3 })).chain(([sizes, factors]) =>
      tuple(numbers(sizes, eighth), constant(factors)),
    ),
    (image, factors) =>
      each(image, (own, { batch, y, x, channel }) => {
        const raised = around(factors.length).flatMap((dy) =>
          around(factors.length).map((dx) => {
            const factor = factors[Math.max(Math.abs(dy), Math.abs(dx)) - 1] ?? 0;
            return pixel(image, batch, y + dy, x + dx, channel) < own ? factor : 0;
          }),
        );
        return own * (1 + raised.reduce((total, value) => total + value, 0));
      }),
  );
});

describe('filters', () => {
  const odd = constantFrom(3, 5, 7);
  testValues('dogKernel', library.dogKernel, tuple(odd, constantFrom(0.5, 1, 2), constantFrom(0.7, 1.5, 3)));
  testValues('gaborKernel', library.gaborKernel, tuple(odd, constantFrom(0, 22.5, -90, 360), constantFrom(2, 4)));

  const filtered = tuple(size, integer({ min: 3, max: 4 }), integer({ min: 3, max: 4 }), integer({ min: 1, max: 2 })).chain(
    ([batch, height, width, count]) =>
      tuple(
        numbers([batch, height, width, 1], eighth),
        tuple(...Array.from({ length: count }, () => constantFrom(1, 3).chain((side) => numbers([side, side], eighth)))),
        record({
          pad: integer({ min: 0, max: 2 }),
          threshold: fc.option(fc.oneof(eighth, fc.array(eighth, { minLength: count, maxLength: count })), { nil: undefined }),
          absolute: fc.boolean(),
        }),
      ),
  );
  testValues('filterImages', library.filterImages, filtered, (image, kernels, { pad, threshold, absolute }) => {
    const largest = Math.max(...kernels.map(({ shape: [side = 0] }) => side));
    const [batch = 0, height = 0, width = 0] = image.shape;
    const shape = [batch, height + 2 * pad - largest + 1, width + 2 * pad - largest + 1, kernels.length];
    const values = Array.from({ length: countOf(shape) }, (_, index) => {
      const at = placeOf(shape, index);
      const kernel = kernels[at.channel] ?? new Numbers([0, 0], []);
      const [side = 0] = kernel.shape;
      const border = (largest - side) / 2 - pad;
      const response = kernel.values
        .map(
          (weight, tap) =>
            weight * pixel(image, at.batch, at.y + border + Math.floor(tap / side), at.x + border + (tap % side), 0),
        )
        .reduce((total, value) => total + value, 0);
      const limit = Array.isArray(threshold) ? threshold[at.channel] : threshold;
      const kept = limit !== undefined && response < Number(limit) ? 0 : response;
      return absolute ? Math.abs(kept) : kept;
    });
    return held(shape, values);
  });
});

describe('times', () => {
  testValues(
    'intensityToLatency',
    library.intensityToLatency,
    tuple(fc.oneof(images, tuple(size, size, size)), integer({ min: 1, max: 5 }), constantFrom('last', 'drop')).chain(
      ([sizes, bins, remainder]) => tuple(numbers(sizes, eighth), constant(bins), constant({ remainder })),
    ),
    ({ shape, values }, bins, { remainder }) => {
      const [height = 0, width = 0, channels = 0] = shape.slice(-3);
      const perImage = height * width * channels;
      const times = values.map((own, index) => {
        const image = values.slice(index - (index % perImage), index - (index % perImage) + perImage);
        const order = (place: number) => (place % channels) * height * width + Math.floor(place / channels);
        const before = (place: number) => {
          const other = image[place] ?? 0;
          return other > own || (other === own && order(place) < order(index % perImage));
        };
        const rank = image.filter((_, place) => before(place)).length;
        const count = image.filter((value) => value > 0).length;
        const perBin = Math.max(1, Math.floor(count / bins));
        const firing = remainder === 'last' ? count : Math.min(count, perBin * bins);
        return rank < firing ? Math.min(Math.floor(rank / perBin), bins - 1) : Number.POSITIVE_INFINITY;
      });
      return held(shape, times);
    },
  );
  testValues(
    'latencyToWave',
    library.latencyToWave,
    tuple(fc.oneof(constant([]), tuple(size), tuple(size, size, size)), integer({ min: 1, max: 4 })).chain(([sizes, bins]) =>
      tuple(numbers(sizes, constantFrom(0, 1, 2, 2.5, Number.POSITIVE_INFINITY)), constant(bins)),
    ),
    ({ shape, values }, bins) => {
      const wave = Array.from({ length: bins }, (_, time) => values.map((latency) => Number(latency <= time)));
      return held([bins, ...shape], wave.flat());
    },
  );
  testValues(
    'poissonEncode',
    library.poissonEncode,
    tuple(fc.oneof(constant([]), tuple(size), tuple(size, size)), integer({ min: 1, max: 4 }), integer({ min: 0, max: 9 })).chain(
      ([sizes, steps, seed]) =>
        tuple(
          numbers(
            sizes,
            spike.map((certain) => 2000 * certain), // every rate beyond 1000/dt fires in each step
          ),
          record({
            steps: constant(steps),
            dt: constantFrom(0.5, 1),
            seed: fc.oneof(constant(seed), constant({ seed, stream: 3 })),
          }),
        ),
    ),
    ({ shape, values }, { steps }) =>
      held([steps, ...shape], Array.from({ length: steps }, () => values.map((rate) => Math.sign(rate))).flat()),
  );
});
