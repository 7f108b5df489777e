import { at } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { sameShape } from '../../core/tensors.js';
import type { FileArray } from '../arrays/fileArray.js';
import { isFileArray, isGraph, type NirGraph, type NirNode } from './nirGraph.js';
import { isElementwise } from './nodeTypes.js';

/** What goes into a node and what comes out of it, as far as its parameters tell. */
export interface Ends {
  readonly into?: readonly number[] | undefined;
  readonly out?: readonly number[] | undefined;
}

/**
 * What goes into each node and comes out of it.
 *
 * @throws {StdpError} unless edges name nodes, there is something to enter and to leave by, and shapes agree within nodes and along edges.
 */
export function checkGraph(graph: NirGraph, path: string, where: string, file: string): ReadonlyMap<string, Ends> {
  const require = (condition: boolean, problem: () => string) =>
    ensure(condition, where, file, () => `has ${path}, ${problem()}`);
  const ends = new Map<string, Ends>();
  for (const [name, node] of Object.entries(graph.nodes)) {
    if (isGraph(node)) checkGraph(node, `${path}/nodes/${name}`, where, file);
    ends.set(name, isGraph(node) ? endsOfGraph(node) : endsOf(node, `${path}/nodes/${name}`, where, file));
  }
  for (const type of ['Input', 'Output'])
    require(Object.values(graph.nodes).some((node) => node.type === type), () => `a graph without ${type}`);
  for (const [from, to] of graph.edges)
    for (const name of [from, to])
      require(ends.has(name), () =>
        `whose edge ${show(from)} → ${show(to)} names ${show(name)}, its nodes are ${show([...ends.keys()])}`);
  // What a pool gives follows from what it gets; another round as long as one more is known.
  for (let [before, now] = [0, spread(graph, ends)]; now > before; [before, now] = [now, spread(graph, ends)]);
  for (const [from, to] of graph.edges) {
    const [out, into] = [ends.get(from)?.out, ends.get(to)?.into];
    const fits = out === undefined || into === undefined || sameShape(out, into);
    require(fits, () => `whose node ${show(from)} gives ${show(out)}, and ${show(to)} takes ${show(into)}`);
  }
  return ends;
}

/** Tells pools what they get. @returns how many nodes are known then. */
function spread(graph: NirGraph, ends: Map<string, Ends>): number {
  for (const [from, to] of graph.edges) {
    const node = graph.nodes[to];
    const [out, known] = [ends.get(from)?.out, ends.get(to)?.into];
    if (node === undefined || isGraph(node) || !node.type.endsWith('Pool2d') || out?.length !== 3 || known !== undefined)
      continue;
    const sizes = numbersOf(node, 'kernel_size');
    if (sizes === undefined) continue;
    ends.set(to, { into: out, out: [at(out, 0), ...slid(node, out.slice(1), sizes)] });
  }
  return [...ends.values()].filter(({ into }) => into !== undefined).length;
}

/** The shapes at both ends of a graph, where it has one of each. */
function endsOfGraph({ nodes }: NirGraph): Ends {
  const shapes = (type: string) =>
    Object.values(nodes).flatMap((node) => (node.type === type && !isGraph(node) ? [numbersOf(node, 'shape')] : []));
  const [inputs, outputs] = [shapes('Input'), shapes('Output')];
  return { into: inputs.length === 1 ? inputs[0] : undefined, out: outputs.length === 1 ? outputs[0] : undefined };
}

function endsOf(node: NirNode, path: string, where: string, file: string): Ends {
  const { type, params } = node;
  const require = (condition: boolean, problem: () => string) =>
    ensure(condition, where, file, () => `has ${path}, ${problem()}`);
  const shapes = Object.entries(params).flatMap(([name, value]) => (isFileArray(value) ? [[name, value.shape] as const] : []));
  if (isElementwise(type)) {
    const [[first = '', shape = []] = [], ...others] = shapes;
    const odd = others.find(([, other]) => !sameShape(other, shape));
    require(odd === undefined, () => `whose ${first} has shape ${show(shape)}, and ${odd?.[0]} ${show(odd?.[1])}`);
    return { into: shape, out: shape };
  }
  const weight = arrayOf(node, 'weight')?.shape ?? [];
  const bias = arrayOf(node, 'bias')?.shape;
  const axes = { Linear: 2, Affine: 2, Conv1d: 3, Conv2d: 4 }[type];
  require(axes === undefined || weight.length === axes, () => `whose weight has shape ${show(weight)}, needs ${axes} axes`);
  const fits = bias === undefined || (type === 'Affine' ? bias.at(-1) : bias[0]) === weight[0];
  require(fits, () => `whose bias has shape ${show(bias)}, its weight ${show(weight)}`);
  switch (type) {
    case 'Input':
    case 'Output': {
      const shape = numbersOf(node, 'shape');
      return { into: shape, out: shape };
    }
    case 'Linear':
    case 'Affine':
      return { into: [at(weight, 1)], out: [at(weight, 0)] };
    case 'Conv1d':
    case 'Conv2d': {
      const input = numbersOf(node, 'input_shape');
      if (input?.length !== weight.length - 2) return {};
      const groups = numbersOf(node, 'groups')?.[0] ?? 1;
      return { into: [at(weight, 1) * groups, ...input], out: [at(weight, 0), ...slid(node, input, weight.slice(2))] };
    }
    case 'Flatten':
      return flattened(numbersOf(node, 'input_type'), numbersOf(node, 'start_dim')?.[0], numbersOf(node, 'end_dim')?.[0]);
    case 'SumPool2d':
    case 'AvgPool2d': {
      const sizes = numbersOf(node, 'kernel_size');
      require(sizes?.length === 1 || sizes?.length === 2, () =>
        `whose kernel_size must be one number or two, got ${show(sizes)}`);
      return {};
    }
    default:
      return {};
  }
}

/** Axes from the first to the last one counted as one, from the end where they are negative. */
function flattened(into: readonly number[] | undefined, start = 0, end = -1): Ends {
  if (into === undefined) return {};
  const placed = (axis: number): number => (axis < 0 ? axis + into.length : axis);
  const [from, to] = [placed(start), placed(end) + 1];
  return {
    into,
    out: [...into.slice(0, from), into.slice(from, to).reduce((product, length) => product * length, 1), ...into.slice(to)],
  };
}

/** How often a window of a size fits on each axis. */
function slid(node: NirNode, lengths: readonly number[], sizes: readonly number[]): readonly number[] {
  const each = (name: string, axis: number, otherwise: number): number => {
    const values = numbersOf(node, name) ?? [];
    return values[values.length === 1 ? 0 : axis] ?? otherwise;
  };
  return lengths.map((length, axis) => {
    const stride = each('stride', axis, 1);
    if (node.params['padding'] === 'same') return Math.ceil(length / stride);
    const padding = node.params['padding'] === 'valid' ? 0 : each('padding', axis, 0);
    const reach = each('dilation', axis, 1) * (at(sizes, sizes.length === 1 ? 0 : axis) - 1) + 1;
    return Math.floor((length + 2 * padding - reach) / stride) + 1;
  });
}

/** An array among the parameters of a node. */
export function arrayOf({ params }: NirNode, name: string): FileArray | undefined {
  const value = params[name];
  return isFileArray(value) ? value : undefined;
}

/** Its values as numbers. */
export const numbersOf = (node: NirNode, name: string): readonly number[] | undefined => {
  const data = arrayOf(node, name)?.data;
  return data && Array.from<number | bigint, number>(data, Number);
};
