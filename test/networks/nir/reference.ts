import { isGraph, type NirGraph, type NirNode } from '../../../src/formats/nir/nirGraph.js';
import { arrayOf, numbersOf } from '../../../src/formats/nir/nirShapes.js';

/** What a graph gives, its potentials in the end, and how near one came to its threshold: nearer than rounding, and spikes could differ. */
export interface Answer {
  readonly outputs: readonly (readonly number[])[];
  readonly potentials: ReadonlyMap<string, readonly number[]>;
  readonly margin: number;
}

type Values = readonly number[];

/** A node with what feeds it, by the path of its name. */
interface Placed {
  readonly node: NirNode;
  readonly from: string[];
}

/** All nodes of a graph and of those in it. */
function placed(graph: NirGraph, prefix = '', all = new Map<string, Placed>()): ReadonlyMap<string, Placed> {
  const door = (name: string, type: string): string => {
    const inner = graph.nodes[name];
    if (inner === undefined || !isGraph(inner)) return prefix + name;
    const [found = ''] = Object.keys(inner.nodes).filter((key) => inner.nodes[key]?.type === type);
    return `${prefix}${name}/${found}`;
  };
  for (const [name, node] of Object.entries(graph.nodes)) {
    if (isGraph(node)) placed(node, `${prefix}${name}/`, all);
    else all.set(prefix + name, { node, from: [] });
  }
  for (const [from, to] of graph.edges) all.get(door(to, 'Input'))?.from.push(door(from, 'Output'));
  return all;
}

/**
 * The formulas of NIR in plain numbers of double precision, forward Euler, the current first; one sample. A node that is asked while it
 * is being computed gives its output of the step before, 0 at first.
 *
 * @param channels  of the square images that each pool gets.
 */
export function reference(
  graph: NirGraph,
  dt: number,
  inputs: readonly Values[],
  channels: { readonly [pool: string]: number } = {},
): Answer {
  const nodes = placed(graph);
  const memory = new Map<string, Map<string, Values>>();
  const outputs: Values[] = [];
  let [previous, margin] = [new Map<string, Values>(), Number.POSITIVE_INFINITY];
  for (const input of inputs) {
    const [now, busy] = [new Map<string, Values>(), new Set<string>()];
    const give = (name: string): Values => {
      const known = now.get(name);
      if (known) return known;
      if (busy.has(name)) return previous.get(name) ?? [0];
      busy.add(name);
      const { node, from } = nodes.get(name) as Placed;
      const arrived = node.type === 'Input' && from.length === 0 ? [input] : [...from].sort().map(give);
      const longest = arrived.reduce((most, { length }) => Math.max(most, length), 0);
      const sum = Array.from({ length: longest }, (_, i) => arrived.reduce((total, values) => total + (values[i] ?? 0), 0));
      const held = memory.get(name) ?? new Map<string, Values>();
      memory.set(name, held);
      const value = respond(node, sum, held, dt, channels[name] ?? 1, (distance) => {
        margin = Math.min(margin, distance);
      });
      now.set(name, value);
      busy.delete(name);
      return value;
    };
    const [last = ''] = Object.keys(graph.nodes).filter((name) => graph.nodes[name]?.type === 'Output');
    outputs.push(give(last));
    for (const name of nodes.keys()) give(name);
    previous = now;
  }
  const potentials = [...memory].flatMap(([name, held]) => (held.has('v') ? [[name, held.get('v') ?? []] as const] : []));
  return { outputs, potentials: new Map(potentials), margin };
}

const known = new WeakMap<NirNode, Map<string, Values>>();

/** {@link numbersOf}, told once. */
function parameterOf(node: NirNode, name: string): Values {
  const mine = known.get(node) ?? new Map<string, Values>();
  known.set(node, mine);
  const values = mine.get(name) ?? numbersOf(node, name) ?? [];
  mine.set(name, values);
  return values;
}

function respond(
  node: NirNode,
  x: Values,
  held: Map<string, Values>,
  dt: number,
  channels: number,
  near: (distance: number) => void,
): Values {
  const of = (name: string): Values => parameterOf(node, name);
  const get = (name: string, i: number): number => of(name)[i] as number;
  const shape = arrayOf(node, 'weight')?.shape ?? [];
  const count = arrayOf(node, node.type === 'IF' || node.type === 'I' ? 'r' : 'v_leak')?.data.length ?? x.length;
  switch (node.type) {
    case 'Input':
    case 'Output':
    case 'Flatten':
      return x;
    case 'Linear':
    case 'Affine': {
      const [weight, [rows = 0, columns = 0]] = [of('weight'), shape];
      const bias = node.type === 'Affine' ? of('bias') : [];
      return Array.from({ length: rows }, (_, o) =>
        x.reduce((total, value, i) => total + value * (weight[o * columns + i] as number), bias[o] ?? 0),
      );
    }
    case 'Scale':
      return x.map((value, i) => value * get('scale', i));
    case 'Threshold':
      return x.map((value, i) => Number(value > get('threshold', i)));
    case 'Delay': {
      const steps = of('delay').map((time) => Math.round(time / dt));
      const past = [...(held.get('past') ?? []), ...x];
      held.set('past', past);
      const t = past.length / x.length - 1;
      return x.map((_, i) => past[(t - (steps[i] as number)) * x.length + i] ?? 0);
    }
    case 'Conv1d':
    case 'Conv2d':
      return convolved(node, x, shape);
    case 'SumPool2d':
    case 'AvgPool2d':
      return pooled(node, x, channels);
    default: {
      const [v, i] = [held.get('v') ?? of('v_leak'), held.get('i') ?? []];
      const cuba = node.type.startsWith('Cuba');
      const leaky = !['I', 'IF'].includes(node.type);
      const current = Array.from({ length: count }, (_, n) => {
        const drive = x[n] ?? 0;
        return cuba ? (i[n] ?? 0) + (dt / get('tau_syn', n)) * (get('w_in', n) * drive - (i[n] ?? 0)) : drive;
      });
      const u = current.map((drive, n) => {
        const before = v[n] ?? 0;
        if (!leaky) return before + dt * get('r', n) * drive;
        return before + (dt / get(cuba ? 'tau_mem' : 'tau', n)) * (get('v_leak', n) - before + get('r', n) * drive);
      });
      held.set('i', current);
      if (!('v_threshold' in node.params)) {
        held.set('v', u);
        return u;
      }
      for (const [n, potential] of u.entries()) near(Math.abs(potential - get('v_threshold', n)));
      const z = u.map((potential, n) => Number(potential > get('v_threshold', n)));
      held.set(
        'v',
        u.map((potential, n) => (z[n] ? (of('v_reset')[n] ?? 0) : potential)),
      );
      return z;
    }
  }
}

/** Numbers of a parameter for two axes; one axis counts as an image of one row. */
function pair(node: NirNode, name: string, otherwise: number, flat: boolean): readonly [number, number] {
  const values = numbersOf(node, name) ?? [];
  if (flat) return [otherwise, values[0] ?? otherwise];
  return [values[0] ?? otherwise, values[1] ?? values[0] ?? otherwise];
}

function convolved(node: NirNode, x: Values, given: readonly number[]): Values {
  const flat = node.type === 'Conv1d';
  const [maps = 0, inputs = 0, ...taps] = given;
  const [kh = 1, kw = 1] = flat ? [1, ...taps] : taps;
  const [weight, bias] = [numbersOf(node, 'weight') ?? [], numbersOf(node, 'bias') ?? []];
  const [[sy, sx], [dy, dx]] = [pair(node, 'stride', 1, flat), pair(node, 'dilation', 1, flat)];
  const groups = numbersOf(node, 'groups')?.[0] ?? 1;
  const [height, width] = pair(node, 'input_shape', 1, flat);
  const same = node.params['padding'] === 'same';
  const [py, px] = same ? [Math.floor((dy * (kh - 1)) / 2), Math.floor((dx * (kw - 1)) / 2)] : pair(node, 'padding', 0, flat);
  const out = (size: number, pad: number, kernel: number, dilation: number, stride: number): number =>
    same ? size : Math.floor((size + 2 * pad - dilation * (kernel - 1) - 1) / stride) + 1;
  const [oh, ow] = [out(height, py, kh, dy, sy), out(width, px, kw, dx, sx)];
  return Array.from({ length: maps * oh * ow }, (_, place) => {
    const [o, oy, ox] = [Math.floor(place / (oh * ow)), Math.floor(place / ow) % oh, place % ow];
    let total = bias[o] ?? 0;
    for (let c = 0; c < inputs; c++)
      for (let ky = 0; ky < kh; ky++)
        for (let kx = 0; kx < kw; kx++) {
          const [iy, ix] = [oy * sy + ky * dy - py, ox * sx + kx * dx - px];
          const channel = Math.floor(o / (maps / groups)) * inputs + c;
          if (iy < 0 || ix < 0 || iy >= height || ix >= width) continue;
          total +=
            (weight[((o * inputs + c) * kh + ky) * kw + kx] as number) * (x[(channel * height + iy) * width + ix] as number);
        }
    return total;
  });
}

/** Of square images: a pool doesn't tell the sides of what it gets. */
function pooled(node: NirNode, x: Values, channels: number): Values {
  const side = Math.sqrt(x.length / channels);
  const [[kh, kw], [sy, sx], [py, px]] = [
    pair(node, 'kernel_size', 1, false),
    pair(node, 'stride', 1, false),
    pair(node, 'padding', 0, false),
  ];
  const [oh, ow] = [Math.floor((side + 2 * py - kh) / sy) + 1, Math.floor((side + 2 * px - kw) / sx) + 1];
  return Array.from({ length: channels * oh * ow }, (_, place) => {
    const [c, oy, ox] = [Math.floor(place / (oh * ow)), Math.floor(place / ow) % oh, place % ow];
    let total = 0;
    for (let ky = 0; ky < kh; ky++)
      for (let kx = 0; kx < kw; kx++) {
        const [iy, ix] = [oy * sy + ky - py, ox * sx + kx - px];
        if (iy >= 0 && ix >= 0 && iy < side && ix < side) total += x[(c * side + iy) * side + ix] as number;
      }
    return node.type === 'AvgPool2d' ? total / (kh * kw) : total;
  });
}
