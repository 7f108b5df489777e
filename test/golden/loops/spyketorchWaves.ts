import type { Loops } from '../form.js';
import type { GoldenCase, GoldenTensor } from '../load.js';
import type { Dice } from './dice.js';
import { at, atOr, golden, map, type Numbers, numbers, part, range, read, series, total, zeros } from './numbers.js';

/** Waves and potentials are [T, C, H, W]; waves are cumulative: once 1, 1 until the end. */
export type Place = [feature: number, row: number, column: number];

const last = ({ shape }: Numbers): number => (shape[0] ?? 0) - 1;

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
const firstStep = (spikes: Numbers, f: number, y: number, x: number): number => {
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

/** The winners in the order in which they are picked: earliest spike first, then the larger potential at it. */
export function kWinners(potentials: Numbers, k: number, radius: number, spikes = map(potentials, Math.sign)): readonly Place[] {
  const [steps = 0, features = 0, height = 0, width = 0] = potentials.shape;
  const neurons = [features, height, width];
  const value = numbers(neurons, (f, y, x) => at(potentials, firstStep(spikes, f, y, x), f, y, x));
  const above = steps * Math.max(...map(spikes, (s, _, f, y, x) => s * at(value, f, y, x)).data);
  let scores = map(value, (found, f, y, x) => total(steps, (t) => at(spikes, t, f, y, x) * (found + above)));
  const winners: Place[] = [];
  while (winners.length < k) {
    const best = Math.max(...scores.data);
    if (best === 0 || scores.data.length === 0) break;
    const place = scores.data.indexOf(best);
    const [feature, row, column] = [Math.floor(place / (height * width)), Math.floor(place / width) % height, place % width];
    winners.push([feature, row, column]);
    scores = map(scores, (score, f, y, x) => {
      const near = radius > 0 && Math.abs(y - row) <= radius && Math.abs(x - column) <= radius;
      return f === feature || near ? 0 : score;
    });
  }
  return winners;
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

const drawnShape = (dice: Dice) => [dice.integer(1, 7), dice.integer(1, 4), dice.integer(3, 6), dice.integer(3, 6)];

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

interface Question {
  readonly kwta: number;
  readonly inhibition_radius: number;
}

/** Winners for several numbers of them and radii. */
export const winnersOfMany: Loops = {
  expected: ({ inputs, expected }: GoldenCase) => {
    const [potentials, spikes] = [read(inputs.potentials), read(inputs.spikes)];
    const inhibited = pointwise(potentials);
    const cases = expected.cases.map((question: Question) => {
      const { kwta: k, inhibition_radius: radius } = question;
      return {
        ...question,
        winners: kWinners(potentials, k, radius, spikes),
        ...('winners_spikes_none' in question && { winners_spikes_none: kWinners(potentials, k, radius) }),
        winners_after_pointwise: kWinners(inhibited, k, radius),
      };
    });
    return { ...(inputs.pointwise === undefined && { pointwise: golden(inhibited) }), cases };
  },
  draw: (dice) => {
    const threshold = dice.number(0.3, 2);
    const potentials = thresholded(read(drawnPotentials(dice, drawnShape(dice))), threshold);
    const question = () => ({
      ...{ kwta: dice.integer(1, 6), inhibition_radius: dice.integer(0, 3) },
      ...(dice.chance(0.5) && { winners_spikes_none: 0 }),
    });
    return {
      params: { threshold },
      inputs: { potentials: golden(potentials), spikes: golden(map(potentials, Math.sign)) },
      expected: { cases: range(dice.integer(1, 4)).map(question) },
    };
  },
};

/**
 * The winner of a decision layer, whose spikes are the signs of the last potentials. It is the largest of these; but where
 * all are negative the peer picks the most negative, or none when there is one step.
 */
export function decided({ inputs }: GoldenCase): { readonly [way in 'asThePeer' | 'right']: readonly Place[] } {
  const potentials = read(inputs.potentials);
  const asThePeer = kWinners(potentials, 1, 0, fired(potentials));
  const final = part(potentials, last(potentials));
  if (!final.data.every((value) => value < 0)) return { asThePeer, right: asThePeer };
  const [, height = 0, width = 0] = final.shape;
  const place = final.data.indexOf(Math.max(...final.data));
  return { asThePeer, right: [[Math.floor(place / (height * width)), Math.floor(place / width) % height, place % width]] };
}

/** The decision layer: the sign of the last step alone, which may be negative. */
export const decision: Loops = {
  expected: (given) => ({ spikes: golden(fired(read(given.inputs.potentials))), winners: decided(given).asThePeer }),
  draw: (dice) => {
    const [low, high] = dice.one([-1, 1], [-2, -0.1], [0.1, 2]) as [number, number];
    return { params: {}, inputs: { potentials: dice.values(drawnShape(dice), low, high) }, expected: { spikes: 0 } };
  },
};

export const silence: Loops = {
  expected: ({ inputs }) => {
    const potentials = read(inputs.potentials);
    return { winners: kWinners(potentials, potentials.shape[1] ?? 1, 0), pointwise: golden(pointwise(potentials)) };
  },
  draw: (dice) => ({ params: {}, inputs: { potentials: golden(zeros(drawnShape(dice))) }, expected: { pointwise: 0 } }),
};
