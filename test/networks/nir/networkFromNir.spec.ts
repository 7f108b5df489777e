import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { scan } from '../../../src/core/scan.js';
import type { NirGraph, NirNode } from '../../../src/formats/nir/nirGraph.js';
import { type NirTime, networkFromNir } from '../../../src/networks/nir/networkFromNir.js';
import { chain, floats, integers, node, one, scattered, spread } from './graphs.js';
import { reference } from './reference.js';

/** Outputs of a graph over random input, and those of the formulas; potentials must not lie so near a threshold that rounding decides. */
async function both(graph: NirGraph, into: readonly number[], time: NirTime, channels: { readonly [pool: string]: number } = {}) {
  const [steps, count] = [14, into.reduce((product, length) => product * length, 1)];
  const inputs = Array.from({ length: steps }, (_, t) => scattered(t + 1, count, 0, 1).map((value) => Number(value > 0.6)));
  const network = networkFromNir(graph, time);
  const [, outputs] = scan(network.step, network.init(), tf.tensor(inputs.flat(), [steps, 1, ...into]));
  const mine = await outputs.data();
  const { outputs: wanted, margin } = reference(graph, time.dt, inputs, channels);
  network.dispose();
  expect(margin).toBeGreaterThan(1e-5);
  expect(outputs.shape).toEqual([steps, 1, ...network.outputShape]);
  return { mine: Array.from(mine), wanted: wanted.flat() };
}

async function agree(...given: Parameters<typeof both>): Promise<void> {
  const { mine, wanted } = await both(...given);
  expect(Math.max(...wanted.map(Math.abs))).toBeGreaterThan(0.01);
  expect(mine).toHaveLength(wanted.length);
  expect(Math.max(...mine.map((value, index) => Math.abs(value - (wanted[index] as number))))).toBeLessThan(2e-4);
}

const seconds: NirTime = { dt: 1e-3, unit: 's' };
const conv = (params: NirNode['params'], type = 'Conv2d') =>
  node(type, { stride: one(1), padding: one(0), dilation: one(1), groups: one(1), ...params });
const pool = (type: string, kernel: number, stride: number, padding: number) =>
  node(type, { kernel_size: integers(kernel, kernel), stride: integers(stride, stride), padding: integers(padding, padding) });
const lif = (n: number, more: NirNode['params'] = {}) =>
  node('LIF', {
    tau: spread(1, [n], 0.004, 0.02),
    r: spread(2, [n], 2, 4),
    v_leak: spread(3, [n], -0.1, 0.1),
    v_threshold: spread(4, [n], 0.3, 0.6),
    ...more,
  });
const cuba = (n: number, type = 'CubaLIF') => {
  const { params } = lif(n);
  const { tau, r, v_leak, v_threshold } = params as { readonly [name: string]: ReturnType<typeof floats> };
  const own = { tau_mem: tau, tau_syn: spread(5, [n], 0.002, 0.01), r, v_leak, w_in: spread(6, [n], 1, 3) } as NirNode['params'];
  return node(type, type === 'CubaLIF' ? ({ ...own, v_threshold, v_reset: spread(7, [n], -0.2, 0) } as NirNode['params']) : own);
};

describe('a graph runs as the formulas say', () => {
  it('of images: strides, padding, groups, pools, and the neurons behind them', () =>
    agree(
      chain([2, 8, 8], [3], {
        conv: conv({
          weight: spread(11, [4, 1, 3, 3], -0.5, 1),
          bias: spread(12, [4], 0, 0.2),
          padding: integers(1, 1),
          groups: one(2),
          input_shape: integers(8, 8),
        }),
        if: node('IF', { r: spread(13, [4, 8, 8], 300, 900), v_threshold: spread(14, [4, 8, 8], 0.7, 1.3) }),
        sum: pool('SumPool2d', 2, 2, 0),
        mean: pool('AvgPool2d', 3, 2, 1),
        flat: node('Flatten', { start_dim: one(0), end_dim: one(-1), input_type: integers(4, 2, 2) }),
        affine: node('Affine', { weight: spread(15, [5, 16], -0.4, 1), bias: spread(16, [5], -0.1, 0.1) }),
        cuba: cuba(5),
        linear: node('Linear', { weight: spread(17, [3, 5], 0, 2) }),
        scale: node('Scale', { scale: spread(18, [3], 0.5, 1.5) }),
        lif: lif(3, { v_reset: spread(19, [3], -0.3, 0.1) }),
        delay: node('Delay', { delay: floats([3], 0, 0.002, 0.001) }),
        cubali: cuba(3, 'CubaLI'),
        i: node('I', { r: spread(20, [3], 100, 400) }),
        li: node('LI', { tau: spread(21, [3], 0.005, 0.02), r: spread(22, [3], 1, 2), v_leak: spread(23, [3], -0.1, 0.1) }),
      }),
      [2, 8, 8],
      seconds,
      { sum: 4, mean: 4 },
    ));

  it('of images: strides with dilations, "same" and "valid"', () => {
    const strided = conv({
      ...{ weight: spread(31, [2, 2, 3, 2], -1, 1), bias: floats([2], 0), stride: integers(2, 3) },
      ...{ dilation: integers(2, 1), padding: integers(2, 0), input_shape: integers(9, 9) },
    });
    const same = conv({
      ...{ weight: spread(32, [3, 2, 2, 4], -1, 1), bias: floats([3], 0.1), padding: 'same', input_shape: integers(9, 9) },
    });
    const valid = conv({
      ...{ weight: spread(33, [1, 3, 4, 4], -1, 1), bias: floats([1], 0), padding: 'valid', input_shape: integers(9, 9) },
    });
    return Promise.all([
      agree(chain([2, 9, 9], [2, 5, 3], { strided }), [2, 9, 9], seconds),
      agree(chain([2, 9, 9], [1, 6, 6], { same, valid }), [2, 9, 9], seconds),
    ]);
  });

  it('of lines', () =>
    agree(
      chain([4, 12], [6, 5], {
        line: conv(
          {
            ...{ weight: spread(41, [6, 2, 3], -1, 1), bias: spread(42, [6], 0, 1), input_shape: one(12) },
            ...{ stride: one(2), dilation: one(2), padding: one(1), groups: one(2) },
          },
          'Conv1d',
        ),
        threshold: node('Threshold', { threshold: spread(43, [6, 5], 0, 1) }),
      }),
      [4, 12],
      { dt: 1, unit: 'steps' },
    ));

  const recurrent = (order: 1 | -1): NirGraph => {
    const weights = { fc: node('Linear', { weight: spread(51, [6, 3], 0, 1) }) };
    const again = { rec: node('Affine', { weight: spread(52, [6, 6], -1, 0.5), bias: spread(53, [6], 0, 0.1) }), lif: lif(6) };
    const { nodes, edges } = chain([3], [6], { ...weights, lif: lif(6) });
    const all = [...edges, ['lif', 'rec'], ['rec', 'lif']] as const;
    const named = Object.entries({ ...nodes, ...again });
    return {
      type: 'NIRGraph',
      nodes: Object.fromEntries(order === 1 ? named : [...named].reverse()),
      edges: order === 1 ? all : [...all].reverse(),
    };
  };

  it('in circles, whose weights see the spikes of the step before, whatever the order of nodes and edges', async () => {
    await agree(recurrent(1), [3], seconds);
    const [one, other] = await Promise.all([both(recurrent(1), [3], seconds), both(recurrent(-1), [3], seconds)]);
    expect(other.mine).toEqual(one.mine);
  });

  it('in graphs within graphs', async () => {
    const { nodes, edges } = recurrent(1);
    const { fc, lif: neurons, rec, input, output } = nodes as { readonly [name: string]: NirNode };
    const within = chain([6], [6], { lif: neurons as NirNode });
    const inner: NirGraph = {
      ...within,
      nodes: { ...within.nodes, rec: rec as NirNode },
      edges: [...within.edges, ['lif', 'rec'], ['rec', 'lif']],
    };
    const nested = {
      type: 'NIRGraph',
      nodes: { input, fc, inner, output },
      edges: [
        ['input', 'fc'],
        ['fc', 'inner'],
        ['inner', 'output'],
      ],
    } as const;
    expect(edges).toHaveLength(5);
    const [whole, parts] = await Promise.all([
      both(recurrent(1), [3], seconds),
      both(nested as unknown as NirGraph, [3], seconds),
    ]);
    expect(parts.mine).toEqual(whole.mine);
  });
});

describe('a network at work', () => {
  const graph = chain([3], [4], {
    fc: node('Linear', { weight: spread(61, [4, 3], 0, 1) }),
    lif: lif(4),
    wait: node('Delay', { delay: floats([4], 0.003) }),
  });

  it('goes on where it stopped, each sample by itself, and leaves what came in', async () => {
    const input = tf.tensor3d([...scattered(62, 10 * 2 * 3, 0, 1)], [10, 2, 3]);
    const network = networkFromNir(graph, seconds);
    const begin = network.init(2);
    const [, whole] = scan(network.step, begin, input);
    const [half, first] = scan(network.step, begin, tf.slice(input, [0, 0, 0], [4, 2, 3]));
    const [, second] = scan(network.step, half, tf.slice(input, [4, 0, 0], [6, 2, 3]));
    expect(await tf.concat([first, second]).data()).toEqual(await whole.data());
    const [, alone] = scan(network.step, network.init(), tf.slice(input, [0, 1, 0], [10, 1, 3]));
    expect(await alone.data()).toEqual(await tf.slice(whole, [0, 1, 0], [10, 1, 4]).data());
    expect((await whole.data()).some((value) => value === 1)).toBe(true);
    const { numTensors } = tf.memory();
    const [state, output] = network.step(begin, tf.ones([2, 3]));
    expect(tf.memory().numTensors - numTensors).toBe(1 + 2 + 1); // v, past and the output; and the input
    tf.dispose([state, output]);
    network.dispose();
  });

  it('holds no tensor after dispose, nor after a refusal', () => {
    const { numTensors } = tf.memory();
    networkFromNir(graph, seconds).dispose();
    expect(() => networkFromNir(graph, { dt: 1, unit: 's' })).toThrow();
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it.each<[string, (network: ReturnType<typeof networkFromNir>) => unknown, string]>([
    ['an input of another shape', ({ step, init }) => step(init(), [[1, 2]]), 'input has shape [1, 2], needs [batch, 3]'],
    ['a state of another batch', ({ step, init }) => step(init(2), [[1, 2, 3]]), 'state.lif.v has shape [2, 4], needs [1, 4]'],
    ['a state without a node', ({ step }) => step({}, [[1, 2, 3]]), 'state.lif must be a record of v, got undefined'],
    ['a batch of none', ({ init }) => init(0), 'batch must be an integer in [1, 16777216], got 0'],
  ])('refuses %s', (_, use, message) => {
    const network = networkFromNir(graph, seconds);
    expect(() => use(network)).toThrow(`networkFromNir: ${message}`);
    network.dispose();
  });
});

describe('what cannot run is refused in one line', () => {
  const plain = chain([4], [4], { lif: lif(4) });
  const other = (params: NirNode['params'], type = 'LIF') =>
    chain([4], [4], { lif: node(type, { ...lif(4).params, ...params }) });
  it.each<[string, NirGraph, unknown, RegExp]>([
    [
      'a step too long',
      plain,
      { dt: 1, unit: 's' },
      /has \/node\/nodes\/lif, whose tau is 0\.0\d+, less than half of dt = 1 s: .*are times in the file in s\?/,
    ],
    ['no unit', plain, { dt: 1 }, /^networkFromNir: unit must be one of 's', 'ms', 'steps', got undefined$/],
    ['no dt', plain, { unit: 's' }, /^networkFromNir: dt must be a number > 0, got undefined$/],
    [
      'no time',
      plain,
      undefined,
      /^networkFromNir: time must be \{ dt, unit \}: a file doesn't tell in what its times are; got undefined$/,
    ],
    ['a word too many', plain, { dt: 1, unit: 's', delay: 1 }, /^networkFromNir: time\.delay is not part of the time/],
    ['NaN', other({ r: floats([4], 1, Number.NaN) }), seconds, /has \/node\/nodes\/lif, whose r holds NaN$/],
    [
      'a time constant of 0',
      other({ tau: floats([4], 0) }),
      seconds,
      /has \/node\/nodes\/lif, whose tau must be above 0, got 0$/,
    ],
    [
      'a dangling edge',
      { ...plain, edges: [['input', 'fil']] },
      seconds,
      /has \/node, whose edge "input" → "fil" names "fil", its nodes are/,
    ],
    [
      'shapes that disagree',
      chain([3], [4], { lif: lif(4) }),
      seconds,
      /has \/node, whose node "input" gives \[3\], and "lif" takes \[4\]$/,
    ],
    [
      'a node that nothing feeds',
      { ...plain, edges: [['lif', 'output']], nodes: plain.nodes },
      seconds,
      /has \/node\/nodes\/lif, which no edge leads to$/,
    ],
    [
      'two inputs',
      { ...plain, nodes: { ...plain.nodes, more: node('Input', { shape: integers(4) }) } },
      seconds,
      /has \/node, a graph of 2 nodes Input, one is needed: \["input", "more"\]$/,
    ],
    [
      'a delay below a step',
      chain([1], [1], { wait: node('Delay', { delay: floats([1], 1e-4) }) }),
      seconds,
      /whose delay must be 0 or at least half of dt = 0\.001 s, got 0\.0001$/,
    ],
    [
      'a delay beyond memory',
      chain([1], [1], { wait: node('Delay', { delay: floats([1], 1e9) }) }),
      seconds,
      /whose delay is up to 1000000000000 steps of dt = 0\.001 s/,
    ],
    [
      'a stride of 0',
      chain([1, 4, 4], [1, 4, 4], { conv: conv({ weight: floats([1, 1, 1, 1], 1), bias: floats([1], 0), stride: one(0) }) }),
      seconds,
      /has \/node\/nodes\/conv, whose strides must be a positive integer or a pair, got \[0, 0\]$/,
    ],
    [
      'axes that there are not',
      chain([2, 4], [2, 1, 2, 4], { flat: node('Flatten', { start_dim: one(1), end_dim: one(-3), input_type: integers(2, 4) }) }),
      seconds,
      /has \/node\/nodes\/flat, whose start_dim and end_dim are no axes of \[2, 4\]$/,
    ],
    [
      'odd groups',
      chain([2, 4], [3, 4], { conv: conv({ weight: floats([3, 1, 1], 1), bias: floats([3], 0), groups: one(2) }, 'Conv1d') }),
      seconds,
      /whose 3 maps can't be shared out over 2 groups$/,
    ],
  ])('%s', (_, graph, time, message) => {
    expect(() => networkFromNir(graph, time as NirTime)).toThrow(message);
    expect(() => networkFromNir(graph, time as NirTime)).toThrow(/^networkFromNir: [^\n]+$/);
  });
});
