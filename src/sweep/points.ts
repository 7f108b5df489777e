import { at } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { fork, randomUint32 } from '../core/random.js';
import type { SweepSpec, Values } from './sweepSpec.js';

/** A value for each parameter that is swept, by its path. */
export type Point = { readonly [path: string]: unknown };

/** More runs than this are taken to be a mistake. */
const most = 1e6;

/** How many points a spec has. @throws {StdpError} when they make more than a million runs. */
export function countPoints({ set, mode, draws = 1, seeds }: SweepSpec): number {
  const lengths = Object.values(set).map((values) => (isList(values) ? values.length : 1));
  const grid = () => lengths.reduce((product, length) => product * length, 1);
  const points = mode === 'random' ? draws : mode === 'zip' ? (lengths[0] ?? 1) : grid();
  const runs = points * seeds.length;
  ensure(
    runs <= most,
    'sweep',
    'set',
    () => `asks for ${runs} runs, ${points} settings of ${seeds.length} seeds; ${most} can be`,
  );
  return points;
}

/** The points of a spec, one after the other: on a grid the last parameter changes first. */
export function* points(spec: SweepSpec): Generator<Point> {
  const entries = Object.entries(spec.set);
  const count = countPoints(spec);
  const choose = { grid: onGrid, zip: zipped, random: drawn }[spec.mode];
  for (let index = 0; index < count; index++)
    yield Object.fromEntries(entries.map(([path], column) => [path, choose(spec, index, column)]));
}

/** Which value the parameter of a column takes at a point. */
type Choose = (spec: SweepSpec, index: number, column: number) => unknown;

const onGrid: Choose = ({ set }, index, column) => {
  const lists = Object.values(set).slice(column).map(listOf);
  const [list = [], ...faster] = lists;
  return list[Math.floor(index / faster.reduce((product, { length }) => product * length, 1)) % list.length];
};

const zipped: Choose = ({ set }, index, column) => listOf(at(Object.values(set), column))[index];

const drawn: Choose = ({ set, drawSeed }, index, column) => {
  const [values, random] = [at(Object.values(set), column), uniform(drawSeed, index, column)];
  if (isList(values)) return values[Math.floor(random * values.length)];
  const { from, to, scale = 'linear', integer = false } = values;
  const value = scale === 'log' ? from * (to / from) ** random : from + (to - from) * random;
  return integer ? Math.round(value) : value;
};

/** A random number of 53 bits in [0, 1) of its own for each draw and each parameter. */
function uniform(seed: number, draw: number, parameter: number): number {
  const words = randomUint32(2, fork(fork(seed, draw), parameter));
  return ((at(words, 0) >>> 5) * 2 ** 26 + (at(words, 1) >>> 6)) * 2 ** -53;
}

const isList = (values: Values): values is readonly unknown[] => Array.isArray(values);

const listOf = (values: Values): readonly unknown[] => (isList(values) ? values : []);
