import type { Loops } from '../form.js';
import type { GoldenCase, GoldenTensor } from '../load.js';
import type { Dice } from './dice.js';
import { boundNames } from './infernoBounds.js';
import { inputsOf, tracesOf } from './infernoDelays.js';
import { drawnDelays, drawnLayers } from './infernoDraws.js';
import { type Halves, learnt, paired, rewarded, type Sides } from './infernoUpdates.js';
import { at, golden, map, type Numbers, numbers, part, parts, range, read, total } from './numbers.js';
import { outputs } from './wiring.js';

const stepsOf = ({ inputs }: GoldenCase): readonly number[] => range(inputs.pre.shape[0]);
const nth = (list: readonly Numbers[], time: number): Numbers => {
  const found = list[time];
  if (found === undefined) throw new Error(`there is no step ${time}`);
  return found;
};

/** Σ over positions of what the synapses see times what the outputs have, for each sample: [batch, out, taps]. */
const correlated = (seen: Numbers, post: Numbers): Numbers => {
  const [batch = 0, out = 0, positions = 0, count = 0] = seen.shape;
  return numbers([batch, out, count], (b, o, k) => total(positions, (p) => at(post, b, o, p) * at(seen, b, o, p, k)));
};
const postOf = ({ inputs }: GoldenCase): readonly Numbers[] => parts(read(inputs.post)).map(outputs);

/** Both halves of the pair rule at each step. */
function pairHalves(given: GoldenCase): readonly Halves[] {
  const { lr_post: etaPost, lr_pre: etaPre, tc_post: tauPost, tc_pre: tauPre } = given.params;
  const [pre, post] = [inputsOf(given), postOf(given)];
  const x = pre.traces(tauPre, Math.abs(etaPost));
  const y = tracesOf(post, given.params, tauPost, Math.abs(etaPre));
  return stepsOf(given).map((time) => ({
    post: correlated(nth(x, time), nth(post, time)),
    pre: correlated(nth(pre.spikes, time), nth(y, time)),
  }));
}

/** Both halves of the triplet rule: the slow traces are those of the step before. */
function tripletHalves(given: GoldenCase): readonly Halves[] {
  const { lr_post_pair, lr_post_triplet, lr_pre_pair, lr_pre_triplet } = given.params;
  const { tc_post_fast, tc_post_slow, tc_pre_fast, tc_pre_slow } = given.params;
  const [pre, post] = [inputsOf(given), postOf(given)];
  const fastPre = pre.traces(tc_pre_fast, Math.abs(lr_post_pair));
  const slowPre = pre.traces(tc_pre_slow, Math.abs(lr_pre_triplet / lr_pre_pair));
  const fastPost = tracesOf(post, given.params, tc_post_fast, Math.abs(lr_pre_pair));
  const slowPost = tracesOf(post, given.params, tc_post_slow, Math.abs(lr_post_triplet / lr_post_pair));
  const raised = (spikes: Numbers, slow: readonly Numbers[], time: number) =>
    map(spikes, (s, ...n) => s * (1 + (time === 0 ? 0 : at(nth(slow, time - 1), ...n))));
  return stepsOf(given).map((time) => ({
    post: correlated(nth(fastPre, time), raised(nth(post, time), slowPost, time)),
    pre: correlated(raised(nth(pre.spikes, time), slowPre, time), nth(fastPost, time)),
  }));
}

/** Halves that wait for a reward in eligibility traces. */
function eligible(halves: readonly Halves[], { dt, tc_eligibility: tau }: GoldenCase['params']): readonly Halves[] {
  const advance = (trace: Numbers | undefined, now: Numbers) =>
    map(now, (value, ...n) => (trace === undefined ? 0 : at(trace, ...n)) * Math.exp(-dt / tau) + value / tau);
  let kept: Halves | undefined;
  return halves.map(({ post, pre }) => {
    kept = { post: advance(kept?.post, post), pre: advance(kept?.pre, pre) };
    return kept;
  });
}

const weights = (given: GoldenCase, sidesAt: (time: number) => Sides | null) =>
  learnt('weight', read(given.inputs.weight), given.inputs.pre.shape[0], given.params, sidesAt);

const pairs = (halvesOf: (given: GoldenCase) => readonly Halves[], post: string, pre: string) => (given: GoldenCase) => {
  const halves = halvesOf(given);
  const { batch_reduction, [post]: etaPost, [pre]: etaPre } = given.params;
  return weights(given, (time) => paired(halves[time] as Halves, [etaPost, etaPre], batch_reduction));
};

/** Whether the trainer was called in a step: if not, the peer records both sides as empty. */
export const wasCalled = ({ expected }: GoldenCase, time: number): boolean => {
  const empty = (side: GoldenTensor | readonly (GoldenTensor | null)[] | null | undefined) =>
    side === null || (Array.isArray(side) && side[time] === null);
  return !(empty(expected.pos) && empty(expected.neg));
};

const rewards = (halvesOf: (given: GoldenCase) => readonly Halves[]) => (given: GoldenCase) => {
  const halves = halvesOf(given);
  const signal = read(given.inputs.signal);
  const { lr_post, lr_pre } = given.params;
  return weights(given, (time) =>
    wasCalled(given, time) ? rewarded(halves[time] as Halves, [lr_post, lr_pre], part(signal, time), given.params) : null,
  );
};

function delays(dice: Dice, shape: readonly number[], dt: number) {
  const most = dice.integer(1, 4);
  return {
    delay: drawnDelays(dice, shape, dt, most),
    params: {
      ...{ delayed: dice.integer(0, 1), interp_tolerance: 1e-6, max_delay: most * dt },
      ...{ synapse_interp_mode: dice.one('previous', 'nearest'), synapse_interp_tol: 1e-6 },
    },
  };
}

const rate = (dice: Dice): number => dice.one(-1, 1) * dice.number(0.01, 0.2);
const pairParams = (dice: Dice) => ({
  ...{ lr_post: rate(dice), lr_pre: rate(dice), tc_post: dice.number(5, 30), tc_pre: dice.number(5, 30) },
  ...{ dt: dice.one(1, 0.5, 0.8, 2), trace_mode: dice.one('cumulative', 'nearest') },
});

/** A case of a pair rule, dense with delays or without, or a convolution. */
function drawnPairs(dice: Dice, conv: boolean, params: { readonly dt: number; readonly [name: string]: unknown }) {
  const { wiring, inputs } = drawnLayers(dice, conv);
  const late = !conv && dice.chance(0.4) ? delays(dice, inputs.weight.shape, params.dt) : undefined;
  return {
    params: { ...params, ...wiring, ...late?.params, batch_reduction: dice.one('mean', 'sum') },
    inputs: { ...inputs, ...(late !== undefined && { delay: late.delay }) },
  };
}

function drawnRewards(dice: Dice, more: object = {}): ReturnType<Loops['draw']> {
  const conv = dice.chance(0.2);
  const drawn = drawnPairs(dice, conv, { ...pairParams(dice), ...more, scale: dice.one(1, 0.5, 2) });
  const [steps = 0, batch = 0] = drawn.inputs.pre.shape;
  const signal = dice.one('scalar', 'tensor');
  const values = numbers(signal === 'scalar' ? [steps] : [steps, batch], () => (dice.chance(0.2) ? 0 : dice.number(-1, 1)));
  // The divisor of the peer's mean over a reward for each sample is how many samples went to a side.
  const reduction = signal === 'tensor' ? { batch_reduction: 'sum' } : {};
  const called = range(steps).map(() => (signal === 'tensor' || dice.chance(0.8) ? 0 : null));
  return {
    params: { ...drawn.params, ...reduction, signal },
    inputs: { ...drawn.inputs, signal: golden(values) },
    expected: { pos: called, neg: called },
  };
}

export const stdp: Loops = {
  expected: pairs(pairHalves, 'lr_post', 'lr_pre'),
  draw: (dice) => {
    const params = pairParams(dice);
    const drawn = drawnPairs(dice, false, params);
    // The largest of each half, where the halves go to different sides: else the peer adds two maxima.
    const reduction = params.lr_post * params.lr_pre < 0 && dice.chance(0.3) ? { batch_reduction: 'amax' } : {};
    const every = dice.chance(0.3) ? { update_every: dice.integer(1, 4) } : {};
    return { ...drawn, params: { ...drawn.params, ...reduction, ...every } };
  },
};
export const stdpConv: Loops = {
  expected: stdp.expected,
  draw: (dice) => drawnPairs(dice, true, pairParams(dice)),
};
export const triplet: Loops = {
  expected: pairs(tripletHalves, 'lr_post_pair', 'lr_pre_pair'),
  draw: (dice) => {
    const { dt, trace_mode } = pairParams(dice);
    const [fastPost, fastPre] = [dice.number(5, 12), dice.number(5, 12)];
    return drawnPairs(dice, dice.chance(0.3), {
      ...{ lr_post_pair: rate(dice), lr_post_triplet: dice.number(0.01, 0.1) },
      ...{ lr_pre_pair: rate(dice), lr_pre_triplet: dice.number(0.01, 0.1) },
      ...{ tc_post_fast: fastPost, tc_post_slow: fastPost + dice.number(1, 30) },
      ...{ tc_pre_fast: fastPre, tc_pre_slow: fastPre + dice.number(1, 30), dt, trace_mode },
    });
  },
};
export const mstdp: Loops = { expected: rewards(pairHalves), draw: (dice) => drawnRewards(dice) };
export const mstdpet: Loops = {
  expected: rewards((given) => eligible(pairHalves(given), given.params)),
  draw: (dice) => drawnRewards(dice, { tc_eligibility: dice.number(5, 40) }),
};
export const bounded: Loops = {
  expected: stdp.expected,
  draw: (dice) => {
    const drawn = drawnPairs(dice, false, {
      ...pairParams(dice),
      ...{ lr_post: dice.number(0.05, 0.3), lr_pre: dice.number(-0.3, -0.05) },
    });
    const [half, bound] = [dice.chance(0.6), dice.one(...boundNames)];
    // Full powers crash in the peer; a fractional power beyond its limit is NaN there.
    const name = !half && bound.endsWith('power') ? 'sharp' : bound;
    const [min, max] = dice.one([0, 1], [-0.25, 1.25]) as [number, number];
    const side = () => ({
      ...(name.endsWith('power') && { power: dice.one(1, 2) }),
      ...(name.startsWith('scaled') && { range: max - min }),
    });
    const sides = half ? { upper: side(), lower: side() } : {};
    return { ...drawn, params: { ...drawn.params, max, min, bound: name, ...sides } };
  },
};
