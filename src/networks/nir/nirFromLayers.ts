import { at } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { ensureFields } from '../../core/params/ensureFields.js';
import { ensureIs, nonNegativeScalar, nothingMore, scalar } from '../../core/params/validation.js';
import { checkShape } from '../../core/shapes.js';
import { show } from '../../core/show.js';
import { toFloat } from '../../core/tensors.js';
import { isRecord } from '../../core/trees.js';
import { countOf } from '../../formats/arrays/elements.js';
import { checkedGraph } from '../../formats/nir/checkedGraph.js';
import type { NirGraph, NirNode } from '../../formats/nir/nirGraph.js';
import { checkTopology } from '../../topologies/checkTopology.js';
import { dense } from '../../topologies/dense.js';
import { checkedTime } from './networkFromNir.js';
import { doubles, neuronNode } from './neuronsToNir.js';
import type { NirLayer, NirNeurons, NirThreshold, NirWeights } from './nirLayers.js';
import type { NirTime } from './nodeContext.js';
import { plasticityRecord, profile, version } from './plasticity.js';
import { integers, weightNodes } from './weightsToNir.js';

export type { NeuronParams, NirLayer, NirNeurons, NirThreshold, NirWeights } from './nirLayers.js';

/** Of what the graph is: `inputShape` of a sample as we have it (`[n]`, `[length, channels]`, `[height, width, channels]`), and {@link NirTime}. */
export interface NirLayersOptions extends NirTime {
  readonly inputShape: readonly number[];
}

/**
 * Weights and neurons in a chain as a graph in NIR, which {@link writeNir} writes and other tools read: arrays of full shape, a `v_reset`
 * always, an Input and an Output. {@link networkFromNir} with the same `dt` and `unit` spikes as our steps do, up to rounding. Layers
 * are `weights_0`, `neurons_1` and so on; images in the graph are `[channels, height, width]`.
 *
 * - weights on anything with rows and columns (`dense`, `sparse`, `lateral`, `masked`, `oneToOne`) become Linear, convolutions Conv1d and
 *   Conv2d; in front of a Linear, images are flattened. What they learn by travels in the node's `metadata/tfjs-stdp`, see NIR.md.
 * - `lif` and `li` become CubaLIF and CubaLI (w_in = tauSyn/dt, r = 1), `integrateAndFire` IF, `refractoryLif` LIF (of `'exact'` the τ of
 *   which a Euler step decays as much); inhibition is a Linear from the neurons to themselves.
 * - `threshold` becomes Threshold.
 *
 * NIR has no max-pooling, so a latency network is no graph as a whole: each of its layers is one, `{ w, topology: conv2d({ pad }) },
 * { threshold }` over its cumulative wave, and who runs them pools between.
 *
 * @throws {StdpError} (as a rejection) that says of which part NIR knows nothing: max-pooling, other resets, refractory times, `local2d`,
 *         uneven padding; or that shapes don't fit, or neurons have another dt.
 * @example
 * const graph = await nirFromLayers(
 *   [{ w: tf.fill([3, 2], 0.5) }, { neuron: 'lif', params: { vTh: 0.04 } }],
 *   { inputShape: [3], dt: 0.001, unit: 's' },
 * );
 * graph.edges.join(' ');   // => 'input,weights_0 weights_0,neurons_1 neurons_1,output'
 */
export async function nirFromLayers(
  layers: readonly NirLayer[],
  options: NirLayersOptions,
  ...more: readonly never[]
): Promise<NirGraph> {
  nothingMore(more, where, 'nirFromLayers(layers, { inputShape, dt, unit })');
  ensure(isRecord(options), where, 'options', () => `must be { inputShape, dt, unit }, got ${show(options)}`);
  const { inputShape, ...rest } = options;
  const time = checkedTime(rest, where);
  const given = checkShape(inputShape, where, 'inputShape');
  const isLayer = given.length > 0 && given.length < 4 && countOf(given) > 0;
  ensure(isLayer, where, 'inputShape', () => `must be [n], [length, channels] or [height, width, channels], got ${show(given)}`);
  const isNetwork = isRecord(layers) && 'layers' in layers;
  ensure(!isNetwork, where, 'layers', () => `are a whole network, whose maxima are pooled by no node of NIR: ${instead}`);
  ensure(Array.isArray(layers) && layers.length > 0, where, 'layers', () => `must be a list of layers, got ${show(layers)}`);
  const nodes: { [name: string]: NirNode } = {};
  const edges: [string, string][] = [];
  let [last, shape] = ['input', [at(given, -1), ...given.slice(0, -1)] as readonly number[]];
  nodes['input'] = { type: 'Input', params: { shape: integers(...shape) } };
  for (const [index, layer] of layers.entries()) {
    const part = await partOf(layer, shape, time, index);
    for (const [name, node] of Object.entries(part.nodes)) {
      nodes[name] = node;
      edges.push([last, name]);
      last = name;
    }
    if (part.inhibition !== undefined) {
      const name = `inhibition_${index}`;
      nodes[name] = part.inhibition;
      edges.push([last, name], [name, last]);
    }
    shape = part.shape;
  }
  nodes['output'] = { type: 'Output', params: { shape: integers(...shape) } };
  edges.push([last, 'output']);
  const metadata = { [profile]: { version, dt: doubles([], [time.dt]), unit: time.unit } };
  return checkedGraph({ type: 'NIRGraph', nodes, edges, metadata }, where);
}

const where = 'nirFromLayers';

/** What can be done with a network that pools. */
const instead = 'give each layer by itself as { w, topology: conv2d({ pad }) }, { threshold }, and pool between the graphs';

/** Nodes in a row, what comes out of the last, and what it does to itself. */
interface Part {
  readonly nodes: { readonly [name: string]: NirNode };
  readonly shape: readonly number[];
  readonly inhibition?: NirNode | undefined;
}

async function partOf(layer: NirLayer, shape: readonly number[], time: NirTime, index: number): Promise<Part> {
  const argument = `layers[${index}]`;
  ensure(isRecord(layer), where, argument, () => `must be { w }, { neuron } or { threshold }, got ${show(layer)}`);
  if ('w' in layer) return weightsPart(layer as NirWeights, shape, index, argument);
  if ('neuron' in layer) return neuronsPart(layer as NirNeurons, shape, time, index, argument);
  const pools = 'maps' in layer || Object.keys(layer).some((name) => /pool/i.test(name));
  ensure(!pools, where, argument, () => `pools maxima, for which NIR has no node: ${instead}`);
  ensureFields(layer, ['threshold'], where, argument);
  const { threshold } = layer as NirThreshold;
  ensureIs(scalar, threshold, where, `${argument}.threshold`);
  const all = doubles(shape, Array<number>(countOf(shape)).fill(threshold));
  return { nodes: { [`threshold_${index}`]: { type: 'Threshold', params: { threshold: all } } }, shape };
}

async function weightsPart(layer: NirWeights, shape: readonly number[], index: number, argument: string): Promise<Part> {
  ensureFields(layer, ['w', 'topology', 'rule', 'state'], where, argument);
  const { rule, state } = layer;
  ensure(
    rule === undefined || typeof Object(rule).toJSON === 'function',
    where,
    `${argument}.rule`,
    () => `must be a rule, got ${show(rule)}`,
  );
  const topology = layer.topology ?? rule?.topology ?? dense;
  checkTopology(topology, where);
  const isOne = rule === undefined || JSON.stringify(rule.topology) === JSON.stringify(topology);
  ensure(isOne, where, `${argument}.topology`, () => `is not that of the rule, ${rule?.topology.type}`);
  const needsRule = state === undefined || rule !== undefined;
  ensure(needsRule, where, `${argument}.state`, () => 'is of no rule');
  const w = toFloat(layer.w, where, `${argument}.w`);
  const { nodes, shape: out } = await weightNodes({ w, topology, shape, where, argument });
  const metadata = rule && (await plasticityRecord(w, rule, state, where, argument));
  if (w !== layer.w) w.dispose();
  const named = nodes.map((node, place): readonly [string, NirNode] =>
    place < nodes.length - 1 ? [`flatten_${index}`, node] : [`weights_${index}`, { ...node, ...(metadata && { metadata }) }],
  );
  return { nodes: Object.fromEntries(named), shape: out };
}

function neuronsPart(layer: NirNeurons, shape: readonly number[], time: NirTime, index: number, argument: string): Part {
  ensureFields(layer, ['neuron', 'params', 'inhibition'], where, argument);
  const { inhibition = 0 } = layer;
  ensureIs(nonNegativeScalar, inhibition, where, `${argument}.inhibition`);
  const isLine = inhibition === 0 || shape.length === 1;
  ensure(isLine, where, `${argument}.inhibition`, () => `is between neurons of a line, these are ${show(shape)}`);
  const nodes = { [`neurons_${index}`]: neuronNode(layer, shape, time, where, argument) };
  if (inhibition === 0) return { nodes, shape };
  const count = countOf(shape);
  const weight = Array.from({ length: count * count }, (_, place) => (place % (count + 1) === 0 ? 0 : -inhibition));
  return { nodes, shape, inhibition: { type: 'Linear', params: { weight: doubles([count, count], weight) } } };
}
