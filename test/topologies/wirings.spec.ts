import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../src/core/random.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import { eligibilityStdp } from '../../src/rules/reward/eligibilityStdp.js';
import { conv1d } from '../../src/topologies/conv1d.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import { lateral } from '../../src/topologies/lateral.js';
import { local2d } from '../../src/topologies/local2d.js';
import { masked } from '../../src/topologies/masked.js';
import { oneToOne } from '../../src/topologies/oneToOne.js';
import { sparse } from '../../src/topologies/sparse.js';
import { batchSums } from '../../src/topologies/synapseSums.js';
import type { Topology } from '../../src/topologies/topology.js';
import { registerTopology, topologyFromJSON } from '../../src/topologies/topologyFromJSON.js';
import { ring } from './ring.js';

const sizeOf = (shape: readonly number[]) => shape.reduce((size, next) => size * next, 1);
const draw = (shape: readonly number[], seed: number) => tf.tensor(randomUniform(sizeOf(shape), seed, -1, 1), [...shape]);
const numbers = async (tensor: tf.Tensor) => Array.from(await tensor.data());
const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 5));

/** Every other synapse. */
const halfOf = (shape: readonly number[]) =>
  tf.tensor(
    Array.from({ length: sizeOf(shape) }, (_, at) => (at + 1) % 2),
    [...shape],
  );

const wirings: readonly (readonly [string, () => Topology])[] = [
  ['dense', () => dense],
  ['oneToOne', () => oneToOne],
  ['lateral', () => lateral],
  ['conv1d', () => conv1d()],
  ['conv1d, strides, same padding', () => conv1d({ strides: 2, pad: 'same' })],
  ['conv1d, dilations, padding', () => conv1d({ dilations: 2, pad: 3 })],
  ['conv2d', () => conv2d({ pad: 1, strides: [1, 2] })],
  ['local2d', () => local2d({ kernelSize: 3 })],
  ['local2d, strides, padding', () => local2d({ kernelSize: [2, 3], strides: 2, pad: 'same' })],
  [
    'sparse',
    () =>
      sparse(
        [
          [0, 1],
          [4, 0],
          [2, 2],
          [2, 0],
          [0, 2],
        ],
        { inputs: 5, outputs: 4 },
      ),
  ],
  ['sparse, drawn', () => sparse({ probability: 0.4, seed: 3 }, { inputs: 5, outputs: 6 })],
  ['masked dense', () => masked(dense, halfOf([5, 3]))],
  ['masked conv2d', () => masked(conv2d(), halfOf([3, 2, 2, 3]))],
  ['masked local2d', () => masked(local2d({ kernelSize: 3 }), halfOf([12, 18, 3]))],
  ['masked lateral', () => masked(lateral, halfOf([5, 5]))],
];

describe.each(wirings)('%s', (_, make) => {
  const layersOf = ({ examples = [] }: Topology) => examples[0] ?? expect.fail('no examples');

  it('sums over just the pairs of neurons that its weights connect', async () => {
    const topology = make();
    const { pre, w } = layersOf(topology);
    const z = draw([2, ...pre], 1);
    const out = draw(topology.outputShape('f', z.shape, w), 2);
    const exists = topology.exists?.(w);
    const sums = await numbers(tf.mul(tf.reshape(batchSums({ pre: z, post: out }, topology, w), [...w]), exists ?? 1));
    // The derivative of Σ post·forward(pre, w) by each weight: forward is linear in w.
    const wanted = await Promise.all(
      sums.map(async (_sum, at) => {
        const one = tf.reshape(tf.oneHot(tf.tensor1d([at], 'int32'), sizeOf(w)), [...w]);
        return (await numbers(tf.sum(tf.mul(topology.forward(z, tf.cast(one, 'float32')), out))))[0] ?? Number.NaN;
      }),
    );
    expect(sums).toEqual(close(wanted));
  });

  it('a factor of 1 is a layer that is the same everywhere', async () => {
    const topology = make();
    const { pre, w } = layersOf(topology);
    const z = draw([2, ...pre], 3);
    const out = draw(topology.outputShape('f', z.shape, w), 4);
    const ones = await numbers(batchSums({ pre: z, post: tf.onesLike(out) }, topology, w));
    expect(await numbers(batchSums({ pre: z, post: 1 }, topology, w))).toEqual(close(ones));
    // In the padding too: what is outside counts as 1 as well.
    const whole = await numbers(batchSums({ pre: 1, post: out }, topology, w));
    const inside = await numbers(batchSums({ pre: tf.onesLike(z), post: out }, topology, w));
    if (topology.rank === 2) expect(whole).toEqual(close(inside));
    else expect(whole.length).toBe(inside.length);
  });

  it('goes through JSON', async () => {
    const topology = make();
    const { pre, w } = layersOf(topology);
    const back = topologyFromJSON(JSON.parse(JSON.stringify(topology.toJSON())));
    const [z, weights] = [draw([2, ...pre], 5), draw(w, 6)];
    expect(back.toJSON()).toEqual(topology.toJSON());
    expect(await numbers(back.forward(z, weights))).toEqual(await numbers(topology.forward(z, weights)));
  });
});

describe('sparse', () => {
  it('lies in compressed sparse rows, whatever order the pairs come in', async () => {
    const wiring = sparse([
      [2, 1],
      [0, 1],
      [2, 0],
    ]);
    const w = tf.tensor1d([1, 10, 100]);
    expect(await numbers(wiring.forward(tf.eye(3), w))).toEqual([0, 1, 0, 0, 10, 100]);
    expect(wiring.toJSON()).toEqual({
      type: 'sparse',
      inputs: 3,
      outputs: 2,
      indices: [
        [0, 1],
        [2, 0],
        [2, 1],
      ],
    });
  });

  it('is drawn by its seed, with its probability', () => {
    const count = (probability: number, seed: number) =>
      sparse({ probability, seed }, { inputs: 200, outputs: 300 }).weightShape?.([200], [300])[0];
    expect([count(1, 1), count(0.1, 1)]).toEqual([60_000, count(0.1, 1)]);
    expect(count(0.1, 1)).not.toBe(count(0.1, 2));
    expect(Math.abs(Number(count(0.1, 1)) - 6000)).toBeLessThan(4 * Math.sqrt(60_000 * 0.1 * 0.9));
  });

  it('of all pairs is dense', async () => {
    const whole = sparse({ probability: 1, seed: 0 }, { inputs: 4, outputs: 3 });
    const [z, post, w] = [draw([2, 4], 1), draw([2, 3], 2), draw([4, 3], 3)];
    expect(await numbers(whole.forward(z, tf.reshape(w, [12])))).toEqual(close(await numbers(dense.forward(z, w))));
    const sums = await numbers(batchSums({ pre: z, post }, whole, [12]));
    expect(sums).toEqual(close(await numbers(batchSums({ pre: z, post }, dense, [4, 3]))));
  });
});

describe('what a wiring has in common with another', () => {
  it('a line is an image of one row', async () => {
    const [line, w] = [draw([2, 9, 2], 1), draw([3, 2, 4], 2)];
    const image = conv2d({
      strides: [1, 2],
      dilations: [1, 2],
      pad: [
        [0, 0],
        [0, 0],
        [1, 1],
        [0, 0],
      ],
    });
    const wanted = image.forward(tf.expandDims(line, 1), tf.expandDims(w, 0));
    expect(await numbers(conv1d({ strides: 2, dilations: 2, pad: 1 }).forward(line, w))).toEqual(await numbers(wanted));
  });

  it('filters of their own that are all alike convolve', async () => {
    const [image, filter] = [draw([2, 5, 6, 2], 1), draw([3, 2, 2, 4], 2)];
    const options = { strides: [2, 1], pad: 'same', dilations: [1, 2] } as const;
    const alike = tf.mul(tf.reshape(filter, [1, 12, 4]), tf.ones([18, 1, 1]));
    const own = local2d({ kernelSize: [3, 2], ...options });
    const shared = conv2d(options);
    expect(await numbers(own.forward(image, alike))).toEqual(close(await numbers(shared.forward(image, filter))));
    const post = draw([2, 3, 6, 4], 3);
    const sums = tf.sum(tf.reshape(batchSums({ pre: image, post }, own, [18, 12, 4]), [18, 48]), 0);
    expect(await numbers(sums)).toEqual(close(await numbers(batchSums({ pre: image, post }, shared, filter.shape))));
  });

  it('one to one is the diagonal of a dense layer', async () => {
    const [z, post, w] = [draw([3, 4], 1), draw([3, 4], 2), draw([4], 3)];
    const diagonal = tf.mul(tf.eye(4), w);
    expect(await numbers(oneToOne.forward(z, w))).toEqual(close(await numbers(dense.forward(z, diagonal))));
    const sums = tf.sum(tf.mul(batchSums({ pre: z, post }, dense, [4, 4]), tf.eye(4)), 0);
    expect(await numbers(batchSums({ pre: z, post }, oneToOne, [4]))).toEqual(close(await numbers(sums)));
  });
});

it.each<[string, () => unknown]>([
  ["conv1d: pad must be one of 'valid', 'same' or an integer in [0, 16777216], got -1", () => conv1d({ pad: -1 })],
  ['conv1d: strides must be an integer in [1, 16777216], got [1, 2]', () => conv1d({ strides: [1, 2] as never })],
  ['conv1d: kernel is not a parameter; known are strides, pad, dilations', () => conv1d({ kernel: 3 } as never)],
  ['local2d: kernelSize must be a positive integer or a pair [height, width], got undefined', () => local2d({} as never)],
  ['local2d: kernel is not an option; known are kernelSize', () => local2d({ kernel: 3 } as never)],
  ['local2d: strides must be a positive integer or a pair, got 0', () => local2d({ kernelSize: 3, strides: 0 })],
  ['masked: mask must hold 0 and 1 alone', () => masked(dense, [[0.5]])],
  ['masked: topology must be a topology', () => masked({} as never, [[1]])],
  [
    'f: w has shape [3, 2], the mask has [2, 2]',
    () =>
      masked(dense, [
        [1, 0],
        [0, 1],
      ]).outputShape('f', [1, 3], [3, 2]),
  ],
  ['f: w has shape [3, 2], a layer onto itself needs [n, n]', () => lateral.outputShape('f', [1, 3], [3, 2])],
  [
    'sparse: connections holds [0, 1] twice',
    () =>
      sparse([
        [0, 1],
        [0, 1],
      ]),
  ],
  ['sparse: connections holds [3, 0], the layers have 3 inputs and 2 outputs', () => sparse([[3, 0]], { inputs: 3, outputs: 2 })],
  ['sparse: connections must be pairs [input, output], got [[1, -1]]', () => sparse([[1, -1]])],
  ['sparse: connections must be pairs [input, output], got [1, 2]', () => sparse([1, 2] as never)],
  ['sparse: sizes are missing: no pair tells', () => sparse([])],
  ['sparse: sizes are missing: { inputs, outputs }', () => sparse({ probability: 0.5, seed: 1 })],
  ['sparse: probability must be a number in [0, 1], got 2', () => sparse({ probability: 2, seed: 1 }, { inputs: 3, outputs: 2 })],
  ['sparse: seed must be an integer ≥ 0, got undefined', () => sparse({ probability: 0.5 } as never, { inputs: 3, outputs: 2 })],
  [
    'sparse: connections give no synapse between 3 inputs and 2 outputs',
    () => sparse({ probability: 0, seed: 1 }, { inputs: 3, outputs: 2 }),
  ],
  ['sparse: p is not an option; known are probability, seed', () => sparse({ p: 0.5 } as never, { inputs: 3, outputs: 2 })],
  ['sparse: outputs must be an integer in [1, 16777216], got undefined', () => sparse([[0, 0]], { inputs: 3 } as never)],
  ['f: zPre has 4 columns, the wiring has 3 inputs', () => sparse([[2, 0]]).outputShape('f', [1, 4], [1])],
  ['f: w has shape [2], the wiring has 1 synapses', () => sparse([[2, 0]]).outputShape('f', [1, 3], [2])],
  ['sparse.postRows: post has 2 columns, the wiring has 1', () => sparse([[2, 0]]).postRows(tf.ones([1, 2]), [1])],
  ['f: zPre has 3 columns, w [2] needs 2', () => oneToOne.outputShape('f', [1, 3], [2])],
  [
    'f: w has shape [9, 9, 4], zPre [1, 5, 5, 2] needs [9, 18, 4]',
    () => local2d({ kernelSize: 3 }).outputShape('f', [1, 5, 5, 2], [9, 9, 4]),
  ],
  ["registerTopology: type 'dense' is a topology of the library", () => registerTopology('dense', () => dense)],
  ['registerTopology: type must be a name, got ""', () => registerTopology('', () => dense)],
  ['registerTopology: read must be a function, got undefined', () => registerTopology('mine', undefined as never)],
  [
    'topologyFromJSON: topology must be a topology, such as dense or conv2d(), got 5',
    () => {
      registerTopology('five', () => 5 as never);
      return topologyFromJSON({ type: 'five' });
    },
  ],
  ["topologyFromJSON: type must be one of 'dense', 'conv2d'", () => topologyFromJSON({ type: 'nope' })],
  ['topologyFromJSON: x is not an option of lateral, which has none', () => topologyFromJSON({ type: 'lateral', x: 1 })],
  [
    'topologyFromJSON: mask must be a text of 2 digits 0 and 1, got "2"',
    () => topologyFromJSON({ type: 'masked', topology: { type: 'dense' }, shape: [1, 2], mask: '2' }),
  ],
])('%s', (message, call) => {
  expect(call).toThrow(message);
});

it('per-neuron parameters that the weights of a wiring of one’s own have no axis for are refused by name', () => {
  const topology = ring(1);
  const spikes = { pre: [1, 0, 0, 1, 0, 0, 1], post: [1, 1, 0, 0, 0, 0, 0] };
  const shapes = { pre: [7], post: [7], w: [7, 3] };
  const seven = [1, 2, 3, 4, 5, 6, 7];
  const pair = pairStdp({ etaPlus: seven }, topology);
  expect(() => pair.step(spikes, tf.zeros([7, 3]), pair.init(shapes))).toThrow('pairStdp: etaPlus has 7 values');
  const eligibility = eligibilityStdp({ tauEligibility: seven }, topology);
  expect(() => eligibility.step(spikes, tf.zeros([7, 3]), eligibility.init(shapes))).toThrow(
    /a parameter per neuron has 7 values/,
  );
});
