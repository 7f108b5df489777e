import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { showShape } from '../core/show.js';
import { sameShape, tidily, toFloat } from '../core/tensors.js';
import { mapTensors } from '../core/trees.js';
import { dense } from '../topologies/dense.js';
import { multiplied, reduced } from '../topologies/synapseProducts.js';
import type { Topology } from '../topologies/topology.js';
import { disposeState, replaceState } from './ownedState.js';

/**
 * A connection that learns, as it is handed to a {@link LearningRule}.
 *
 * @property w         initial weights; the rule takes a copy.
 * @property topology  how the layers are wired. Default {@link dense}.
 * @property params    what differs from the rule's defaults for this layer.
 */
export interface LearningLayer<P> {
  readonly w: tf.TensorLike | tf.Tensor;
  readonly topology?: Topology;
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

type Held<S, P> = Pick<ActiveLayer<P>, 'name' | 'topology' | 'params' | 'w'> & { readonly state?: S };

/**
 * The base of a learning rule of your own: it keeps weights and memory for each layer by name, and leaves to you what is
 * remembered and what is learnt from it. Both of your methods are pure; they are tidied for you.
 *
 * - `nextState(layer, state)`: the memory after one step; `state` is undefined in the first.
 * - `change(layer, state, reward)`: Δw.
 *
 * It owns tensors: `dispose` it when done.
 *
 * Source: PySNN `LearningRule`.
 *
 * @example
 * // A rule of yours is a class with these two methods. EligibilitySTDP is one:
 * const rule = new EligibilitySTDP({ hidden: { w: [[0.5], [0.5]] } }, { etaPlus: 0.1, etaMinus: 0 });
 * rule.updateState({ hidden: { pre: [1, 0], post: [1] } });
 * rule.step(2);
 * rule.weights('hidden').print();   // => [[0.7], [0.5]]
 * rule.preMultPost('hidden', [[1, 2]], [[3]]).print();   // => [[[[3], [6]]]]
 * rule.dispose();
 */
export abstract class LearningRule<S extends object, P extends object> {
  #layers: ReadonlyMap<string, Held<S, P>>;

  /**
   * @param layers    connections by name.
   * @param defaults  parameters of every layer that does not give its own.
   * @throws {StdpError} when a layer has no weights of the right rank, or names a parameter that has no default.
   */
  constructor(layers: { readonly [name: string]: LearningLayer<P> }, defaults: P) {
    this.checkLayers(layers, defaults);
    this.#layers = new Map(
      Object.entries(layers).map(([name, { w, topology = dense, params }]) => {
        const own = replaceState(
          undefined,
          tidily(() => tf.clone(toFloat(w, this.constructor.name, `layers.${name}.w`))),
        );
        return [name, { name, topology, params: { ...defaults, ...params }, w: own }] as const;
      }),
    );
  }

  /** The memory of a layer one step later: new tensors. */
  protected abstract nextState(layer: ActiveLayer<P>, state: S | undefined): S;

  /** What the memory of a layer makes of its weights, Δw: a new tensor. */
  protected abstract change(layer: Omit<ActiveLayer<P>, 'pre' | 'post'>, state: S, reward: number): tf.Tensor;

  /** Refuses layers that cannot learn. Extend it when your rule needs more; it runs before anything is kept. */
  protected checkLayers(layers: { readonly [name: string]: LearningLayer<P> }, defaults: P): void {
    const where = this.constructor.name;
    ensure(Object.keys(layers).length > 0, where, 'layers', () => 'is empty, needs at least one');
    for (const [name, { w, topology = dense, params = {} }] of Object.entries(layers)) {
      const rank = tidily(() => toFloat(w, where, `layers.${name}.w`).rank);
      const ranks = () => `has rank ${rank}, a ${topology.type} layer needs rank ${topology.weightRank}`;
      ensure(rank === topology.weightRank, where, `layers.${name}.w`, ranks);
      const stranger = Object.keys(params).find((param) => !Object.hasOwn(defaults, param));
      const known = () => `is not a parameter; known are ${Object.keys(defaults).join(', ')}`;
      ensure(stranger === undefined, where, `layers.${name}.params.${stranger}`, known);
    }
  }

  /**
   * Takes one step of activity into memory; layers that are left out keep theirs.
   *
   * @throws {StdpError} when a layer is unknown or shapes disagree.
   */
  updateState(activity: { readonly [name: string]: LayerActivity }): void {
    for (const [name, given] of Object.entries(activity)) {
      const layer = this.#layer(name);
      const state = tidily(() => {
        const next = this.nextState({ ...layer, ...batched(layer, given, this.constructor.name) }, layer.state);
        return mapTensors(next, (tensor) => tf.clone(tensor));
      });
      this.#keep({ ...layer, state: replaceState(layer.state, state) });
    }
  }

  /** Learns: `w + change` in every layer that has a memory. @param reward default 1. */
  step(reward = 1): void {
    for (const layer of this.#layers.values()) {
      const { state } = layer;
      if (state === undefined) continue;
      const w = tidily(() => {
        const delta = this.change(layer, state, reward);
        const problem = () => `of ${layer.name} has shape ${showShape(delta.shape)}, w has ${showShape(layer.w.shape)}`;
        ensure(sameShape(delta.shape, layer.w.shape), this.constructor.name, 'change', problem);
        return tf.add(layer.w, delta);
      });
      this.#keep({ ...layer, w: replaceState(layer.w, w) });
    }
  }

  /** Forgets what was remembered; weights stay. */
  resetState(): void {
    for (const { state, ...layer } of this.#layers.values()) {
      disposeState(state);
      this.#keep(layer);
    }
  }

  /** The weights of a layer: a copy that is yours. */
  weights(name: string): tf.Tensor {
    return tf.clone(this.#layer(name).w);
  }

  /** The memory of a layer, undefined before the first step; it stays the rule's. */
  state(name: string): S | undefined {
    return this.#layer(name).state;
  }

  /** {@link preMultPost} with the topology and weights of a layer. */
  preMultPost(name: string, pre: tf.TensorLike | tf.Tensor, post: tf.TensorLike | tf.Tensor): tf.Tensor {
    const { topology, w } = this.#layer(name);
    return multiplied(pre, post, topology, w.shape, this.constructor.name);
  }

  /** {@link reduceConnections}. */
  reduceConnections(products: tf.TensorLike | tf.Tensor, reduction: 'mean' | 'sum' = 'mean'): tf.Tensor {
    return reduced(products, reduction, this.constructor.name);
  }

  /** Lets go of weights and memory. */
  dispose(): void {
    for (const { w, state } of this.#layers.values()) disposeState([w, state]);
  }

  #layer(name: string): Held<S, P> {
    const layer = this.#layers.get(name);
    const names = [...this.#layers.keys()].join(', ');
    ensure(layer !== undefined, this.constructor.name, 'layers', () => `has no '${name}'; known are ${names}`);
    return layer;
  }

  #keep(layer: Held<S, P>): void {
    this.#layers = new Map([...this.#layers, [layer.name, layer]]);
  }
}

/** The activity with a batch axis, checked against the weights. */
function batched(
  { name, topology, w }: Pick<ActiveLayer<object>, 'name' | 'topology' | 'w'>,
  activity: LayerActivity,
  where: string,
): Pick<ActiveLayer<object>, 'pre' | 'post'> {
  const withBatch = (side: 'pre' | 'post') => {
    const given = toFloat(activity[side], where, `${name}.${side}`);
    const tensor = given.rank === topology.rank - 1 ? tf.expandDims(given, 0) : given;
    const problem = () => `has shape ${showShape(given.shape)}, needs rank ${topology.rank}, or one less without a batch`;
    ensure(tensor.rank === topology.rank, where, `${name}.${side}`, problem);
    return tensor;
  };
  const [pre, post] = [withBatch('pre'), withBatch('post')];
  const wanted = topology.outputShape(`${where}, ${name}`, pre.shape, w.shape);
  const problem = () => `has shape ${showShape(post.shape)}, pre and w need ${showShape(wanted)}`;
  ensure(sameShape(post.shape, wanted), where, `${name}.post`, problem);
  return { pre, post };
}
