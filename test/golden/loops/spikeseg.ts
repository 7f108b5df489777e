import type { Loops } from '../form.js';
import type { GoldenTensor } from '../load.js';
import type { Dice } from './dice.js';
import { at, atOr, golden, map, type Numbers, numbers, range, read, total } from './numbers.js';

export const never = Number.POSITIVE_INFINITY;

/** Between which bounds a multiplicative change fades out. */
export type Bounds = readonly [number, number];
export const unit: Bounds = [0, 1];

export interface Rates {
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

export const drawnRates = (dice: Dice) => ({ lr_plus: dice.number(0.01, 0.3), lr_minus: dice.number(0.01, 0.3) });
export const drawnVariant = (dice: Dice) => dice.one('additive', 'multiplicative');

export const updates: Loops = {
  expected: ({ params, inputs }) => ({
    delta: golden(update(read(inputs.weights), read(inputs.pre_spike_times), Number(inputs.post_spike_time), params)),
  }),
  draw: (dice) => {
    const shape = [dice.integer(1, 3), dice.integer(1, 4), dice.integer(1, 4)];
    return {
      params: { ...drawnRates(dice), variant: drawnVariant(dice) },
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
