import type { Loops } from '../form.js';
import type { GoldenCase, GoldenTensor } from '../load.js';
import type { Dice } from './dice.js';
import { at, golden, map, type Numbers, parameter, part, read, reshaped, series, total, zeros } from './numbers.js';
import { flatWeights, outputShape, outputs, taps } from './wiring.js';

type Factor = (room: number, mu: number) => number;
const factors: { readonly [algorithm: string]: Factor } = {
  additive: () => 1,
  additive_step: (room) => (room > 0 ? 1 : 0),
  multiplicative_pow: (room, mu) => room ** mu,
  multiplicative_relu: (room) => Math.max(0, room),
};

/** Weights and traces after each step; `factor` is what becomes of a factor, such as the NaN of a power. */
export function norseStdp({ params, inputs }: GoldenCase, factor = (value: number) => value) {
  const { dt = 0.001, eta_plus: etaPlus = 1e-3, eta_minus: etaMinus = 1e-3, mu = 0, w_min: wMin = 0, w_max: wMax = 1 } = params;
  const advance = (trace: Numbers, spikes: Numbers, inverse?: GoldenTensor | number, amplitude?: GoldenTensor | number) => {
    const [rate, height] = [parameter(inverse, 20), parameter(amplitude, 1)];
    return map(trace, (x, ...i) => x + dt * rate(...i) * (height(...i) * at(spikes, ...i) - x));
  };
  const room = factors[params.stdp_algorithm] ?? (() => Number.NaN);
  const bound = (w: number) => (params.hardbound === 0 || Number.isNaN(w) ? w : Math.min(Math.max(w, wMin), wMax));

  const [zPre, zPost] = [read(inputs.z_pre), read(inputs.z_post)];
  let w = read(inputs.w);
  let tPre = inputs.t_pre === undefined ? zeros(zPre.shape.slice(1)) : read(inputs.t_pre);
  let tPost = inputs.t_post === undefined ? zeros(zPost.shape.slice(1)) : read(inputs.t_post);
  const after: { readonly w: Numbers; readonly tPre: Numbers; readonly tPost: Numbers }[] = [];
  for (let time = 0; time < (zPre.shape[0] ?? 0); time++) {
    const [pre, post] = [part(zPre, time), part(zPost, time)];
    tPre = advance(tPre, pre, params.tau_pre_inv, params.a_pre);
    tPost = advance(tPost, post, params.tau_post_inv, params.a_post);
    const [spikes, traces] = [taps(pre, w.shape, params), taps(tPre, w.shape, params)];
    const [fired, memoize] = [outputs(post), outputs(tPost)];
    const [batch = 0, positions = 0] = spikes.shape;
    const pairs = (rows: Numbers, columns: Numbers, o: number, k: number) =>
      total(batch, (b) => total(positions, (p) => at(columns, b, o, p) * at(rows, b, p, k)));
    const next = map(flatWeights(w), (weight, o, k) => {
      const up = etaPlus * factor(room(wMax - weight, mu)) * pairs(traces, fired, o, k);
      const down = etaMinus * factor(room(weight - wMin, mu)) * pairs(spikes, memoize, o, k);
      return bound(weight + up - down);
    });
    w = reshaped(next, w.shape);
    after.push({ w, tPre, tPost });
  }
  return after;
}

/** The weights as the peer has them, NaN for ever where a power meets a weight beyond its bound, and with 0 in its place. */
export const weights = (golden: GoldenCase): { readonly asThePeer: GoldenTensor; readonly right: GoldenTensor } => ({
  asThePeer: series(norseStdp(golden).map(({ w }) => w)),
  right: series(norseStdp(golden, (factor) => (Number.isNaN(factor) ? 0 : factor)).map(({ w }) => w)),
});

function settings(dice: Dice) {
  const [wMin, wMax] = dice.one([0, 1], [-0.5, 0.75], [0.25, 2]) as [number, number];
  const optional = (name: string, value: unknown) => (dice.chance(0.5) ? { [name]: value } : {});
  return {
    eta_plus: dice.number(0.01, 0.4),
    eta_minus: dice.number(0.01, 0.3),
    stdp_algorithm: dice.one(...Object.keys(factors)),
    ...optional('mu', dice.one(0, 0.25, 0.5, 1)),
    ...optional('hardbound', dice.integer(0, 1)),
    ...(dice.chance(0.5) && { w_min: wMin, w_max: wMax }),
    dt: dice.one(0.001, 0.0005, 0.002, 0.013, 0.07),
  };
}

export const linear: Loops = {
  expected: (golden) => {
    const after = norseStdp(golden);
    return {
      w: series(after.map(({ w }) => w)),
      t_pre: series(after.map(({ tPre }) => tPre)),
      t_post: series(after.map(({ tPost }) => tPost)),
    };
  },
  draw: (dice) => {
    const [steps, batch, ins, outs] = [dice.integer(1, 9), dice.integer(1, 4), dice.integer(1, 6), dice.integer(1, 5)];
    const each = (count: number, low: number, high: number) =>
      dice.chance(0.5) ? dice.number(low, high) : dice.values([count], low, high);
    const traces = dice.chance(0.5) && {
      ...{ a_pre: each(ins, 0.2, 2), a_post: each(outs, 0.2, 2) },
      ...{ tau_pre_inv: each(ins, 10, 60), tau_post_inv: each(outs, 10, 60) },
    };
    const [low, high] = dice.one([0, 1], [-0.5, 1.5]) as [number, number];
    return {
      params: { ...settings(dice), ...traces },
      inputs: {
        w: dice.values([outs, ins], low, high),
        ...{ t_pre: dice.values([batch, ins], 0, 0.5), t_post: dice.values([batch, outs], 0, 0.5) },
        ...{ z_pre: dice.spikes([steps, batch, ins]), z_post: dice.spikes([steps, batch, outs]) },
      },
    };
  },
};

export const conv: Loops = {
  expected: (given) => {
    const after = norseStdp(given);
    const last = after.at(-1);
    if (last === undefined) throw new Error('a case needs a step');
    return { w: series(after.map(({ w }) => w)), t_pre: golden(last.tPre), t_post: golden(last.tPost) };
  },
  draw: (dice) => {
    const [steps, batch, channels, maps] = [dice.integer(1, 4), dice.integer(1, 3), dice.integer(1, 3), dice.integer(1, 3)];
    const pair = (least: number, most: number) =>
      dice.chance(0.5) ? dice.integer(least, most) : [dice.integer(least, most), dice.integer(least, most)];
    const wiring = {
      ...(dice.chance(0.5) && { stride: pair(1, 2) }),
      ...(dice.chance(0.5) && { padding: pair(0, 2) }),
      ...(dice.chance(0.5) && { dilation: pair(1, 2) }),
    };
    const w = dice.values([maps, channels, dice.integer(1, 3), dice.integer(1, 3)], -0.1, 1.1);
    const image = [batch, channels, dice.integer(5, 8), dice.integer(5, 8)];
    return {
      params: { ...settings(dice), ...wiring, convolutional: 1 },
      inputs: {
        w,
        z_pre: dice.spikes([steps, ...image]),
        z_post: dice.spikes([steps, ...outputShape(image, w.shape, wiring)], 0.3),
      },
    };
  },
};
