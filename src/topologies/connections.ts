import { ensure } from '../core/errors.js';
import { isListOf } from '../core/lists.js';
import { ensureIs, fractionScalar, integerFrom } from '../core/params/validation.js';
import { fork, randomUint32 } from '../core/random.js';
import { show } from '../core/show.js';
import { isRecord } from '../core/trees.js';

/** Synapses drawn at random. */
export interface DrawnConnections {
  /** Probability that there is a synapse between two neurons, 0 to 1. */
  readonly probability: number;
  /** An integer ≥ 0. */
  readonly seed: number;
}

/** Which synapses there are: pairs [input, output], or what they are drawn by. */
export type SparseConnections = readonly (readonly [input: number, output: number])[] | DrawnConnections;

/** Neurons of both layers. */
export interface SparseSizes {
  readonly inputs: number;
  readonly outputs: number;
}

/** The synapses by input, and for each input by output: which neurons each of them connects. */
export interface Connections extends SparseSizes {
  readonly input: Int32Array;
  readonly output: Int32Array;
  /** What plain JSON says of them, beside the sizes. */
  readonly json: { readonly [option: string]: unknown };
}

const aSize = integerFrom(1, 2 ** 24);

/** @throws {StdpError} when they are none, give no synapse, lie outside the layers or come twice. */
export function connectionsOf(given: SparseConnections, sizes: SparseSizes | undefined, where: string): Connections {
  if (sizes !== undefined) {
    ensure(isRecord(sizes as unknown), where, 'sizes', () => `must be { inputs, outputs }, got ${show(sizes)}`);
    for (const name in sizes)
      ensure(['inputs', 'outputs'].includes(name), where, name, () => 'is not a size; known are inputs, outputs');
    ensureIs(aSize, sizes.inputs, where, 'inputs');
    ensureIs(aSize, sizes.outputs, where, 'outputs');
  }
  const found = Array.isArray(given) ? listed(given, sizes, where) : drawn(given as DrawnConnections, sizes, where);
  const { inputs, outputs, input } = found;
  ensure(input.length > 0, where, 'connections', () => `give no synapse between ${inputs} inputs and ${outputs} outputs`);
  return found;
}

function listed(pairs: readonly (readonly [number, number])[], sizes: SparseSizes | undefined, where: string): Connections {
  const isNeuron = (neuron: unknown): boolean => Number.isSafeInteger(neuron) && Number(neuron) >= 0;
  const arePairs = isListOf(pairs, (pair) => isListOf(pair, isNeuron) && pair.length === 2);
  ensure(arePairs, where, 'connections', () => `must be pairs [input, output], got ${show(pairs)}`);
  ensure(sizes !== undefined || pairs.length > 0, where, 'sizes', () => 'are missing: no pair tells how many neurons there are');
  const most = (side: 0 | 1) => pairs.reduce((largest, pair) => Math.max(largest, pair[side]), -1);
  const { inputs, outputs } = sizes ?? { inputs: most(0) + 1, outputs: most(1) + 1 };
  ensure(most(0) < inputs && most(1) < outputs, where, 'connections', () => {
    const stray = pairs.find(([input, output]) => input >= inputs || output >= outputs);
    return `holds ${show(stray)}, the layers have ${inputs} inputs and ${outputs} outputs`;
  });
  const sorted = pairs.map(([input, output]) => [input, output] as const).sort(([a, x], [b, y]) => a - b || x - y);
  const twice = sorted.find(([input, output], at) => sorted[at - 1]?.[0] === input && sorted[at - 1]?.[1] === output);
  ensure(twice === undefined, where, 'connections', () => `holds ${show(twice)} twice`);
  return {
    inputs,
    outputs,
    input: Int32Array.from(sorted, ([input]) => input),
    output: Int32Array.from(sorted, ([, output]) => output),
    json: { indices: sorted },
  };
}

function drawn(given: DrawnConnections, sizes: SparseSizes | undefined, where: string): Connections {
  const isDrawn = isRecord(given as unknown);
  ensure(isDrawn, where, 'connections', () => `must be pairs [input, output] or { probability, seed }, got ${show(given)}`);
  for (const name in given)
    ensure(['probability', 'seed'].includes(name), where, name, () => 'is not an option; known are probability, seed');
  const { probability, seed } = given;
  ensureIs(fractionScalar, probability, where, 'probability');
  ensureIs(integerFrom(0), seed, where, 'seed');
  ensure(sizes !== undefined, where, 'sizes', () => 'are missing: { inputs, outputs }');
  const { inputs, outputs } = sizes;
  const [rows, columns]: [number[], number[]] = [[], []];
  const limit = probability * 2 ** 32;
  for (let input = 0; input < inputs; input++)
    randomUint32(outputs, fork(seed, input)).forEach((draw, output) => {
      if (draw >= limit) return;
      rows.push(input);
      columns.push(output);
    });
  return { inputs, outputs, input: Int32Array.from(rows), output: Int32Array.from(columns), json: { probability, seed } };
}
