import type { Loops } from '../form.js';
import type { GoldenCase } from '../load.js';
import type { Dice } from './dice.js';
import { delaysOf, inputsOf, lookUp, recall } from './infernoDelays.js';
import { drawnDelays, drawnLayers } from './infernoDraws.js';
import { bySign, type Halves, learnt, reduced, rewarded, type Sides } from './infernoUpdates.js';
import { at, golden, map, type Numbers, numbers, part, parts, range, read, reshaped, total } from './numbers.js';
import { flatWeights, outputs, taps } from './wiring.js';

/** Ages since the latest spike, NaN before the first. */
function agesOf(spikes: readonly Numbers[], dt: number): readonly Numbers[] {
  let ages: Numbers | undefined;
  return spikes.map((now) => {
    const before = ages;
    ages = map(now, (s, ...n) => (s > 0 ? 0 : before === undefined ? Number.NaN : at(before, ...n) + dt));
    return ages;
  });
}

/** Differences of spike times t_post − t_pre at each synapse and step, NaN without a pair: [batch, out, positions, taps]. */
type Differences = readonly Numbers[];

/** A difference that is not 0 by rounding alone is 0. */
const rounded = (difference: number): number => (Math.abs(difference) < 1e-9 ? 0 : difference);

const differences = (
  given: GoldenCase,
  prePer: (time: number, b: number, o: number, p: number, k: number) => number,
): Differences => {
  const post = agesOf(parts(read(given.inputs.post)).map(outputs), given.params.dt);
  const count = flatWeights(read(given.inputs.weight ?? given.inputs.delay)).shape[1] ?? 0;
  return post.map((ages, time) => {
    const [batch = 0, out = 0, positions = 0] = ages.shape;
    return numbers([batch, out, positions, count], (b, o, p, k) => rounded(prePer(time, b, o, p, k) - at(ages, b, o, p)));
  });
};

/** As KernelSTDP sees them: spikes as they reach the synapses, or ages looked up in a record at the delay. */
function seenPairs(given: GoldenCase): Differences {
  const { params, inputs } = given;
  const delay = delaysOf(given);
  if (delay === undefined || !params.delayed) {
    const ages = agesOf(inputsOf(given).spikes, params.dt);
    return differences(given, (time, ...n) => at(ages[time] as Numbers, ...n));
  }
  const record = agesOf(parts(read(inputs.pre)), params.dt);
  return differences(given, (time, b, o, _, i) => {
    const { back, elapsed } = lookUp(at(delay, o, i), params.dt, params.interp_tolerance);
    return recall(record.slice(0, time + 1), back, Number.NaN, b, i) + elapsed;
  });
}

/** The ages of what the inputs sent, as rows; what lies outside of an image never fired. */
const sentAges = ({ params, inputs }: GoldenCase): readonly Numbers[] =>
  agesOf(parts(read(inputs.pre)), params.dt).map((ages) => taps(ages, inputs.delay.shape, params, Number.NaN));

/** Σ over positions of a window of the differences, for each sample: [batch, out, taps]; no pair adds nothing. */
const overPositions = (found: Numbers, window: (difference: number) => number): Numbers => {
  const [batch = 0, out = 0, positions = 0, count = 0] = found.shape;
  return numbers([batch, out, count], (b, o, k) =>
    total(positions, (p) => {
      const difference = at(found, b, o, p, k);
      return Number.isNaN(difference) ? 0 : window(difference);
    }),
  );
};

/** An exponential half kernel: the post kernel acts from 0 on, the pre kernel before 0. */
const kernel =
  (half: 'post' | 'pre', { learning_rate: rate, time_constant: tau }: GoldenCase['params']) =>
  (difference: number) =>
    (half === 'post' ? difference >= 0 : difference < 0) ? rate * Math.exp(-Math.abs(difference) / tau) : 0;

const kernelSides = (found: Numbers, { kernel_post, kernel_pre, batch_reduction: reduction }: GoldenCase['params']): Sides => {
  const side = (sign: 1 | -1) => {
    const part = (window: (difference: number) => number) =>
      reduced(
        overPositions(found, (difference) => Math.max(sign * window(difference), 0)),
        reduction,
      );
    const [post, pre] = [part(kernel('post', kernel_post)), part(kernel('pre', kernel_pre))];
    return map(post, (value, ...n) => value + at(pre, ...n));
  };
  return { pos: side(1), neg: side(-1) };
};

/** The halves of the pair window: `raises` lies where its name says, the other on the other side of 0. */
const rateHalves = (found: Numbers, { lr_pos, lr_neg, tc_pos, tc_neg }: GoldenCase['params'], raises: 'post' | 'pre'): Halves => {
  const half = (where: 'post' | 'pre', rate: number, tau: number) =>
    overPositions(found, kernel(where, { learning_rate: Math.abs(rate), time_constant: tau }));
  const lowers = raises === 'post' ? 'pre' : 'post';
  return { post: half(raises, lr_pos, tc_pos), pre: half(lowers, lr_neg, tc_neg) };
};

/** A rule that moves weights, or the delays themselves, by pairs whose spikes are seen as the delays have it. */
const adjusted =
  (learns: 'weight' | 'delay', sidesOf: (found: Numbers, given: GoldenCase, time: number) => Sides) => (given: GoldenCase) => {
    const ages = sentAges(given);
    const fixed = read(given.inputs.delay);
    return learnt(learns, read(given.inputs[learns]), given.inputs.pre.shape[0], given.params, (time, parameter) => {
      const delay = flatWeights(learns === 'delay' ? parameter : fixed);
      const rows = ages[time] as Numbers;
      const found = differences(given, (_, b, o, p, k) => at(rows, b, p, k) - at(delay, o, k))[time];
      return sidesOf(found as Numbers, given, time);
    });
  };

const byKernels = (found: Numbers, { params }: GoldenCase) => kernelSides(found, params);
const byRates =
  (raises: 'post' | 'pre') =>
  (found: Numbers, { params }: GoldenCase) => {
    const { post, pre } = rateHalves(found, params, raises);
    const over = (half: Numbers) => reduced(half, params.batch_reduction);
    return bySign(over(post), over(pre), params.lr_pos >= 0, params.lr_neg >= 0);
  };
const byReward =
  (raises: 'post' | 'pre') =>
  (found: Numbers, { params, inputs }: GoldenCase, time: number) =>
    rewarded(rateHalves(found, params, raises), [params.lr_pos, params.lr_neg], part(read(inputs.signal), time), params);

const rate = (dice: Dice): number => dice.one(-1, 1) * dice.number(0.01, 0.2);
const kernels = (dice: Dice) => {
  const half = () => ({ learning_rate: rate(dice), time_constant: dice.number(5, 25) });
  return { kernel_post: half(), kernel_pre: half() };
};
const rates = (dice: Dice) => ({
  ...{ lr_pos: rate(dice), lr_neg: rate(dice), tc_pos: dice.number(5, 25), tc_neg: dice.number(5, 25) },
});

/** Layers and delays; a pair may meet its delay, or miss it by very little. Steps of such a length that float32 tells both. */
function drawn(dice: Dice, more: object) {
  const { wiring, inputs } = drawnLayers(dice, dice.chance(0.2));
  const [dt, most] = [dice.one(0.5, 0.75, 1, 1.25), dice.integer(1, 4)];
  return {
    params: { ...more, ...wiring, dt, batch_reduction: dice.one('mean', 'sum'), max_delay: most * dt },
    inputs: { ...inputs, delay: drawnDelays(dice, inputs.weight.shape, dt, most, 2e-5) },
  };
}
const drawnRewards = (dice: Dice) => {
  const found = drawn(dice, { ...rates(dice), scale: dice.one(0.5, 1, 2) });
  const [steps = 0, batch = 0] = found.inputs.pre.shape;
  const signal = dice.values(dice.chance(0.5) ? [steps] : [steps, batch], -1, 1);
  return { params: { ...found.params, batch_reduction: 'sum' }, inputs: { ...found.inputs, signal } };
};

export const kernelStdp: Loops = {
  expected: (given) => {
    const found = seenPairs(given);
    return learnt('weight', read(given.inputs.weight), found.length, given.params, (time) =>
      kernelSides(found[time] as Numbers, given.params),
    );
  },
  draw: (dice) => {
    const { params, inputs } = drawn(dice, kernels(dice));
    const late = inputs.weight.shape.length === 2 && dice.chance(0.6);
    const { max_delay: _, ...rest } = params;
    return {
      params: { ...rest, delayed: late ? dice.integer(0, 1) : 0, interp_tolerance: 1e-6 },
      inputs: { ...inputs, delay: late ? inputs.delay : null },
    };
  },
};
export const adjustedKernels: Loops = { expected: adjusted('weight', byKernels), draw: (dice) => drawn(dice, kernels(dice)) };
export const adjustedKernelsDelay: Loops = { expected: adjusted('delay', byKernels), draw: (dice) => drawn(dice, kernels(dice)) };
export const adjustedPairs: Loops = { expected: adjusted('weight', byRates('post')), draw: (dice) => drawn(dice, rates(dice)) };
export const adjustedPairsDelay: Loops = {
  expected: adjusted('delay', byRates('pre')),
  draw: (dice) => drawn(dice, rates(dice)),
};
export const adjustedRewards: Loops = { expected: adjusted('weight', byReward('post')), draw: drawnRewards };
export const adjustedRewardsDelay: Loops = { expected: adjusted('delay', byReward('pre')), draw: drawnRewards };

/** The kernels alone, of differences that are given; a NaN stays one. */
export const halfKernels: Loops = {
  expected: ({ params, inputs }) => {
    const over = (half: 'post' | 'pre') =>
      golden(map(read(inputs.diff), (difference) => (Number.isNaN(difference) ? difference : kernel(half, params)(difference))));
    return { post: over('post'), pre: over('pre') };
  },
  draw: (dice) => {
    const data = range(dice.integer(1, 20)).map(() => dice.one(Number.NaN, 0, dice.number(-30, 30), dice.number(-1, 1)));
    return {
      params: { learning_rate: rate(dice), time_constant: dice.number(2, 30) },
      inputs: { diff: golden(reshaped({ shape: [], data }, [data.length])) },
    };
  },
};
