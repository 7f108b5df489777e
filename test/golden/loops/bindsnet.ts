import type { Loops } from '../form.js';
import type { GoldenCase } from '../load.js';
import type { Dice } from './dice.js';
import { at, golden, map, type Numbers, part, parts, read, series, total, zeros } from './numbers.js';

/** A trace of BindsNET's nodes: a spike sets it, or adds to it. */
export const nodeTrace = (trace: Numbers, spikes: Numbers, dt: number, tau: number, additive = false): Numbers =>
  map(trace, (x, ...n) => {
    const [left, s] = [x * Math.exp(-dt / tau), at(spikes, ...n)];
    return additive ? left + s : s > 0 ? 1 : left;
  });

/** Σ_b pre[b, i]·post[b, j]. */
const product = (pre: Numbers, post: Numbers) => (i: number, j: number) =>
  total(pre.shape[0] ?? 0, (b) => at(pre, b, i) * at(post, b, j));

type Products = { readonly late: number; readonly early: number };
type PairConstants = (w: number, products: Products, params: GoldenCase['params']) => number;

/** The change of a weight by pre spikes after post spikes (`late`) and by post spikes after pre spikes (`early`). */
const laws = {
  postPre: (_, { late, early }, { nu }) => nu[1] * early - nu[0] * late,
  weightDependent: (w, { late, early }, { nu, wmin, wmax }) => nu[1] * early * (wmax - w) - nu[0] * late * (w - wmin),
  hebbian: (_, { late, early }, { nu }) => nu[1] * early + nu[0] * late,
} satisfies { readonly [name: string]: PairConstants };

const bounded = (w: number, { wmin, wmax, weight_decay: decay = 0 }: GoldenCase['params']) =>
  Math.min(Math.max(w * (1 - decay), wmin), wmax);

function layers({ params, inputs }: GoldenCase) {
  const [pres, posts] = [read(inputs.pre), read(inputs.post)];
  const { dt, tc_trace_pre: tauPre, tc_trace_post: tauPost, traces_additive: additive } = params;
  let [xPre, xPost] = [zeros(pres.shape.slice(1)), zeros(posts.shape.slice(1))];
  return parts(pres).map((pre, time) => {
    const post = part(posts, time);
    xPre = nodeTrace(xPre, pre, dt, tauPre, Boolean(additive));
    xPost = nodeTrace(xPost, post, dt, tauPost, Boolean(additive));
    return { pre, post, xPre, xPost };
  });
}

const result = (w: readonly Numbers[], steps: ReturnType<typeof layers>) => {
  const last = steps.at(-1);
  if (last === undefined) throw new Error('a case needs a step');
  return { w: series(w, 'float32'), x_pre: golden(last.xPre, 'float32'), x_post: golden(last.xPost, 'float32') };
};

const pairs = (law: PairConstants) => (given: GoldenCase) => {
  const steps = layers(given);
  let w = read(given.inputs.w);
  const after = steps.map(({ pre, post, xPre, xPost }) => {
    const [late, early] = [product(pre, xPost), product(xPre, post)];
    w = map(w, (weight, i, j) =>
      bounded(weight + law(weight, { late: late(i, j), early: early(i, j) }, given.params), given.params),
    );
    return w;
  });
  return result(after, steps);
};

/** MSTDP, and MSTDPET with an eligibility trace: the reward meets the products of the step before. */
const rewarded = (lasting: boolean) => (given: GoldenCase) => {
  const { dt, nu, a_plus: aPlus, a_minus: aMinus, tc_plus: tauPlus, tc_minus: tauMinus, tc_e_trace: tauE } = given.params;
  const rewards = read(given.inputs.reward);
  const steps = layers(given);
  let w = read(given.inputs.w);
  let [products, eligibility] = [zeros(w.shape), zeros(w.shape)];
  let [plus, minus] = [zeros(given.inputs.pre.shape.slice(1)), zeros(given.inputs.post.shape.slice(1))];
  const after = steps.map(({ pre, post }, time) => {
    const before = products;
    eligibility = lasting ? map(eligibility, (e, ...n) => e * Math.exp(-dt / tauE) + at(before, ...n) / tauE) : before;
    const factor = nu[0] * at(rewards, time) * (lasting ? dt : 1);
    const eligible = eligibility;
    w = map(w, (weight, ...n) => bounded(weight + factor * at(eligible, ...n), given.params));
    plus = map(plus, (p, ...n) => p * Math.exp(-dt / tauPlus) + aPlus * at(pre, ...n));
    minus = map(minus, (p, ...n) => p * Math.exp(-dt / tauMinus) + aMinus * at(post, ...n));
    const [up, down] = [product(plus, post), product(pre, minus)];
    products = map(products, (_, i, j) => up(i, j) + down(i, j));
    return w;
  });
  return result(after, steps);
};

const drawn = (dice: Dice, most: number) => {
  const [steps, batch, ins, outs] = [dice.integer(1, 9), dice.integer(1, most), dice.integer(1, 6), dice.integer(1, 5)];
  const [wmin, wmax] = dice.one([0, 1], [-0.5, 0.5], [0, 2]) as [number, number];
  return {
    params: {
      ...{ tc_plus: dice.number(5, 30), tc_minus: dice.number(5, 30), tc_e_trace: dice.number(5, 40) },
      ...{ nu: [dice.number(0.01, 0.1), dice.number(0.01, 0.1)], dt: dice.one(1, 0.5, 2) },
      ...{ tc_trace_pre: dice.number(5, 30), tc_trace_post: dice.number(5, 30), traces_additive: dice.integer(0, 1) },
      ...{ wmin, wmax, weight_decay: dice.one(0, 0.01), a_plus: dice.number(0.5, 1.5), a_minus: dice.number(-1.5, -0.5) },
    },
    inputs: {
      w: dice.values([ins, outs], wmin, wmax),
      ...{ pre: dice.spikes([steps, batch, ins]), post: dice.spikes([steps, batch, outs]) },
      reward: dice.values([steps], -1, 1),
    },
  };
};

const form = (expected: Loops['expected'], most = 4): Loops => ({ expected, draw: (dice) => drawn(dice, most) });
export const postPre = form(pairs(laws.postPre));
export const weightDependent = form(pairs(laws.weightDependent));
export const hebbian = form(pairs(laws.hebbian));
export const mstdp = form(rewarded(false));
/** The peer knows it for single samples only. */
export const mstdpet = form(rewarded(true), 1);
