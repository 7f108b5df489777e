import * as tf from '@tensorflow/tfjs-core';
import { addAt, at, integerAt } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { nothingMore } from '../core/params/nothingMore.js';
import { checkShape } from '../core/shapes.js';
import { showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';
import type { SparseLines, SparseTable } from '../kernels/constants.js';
import { sparseWiring } from '../kernels/tensors/sparse/sparseChange.js';
import { checkActivity } from './checkActivity.js';
import { type Connections, connectionsOf, type SparseConnections, type SparseSizes } from './connections.js';
import { ownWiring } from './ownWiring.js';
import type { Topology } from './topology.js';

/**
 * Just the synapses that are named or drawn: z `[batch, inputs]` and `[batch, outputs]`, w `[n]` in the order of compressed sparse rows
 * (by input, and for each input by output).
 *
 *     post[b, j] = Σ_{n: i(n) → j} pre[b, i(n)] · w[n]        Δw[n] = Σ_b pre[b, i(n)] · post[b, j(n)]
 *
 * Parameters given one per output are those of the outputs, as in a dense layer; rates and bounds may be tensors that broadcast with
 * `[inputs, outputs]`, of which each synapse takes its own.
 *
 * @param connections  pairs [input, output]; or `{ probability, seed }`: each pair of two neurons has a synapse with that probability.
 * @param sizes        `{ inputs, outputs }`: neurons of both layers. Default: as many as the pairs need.
 * @throws {StdpError} when a pair lies outside the layers or comes twice, or sizes are missing where they can't be told.
 * @example
 * const wiring = sparse([[0, 1], [2, 0]]);
 * wiring.forward(tf.tensor2d([[1, 1, 2]]), tf.tensor1d([0.5, 0.25])).print();   // => [[0.5, 0.5]]
 * sparse({ probability: 0.02, seed: 1 }, { inputs: 784, outputs: 400 }).weightShape?.([784], [400]);   // => [6199]
 */
export function sparse(connections: SparseConnections, sizes?: SparseSizes, ...more: readonly never[]): Topology {
  nothingMore(more, 'sparse', 'sparse(connections, { inputs, outputs })');
  return wiringOf(connectionsOf(connections, sizes, 'sparse'));
}

/** {@link sparse} of what its JSON holds. */
export function sparseFromJSON(options: { readonly [option: string]: unknown }, where: string): Topology {
  const { inputs, outputs, indices, ...drawn } = options;
  const connections = indices === undefined ? drawn : indices;
  const [other] = indices === undefined ? [] : Object.keys(drawn);
  ensure(other === undefined, where, other ?? '', () => 'is not an option beside indices');
  return wiringOf(connectionsOf(connections as SparseConnections, { inputs, outputs } as SparseSizes, where));
}

function wiringOf({ inputs, outputs, input, output, json }: Connections): Topology {
  const synapses = input.length;
  const table = tableOf(input, output, inputs, outputs);
  const wiring = sparseWiring(table);
  const arriving = rowsOf(table.columns, outputs);
  /** What each synapse sees of a layer. */
  const seen = (layer: tf.Tensor, neurons: Int32Array): tf.Tensor =>
    tidily(() =>
      layer.size === 0 ? tf.zeros([at(layer.shape, 0), synapses]) : tf.gather(layer, tf.tensor1d(neurons, 'int32'), 1),
    );
  const activity = (given: tf.Tensor, where: string, argument: string, neurons: number): tf.Tensor => {
    const layer = checkActivity(given, 2, where, argument);
    ensure(layer.shape[1] === neurons, where, argument, () => `has ${layer.shape[1]} columns, the wiring has ${neurons}`);
    return layer;
  };
  const topology: Topology = {
    type: 'sparse',
    rank: 2,
    weightRank: 1,
    preRows: (pre) => {
      const layer = activity(pre, 'sparse.preRows', 'pre', inputs);
      return tf.reshape(seen(layer, input), [at(layer.shape, 0), 1, 1, synapses]);
    },
    postRows: (post) => tf.expandDims(seen(activity(post, 'sparse.postRows', 'post', outputs), output), 1),
    forward: (pre, w) =>
      tidily(() => {
        const where = 'sparse.forward';
        const [layer, weights] = [toFloat(pre, where, 'pre'), toFloat(w, where, 'w')];
        const [batch = 1] = topology.outputShape(where, layer.shape, weights.shape, 'pre');
        if (batch === 0) return tf.zeros([batch, outputs]);
        const sent = tf.mul(seen(layer, input), weights);
        const withNothing = tf.concat([sent, tf.zeros([batch, 1])], 1);
        const arrived = tf.gather(withNothing, tf.tensor1d(arriving.synapses, 'int32'), 1);
        return tf.sum(tf.reshape(arrived, [batch, outputs, arriving.width]), 2);
      }),
    outputShape: (where, preShape, weightShape, argument = 'zPre') => {
      const [batch = 1, columns] = checkShape(preShape, where, argument, 2);
      const [given] = checkShape(weightShape, where, 'w', 1);
      ensure(columns === inputs, where, argument, () => `has ${columns} columns, the wiring has ${inputs} inputs`);
      ensure(given === synapses, where, 'w', () => `has shape ${showShape(weightShape)}, the wiring has ${synapses} synapses`);
      return [batch, outputs];
    },
    geometry: () => ({ kind: 'sparse', wiring }),
    toJSON: () => ({ type: 'sparse', inputs, outputs, ...json }),
    weightShape: () => [synapses],
    perOutput: { count: outputs, inputs, spread: (values) => spread(values, input, output) },
    examples: [{ pre: [inputs], w: [synapses] }],
  };
  return ownWiring(topology);
}

/** What each synapse finds in `[outputs]`, or in what broadcasts to `[inputs, outputs]`. */
function spread(values: tf.Tensor, input: Int32Array, output: Int32Array): tf.Tensor {
  const [rows = 1, columns = 1] = values.rank === 1 ? [1, values.size] : values.shape;
  const place = (index: number): number =>
    (rows === 1 ? 0 : integerAt(input, index) * columns) + (columns === 1 ? 0 : integerAt(output, index));
  const places = Int32Array.from(input, (_, index) => place(index));
  return tf.gather(tf.reshape(values, [-1]), tf.tensor1d(places, 'int32'));
}

/** The same synapses in rows and in columns. */
function tableOf(input: Int32Array, output: Int32Array, inputs: number, outputs: number): SparseTable {
  const start = startsOf(output, outputs);
  const next = start.slice();
  const [synapse, neighbour] = [new Int32Array(output.length), new Int32Array(output.length)];
  output.forEach((neuron, index) => {
    const place = integerAt(next, neuron);
    synapse[place] = index;
    neighbour[place] = integerAt(input, index);
    next[neuron] = place + 1;
  });
  const rows = { start: startsOf(input, inputs), neighbour: output, synapse: Int32Array.from(output, (_, index) => index) };
  return { rows, columns: { start, neighbour, synapse } };
}

/** How many synapses belong to neurons before each, and how many there are. */
function startsOf(neurons: Int32Array, size: number): Int32Array {
  const counts = new Float64Array(size + 1);
  for (const neuron of neurons) addAt(counts, neuron + 1, 1);
  let before = 0;
  return new Int32Array(counts).map((count) => {
    before += count;
    return before;
  });
}

/** The synapses that arrive at each output, in rows filled up with one that there is not. */
function rowsOf({ start, synapse }: SparseLines, outputs: number) {
  const counts = Array.from({ length: outputs }, (_, neuron) => integerAt(start, neuron + 1) - integerAt(start, neuron));
  const width = counts.reduce((most, count) => Math.max(most, count), 1);
  checkShape([outputs, width], 'sparse', 'the table of synapses');
  const synapses = new Int32Array(outputs * width).fill(synapse.length);
  for (let neuron = 0; neuron < outputs; neuron++)
    synapses.set(synapse.subarray(start[neuron], start[neuron + 1]), neuron * width);
  return { synapses, width };
}
