import type { Loops } from '../form.js';
import type { GoldenTensor } from '../load.js';
import type { Dice } from './dice.js';
import { at, atOr, golden, map, type Numbers, numbers, range, read, series, total, zeros } from './numbers.js';

/** Waves and potentials are [T, C, H, W]; waves are cumulative: once 1, 1 until the end. */
export const last = ({ shape }: Numbers): number => (shape[0] ?? 0) - 1;

/** Keeps what exceeds the threshold; without one, the last step alone. */
export const thresholded = (potentials: Numbers, threshold?: number): Numbers =>
  map(potentials, (value, t) => {
    if (threshold === undefined) return t === last(potentials) ? value : 0;
    return value > threshold ? value : 0;
  });

export const fired = (potentials: Numbers, threshold?: number): Numbers => map(thresholded(potentials, threshold), Math.sign);

/** Largest values of windows; outside of the image there is nothing. */
export function pooled(wave: Numbers, size: number, stride: number, padding: number): Numbers {
  const [steps = 0, channels = 0, height = 0, width = 0] = wave.shape;
  const count = (length: number) => Math.floor((length + 2 * padding - size) / stride) + 1;
  return numbers([steps, channels, count(height), count(width)], (t, c, y, x) =>
    Math.max(
      ...range(size * size).map((tap) => {
        const [i, j] = [Math.floor(tap / size), tap % size];
        return atOr(Number.NEGATIVE_INFINITY, wave, t, c, y * stride + i - padding, x * stride + j - padding);
      }),
    ),
  );
}

/** The first step in which each neuron has a spike, held in 0 … T − 1: latency is T minus the number of spikes. */
export const firstStep = (spikes: Numbers, f: number, y: number, x: number): number => {
  const steps = spikes.shape[0] ?? 0;
  const fires = total(steps, (t) => at(spikes, t, f, y, x));
  return Math.min(Math.max(steps - fires, 0), steps - 1);
};

const maxOver = (features: number, value: (feature: number) => number) => Math.max(...range(features).map(value));

/** At each place only the feature that is first, and among those the one with the largest potential, stays. */
export function pointwise(potentials: Numbers): Numbers {
  const [steps = 0, features = 0, height = 0, width = 0] = potentials.shape;
  const largest = numbers([steps, 1, height, width], (t, _, y, x) => maxOver(features, (f) => at(potentials, t, f, y, x)));
  const signs = map(largest, Math.sign);
  return map(potentials, (value, _, f, y, x) => {
    const first = firstStep(signs, 0, y, x);
    const winner = range(features).find((g) => at(potentials, first, g, y, x) === at(largest, first, 0, y, x));
    return f === winner && at(largest, steps - 1, 0, y, x) !== 0 ? value : 0;
  });
}

/** The fields that a case names for pooling say how: `pooling_size_stride_padding`. */
export function poolingOf(
  field: string,
): { readonly size: number; readonly stride: number; readonly padding: number } | undefined {
  const [, size, stride, padding = 0] = /^pooling_(\d+)_(\d+)(?:_(\d+))?$/.exec(field) ?? [];
  return size === undefined ? undefined : { size: Number(size), stride: Number(stride), padding: Number(padding) };
}

/** Potentials that grow, as those of cumulative waves do; now and then whole numbers, with many ties. */
export function drawnPotentials(dice: Dice, shape: readonly number[]): GoldenTensor {
  const [steps = 0, ...neurons] = shape;
  const [whole, silent] = [dice.chance(0.3), dice.chance(0.1)];
  let now = zeros(neurons);
  const grown = range(steps).map(() => {
    now = map(now, (value) => {
      const more = dice.chance(0.6) ? dice.number(0, 1) : 0;
      return silent ? 0 : Math.fround(value + (whole ? Math.round(2 * more) : more));
    });
    return now;
  });
  return series(grown, 'float32');
}

export const drawnShape = (dice: Dice) => [dice.integer(1, 7), dice.integer(1, 4), dice.integer(3, 6), dice.integer(3, 6)];

export const fire: Loops = {
  expected: ({ params, inputs }) => {
    const potentials = read(inputs.potentials);
    return { fire: golden(fired(potentials, params.threshold)), thresholded: golden(thresholded(potentials, params.threshold)) };
  },
  draw: (dice) => ({
    params: { threshold: dice.one(1, 2, dice.number(0.5, 2)) },
    inputs: { potentials: drawnPotentials(dice, drawnShape(dice)) },
  }),
};

export const functions: Loops = {
  expected: (given) => {
    const { params, inputs, expected } = given;
    const potentials = read(inputs.potentials);
    const kept = thresholded(potentials, params.threshold);
    const inhibited = new Set<number>(params.inhibited_features);
    const pools = Object.keys(expected).flatMap((field) => {
      const pool = poolingOf(field);
      if (pool === undefined) return [];
      const wave = pool.padding === 0 ? fired(potentials, params.threshold) : kept;
      return [[field, golden(pooled(wave, pool.size, pool.stride, pool.padding))]];
    });
    return {
      ...fire.expected(given),
      ...{ fire_none: golden(fired(potentials)), threshold_none: golden(thresholded(potentials)) },
      ...{ pointwise: golden(pointwise(kept)), pointwise_spikes: golden(map(pointwise(kept), Math.sign)) },
      feature_inhibition: golden(map(kept, (value, _, f) => (inhibited.has(f) ? 0 : value))),
      ...Object.fromEntries(pools),
    };
  },
  draw: (dice) => {
    const shape = drawnShape(dice);
    const features = range(shape[1] ?? 0).filter(() => dice.chance(0.5));
    const [size, padding] = [dice.integer(2, 3), dice.integer(0, 1)];
    return {
      params: { threshold: dice.number(0.5, 2), inhibited_features: features.length === 0 ? [0] : features },
      inputs: { potentials: drawnPotentials(dice, shape) },
      expected: { [`pooling_${size}_${dice.integer(1, 3)}`]: 0, [`pooling_3_${dice.integer(1, 2)}_${padding}`]: 0 },
    };
  },
};
