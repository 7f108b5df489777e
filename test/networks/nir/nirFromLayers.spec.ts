import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { scan } from '../../../src/core/scan.js';
import { plasticLayer } from '../../../src/networks/closedLoop/plasticLayer.js';
import { networkFromNir } from '../../../src/networks/nir/networkFromNir.js';
import { type NirLayer, type NirLayersOptions, nirFromLayers } from '../../../src/networks/nir/nirFromLayers.js';
import { plasticityFromNir } from '../../../src/networks/nir/plasticity.js';
import { fire } from '../../../src/neurons/fire.js';
import { initIntegrateAndFireState, integrateAndFireStep } from '../../../src/neurons/integrateAndFire.js';
import { initLeakyIntegratorState, liFeedForwardStep } from '../../../src/neurons/leakyIntegrator.js';
import { initLifState, lifFeedForwardStep } from '../../../src/neurons/lif.js';
import { initRefractoryState, refractoryLifStep } from '../../../src/neurons/refractoryLif.js';
import { presets } from '../../../src/papers/presets.js';
import { eligibilityStdp } from '../../../src/rules/all.js';
import { pairStdp } from '../../../src/rules/pair/pairStdp.js';
import type { Rule } from '../../../src/rules/rule.js';
import { conv1d } from '../../../src/topologies/conv1d.js';
import { conv2d } from '../../../src/topologies/conv2d.js';
import { dense } from '../../../src/topologies/dense.js';
import { lateral } from '../../../src/topologies/lateral.js';
import { local2d } from '../../../src/topologies/local2d.js';
import { masked } from '../../../src/topologies/masked.js';
import { oneToOne } from '../../../src/topologies/oneToOne.js';
import { sparse } from '../../../src/topologies/sparse.js';
import { scattered } from './graphs.js';

const random = (seed: number, shape: readonly number[], least = 0, most = 1): tf.Tensor =>
  tf.tensor(
    [
      ...scattered(
        seed,
        shape.reduce((product, length) => product * length, 1),
        least,
        most,
      ),
    ],
    [...shape],
  );
const steps = 40;
const millisecond = { dt: 0.001, unit: 's' } as const;

/** What the graph of layers gives for a series `[steps, batch, …]` of images with channels first. */
async function exported(layers: readonly NirLayer[], series: tf.Tensor, options: NirLayersOptions): Promise<tf.Tensor> {
  const { inputShape: _, ...time } = options;
  const network = networkFromNir(await nirFromLayers(layers, options), time);
  const [, output] = scan(network.step, network.init(series.shape[1]), series);
  network.dispose();
  return output;
}

async function near(actual: tf.Tensor, wanted: tf.Tensor, within = 1e-4): Promise<void> {
  expect(actual.shape).toEqual(wanted.shape);
  const [mine, theirs] = [await actual.data(), await wanted.data()];
  expect(theirs.some((value) => value !== 0)).toBe(true);
  expect(Math.max(...mine.map((value, index) => Math.abs(value - (theirs[index] as number))))).toBeLessThanOrEqual(within);
}

describe('neurons go out as nodes that do the same', () => {
  const [batch, n] = [2, 5];
  const current = () => random(1, [steps, batch, n], 0, 1);
  const perNeuron = [4, 5, 6, 7, 8];
  const identity = () => ({ w: tf.eye(n) });
  const options = { inputShape: [n], ...millisecond };

  it('lif, one step after the other', async () => {
    const params = { vTh: 0.3, vReset: -0.1, tauMem: perNeuron, tauSyn: 3, vLeak: 0.05 };
    const [, wanted] = scan(
      (state, x: tf.Tensor) => swap(lifFeedForwardStep(x, state, params)),
      free(initLifState([batch, n], params)),
      current(),
    );
    await near(await exported([identity(), { neuron: 'lif', params }], current(), options), wanted, 0);
  });

  it('li', async () => {
    const params = { tauSyn: perNeuron, tauMem: 9, vLeak: 0.2 };
    const [, wanted] = scan(
      (state, x: tf.Tensor) => swap(liFeedForwardStep(x, state, params)),
      initLeakyIntegratorState([batch, n], params),
      current(),
    );
    await near(await exported([identity(), { neuron: 'li', params }], current(), options), wanted);
  });

  it('integrateAndFire', async () => {
    const params = { vTh: [1.1, 1.2, 1.3, 1.4, 1.5] };
    const [, wanted] = scan(
      (state, x: tf.Tensor) => swap(integrateAndFireStep(x, state, params)),
      initIntegrateAndFireState([batch, n]),
      current(),
    );
    await near(await exported([identity(), { neuron: 'integrateAndFire', params }], current(), options), wanted, 0);
  });

  it.each(['exact', 'euler'] as const)('refractoryLif, %s', async (integration) => {
    const params = {
      integration,
      tauMem: perNeuron,
      vTh: 0.25,
      vReset: -0.2,
      vRest: 0.1,
      gain: integration === 'exact' ? 0.1 : 1,
    };
    const [, wanted] = scan(
      (state, x: tf.Tensor) => swap(refractoryLifStep(x, state, params)),
      initRefractoryState([batch, n], params),
      current(),
    );
    await near(await exported([identity(), { neuron: 'refractoryLif', params }], current(), options), wanted, 0);
  });

  it('refractoryLif fires on its threshold', async () => {
    const params = { integration: 'euler', tauMem: 1, vTh: 0.5 } as const;
    const [z] = refractoryLifStep([[0.5]], initRefractoryState([1, 1], params), params);
    const output = await exported([{ w: tf.eye(1) }, { neuron: 'refractoryLif', params }], tf.fill([1, 1, 1], 0.5), {
      inputShape: [1],
      dt: 1,
      unit: 'steps',
    });
    expect([await z.data(), await output.data()]).toEqual([Float32Array.of(1), Float32Array.of(1)]);
  });

  it('a plastic layer that inhibits itself', async () => {
    const rule = pairStdp({ etaPlus: 0, etaMinus: 0, integration: 'exact' });
    const layer = plasticLayer(rule, { neuron: { vTh: 0.6 }, inhibition: 0.4 });
    const [w, pre] = [random(3, [8, n], 0, 1), tf.step(random(4, [steps, batch, 8], -0.6, 0.4))];
    const [, wanted] = scan(layer.step, layer.init(w, batch), pre);
    const layers = [
      { w, rule },
      { neuron: 'lif', params: { vTh: 0.6 }, inhibition: 0.4 },
    ] as const;
    await near(await exported(layers, pre, { inputShape: [8], ...millisecond }), wanted, 0);
  });
});

const swap = <A, B>([output, state]: [A, B]): [B, A] => [state, output];
const free = ({ v, i }: { readonly v: tf.Tensor; readonly i: tf.Tensor }) => ({ v, i });

describe('weights go out as nodes that do the same', () => {
  const line = { inputShape: [4], ...millisecond };
  it.each([
    [
      'sparse',
      sparse(
        [
          [0, 1],
          [2, 0],
          [3, 2],
        ],
        { inputs: 4, outputs: 3 },
      ),
      [3],
    ],
    [
      'masked',
      masked(dense, [
        [1, 0],
        [0, 1],
        [1, 1],
        [0, 0],
      ]),
      [4, 2],
    ],
    ['oneToOne', oneToOne, [4]],
    ['lateral', lateral, [4, 4]],
    ['dense', dense, [4, 3]],
  ] as const)('%s', async (_, topology, shape) => {
    const [w, input] = [random(5, shape, -1, 1), random(6, [3, 4])];
    await near(await exported([{ w, topology }], tf.expandDims(input, 1), line), tf.expandDims(topology.forward(input, w), 1));
  });

  it('conv2d with a mask, and a dense layer behind it', async () => {
    const topology = masked(conv2d({ strides: 2, pad: 1 }), await tf.step(random(7, [3, 3, 2, 4], -0.3, 0.7)).array());
    const [w, behind, images] = [random(8, [3, 3, 2, 4], -1, 1), random(9, [3 * 4 * 4, 5], -1, 1), random(10, [6, 6, 7, 2])];
    const maps = topology.forward(images, w);
    expect(maps.shape).toEqual([6, 3, 4, 4]);
    const wanted = dense.forward(tf.reshape(maps, [6, -1]), behind);
    const series = tf.expandDims(tf.transpose(images, [0, 3, 1, 2]), 1);
    await near(
      await exported([{ w, topology }, { w: behind }], series, { inputShape: [6, 7, 2], ...millisecond }),
      tf.expandDims(wanted, 1),
    );
  });

  it('conv1d, and neurons with a threshold for each channel', async () => {
    const topology = conv1d({ dilations: 2, pad: 'same' });
    const [w, lines] = [random(11, [3, 2, 3], -1, 1), random(12, [5, 9, 2])];
    const params = { vTh: [0.1, 0.2, 0.3] };
    const [spikes] = integrateAndFireStep(topology.forward(lines, w), initIntegrateAndFireState([5, 9, 3]), params);
    const series = tf.expandDims(tf.transpose(lines, [0, 2, 1]), 0);
    const layers = [
      { w, topology },
      { neuron: 'integrateAndFire', params },
    ] as const;
    await near(
      await exported(layers, series, { inputShape: [9, 2], ...millisecond }),
      tf.expandDims(tf.transpose(spikes, [0, 2, 1]), 0),
      0,
    );
  });

  it('a layer of a latency network over its cumulative wave', async () => {
    const [w, times] = [random(13, [5, 5, 2, 3]), random(14, [1, 8, 8, 2], 0, 15)];
    const wave = tf.step(tf.sub(tf.reshape(tf.range(1, 16), [15, 1, 1, 1]), times)) as tf.Tensor4D;
    const wanted = fire(conv2d({ pad: 2 }).forward(wave, w), 10);
    const series = tf.expandDims(tf.transpose(wave, [0, 3, 1, 2]), 1);
    const output = await exported([{ w, topology: conv2d({ pad: 2 }) }, { threshold: 10 }], series, {
      inputShape: [8, 8, 2],
      dt: 1,
      unit: 'steps',
    });
    await near(tf.transpose(tf.squeeze(output, [1]), [0, 2, 3, 1]), wanted, 0);
  });
});

describe('plasticity', () => {
  const rules: readonly (readonly [string, Rule<object>, readonly number[]])[] = [
    ['pairStdp', pairStdp({ etaPlus: 0.1, tauPre: 1 / 3, integration: 'exact' }) as Rule<object>, [3, 2]],
    [
      'eligibilityStdp on sparse',
      eligibilityStdp(
        { tauPre: Number.POSITIVE_INFINITY },
        sparse([
          [0, 1],
          [2, 0],
        ]),
      ) as Rule<object>,
      [2],
    ],
  ];
  it.each(rules)('%s goes on bit for bit', async (_, rule, shape) => {
    const input = () => ({ pre: tf.ones([3]), post: tf.ones([2]), ...(rule.reads.includes('reward') && { reward: 0.5 }) });
    const [w, state] = rule.step(input(), random(15, shape), rule.init({ pre: [3], post: [2], w: shape }));
    const graph = await nirFromLayers([{ w, rule, state }, { neuron: 'lif' }], { inputShape: [3], ...millisecond });
    const found = plasticityFromNir(graph)['weights_0'] ?? expect.unreachable('no plasticity');
    expect(JSON.stringify(found.rule)).toBe(JSON.stringify(rule));
    const flat = async ([weights, remembered]: readonly [tf.Tensor, object]) =>
      Promise.all([weights, ...Object.values(remembered)].map((tensor: tf.Tensor) => tensor.data()));
    const wanted = await flat(rule.step(input(), w, state));
    expect(await flat(found.rule.step(input(), found.w, found.state ?? {}))).toEqual(wanted);
    networkFromNir(graph, millisecond).dispose();
  });

  it('of another profile is refused, and the graph runs', async () => {
    const graph = await nirFromLayers([{ w: tf.ones([2, 1]), rule: pairStdp() }], { inputShape: [2], ...millisecond });
    const { weights_0: node } = graph.nodes as { readonly [name: string]: { readonly type: string; readonly params: object } };
    const other = (record: object) =>
      ({ ...graph, nodes: { ...graph.nodes, weights_0: { ...node, metadata: { 'tfjs-stdp': record } } } }) as typeof graph;
    const { metadata } = node as unknown as { readonly metadata: { readonly 'tfjs-stdp': object } };
    expect(() => plasticityFromNir(other({ rule: 'pairStdp' }))).toThrow(
      /^plasticityFromNir: graph has \/node\/nodes\/weights_0\/metadata\/tfjs-stdp, of version undefined, read is "1"$/,
    );
    expect(() => plasticityFromNir(other({ ...metadata['tfjs-stdp'], params: '{' }))).toThrow(
      /tfjs-stdp, whose params are no JSON: "\{"$/,
    );
    expect(() => plasticityFromNir(other({ ...metadata['tfjs-stdp'], rule: 'magic' }))).toThrow(
      /^plasticityFromNir: rule 'magic' is unknown/,
    );
    networkFromNir(other({ rule: 'pairStdp' }), millisecond).dispose();
  });
});

describe('what NIR has no word for is refused in one line', () => {
  const w = () => tf.ones([2, 2]);
  it.each<[string, () => unknown, RegExp]>([
    [
      'a soft reset',
      () => ({ neuron: 'integrateAndFire', params: { reset: 'subtract' } }),
      /^nirFromLayers: layers\[1\]\.params\.reset is 'subtract', which NIR can't say/,
    ],
    [
      'a refractory time',
      () => ({ neuron: 'refractoryLif', params: { tauRefractory: 2 } }),
      /layers\[1\]\.params\.tauRefractory is 2 ms, and NIR has no refractory time$/,
    ],
    [
      'another dt',
      () => ({ neuron: 'lif', params: { dt: 0.5 } }),
      /layers\[1\]\.params\.dt is 0\.5 ms, the graph has dt = 0\.001 s$/,
    ],
    [
      'neurons that there are not',
      () => ({ neuron: 'izhikevich' }),
      /layers\[1\]\.neuron must be 'lif', 'li', 'integrateAndFire' or 'refractoryLif', got "izhikevich"$/,
    ],
    [
      'too many values',
      () => ({ neuron: 'lif', params: { vTh: [1, 2, 3] } }),
      /layers\[1\]\.params hold 3 values, the layer has 2 neurons or channels$/,
    ],
    ['weights that do not fit', () => ({ w: tf.ones([3, 2]) }), /^nirFromLayers: layers\[1\] has 2 columns, w \[3, 2\] needs 3$/],
    [
      'a wiring without a node',
      () => ({ w: tf.ones([1, 1, 2, 2, 1, 1]), topology: local2d({ kernelSize: 3 }) }),
      /layers\[1\]\.topology is local2d, for which NIR has no node$/,
    ],
    [
      'a rule on another wiring',
      () => ({ w: w(), rule: pairStdp({}, lateral), topology: dense }),
      /layers\[1\]\.topology is not that of the rule, lateral$/,
    ],
    ['a state without a rule', () => ({ w: w(), state: {} }), /layers\[1\]\.state is of no rule$/],
    [
      'max pooling',
      () => ({ maxPool: 2 }),
      /^nirFromLayers: layers\[1\] pools maxima, for which NIR has no node: give each layer by itself as \{ w, .*and pool between the graphs$/,
    ],
    [
      'a layer of a latency network',
      () => presets.digits.network.layers[0],
      /layers\[1\] pools maxima, for which NIR has no node: give/,
    ],
    ['an unknown part', () => ({ delay: 2 }), /layers\[1\]\.delay is not part of the layers\[1\], which holds threshold$/],
  ])('%s', async (_, layer, message) => {
    await expect(nirFromLayers([{ w: w() }, layer() as NirLayer], { inputShape: [2], ...millisecond })).rejects.toThrow(message);
  });

  it('a whole latency network', async () => {
    await expect(nirFromLayers(presets.digits.network as never, { inputShape: [28, 28, 2], ...millisecond })).rejects.toThrow(
      /^nirFromLayers: layers are a whole network, whose maxima are pooled by no node of NIR: give each layer by itself as /,
    );
  });

  it('uneven padding', async () => {
    const layers = [{ w: tf.ones([2, 2, 1, 1]), topology: conv2d({ pad: 'same' }) }];
    await expect(nirFromLayers(layers, { inputShape: [4, 4, 1], ...millisecond })).rejects.toThrow(
      "nirFromLayers: layers[0].topology pads one side more than the other, which NIR can't say",
    );
  });
});
