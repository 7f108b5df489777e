import type { Loops } from '../form.js';
import type { GoldenCase } from '../load.js';
import type { Dice } from './dice.js';
import { at, map, type Numbers, numbers, part, parts, range, read, reshaped, series, total, zeros } from './numbers.js';
import { flatWeights, outputShape, outputs, taps } from './wiring.js';

const functions: { readonly [name: string]: (w: number) => number } = {
  identity: (w) => w,
  one: () => 1,
  softbound: (w) => w * (1 - w),
};

/** The change that each sample asks for after each step, [batch, …weight], and the traces. */
function changes({ params, inputs }: GoldenCase, kept: (tau: number) => number) {
  const [w, pres, posts] = [read(inputs.weight), read(inputs.in_spike), read(inputs.out_spike)];
  const batched = pres.shape.length > 2;
  const f = functions[params.f ?? 'identity'] ?? (() => Number.NaN);
  const follow = (trace: Numbers, spikes: Numbers, tau: number) => map(trace, (x, ...n) => x * kept(tau) + at(spikes, ...n));
  let [tPre, tPost] = [zeros(pres.shape.slice(1)), zeros(posts.shape.slice(1))];
  return parts(pres).map((pre, time) => {
    const post = part(posts, time);
    tPre = follow(tPre, pre, params.tau_pre);
    tPost = follow(tPost, post, params.tau_post);
    const withBatch = (found: Numbers) => (batched ? found : reshaped(found, [1, ...found.shape]));
    const [s, x] = [withBatch(pre), withBatch(tPre)].map((found) => taps(found, w.shape, params)) as [Numbers, Numbers];
    const [z, y] = [outputs(withBatch(post)), outputs(withBatch(tPost))];
    const [batch = 0, positions = 0] = s.shape;
    const flat = flatWeights(w);
    const change = numbers([batch, ...flat.shape], (b, o, k) =>
      total(positions, (p) => f(at(flat, o, k)) * (at(z, b, o, p) * at(x, b, p, k) - at(y, b, o, p) * at(s, b, p, k))),
    );
    return { change: reshaped(change, [batch, ...w.shape]), tPre, tPost };
  });
}

const summed = (change: Numbers): Numbers => {
  const samples = parts(change);
  return numbers(change.shape.slice(1), (...n) => total(samples.length, (b) => at(samples[b] ?? change, ...n)));
};

const euler = (tau: number) => 1 - 1 / tau;
const exact = (tau: number) => Math.exp(-1 / tau);

const expected = (given: GoldenCase, kept: (tau: number) => number, perSample: boolean) => {
  const after = changes(given, kept);
  const out = series(after.map(({ change }) => (perSample ? change : summed(change))));
  if (given.inputs.weight.shape.length === 4) return { delta_w: out };
  return { out, trace_pre: series(after.map(({ tPre }) => tPre)), trace_post: series(after.map(({ tPost }) => tPost)) };
};

const constants = (dice: Dice) => ({ tau_pre: dice.number(1.5, 9), tau_post: dice.number(1.5, 9) });
const dense = (dice: Dice, batched: boolean) => {
  const [steps, ins, outs] = [dice.integer(1, 7), dice.integer(1, 5), dice.integer(1, 4)];
  const batch = batched ? [dice.integer(1, 4)] : [];
  return {
    params: { ...constants(dice), f: dice.one(...Object.keys(functions)) },
    inputs: {
      weight: dice.values([outs, ins]),
      in_spike: dice.spikes([steps, ...batch, ins]),
      out_spike: dice.spikes([steps, ...batch, outs]),
    },
  };
};
const convolution = (dice: Dice) => {
  const stride = range(2).map(() => dice.integer(1, 3));
  const image = [dice.integer(1, 3), dice.integer(1, 3), dice.integer(4, 7), dice.integer(4, 7)];
  const weight = dice.values([dice.integer(1, 3), image[1] ?? 1, dice.integer(1, 4), dice.integer(1, 4)]);
  const steps = dice.integer(1, 4);
  return {
    params: { ...constants(dice), stride },
    inputs: {
      weight,
      in_spike: dice.spikes([steps, ...image]),
      out_spike: dice.spikes([steps, ...outputShape(image, weight.shape, { stride })]),
    },
  };
};

export const stdp: Loops = {
  expected: (given) => expected(given, euler, false),
  draw: (dice) => (dice.chance(0.5) ? dense(dice, true) : convolution(dice)),
};
export const mstdp: Loops = { expected: (given) => expected(given, exact, true), draw: (dice) => dense(dice, true) };
export const mstdpet: Loops = { expected: (given) => expected(given, exact, false), draw: (dice) => dense(dice, false) };
