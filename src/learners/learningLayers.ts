import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { show, showShape } from '../core/show.js';
import { sameShape, tidily, toFloat } from '../core/tensors.js';
import { isRecord } from '../core/trees.js';
import { checkTopology } from '../topologies/checkTopology.js';
import { dense } from '../topologies/dense.js';
import type { Topology } from '../topologies/topology.js';

/** A connection that learns, as it is handed to a {@link LearningRule}. */
export interface LearningLayer<P> {
  /** Initial weights; the rule takes a copy. */
  readonly w: tf.TensorLike | tf.Tensor;
  /** How the layers are wired. Default {@link dense}. */
  readonly topology?: Topology;
  /** What differs from the rule's defaults for this layer. */
  readonly params?: Partial<P>;
}

/** What both sides of a connection did in one step; tensors, with or without a batch axis. */
export interface LayerActivity {
  readonly pre: tf.TensorLike | tf.Tensor;
  readonly post: tf.TensorLike | tf.Tensor;
}

/** A layer as the methods of a rule see it: batched float32 tensors and complete parameters. */
export interface ActiveLayer<P> {
  readonly name: string;
  readonly topology: Topology;
  readonly params: P;
  readonly w: tf.Tensor;
  readonly pre: tf.Tensor;
  readonly post: tf.Tensor;
}

/** Throws unless each layer can learn: its weights have the rank of its topology, and its parameters are known. */
export function checkLearningLayers<P extends object>(
  layers: { readonly [name: string]: LearningLayer<P> },
  defaults: P,
  where: string,
): void {
  ensureRecord(layers, where, 'layers', 'of layers by name');
  ensureRecord(defaults, where, 'defaults', 'of parameters');
  ensure(Object.keys(layers).length > 0, where, 'layers', () => 'is empty, needs at least one');
  for (const [name, layer] of Object.entries(layers)) {
    const argument = `layers.${name}`;
    ensureRecord(layer, where, argument, '{ w, topology, params }');
    ensureFields(layer, ['w', 'topology', 'params'], where, argument);
    const { w, topology = dense, params = {} } = layer;
    checkTopology(topology, where);
    const rank = tidily(() => toFloat(w, where, `${argument}.w`).rank);
    const ranks = () => `has rank ${rank}, a ${topology.type} layer needs rank ${topology.weightRank}`;
    ensure(rank === topology.weightRank, where, `${argument}.w`, ranks);
    ensureRecord(params, where, `${argument}.params`, 'of parameters');
    const unknown = Object.keys(params).find((param) => !Object.hasOwn(defaults, param));
    const known = () => `is not a parameter; known are ${Object.keys(defaults).join(', ')}`;
    ensure(unknown === undefined, where, `${argument}.params.${unknown}`, known);
  }
}

/** The activity with a batch axis, checked against the weights. */
export function batchedActivity(
  { name, topology, w }: Pick<ActiveLayer<object>, 'name' | 'topology' | 'w'>,
  activity: LayerActivity,
  where: string,
): Pick<ActiveLayer<object>, 'pre' | 'post'> {
  ensureRecord(activity, where, name, '{ pre, post }');
  ensureFields(activity, ['pre', 'post'], where, name);
  const withBatch = (side: 'pre' | 'post') => {
    const given = toFloat(activity[side], where, `${name}.${side}`);
    const tensor = given.rank === topology.rank - 1 ? tf.expandDims(given, 0) : given;
    const problem = () => `has shape ${showShape(given.shape)}, needs rank ${topology.rank}, or one less without a batch`;
    ensure(tensor.rank === topology.rank, where, `${name}.${side}`, problem);
    return tensor;
  };
  const [pre, post] = [withBatch('pre'), withBatch('post')];
  const wanted = topology.outputShape(where, pre.shape, w.shape, `${name}.pre`);
  const problem = () => `has shape ${showShape(post.shape)}, pre and w need ${showShape(wanted)}`;
  ensure(sameShape(post.shape, wanted), where, `${name}.post`, problem);
  return { pre, post };
}

export function ensureRecord(given: unknown, where: string, argument: string, what: string): void {
  ensure(isRecord(given), where, argument, () => `must be a record ${what}, got ${show(given)}`);
}

function ensureFields(given: object, known: readonly string[], where: string, argument: string): void {
  for (const field of Object.keys(given))
    ensure(known.includes(field), where, `${argument}.${field}`, () => `is not known; known are ${known.join(', ')}`);
}
