import fc from 'fast-check';
import { isRecord } from '../../../src/core/trees.js';
import * as library from '../../../src/entries/everything.js';
import { type Call, call, ownCall } from '../call.js';
import { items, type Recipe, record, value, values } from '../recipes.js';

const { constantFrom } = fc;

/** Two populations and a source, with a rule, every field a place for slips. */
const projection = {
  receptor: value('gaba'),
  delay: value(1),
  weight: record({ uniform: items(value(0), value(1)) }),
  wiring: values({ type: 'sparse', probability: 0.5, self: false }),
  rule: record({ rule: value('vogelsStdp'), params: values({ eta: 0.1 }) }),
};
/** Whether a value lies within itself. */
function isCircle(value: unknown): boolean {
  try {
    JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? 0 : part));
    return false;
  } catch {
    return true;
  }
}

export const circuit: Recipe = record({
  dt: value(0.5),
  seed: value(3),
  populations: record({
    e: record({ size: value(3), neuron: value('condLif'), params: values({ current: 200 }), init: values({ v: -55 }) }),
    i: values({ size: 2, neuron: 'lif' }),
    in: values({ size: 2, source: 'poisson', rate: 20 }),
  }),
  projections: record({
    ie: record({ from: value('i'), to: value('e'), ...projection }),
    in: record({ from: value('in'), to: value('i'), weight: value(2) }),
  }),
  records: record({ spikes: items(value('e')), rates: record({ of: items(value('i')), every: value(1) }) }),
});

/** Whether some number in a circuit asks for more than a moment: neurons, steps, targets. */
export const isVast = (args: readonly unknown[]): boolean => args.some((arg) => hasMany(arg, 0));
const hasMany = (tree: unknown, depth: number): boolean => {
  if (typeof tree === 'number') return tree > 1e4;
  const branches = Array.isArray(tree) ? tree : isRecord(tree) ? Object.values(tree) : [];
  return depth < 8 && branches.some((branch) => hasMany(branch, depth + 1));
};

/** One population, wired with itself. */
const small: Recipe = record({
  dt: value(1),
  populations: record({ a: values({ size: 2, neuron: 'lif' }) }),
  projections: record({ aa: values({ from: 'a', to: 'a', weight: 1 }) }),
});

const wiring: Recipe = record({
  aa: record({ start: value(Uint32Array.of(0, 2, 4)), target: value(Uint16Array.of(0, 1, 0, 1)) }),
});

const own: Recipe = record({ variables: values({ v: 0, input: 0 }), receptors: items(value('input')), step: value(() => ({})) });

const lone = { dt: 1, populations: { a: { size: 2, neuron: 'lif' } } } as const;
const atRest = library.init(lone, {});
const world: Recipe = record({
  init: value({}),
  act: value(() => ({ steps: 1, input: {} })),
  see: value((memory: unknown) => memory),
});

/** Options of published circuits, and of what they live in. */
const published = [
  ['vogels2011', library.vogels2011, { seed: 2, targetRate: 3, eta: 0.1, share: 0.5 }],
  ['songMillerAbbott2000', library.songMillerAbbott2000, { seed: 2, rate: 40, dt: 1 }],
  ['songCorrelated', library.songCorrelated, { seed: 2, rate: 10, dt: 1 }],
  ['masquelier2008', library.masquelier2008, { seed: 2, dt: 0.1, traceMode: 'nearest' }],
  ['masquelierWorld', library.masquelierWorld, { seed: 2, seconds: 1, dt: 1 }],
  ['masquelierInput', library.masquelierInput, { seed: 2, seconds: 0.2, dt: 1 }],
  ['izhikevich2007', library.izhikevich2007, { seed: 2 }],
  ['izhikevichWorld', library.izhikevichWorld, { seed: 2, randomEvery: 1000 }],
  ['florian2007', library.florian2007, { seed: 2 }],
  ['florianWorld', library.florianWorld, { seed: 2 }],
  ['brunel', library.brunel, { seed: 2, g: 5, external: 2 }],
] as const;
/** What comes of a circuit from its beginning. */
const ranComposed = async (given: library.Circuit, ...more: readonly never[]) => {
  const [{ populations }] = await library.runComposed(given, begun(given), ...(more as unknown as [number]));
  return { v: populations['e']?.['v'] };
};
const begun = (given: library.Circuit) => library.init(given, library.wire(given));

/** Networks of populations and projections. */
export const circuitCalls: readonly Call[] = [
  ownCall('wire', constantFrom([circuit]), library.wire, { without: true, skip: isVast }),
  ownCall('init', constantFrom([small, wiring]), library.init, { without: true, skip: isVast }),
  ownCall('run', constantFrom([value(lone), value(atRest), value(3), values({})]), library.run, { without: true, skip: isVast }),
  ownCall('interact', constantFrom([value(lone), world, items(value(atRest), value({})), value(2)]), library.interact, {
    without: true,
    skip: (args) => isVast(args) || isCircle(args[2]), // a memory is the environment's own, and comes back as it is
  }),
  ...published.map(([name, make, options]) =>
    ownCall(name, constantFrom([values(options)]), make, { without: true, skip: isVast }),
  ),
  call('runComposed', constantFrom([circuit, value(2)]), ranComposed, { without: true, skip: isVast }),
  ownCall('registerNeuron', constantFrom([value('mine'), own]), library.registerNeuron, { without: true }),
];
