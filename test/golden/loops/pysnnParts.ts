import type { Loops } from '../form.js';
import type { GoldenCase, GoldenTensor } from '../load.js';
import { at, golden, map, type Numbers, numbers, parts, read, reshaped, series, total, zeros } from './numbers.js';

/** A trace of PySNN, one step later: `tau` is a time constant, or with a linear update the fraction that stays. */
export const traceStep = (trace: Numbers, spikes: Numbers, update: string, tau: number, alpha: number, dt: number): Numbers =>
  map(trace, (x, ...n) => {
    const s = at(spikes, ...n);
    return update === 'linear' ? x * tau + alpha * s : x + (dt / tau) * (alpha * s - x);
  });

export const traces: Loops = {
  expected: ({ params, inputs }) => {
    const follow = (update: string, tau: number) => {
      let trace = numbers(inputs.x.shape.slice(1), () => params.trace0);
      return series(
        parts(read(inputs.x)).map((x) => {
          trace = traceStep(trace, x, update, tau, params.alpha, params.dt);
          return trace;
        }),
      );
    };
    return { exponential: follow('exponential', params.tau), linear: follow('linear', params.decay) };
  },
  draw: (dice) => ({
    params: {
      ...{ alpha: dice.number(0.5, 2), tau: dice.number(4, 20), decay: dice.number(0, 1), dt: dice.one(1, 0.5, 2) },
      trace0: dice.number(0, 0.5),
    },
    inputs: { x: dice.spikes([dice.integer(1, 9), dice.integer(1, 3), 1, dice.integer(1, 6)]) },
  }),
};

export const algebra: Loops = {
  expected: ({ inputs }) => {
    const [pre, post] = [read(inputs.pre_linear), read(inputs.post_linear)];
    const linear = map(pre, (value, b, o) => value * at(post, b, 0, o));
    const [preConv, image] = [read(inputs.pre_conv), read(inputs.post_conv)];
    const [batch = 0, out = 0, , positions = 0] = preConv.shape;
    const postConv = reshaped(image, [batch, out, positions]);
    const conv = map(preConv, (value, b, o, _, l) => value * at(postConv, b, o, l));
    const [samples = 0] = pre.shape;
    const over = (o: number, k: number) => total(batch, (b) => total(positions, (l) => at(conv, b, o, k, l)));
    const reduced = (count: number) => golden(numbers(preConv.shape.slice(1, 3), (o, k) => over(o, k) / count));
    return {
      prod_linear: golden(linear),
      red_linear: golden(numbers(pre.shape.slice(1), (o, i) => total(samples, (b) => at(linear, b, o, i)) / samples)),
      ...{ prod_conv: golden(conv), red_conv: reduced(batch * positions), red_conv_sum: reduced(1) },
    };
  },
  draw: (dice) => {
    const [batch, out, image] = [dice.integer(1, 3), dice.integer(1, 4), [dice.integer(1, 3), dice.integer(1, 3)]];
    return {
      params: {},
      inputs: {
        ...{ pre_linear: dice.values([batch, out, dice.integer(1, 5)]), post_linear: dice.spikes([batch, 1, out]) },
        pre_conv: dice.values([batch, out, dice.integer(1, 8), (image[0] ?? 1) * (image[1] ?? 1)]),
        post_conv: dice.spikes([batch, out, ...image]),
      },
    };
  },
};

/** Spikes that come through delays of whole steps, [batch, out, in] at each step. */
export interface Delayed {
  /** By the peer's counter for each synapse: a spike that follows too soon corrupts it, and a delay of 0 in a tensor loses all. */
  readonly asThePeer: readonly Numbers[];
  /** Each spike after its own delay. */
  readonly right: readonly Numbers[];
}

/** `x` at each step is [batch, in]; `delay` one number, or [batch, out, in]. */
export function delayed(x: readonly Numbers[], out: number, delay: number | GoldenTensor): Delayed {
  const [batch = 0, width = 0] = x[0]?.shape ?? [];
  const shape = [batch, out, width];
  const waits = typeof delay === 'number' ? numbers(shape, () => delay) : read(delay);
  let counter = zeros(shape);
  const asThePeer = x.map((now) => {
    if (delay === 0) return numbers(shape, (b, _, i) => at(now, b, i));
    const left = map(counter, (count) => Math.max(count - 1, 0));
    counter = map(left, (count, b, o, i) => count + (at(waits, b, o, i) + 1) * at(now, b, i));
    return map(left, (count) => (count === 1 ? 1 : 0));
  });
  const right = x.map((_, time) =>
    numbers(shape, (b, o, i) => {
      const sent = x[time - at(waits, b, o, i)];
      return sent === undefined ? 0 : at(sent, b, i);
    }),
  );
  return { asThePeer, right };
}

/** A case's inputs [T, batch, 1, in] as [batch, in] at each step. */
export const layerSteps = (series: GoldenTensor): readonly Numbers[] =>
  parts(read(series)).map((step) => reshaped(step, [step.shape[0] ?? 0, step.shape.at(-1) ?? 0]));

/** Spikes and activations, which are the spikes times their weights. */
export function delays({ params, inputs }: GoldenCase): {
  readonly [way in keyof Delayed]: { spikes: GoldenTensor; activation: GoldenTensor };
} {
  const w = read(inputs.weight);
  const found = delayed(layerSteps(inputs.x), w.shape[0] ?? 0, inputs.delay ?? params.delay);
  const both = (steps: readonly Numbers[]) => ({
    spikes: series(steps),
    activation: series(
      steps.map((step) => {
        const [batch = 0, ...synapses] = step.shape;
        return reshaped(
          map(step, (s, _, o, i) => s * at(w, o, i)),
          [batch, 1, ...synapses],
        );
      }),
    ),
  });
  return { asThePeer: both(found.asThePeer), right: both(found.right) };
}

export const delay: Loops = {
  expected: (given) => delays(given).asThePeer,
  draw: (dice) => {
    const [steps, batch, out, width] = [dice.integer(1, 12), dice.integer(1, 3), dice.integer(1, 3), dice.integer(1, 4)];
    const waits = dice.chance(0.5) ? golden(numbers([batch, out, width], () => dice.integer(0, 4))) : null;
    return {
      params: { delay: waits === null ? dice.integer(0, 5) : null, dt: dice.one(1, 0.5) },
      inputs: { x: dice.spikes([steps, batch, 1, width], 0.3), weight: dice.values([out, width]), delay: waits },
    };
  },
};
