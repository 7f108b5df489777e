import type { Loops } from '../form.js';
import type { GoldenCase, GoldenTensor } from '../load.js';
import type { Dice } from './dice.js';
import { at, map, type Numbers, numbers, parts, read, series, total, zeros } from './numbers.js';
import { traceStep } from './pysnnParts.js';

type Params = GoldenCase['params'];

/** How a neuron counts its refractory time down. */
export type Countdown = (left: number, params: Params) => number;

/** As the peer does, in float32: it stops where it is no longer above 0, and only exactly at 0 the neuron is free. */
const asThePeer: Countdown = (left, { dt }) => (left > 0 ? Math.fround(left - Math.fround(dt)) : left);
/** In whole steps. */
const inSteps: Countdown = (left, { dt }) => dt * Math.max(Math.round(left / dt) - 1, 0);

/** Neurons that keep their own state: each call is a step. Without `tau_v` they integrate and never leak. */
export function neurons(params: Params, shape: readonly number[], countdown: Countdown = asThePeer) {
  const { dt, thresh, v_rest: rest, alpha_v: alpha, tau_v: tau, update = 'exponential', duration_refrac: duration } = params;
  let v = numbers(shape, () => rest);
  let [left, theta, trace] = [zeros(shape), numbers(shape, () => thresh), zeros(shape)];
  const integrate = (potential: number, input: number, free: number): number => {
    if (tau === undefined) return potential + alpha * input * free;
    if (update === 'linear') return rest + ((potential - rest) * tau + alpha * input) * free;
    return potential + (dt / tau) * (alpha * input - (potential - rest)) * free;
  };
  return (input: Numbers) => {
    const u = map(v, (potential, ...n) => integrate(potential, at(input, ...n), at(left, ...n) === 0 ? 1 : 0));
    const z = map(u, (potential, ...n) => (potential >= at(theta, ...n) ? 1 : 0));
    trace = traceStep(trace, z, update, params.tau_t, params.alpha_t, dt);
    if (params.alpha_thresh !== undefined) theta = traceStep(theta, z, update, params.tau_thresh, params.alpha_thresh, dt);
    if (duration > 0)
      left = map(left, (time, ...n) => Math.fround(countdown(time, params) + Math.fround(duration) * at(z, ...n)));
    v = map(u, (potential, ...n) => (at(z, ...n) === 1 ? rest : potential));
    return { spikes: z, v, trace, refrac: left, thresh: theta };
  };
}

/** Σ over the synapses of each neuron; Fede neurons subtract the traces of their inputs. */
const inputsOf = ({ inputs }: GoldenCase): readonly Numbers[] => {
  const expected = inputs.pre_trace === undefined ? undefined : parts(read(inputs.pre_trace));
  return parts(read(inputs.x)).map((x, time) => {
    const traces = expected?.[time];
    return numbers(x.shape.slice(0, -1), (...n) =>
      total(x.shape.at(-1) ?? 0, (s) => at(x, ...n, s) - (traces === undefined ? 0 : at(traces, ...n, s))),
    );
  });
};

const follow = (given: GoldenCase, countdown: Countdown) => {
  const step = neurons(given.params, given.inputs.x.shape.slice(1, -1), countdown);
  const after = inputsOf(given).map((input) => step(input));
  return {
    spikes: series(after.map(({ spikes }) => spikes)),
    v: series(after.map(({ v }) => v)),
    trace: series(after.map(({ trace }) => trace)),
    refrac: series(after.map(({ refrac }) => refrac)),
    thresh: series(after.map(({ thresh }) => thresh)),
  };
};

/** With the peer's countdown, and in whole steps. */
export const ways = (
  given: GoldenCase,
): { readonly [way in 'asThePeer' | 'right']: { readonly [field: string]: GoldenTensor } } => ({
  asThePeer: follow(given, asThePeer),
  right: follow(given, inSteps),
});

/** What a case of its kind records: Fede neurons neither their refractory time nor a threshold. */
const recorded = (given: GoldenCase) => {
  const { refrac, thresh, ...always } = follow(given, asThePeer);
  const named = given.expected as { readonly [field: string]: unknown };
  const more = { ...('refrac' in named && { refrac }), ...('thresh' in named && { thresh }) };
  return { ...always, ...more };
};

const drawn = (
  dice: Dice,
  params: Params,
  shape: readonly number[],
  more: object = {},
  fields: object = { refrac: 0, thresh: 0 },
) => ({
  params,
  inputs: { x: dice.values(shape), ...more },
  expected: fields,
});

const shapeOf = (dice: Dice) => [dice.integer(1, 14), dice.integer(1, 3), 1, dice.integer(1, 4), dice.integer(1, 4)];

const common = (dice: Dice, update: string) => {
  const dt = dice.one(1, 0.5, 2);
  return {
    ...{ thresh: dice.number(0.6, 1.5), v_rest: dice.one(0, -0.25), alpha_t: dice.number(0.5, 1.5), dt },
    ...{
      duration_refrac: dt * dice.integer(0, 4),
      update,
      tau_t: update === 'linear' ? dice.number(0.3, 0.9) : dice.number(5, 12),
    },
    alpha_v: update === 'linear' ? dice.number(0.5, 1) : dice.number(3, 6),
  };
};
const leak = (dice: Dice, update: string) => ({ tau_v: update === 'linear' ? dice.number(0.5, 0.95) : dice.number(6, 15) });

export const integrators: Loops = {
  expected: recorded,
  draw: (dice) => {
    const update = dice.one('linear', 'exponential');
    const params = { ...common(dice, update), alpha_v: dice.number(0.3, 1) };
    // A refractory time that float32 does not count down to 0.
    const endless = { update: 'linear', tau_t: 0.5, dt: 0.1, duration_refrac: dice.one(0.4, 0.8) };
    const kind = dice.one<object>(endless, {}, leak(dice, update));
    return drawn(dice, { ...params, ...kind }, shapeOf(dice));
  },
};
export const adaptive: Loops = {
  expected: recorded,
  draw: (dice) => {
    const update = dice.one('linear', 'exponential');
    const threshold =
      update === 'linear'
        ? { alpha_thresh: dice.number(0.1, 0.5), tau_thresh: dice.number(0.9, 1) }
        : { alpha_thresh: dice.number(1, 5), tau_thresh: dice.number(20, 60) };
    return drawn(dice, { ...common(dice, update), ...leak(dice, update), ...threshold }, shapeOf(dice));
  },
};
export const fede: Loops = {
  expected: recorded,
  draw: (dice) => {
    const { update: _, ...params } = { ...common(dice, 'exponential'), ...leak(dice, 'exponential') };
    const shape = shapeOf(dice);
    return drawn(dice, params, shape, { pre_trace: dice.values(shape, 0, 0.3) }, {});
  },
};
