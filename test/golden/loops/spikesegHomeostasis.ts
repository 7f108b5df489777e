import type { Loops } from '../form.js';
import type { GoldenCase, GoldenTensor } from '../load.js';
import { at, golden, map, type Numbers, numbers, parts, range, read, series, sizeOf, total, zeros } from './numbers.js';
import { drawnShape, global, local } from './spikesegWta.js';

interface Homeostasis {
  readonly target_rate: number;
  readonly threshold_min: number;
  readonly threshold_max: number;
  readonly initial_threshold: number;
}

/** Thresholds [C, H, W] that follow the rate so far: each call is a batch of presentations. */
function thresholds(shape: readonly number[], { target_rate: target, ...limits }: Homeostasis, rate: number) {
  let [theta, count, seen] = [numbers(shape, () => limits.initial_threshold), zeros(shape), 0];
  return {
    update: (spikes: Numbers) => {
      const batch = spikes.shape[0] ?? 0;
      count = map(count, (sum, ...n) => sum + total(batch, (b) => at(spikes, b, ...n)));
      seen += batch;
      const sums = count;
      theta = map(theta, (value, ...n) => {
        const next = value + rate * (at(sums, ...n) / seen - target) * value;
        return Math.min(Math.max(next, limits.threshold_min), limits.threshold_max);
      });
      return { theta, rates: map(count, (sum) => sum / seen) };
    },
    reset: () => {
      [count, seen] = [zeros(shape), 0];
    },
  };
}

interface Presentation {
  readonly spikes: GoldenTensor;
  readonly membrane: GoldenTensor;
  readonly pre_reset_membrane: GoldenTensor;
}

export const module: Loops = {
  expected: ({ params, expected }: GoldenCase) => {
    const given = expected.steps as readonly Presentation[];
    const homeostasis = thresholds(given[0]?.spikes.shape.slice(1) ?? [], params, params.homeostasis_lr);
    const outcomes = given.map(({ spikes, membrane, pre_reset_membrane }) => {
      const [fired, v] = [read(spikes), read(membrane)];
      const first = params.mode === 'local' ? undefined : global(fired, v, read(pre_reset_membrane));
      const outcome =
        params.mode === 'global' && first !== undefined
          ? first
          : local(first?.spikes ?? fired, first?.membrane ?? v, params.local_radius);
      const { theta } = homeostasis.update(outcome.spikes);
      return { ...outcome, theta };
    });
    const winners = total(outcomes.length, (n) => outcomes[n]?.winner_mask.data.filter((value) => value > 0).length ?? 0);
    return {
      steps: given.map((step, index) => {
        const { spikes, membrane, winner_mask, theta } = outcomes[index] as (typeof outcomes)[number];
        return {
          ...step,
          ...{ out_spikes: golden(spikes), out_membrane: golden(membrane), winner_mask: golden(winner_mask) },
          thresholds: golden({ shape: [1, ...theta.shape], data: theta.data }),
        };
      }),
      // The peer counts the spikes that are left, all of which are winners.
      ...{ winner_ratio: winners === 0 ? 0 : 1, total_spikes: winners, total_winners: winners },
      presentations: total(given.length, (n) => given[n]?.spikes.shape[0] ?? 0),
    };
  },
  draw: (dice) => {
    const shape = drawnShape(dice);
    const step = (): Presentation => ({
      ...{ spikes: dice.spikes(shape, 0.3), membrane: dice.values(shape, 0, 2), pre_reset_membrane: dice.values(shape, 0, 2) },
    });
    return {
      params: {
        ...{ mode: dice.one('global', 'local', 'both'), local_radius: dice.integer(0, 2), target_rate: dice.number(0.05, 0.5) },
        ...{ homeostasis_lr: dice.number(0.01, 0.3), threshold_min: dice.number(1, 5), threshold_max: dice.number(10, 20) },
        initial_threshold: dice.number(6, 9),
      },
      inputs: {},
      expected: { steps: range(dice.integer(1, 5)).map(step) },
    };
  },
};

export const adaptiveThreshold: Loops = {
  expected: ({ params, inputs }) => {
    const homeostasis = thresholds(inputs.spikes.shape.slice(2), params, params.learning_rate);
    const after = parts(read(inputs.spikes)).map((spikes, index) => {
      const found = homeostasis.update(spikes);
      if (index + 1 === params.reset_statistics_after) homeostasis.reset();
      return found;
    });
    return { thresholds: series(after.map(({ theta }) => theta)), firing_rates: series(after.map(({ rates }) => rates)) };
  },
  draw: (dice) => {
    const steps = dice.integer(1, 6);
    return {
      params: {
        ...{ initial_threshold: dice.number(1.6, 2.4), target_rate: dice.number(0.1, 0.5), learning_rate: dice.number(0.1, 0.6) },
        ...{
          threshold_min: dice.number(1, 1.5),
          threshold_max: dice.number(2.5, 3),
          reset_statistics_after: dice.integer(1, steps),
        },
      },
      inputs: { spikes: dice.spikes([steps, ...drawnShape(dice)], 0.3) },
    };
  },
};

export const tracker: Loops = {
  expected: ({ params, inputs }) => {
    const masks = parts(read(inputs.winner_masks));
    const shape = inputs.winner_masks.shape.slice(2);
    let wins = zeros(shape);
    const converged = masks.map((mask) => {
      wins = map(wins, (count, ...n) => count + total(mask.shape[0] ?? 0, (b) => at(mask, b, ...n)));
      return wins.data.filter((count) => count >= params.min_wins).length;
    });
    const ratio = converged.map((count) => count / sizeOf(shape));
    const last = ratio.at(-1) ?? 0;
    return {
      ...{ ratio, n_converged: converged, win_counts: golden(wins) },
      ...{ is_converged: Number(last >= 0.95), is_converged_half: Number(last >= 0.5) },
    };
  },
  draw: (dice) => ({
    params: { min_wins: dice.integer(1, 4) },
    inputs: { winner_masks: dice.spikes([dice.integer(1, 7), ...drawnShape(dice)], 0.4) },
  }),
};
