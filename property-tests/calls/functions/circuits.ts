import fc from 'fast-check';
import { isRecord } from '../../../src/core/trees.js';
import * as library from '../../../src/entries/everything.js';
import { type Call, ownCall } from '../call.js';
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

/** Networks of populations and projections. */
export const circuitCalls: readonly Call[] = [
  ownCall('wire', constantFrom([circuit]), library.wire, { without: true, skip: isVast }),
  ownCall('init', constantFrom([small, wiring]), library.init, { without: true, skip: isVast }),
  ownCall('registerNeuron', constantFrom([value('mine'), own]), library.registerNeuron, { without: true }),
];
