import type { Loops } from '../form.js';
import type { GoldenCase, GoldenTensor } from '../load.js';
import type { Dice } from './dice.js';
import { at, atOr, golden, map, type Numbers, numbers, parts, range, read, series, total, zeros } from './numbers.js';

const never = Number.POSITIVE_INFINITY;

/** Between which bounds a multiplicative change fades out. */
type Bounds = readonly [number, number];
const unit: Bounds = [0, 1];

interface Rates {
  readonly lr_plus: number;
  readonly lr_minus: number;
  readonly variant?: string;
}

/** The change of the weights that see times of inputs, when their neuron fires at `post`: never before never is before. */
export const update = (w: Numbers, times: Numbers, post: number, rates: Rates, [low, high] = unit): Numbers =>
  map(w, (weight, ...n) => {
    const size = rates.variant === 'additive' ? 1 : (weight - low) * (high - weight);
    return (at(times, ...n) <= post ? rates.lr_plus : -rates.lr_minus) * size;
  });

/** The mean of w(1 − w); 0 of nothing. */
export const metric = ({ data }: Numbers): number =>
  data.length === 0 ? 0 : total(data.length, (n) => (data[n] ?? 0) * (1 - (data[n] ?? 0))) / data.length;

/** Times [C, H, W] that a neuron sees: [C, k, k], never outside of the image. */
export const field = (times: Numbers, y: number, x: number, size: number, stride: number, padding: number): Numbers =>
  numbers([times.shape[0] ?? 0, size, size], (c, i, j) =>
    atOr(never, times, c, y * stride - padding + i, x * stride - padding + j),
  );

export const drawnTimes = (dice: Dice, shape: readonly number[], most = 9): GoldenTensor =>
  golden(numbers(shape, () => (dice.chance(0.2) ? never : dice.integer(0, most))));

const rates = (dice: Dice) => ({ lr_plus: dice.number(0.01, 0.3), lr_minus: dice.number(0.01, 0.3) });
const variant = (dice: Dice) => dice.one('additive', 'multiplicative');

export const updates: Loops = {
  expected: ({ params, inputs }) => ({
    delta: golden(update(read(inputs.weights), read(inputs.pre_spike_times), Number(inputs.post_spike_time), params)),
  }),
  draw: (dice) => {
    const shape = [dice.integer(1, 3), dice.integer(1, 4), dice.integer(1, 4)];
    return {
      params: { ...rates(dice), variant: variant(dice) },
      inputs: {
        ...{ weights: dice.values(shape), pre_spike_times: drawnTimes(dice, shape) },
        post_spike_time: dice.one<number | string>(dice.integer(0, 9), 'Infinity'),
      },
    };
  },
};

const firsts = (spikes: Numbers, none: number): Numbers =>
  numbers(spikes.shape.slice(1), (...n) => range(spikes.shape[0] ?? 0).find((t) => at(spikes, t, ...n) > 0) ?? none);

export const firstTimes: Loops = {
  expected: ({ params, inputs }) => {
    const spikes = read(inputs.spikes);
    const [none, other] = params.no_spike_value.map(Number);
    const cumulative = map(spikes, (_, t, ...n) => total(t + 1, (before) => at(spikes, before, ...n)));
    return {
      ...{ times: golden(firsts(spikes, none)), times_minus1: golden(firsts(spikes, other)) },
      times_cumulative: golden(firsts(cumulative, none)),
    };
  },
  draw: (dice) => ({
    params: { no_spike_value: ['Infinity', dice.one(-1, 99)] },
    inputs: { spikes: dice.spikes([dice.integer(1, 9), dice.integer(1, 3), dice.integer(1, 5), dice.integer(1, 5)], 0.15) },
  }),
};

export interface Field {
  readonly post_y: number;
  readonly post_x: number;
  readonly kernel_size: number;
  readonly stride: number;
  readonly padding: number;
}

export const fields: Loops = {
  expected: ({ inputs, expected }) => ({
    cases: expected.cases.map((given: Field) => {
      const { post_y, post_x, kernel_size, stride, padding } = given;
      return { ...given, times: golden(field(read(inputs.pre_spike_times), post_y, post_x, kernel_size, stride, padding)) };
    }),
  }),
  draw: (dice) => {
    const [height, width] = [dice.integer(2, 7), dice.integer(2, 7)];
    const one = (): Field => ({
      ...{ post_y: dice.integer(0, height + 2), post_x: dice.integer(0, width + 2), kernel_size: dice.integer(1, 5) },
      ...{ stride: dice.integer(1, 2), padding: dice.integer(0, 2) },
    });
    return {
      params: {},
      inputs: { pre_spike_times: drawnTimes(dice, [dice.integer(1, 3), height, width]) },
      expected: { cases: range(dice.integer(1, 6)).map(one) },
    };
  },
};

export const convergence: Loops = {
  expected: ({ params, inputs }) => {
    const metrics = inputs.weights.map((weights: GoldenTensor) => metric(read(weights)));
    const below = (threshold: number) => metrics.map((value: number) => Number(value < threshold));
    const [first, second] = params.threshold;
    return { metric: metrics, converged_001: below(first), converged_second: below(second) };
  },
  draw: (dice) => {
    const weights = () => {
      const [low, high] = dice.one([0, 1], [0.99, 1], [0, 0.004], [-0.5, 1.5]) as [number, number];
      return dice.values([dice.integer(1, 3), dice.integer(1, 3), dice.integer(1, 3), dice.integer(1, 3)], low, high);
    };
    return {
      params: { threshold: [dice.one(0.01, 0.1), dice.one(0.005, 0.2)] },
      inputs: { weights: range(dice.integer(1, 5)).map(weights) },
    };
  },
};

interface Winning {
  readonly winner_y: number;
  readonly winner_x: number;
  readonly stride: number;
  readonly padding: number;
  readonly post_spike_time: number | string;
  readonly pre_spike_times: GoldenTensor;
}

/** The weights of one map after each of its wins, and how often they changed which way. */
export function winnersUpdates({ params, inputs }: GoldenCase, soft: Bounds = unit) {
  const [low, high] = [params.weight_min ?? 0, params.weight_max ?? 1];
  let w = read(inputs.weights);
  const steps = inputs.updates.map((given: Winning) => {
    const { winner_y, winner_x, stride, padding, post_spike_time } = given;
    const seen = field(read(given.pre_spike_times), winner_y, winner_x, params.kernel_size, stride, padding);
    const delta = update(w, seen, Number(post_spike_time), params, soft);
    w = map(w, (weight, ...n) => Math.min(Math.max(weight + at(delta, ...n), low), high));
    return { delta, w };
  }) as readonly { readonly delta: Numbers; readonly w: Numbers }[];
  const count = (counts: (change: number) => boolean) => steps.flatMap(({ delta }) => delta.data.filter(counts)).length;
  const last = steps.at(-1)?.delta.data ?? [];
  return {
    weights: series(steps.map((step) => step.w)),
    convergence_history: steps.map((step) => metric(step.w)),
    ...{ update_count: steps.length, n_ltp: count((change) => change > 0), n_ltd: count((change) => change < 0) },
    mean_delta: total(last.length, (n) => Math.abs(last[n] ?? 0)) / last.length,
    has_converged: Number(metric(w) < (params.convergence_threshold ?? 0.01)),
  };
}

export const learner: Loops = {
  expected: (given) => winnersUpdates(given),
  draw: (dice) => {
    const [channels, height, width, kernel_size] = [
      dice.integer(1, 3),
      dice.integer(4, 7),
      dice.integer(4, 7),
      dice.integer(1, 4),
    ];
    const win = (): Winning => ({
      ...{ winner_y: dice.integer(0, 1), winner_x: dice.integer(0, 1), stride: dice.integer(1, 2), padding: dice.integer(0, 2) },
      ...{ post_spike_time: dice.integer(0, 9), pre_spike_times: drawnTimes(dice, [channels, height, width]) },
    });
    const bounds = dice.chance(0.4) && { weight_min: 0.2, weight_max: 0.7, weight_init_mean: 0.5 };
    return {
      params: { ...rates(dice), ...(dice.chance(0.6) && { variant: variant(dice) }), ...bounds, kernel_size },
      inputs: {
        weights: dice.values([channels, kernel_size, kernel_size], 0.25, 0.65),
        updates: range(dice.integer(1, 4)).map(win),
      },
    };
  },
};

/** Every neuron that learns from a batch, with the map it belongs to. */
interface Learning {
  readonly image: number;
  readonly channel: number;
  readonly y: number;
  readonly x: number;
  readonly time: number;
}

export function learning({ inputs }: GoldenCase): readonly Learning[] {
  const times = read(inputs.post_spike_times);
  const mask = inputs.winner_mask === null ? undefined : read(inputs.winner_mask);
  const [images = 0, channels = 0, height = 0, width = 0] = times.shape;
  return range(images).flatMap((image) =>
    range(channels).flatMap((channel) =>
      range(height * width).flatMap((place) => {
        const [y, x] = [Math.floor(place / width), place % width];
        const time = at(times, image, channel, y, x);
        const learns = time < never && (mask === undefined || at(mask, image, channel, y, x) > 0);
        return learns ? [{ image, channel, y, x, time }] : [];
      }),
    ),
  );
}

/** Whether the field of a neuron lies in the image as a whole. */
export const isInside = ({ inputs }: GoldenCase, { y, x }: Learning): boolean => {
  const [, , , size] = inputs.weights.shape;
  const [, , height, width] = inputs.pre_spike_times.shape;
  const half = Math.floor(size / 2);
  return y >= half && x >= half && y + half < height && x + half < width;
};

/** The sum of the changes that the neurons of each map ask for, and how many they are. */
function asked(given: GoldenCase, rates: Rates, aligned: boolean) {
  const w = read(given.inputs.weights);
  const [, , size = 0] = w.shape;
  const [times, half] = [parts(read(given.inputs.pre_spike_times)), Math.floor(size / 2)];
  const active = learning(given);
  const sums = parts(w).map((weights, channel) =>
    active
      .filter((one) => one.channel === channel)
      .reduce((sum, { image, y, x, time }) => {
        // The peer moves a field that is cut off at the top or left to the corner.
        const [top, left] = aligned ? [y - half, x - half] : [Math.max(y - half, 0), Math.max(x - half, 0)];
        const cut = numbers(weights.shape, (c, i, j) => {
          const inside = aligned || (top + i <= y + half && left + j <= x + half);
          return inside ? atOr(never, times[image] ?? weights, c, top + i, left + j) : never;
        });
        const change = update(weights, cut, time, rates);
        return map(sum, (value, ...n) => value + at(change, ...n));
      }, zeros(weights.shape)),
  );
  return { w, sums, counts: sums.map((_, channel) => active.filter((one) => one.channel === channel).length) };
}

/** The peer: always multiplicative, over all updates of all maps, with fields that are moved at the border. */
export const batchAsThePeer = (given: GoldenCase): Numbers => {
  const { sums, counts } = asked(given, { ...given.params, variant: 'multiplicative' }, false);
  const all = Math.max(
    total(counts.length, (n) => counts[n] ?? 0),
    1,
  );
  return read(series(sums.map((sum) => map(sum, (value) => value / all))));
};

/** The rule that is asked for, over the updates of each map, with fields in their place and weights within [0, 1]. */
export const batchRight = (given: GoldenCase, variant: string): Numbers => {
  const { w, sums, counts } = asked(given, { ...given.params, variant }, true);
  const means = series(sums.map((sum, channel) => map(sum, (value) => value / Math.max(counts[channel] ?? 0, 1))));
  const changes = read(means);
  return map(w, (weight, ...n) => Math.min(Math.max(weight + at(changes, ...n), 0), 1) - weight);
};

export const batchUpdate: Loops = {
  expected: (given) => {
    const delta = batchAsThePeer(given);
    const changed = map(read(given.inputs.weights), (weight, ...n) => weight + at(delta, ...n));
    return { delta: golden(delta), convergence_history: [metric(changed)] };
  },
  draw: (dice) => {
    const [images, channels, maps, size] = [dice.integer(1, 3), dice.integer(1, 3), dice.integer(1, 4), dice.one(1, 3, 5)];
    const image = [dice.integer(size, 8), dice.integer(size, 8)];
    const post = [images, maps, ...image];
    const sparse = golden(numbers(post, () => (dice.chance(0.85) ? never : dice.integer(0, 9))));
    return {
      params: { ...rates(dice), variant: variant(dice) },
      inputs: {
        weights: dice.values([maps, channels, size, size]),
        pre_spike_times: drawnTimes(dice, [images, channels, ...image]),
        ...{ post_spike_times: sparse, winner_mask: dice.chance(0.5) ? null : dice.spikes(post, 0.5) },
      },
    };
  },
};

const preset = { lr_plus: 0.004, lr_minus: 0.003, weight_min: 0, weight_max: 1, variant: 'multiplicative' };
const shared = { convergence_threshold: 0.01, weight_init_mean: 0.8, weight_init_std: 0.01 };

/** What the peer's page lists: nothing is drawn. */
export const configurations: Loops = {
  expected: () => ({
    default: { ...preset, ...shared },
    kheradpisheh2018: { ...preset, ...shared, weight_init_std: 0.05 },
    igarss2023: { ...preset, ...shared, lr_plus: 0.04, lr_minus: 0.03 },
  }),
  draw: () => ({ params: {}, inputs: {} }),
};
