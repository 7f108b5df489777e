import * as tf from '@tensorflow/tfjs-core';
import { ensure, StdpError } from '../../core/errors.js';
import { ensureFields } from '../../core/params/ensureFields.js';
import { ensureIs, nothingMore, oneOf, positiveScalar } from '../../core/params/validation.js';
import { checkShape } from '../../core/shapes.js';
import { messageOf, show, showShape } from '../../core/show.js';
import { ensureBackend, sameShape, sumOf, tidily, toFloat } from '../../core/tensors.js';
import { isRecord, tensorsOf } from '../../core/trees.js';
import type { Step } from '../../core/wholeSeries.js';
import { checkedGraph } from '../../formats/nir/checkedGraph.js';
import type { NirGraph, NirNode } from '../../formats/nir/nirGraph.js';
import { checkGraph, type Ends } from '../../formats/nir/nirShapes.js';
import { flatGraph } from './flatGraph.js';
import { convolution, delay, flatten, identity, linear, pool, scale, threshold } from './layerNodes.js';
import { neuron } from './neuronNodes.js';
import { checkedState, type NirState, type Part, stateAtRest } from './nirState.js';
import { type Behaviour, type NamedTensors, type NirTime, type NodeContext, nodeContext } from './nodeContext.js';
import { nodeOrder } from './nodeOrder.js';

export type { NirState } from './nirState.js';
export type { NirTime } from './nodeContext.js';

/** A graph at work. */
export interface NirNetwork {
  /** Shape of a sample that comes in: `[n]`, `[channels, height, width]`. */
  readonly inputShape: readonly number[];
  /** Shape of a sample that comes out. */
  readonly outputShape: readonly number[];
  /** The network at rest, for a batch of samples. Default 1. */
  init(batch?: number): NirState;
  /** Takes a state and an input `[batch, …]` to the next state and the output `[batch, …]`: a step for `scan`. */
  readonly step: Step<NirState, tf.TensorLike | tf.Tensor, tf.Tensor>;
  /** Lets go of weights and constants. */
  dispose(): void;
}

/**
 * A network that runs, of a graph in NIR: what Norse, snnTorch, SpikingJelly, Sinabs, Rockpool, Spyx or Lava have written. Nodes and
 * edges come in any order, inputs of a node are summed, graphs within graphs are laid open. Where edges close a circle, the node nearest to
 * the Output hands on what it gave one step before: recurrent weights see the spikes of the step before.
 *
 * The equations of NIR are continuous; a step of ours is one of forward Euler, the synaptic current first:
 *
 *     CubaLIF, CubaLI   i' = i + dt/τ_syn·(w_in·x − i)       others  i' = x
 *     LIF, LI, Cuba…    u  = v + dt/τ·(v_leak − v + r·i')    IF, I   u  = v + dt·r·i'
 *     LIF, IF, CubaLIF  z  = [u > v_threshold],  v' = v_reset where z, else u
 *
 * They begin at v_leak (IF and I at 0) without current. A missing `v_reset` is 0. Delays are rounded to steps. Images are
 * `[channels, height, width]`, as in NIR.
 *
 * @param graph  from {@link readNir}, or of your own.
 * @param time   `dt`, the length of a step, in `unit`: `'s'`, `'ms'` or `'steps'`, which is what the times in the file are in. It doesn't
 *               tell: Norse, snnTorch, SpikingJelly and Rockpool write seconds (snnTorch and SpikingJelly for steps of 1e-4), Sinabs and Spyx
 *               steps.
 * @throws {StdpError} in one line that names the place: when the graph is broken, has several inputs or outputs or a node that nothing
 *         feeds, a value is out of range, or a step is too long for a time constant (another unit?).
 *
 * Source: J. E. Pedersen et al., "Neuromorphic intermediate representation", Nature Communications 15, 8122 (2024).
 *
 * @example
 * const network = networkFromNir(
 *   {
 *     type: 'NIRGraph',
 *     nodes: {
 *       input: { type: 'Input', params: { shape: { dtype: 'int64', shape: [1], data: BigInt64Array.of(1n) } } },
 *       sum: { type: 'I', params: { r: { dtype: 'float32', shape: [1], data: Float32Array.of(1) } } },
 *       spikes: { type: 'Threshold', params: { threshold: { dtype: 'float32', shape: [1], data: Float32Array.of(1) } } },
 *       output: { type: 'Output', params: { shape: { dtype: 'int64', shape: [1], data: BigInt64Array.of(1n) } } },
 *     },
 *     edges: [['input', 'sum'], ['sum', 'spikes'], ['spikes', 'output']],
 *   },
 *   { dt: 1, unit: 'steps' },
 * );
 * const [, spikes] = scan(network.step, network.init(), tf.fill([3, 1, 1], 0.6));
 * spikes.print();   // => [[[0]], [[1]], [[1]]]
 * network.dispose();
 */
export function networkFromNir(graph: NirGraph, time: NirTime, ...more: readonly never[]): NirNetwork {
  nothingMore(more, where, 'networkFromNir(graph, { dt, unit })');
  const clock = checkedTime(time, where);
  ensureBackend(where);
  const flat = flatGraph(checkedGraph(graph, where), where);
  const laidOpen = { type: 'NIRGraph', nodes: Object.fromEntries(flat.nodes), edges: flat.edges } as const;
  const ends = checkGraph(laidOpen, '/node', where, 'graph');
  const { names, now, later } = nodeOrder(flat);
  const echoing = new Set([...later.values()].flat());
  const parts = tidily(() =>
    names.map((name): Part => {
      const [node, own] = [flat.nodes.get(name) as NirNode, ends.get(name) ?? {}];
      const context = nodeContext(name, node, own, clock, where);
      const [sources, echoes] = [now.get(name) ?? [], later.get(name) ?? []];
      const isFed = name === flat.input || sources.length + echoes.length > 0;
      context.require(isFed, () => 'which no edge leads to');
      const behaviour = behaviourOf(context);
      const echo: NamedTensors = echoing.has(name) ? { last: tf.zeros(shapeOf(own, context)) } : {};
      return { name, sources, echoes, behaviour, remembers: { ...behaviour.remembers, ...echo } };
    }),
  );
  const [inputShape, outputShape] = [flat.input, flat.output].map((name) => ends.get(name)?.out ?? []) as [Shape, Shape];
  const run = (given: NirState, input: tf.Tensor): readonly [NirState, tf.Tensor] => {
    const outputs = new Map([['', input]]);
    const next = parts.map(({ name, sources, echoes, behaviour, remembers }): readonly [string, NamedTensors] => {
      const known = [...(name === flat.input ? [''] : []), ...sources].map((source) => outputs.get(source));
      const arriving = [...known, ...echoes.map((source) => given[source]?.['last'])] as tf.Tensor[];
      const [output, after] = behaviour.step(sumOf(arriving), given[name] ?? {});
      outputs.set(name, output);
      return [name, 'last' in remembers ? { ...after, last: tf.clone(output) } : after];
    });
    const remembered = next.filter(([, fields]) => Object.keys(fields).length > 0);
    return [Object.fromEntries(remembered), tf.clone(outputs.get(flat.output) as tf.Tensor)];
  };
  return {
    inputShape,
    outputShape,
    init: (batch = 1, ...surplus: readonly never[]) => {
      nothingMore(surplus, where, 'network.init(batch)');
      return tidily(() => stateAtRest(parts, batch, where));
    },
    step: (state, input, ...surplus: readonly never[]) => {
      nothingMore(surplus, where, 'network.step(state, input)');
      return tidily(() => {
        const values = toFloat(input, where, 'input');
        const [batch = 1] = values.shape;
        const wanted = [batch, ...inputShape];
        const problem = () => `has shape ${showShape(values.shape)}, needs [batch, ${inputShape.join(', ')}]`;
        ensure(batch > 0 && sameShape(values.shape, wanted), where, 'input', problem);
        const checked = checkedState(state, parts, batch, where);
        return inWords(
          (problem) => `can't be computed: ${problem}`,
          () => run(checked, values),
        );
      });
    },
    dispose: () => tf.dispose(parts.flatMap(({ behaviour, remembers }) => [...behaviour.tensors, ...tensorsOf(remembers)])),
  };
}

const where = 'networkFromNir';

type Shape = readonly number[];

/** The record of `dt` and `unit`, checked. */
export function checkedTime(time: NirTime, name: string): NirTime {
  ensure(
    isRecord(time),
    name,
    'time',
    () => `must be { dt, unit }: a file doesn't tell in what its times are; got ${show(time)}`,
  );
  ensureFields(time, ['dt', 'unit'], name, 'time');
  const { dt, unit } = time;
  ensureIs(oneOf('s', 'ms', 'steps'), unit, name, 'unit');
  ensureIs(positiveScalar, dt, name, 'dt');
  return { dt, unit };
}

function behaviourOf(context: NodeContext): Behaviour {
  const { type } = context.node;
  const make = behaviours[type];
  context.require(make !== undefined, () => `of type ${type}, which doesn't run here`);
  return inWords(
    (problem) => `has ${context.place}, whose ${problem}`,
    () => (make ?? identity)(context),
  );
}

/** What `compute` gives. What operations refuse is told as a problem of the graph. */
function inWords<T>(tell: (problem: string) => string, compute: () => T): T {
  try {
    return compute();
  } catch (reason) {
    if (reason instanceof StdpError && reason.where === where) throw reason;
    const problem = reason instanceof StdpError ? `${reason.argument} ${reason.problem}` : messageOf(reason);
    throw new StdpError(where, 'graph', tell(problem), { cause: reason });
  }
}

const behaviours: { readonly [type: string]: ((context: NodeContext) => Behaviour) | undefined } = {
  ...{ Input: identity, Output: identity, Linear: linear, Affine: linear, Scale: scale, Threshold: threshold, Delay: delay },
  ...{ I: neuron, IF: neuron, LI: neuron, LIF: neuron, CubaLI: neuron, CubaLIF: neuron },
  ...{ Conv1d: convolution, Conv2d: convolution, SumPool2d: pool, AvgPool2d: pool, Flatten: flatten },
};

function shapeOf({ out }: Ends, { require, place }: NodeContext): number[] {
  require(out !== undefined, () => 'whose output goes in a circle, and its shape is not told');
  return [...checkShape(out, where, `graph, at ${place},`)];
}
