import type { Loops } from '../form.js';
import type { GoldenCase, GoldenTensor } from '../load.js';
import { at, atOr, golden, map, type Numbers, numbers, parts, range, read, series, total, zeros } from './numbers.js';
import { type Bounds, drawnRates, drawnTimes, drawnVariant, field, metric, never, type Rates, unit, update } from './spikeseg.js';

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
      params: { ...drawnRates(dice), ...(dice.chance(0.6) && { variant: drawnVariant(dice) }), ...bounds, kernel_size },
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
      params: { ...drawnRates(dice), variant: drawnVariant(dice) },
      inputs: {
        weights: dice.values([maps, channels, size, size]),
        pre_spike_times: drawnTimes(dice, [images, channels, ...image]),
        ...{ post_spike_times: sparse, winner_mask: dice.chance(0.5) ? null : dice.spikes(post, 0.5) },
      },
    };
  },
};
