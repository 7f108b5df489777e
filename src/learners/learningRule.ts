import * as tf from '@tensorflow/tfjs-core';
import { fromNullable, type Option } from 'fp-ts/lib/Option.js';
import { ensure, inName } from '../core/errors.js';
import { filled } from '../core/filled.js';
import { ensureIs, nothingMore, scalar } from '../core/params/validation.js';
import { show } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';
import { mapTensors } from '../core/trees.js';
import { toldParams, toldTopology } from '../rules/madeOf.js';
import { dense } from '../topologies/dense.js';
import { multiplied, reduced } from '../topologies/synapseProducts.js';
import { ofFunction } from '../updates/ofFunction.js';
import {
  type ActiveLayer,
  batchedActivity,
  checkLearningLayers,
  ensureRecord,
  type LayerActivity,
  type LearningLayer,
} from './learningLayers.js';
import { Owned } from './state/ownedState.js';
import { carried, type HeldLayer, restoredLayer, restoredRecord } from './state/restored.js';

export type { ActiveLayer, LayerActivity, LearningLayer } from './learningLayers.js';

/** What of a layer never changes. */
type Fixed<P> = Pick<ActiveLayer<P>, 'name' | 'topology' | 'params'>;

/** All layers by name. */
type Layers<S> = { readonly [name: string]: HeldLayer<S> };

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
  readonly #where: string;
  readonly #fixed: ReadonlyMap<string, Fixed<P>>;
  readonly #held: Owned<Layers<S>>;

  /**
   * @param layers    connections by name.
   * @param defaults  parameters of every layer that does not give its own.
   * @throws {StdpError} when a layer has no weights of the right rank, or names a parameter that has no default.
   */
  constructor(layers: { readonly [name: string]: LearningLayer<P> }, defaults: P, ...more: readonly never[]) {
    this.#where = this.constructor.name || 'LearningRule'; // a class may have no name
    nothingMore(more, this.#where, 'layers and parameters are two records');
    this.checkLayers(layers, defaults);
    const entries = Object.entries(layers);
    const weights = (name: string, w: tf.TensorLike | tf.Tensor) => tf.clone(toFloat(w, this.#where, `layers.${name}.w`));
    this.#fixed = new Map(
      entries.map(([name, { topology = dense, params }]) => [name, { name, topology, params: filled(defaults, params) }]),
    );
    this.#held = new Owned(
      this.#where,
      tidily(() => Object.fromEntries(entries.map(([name, { w }]): [string, HeldLayer<S>] => [name, { w: weights(name, w) }]))),
    );
  }

  /** The memory of a layer one step later: new tensors. */
  protected abstract nextState(layer: ActiveLayer<P>, state: S | undefined): S;

  /** What the memory of a layer makes of its weights, Δw: a new tensor. */
  protected abstract change(layer: Omit<ActiveLayer<P>, 'pre' | 'post'>, state: S, reward: number): tf.Tensor;

  /** Refuses layers that cannot learn. Extend it when your rule needs more; it runs before anything is kept. */
  protected checkLayers(layers: { readonly [name: string]: LearningLayer<P> }, defaults: P): void {
    checkLearningLayers(layers, defaults, this.#where);
  }

  /**
   * Takes one step of activity into memory; layers that are left out keep theirs. Nothing is taken in when a layer is refused.
   *
   * @throws {StdpError} when a layer is unknown or shapes disagree.
   */
  updateState(activity: { readonly [name: string]: LayerActivity }, ...more: readonly never[]): void {
    nothingMore(more, this.#where, 'updateState({ layer: { pre, post } }), and the reward comes with step');
    const before = this.#held.now;
    ensureRecord(activity, this.#where, 'activity', 'of layers by name');
    const next = this.#made(() =>
      Object.entries(activity).map(([name, given]): [string, HeldLayer<S>] => {
        const { w, state, ...layer } = this.#layer(name);
        const active = batchedActivity({ ...layer, w }, given, this.#where);
        const after = this.nextState({ ...layer, w, ...active }, state);
        const isState = typeof after === 'object' && after !== null;
        ensure(isState, this.#where, 'nextState', () => `must give a record of tensors, gave ${show(after)}`);
        return [name, { w, state: mapTensors(after, (tensor) => tf.clone(tensor)) }];
      }),
    );
    this.#held.replace({ ...before, ...next });
  }

  /** Learns: `w + change` in every layer that has a memory. @param reward default 1. */
  step(reward = 1, ...more: readonly never[]): void {
    nothingMore(more, this.#where, 'step(reward)');
    const before = this.#held.now;
    ensureIs(scalar, reward, this.#where, 'reward');
    const next = this.#made(() =>
      Object.keys(before).map((name): [string, HeldLayer<S>] => {
        const { state, ...layer } = this.#layer(name);
        const { w } = layer;
        if (state === undefined) return [name, { w }];
        const delta = ofFunction(this.change(layer, state, reward), w.shape, this.#where, `change of ${name}`);
        return [name, { w: tf.add(w, delta), state }];
      }),
    );
    this.#held.replace(next);
  }

  /** Forgets what was remembered; weights stay. */
  resetState(...more: readonly never[]): void {
    nothingMore(more, this.#where, 'resetState()');
    this.#held.replace(Object.fromEntries(Object.entries(this.#held.now).map(([name, { w }]) => [name, { w }])));
  }

  /** The weights of a layer: a copy that is yours. */
  weights(name: string): tf.Tensor {
    return tf.clone(this.#layer(name).w);
  }

  /** The memory of a layer, none before the first step; it stays the rule's. */
  state(name: string): Option<S> {
    return fromNullable(this.#layer(name).state);
  }

  /** {@link preMultPost} with the topology and weights of a layer. */
  preMultPost(name: string, pre: tf.TensorLike | tf.Tensor, post: tf.TensorLike | tf.Tensor): tf.Tensor {
    const { topology, w } = this.#layer(name);
    return multiplied(pre, post, topology, w.shape, this.#where);
  }

  /** {@link reduceConnections}. */
  reduceConnections(products: tf.TensorLike | tf.Tensor, reduction: 'mean' | 'sum' = 'mean'): tf.Tensor {
    return reduced(products, reduction, this.#where);
  }

  /** What all layers hold, for `saveState`. The tensors stay the rule's, and go with its next step. */
  carry(...more: readonly never[]): object {
    nothingMore(more, this.#where, 'carry()');
    const layers = Object.entries(this.#held.now).map(([name, held]) => [name, { ...held, ...this.#madeOf(name) }]);
    return carried(Object.fromEntries(layers));
  }

  /**
   * Takes what {@link carry} gave, here or in a program before, into the same layers: it goes on bit for bit. The tensors stay yours.
   *
   * @throws {StdpError} when it is not of these layers.
   */
  restore(carry: object, ...more: readonly never[]): void {
    const where = this.#where;
    nothingMore(more, where, 'restore(carry)');
    const before = Object.entries(this.#held.now);
    const layers = restoredRecord(carry, [...this.#fixed.keys()], where, 'carry');
    const next = this.#made(() =>
      before.map(([name, { w }]) => [name, restoredLayer<S>(layers[name], w, this.#madeOf(name), where, `carry.${name}`)]),
    );
    this.#held.replace(next);
  }

  /** Lets go of weights and memory. */
  dispose(): void {
    this.#held.dispose();
  }

  /** New layers, of which only the tensors stay. */
  #made(compute: () => readonly (readonly [string, HeldLayer<S>])[]): Layers<S> {
    return inName(this.#where, () => tidily(() => Object.fromEntries(compute())));
  }

  /** What a layer was made of. */
  #madeOf(name: string): object {
    const { topology, params } = this.#layer(name);
    return { topology: toldTopology(topology), params: toldParams(params) };
  }

  #layer(name: string): Fixed<P> & HeldLayer<S> {
    const [fixed, held] = [this.#fixed.get(name), this.#held.now[name]];
    const problem = () => `has no ${show(name)}; known are ${[...this.#fixed.keys()].join(', ')}`;
    ensure(fixed !== undefined && held !== undefined, this.#where, 'layers', problem);
    return { ...fixed, ...held };
  }
}
