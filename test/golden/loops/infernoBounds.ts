import type { Loops } from '../form.js';
import type { GoldenCase, GoldenTensor } from '../load.js';
import { golden, read } from './numbers.js';

/** What becomes of an increase and of a decrease of a parameter. */
export interface Bounds {
  upper(parameter: number, change: number): number;
  lower(parameter: number, change: number): number;
}

type Half = (room: number, settings: { readonly power?: number; readonly range?: number }) => number;

/** The factors of Inferno's bounds; `room` is what is left to the limit. */
const halves: { readonly [bound: string]: Half } = {
  power: (room, { power = 1 }) => room ** power,
  scaled_power: (room, { power = 1, range = 1 }) => (room / range) ** power,
  multiplicative: (room) => room,
  scaled_multiplicative: (room, { range = 1 }) => room / range,
  sharp: (room) => (room > 0 ? 1 : 0),
};

export const boundNames: readonly string[] = Object.keys(halves);

const half = (name: string): Half => halves[name] ?? (() => Number.NaN);

/** The bounds of a case: `upper` and `lower` with their own settings, or both at once, scaled by the whole range. */
export function bounds({ bound, max, min, upper, lower }: GoldenCase['params']): Bounds {
  if (bound === undefined) return { upper: (_, change) => change, lower: (_, change) => change };
  const range = max - min;
  return {
    upper: (parameter, change) => change * half(bound)(max - parameter, upper ?? { range }),
    lower: (parameter, change) => change * half(bound)(parameter - min, lower ?? { range }),
  };
}

const overAll = ({ inputs }: GoldenCase, value: (parameter: number, pos: number, neg: number) => number): GoldenTensor => {
  const [param, pos, neg] = [read(inputs.param), read(inputs.pos), read(inputs.neg)];
  return golden({ shape: param.shape, data: param.data.map((p, n) => value(p, pos.data[n] ?? 0, neg.data[n] ?? 0)) });
};

/** Beyond its limit a fractional power is NaN in the peer; `factor` is what becomes of it. */
export function boundingFunctions(given: GoldenCase, factor = (value: number) => value) {
  const { max, min, upper_power, lower_power, half_power, range } = given.params;
  const upper = (name: string, power: number) => overAll(given, (p, pos) => pos * factor(half(name)(max - p, { power, range })));
  const lower = (name: string, power: number) =>
    overAll(given, (p, _, neg) => neg * factor(half(name)(p - min, { power, range })));
  const full = (name: string) => {
    const both = bounds({ bound: name, max, min });
    return overAll(given, (p, pos, neg) => both.upper(p, pos) - both.lower(p, neg));
  };
  return {
    ...{ upper_power: upper('power', upper_power), lower_power: lower('power', lower_power) },
    ...{ upper_power_half: upper('power', half_power), lower_power_half: lower('power', half_power) },
    ...{ upper_scaled_power: upper('scaled_power', upper_power), lower_scaled_power: lower('scaled_power', lower_power) },
    ...{ upper_multiplicative: upper('multiplicative', 1), lower_multiplicative: lower('multiplicative', 1) },
    upper_scaled_multiplicative: upper('scaled_multiplicative', 1),
    lower_scaled_multiplicative: lower('scaled_multiplicative', 1),
    ...{ upper_sharp: upper('sharp', 1), lower_sharp: lower('sharp', 1) },
    ...{ full_multiplicative: full('multiplicative'), full_scaled_multiplicative: full('scaled_multiplicative') },
    full_sharp: full('sharp'),
    full_multiplicative_maxonly: overAll(given, (p, pos, neg) => pos * (max - p) - neg),
    full_sharp_minonly: overAll(given, (p, pos, neg) => pos - (p > min ? neg : 0)),
  };
}

/** Both powers at once, with exponents of their own: the peer hands them over wrongly and crashes. */
export const fullPowers = (given: GoldenCase) => {
  const { max, min, upper_power, lower_power } = given.params;
  const full = (range: number) => (p: number, pos: number, neg: number) =>
    pos * ((max - p) / range) ** upper_power - neg * ((p - min) / range) ** lower_power;
  return { power: overAll(given, full(1)), scaled_power: overAll(given, full(max - min)) };
};

export const bounding: Loops = {
  expected: (given) => boundingFunctions(given),
  draw: (dice) => {
    const [min, max] = dice.one([0, 1], [-0.5, 0.75], [1, 3]) as [number, number];
    const count = dice.integer(1, 12);
    return {
      params: {
        ...{ max, min, upper_power: dice.one(1, 2, 3), lower_power: dice.one(1, 2, 3) },
        ...{ half_power: dice.one(0.5, 0.25, 1.5), range: dice.one(max - min, 2) },
      },
      inputs: {
        param: golden({
          shape: [count],
          data: [max, min, ...read(dice.values([count], min - 0.3, max + 0.3)).data].slice(0, count),
        }),
        ...{ pos: dice.values([count]), neg: dice.values([count]) },
      },
    };
  },
};
