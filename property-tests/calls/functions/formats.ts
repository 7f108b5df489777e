import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import * as library from '../../../src/entries/everything.js';
import { type Call, ownCall } from '../call.js';
import { record, tensor, value, values } from '../recipes.js';

const { constantFrom } = fc;

const w = { dtype: 'float32', shape: [1, 2], data: Float32Array.of(0.5, 2) } as const;
const labels = { dtype: 'int64', shape: [2], data: BigInt64Array.of(3n, -4n) } as const;
const half = { dtype: 'float16', shape: [], data: Float32Array.of(1) } as const;
const double = { dtype: 'float64', shape: [1], data: Float64Array.of(0.5) } as const;

const safetensors = library.writeSafetensors({ w, labels }, { by: 'me' });
const npy = library.writeNpy(w);
const npz = await library.writeNpz({ w, labels }, { compressed: true });

const one = { dtype: 'float32', shape: [1], data: Float32Array.of(1) } as const;
const shape = { dtype: 'int64', shape: [1], data: BigInt64Array.of(1n) } as const;
const nodes = {
  input: { type: 'Input', params: { shape } },
  neuron: { type: 'LIF', params: { tau: one, r: one, v_leak: one, v_threshold: one } },
  output: { type: 'Output', params: { shape } },
};
const graph = {
  type: 'NIRGraph',
  nodes,
  edges: [
    ['input', 'neuron'],
    ['neuron', 'output'],
  ],
} as const;

const plasticity = {
  version: '1',
  rule: 'pairStdp',
  params: '{}',
  topology: '{"type":"dense"}',
  w: { dtype: 'float32', shape: [1, 1], data: Float32Array.of(1) },
};
const weights = { type: 'Linear', params: { weight: { ...plasticity.w } }, metadata: { 'tfjs-stdp': plasticity } };
const learning = { ...graph, nodes: { ...nodes, neuron: weights } } as const;

const array = constantFrom(w, labels, half, double).map(values);
const arrays = array.map((one) => record({ w: one, labels: values(labels) }));

/** A network of a graph, at work for a step. */
function oneStep(...args: Parameters<typeof library.networkFromNir>): unknown {
  const network = library.networkFromNir(...args);
  const rest = network.init();
  const answer = network.step(rest, [[1]]);
  tf.dispose(rest);
  network.dispose();
  return answer;
}

/** Files of other tools, and tensors as they lie in them. */
export const formatCalls: readonly Call[] = [
  ownCall('readSafetensors', constantFrom([value(safetensors)], [value(safetensors), value('a file')]), library.readSafetensors),
  ownCall(
    'writeSafetensors',
    arrays.map((all) => [all, values({ by: 'me' })]),
    library.writeSafetensors,
  ),
  ownCall('readNpy', constantFrom([value(npy)], [value(npy), value('w.npy')]), library.readNpy),
  ownCall(
    'writeNpy',
    array.map((one) => [one]),
    library.writeNpy,
  ),
  ownCall('readNpz', constantFrom([value(npz), value('w.npz'), values({ only: ['w'], mostBytes: 1000 })]), library.readNpz),
  ownCall(
    'writeNpz',
    arrays.map((all) => [all, values({ compressed: true })]),
    library.writeNpz,
  ),
  ownCall(
    'tensorFromArray',
    array.map((one) => [one, values({ round: true })]),
    library.tensorFromArray,
  ),
  ownCall(
    'recordFromArrays',
    arrays.map((all) => [all, values({ round: false })]),
    library.recordFromArrays,
  ),
  ownCall('networkFromNir', constantFrom([values(graph), values({ dt: 0.5, unit: 'steps' })]), oneStep),
  ownCall(
    'nirFromLayers',
    constantFrom([
      value([{ w: [[0.5, 1]] }, { neuron: 'lif', params: { vTh: 0.5 }, inhibition: 1 }]),
      values({ inputShape: [1], dt: 0.001, unit: 's' }),
    ]),
    library.nirFromLayers,
  ),
  ownCall('plasticityFromNir', constantFrom([values(learning)]), (...args: Parameters<typeof library.plasticityFromNir>) =>
    Object.values(library.plasticityFromNir(...args)).map(({ rule, ...tensors }) => ({ json: JSON.stringify(rule), ...tensors })),
  ),
  ownCall('tensorToArray', constantFrom([tensor([2, 3])], [tensor([], 'spikes')]), library.tensorToArray),
  ownCall('recordToArrays', constantFrom([record({ w: tensor([2, 3]), b: tensor([3]) })]), library.recordToArrays),
];
