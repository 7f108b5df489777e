import * as tf from '@tensorflow/tfjs-core';
import { tidily, toFloat } from '../core/tensors.js';
import { mapTensors } from '../core/trees.js';
import type { Rule, RuleInput } from '../rules/rule.js';
import type { Topology } from '../topologies/topology.js';
import { bounded } from '../updates/applyDelta.js';
import type { ParameterBounds } from '../updates/parameterBounds.js';
import type { UpdateParams } from '../updates/updateParams.js';
import { applyUpdates, collected, noUpdates, type Updates } from '../updates/updater.js';
import { weightFactor } from '../updates/weightDependence.js';
import { disposeState, replaceState } from './ownedState.js';

/**
 * Two layers and what connects them, as a trainer sees them.
 *
 * @property w         the parameter that learns, at the start: weights, or delays in ms.
 * @property pre       shape of the input spikes, with or without a batch.
 * @property post      shape of the output spikes.
 * @property topology  how the layers are wired. Default `dense`.
 * @property bounds    of the parameter, in place of the rule's own, see {@link ParameterBounds}.
 */
export interface Cell {
  readonly w: tf.TensorLike | tf.Tensor;
  readonly pre: readonly number[];
  readonly post: readonly number[];
  readonly topology?: Topology;
  readonly bounds?: ParameterBounds;
}

/**
 * What a trainer keeps for one cell: the parameter, the rule's memory and the updates that wait. Each unit has its own;
 * {@link Trainer} makes it, steps it and lets go of it.
 *
 * @example
 * const rule = kernelStdp({ kernelPost: { kernel: 'constant', eta: 0.1, tau: 20 } });
 * const unit = new TrainerUnit('output', rule, { w: [[0.5]], pre: [1], post: [1] });
 * unit.step({ pre: [1], post: [1] });
 * unit.getParameter().print();   // => [[0.5]]
 * unit.apply();
 * unit.getParameter().print();   // => [[0.6]]
 * unit.dispose();
 */
export class TrainerUnit {
  /** The name that the cell was registered with. */
  readonly name: string;
  /** The pure rule inside. */
  readonly rule: Rule<object>;
  readonly #cell: Cell;
  #w: tf.Tensor;
  #state: object;
  #updates: Updates = noUpdates;

  constructor(name: string, rule: Rule<object>, cell: Cell) {
    this.name = name;
    this.rule = rule;
    this.#cell = cell;
    const start = (): tf.Tensor => tf.clone(toFloat(cell.w, name, 'cell.w'));
    this.#w = replaceState(undefined, tidily(start));
    this.#state = replaceState(undefined, this.#silent());
  }

  /** The parameter as it is now; the tensor is the caller's. */
  getParameter(): tf.Tensor {
    return tf.clone(this.#w);
  }

  /** Sees one time step; what the rule asks for waits until {@link apply}. */
  step(input: RuleInput): void {
    const { rule } = this;
    const [updates, state] = tidily((): [Updates, object] => {
      const [delta, next] = rule.delta(input, this.#w, this.#state);
      const waiting = mapTensors(this.#updates, (tensor) => tf.clone(tensor));
      return [collected(waiting, delta, this.#w, rule.topology, rule.update, this.name), next];
    });
    this.#updates = replaceState(this.#updates, updates);
    this.#state = replaceState(this.#state, state);
  }

  /** Applies all that waits, at once. */
  apply(): void {
    const { update } = this.rule;
    const changed = tidily(() =>
      bounded(applyUpdates(this.#w, this.#updates, this.#cell.bounds ?? dependence(update, this.name)), update),
    );
    this.#w = replaceState(this.#w, changed);
    this.#updates = replaceState(this.#updates, noUpdates);
  }

  /** Forgets spikes and waiting updates; the parameter stays. */
  reset(): void {
    this.#state = replaceState(this.#state, this.#silent());
    this.#updates = replaceState(this.#updates, noUpdates);
  }

  /** Lets go of all tensors. */
  dispose(): void {
    disposeState([this.#w, this.#state, this.#updates]);
  }

  #silent(): object {
    return this.rule.init({ pre: this.#cell.pre, post: this.#cell.post, w: this.#w.shape });
  }
}

/** The rule's own weight dependence as bounds. */
const dependence =
  (update: UpdateParams, where: string): ParameterBounds =>
  (w, positive, negative) =>
    tf.sub(
      tf.mul(positive, weightFactor(w, 'potentiation', update.weightDependence, update, update.mu, where)),
      tf.mul(negative, weightFactor(w, 'depression', update.weightDependence, update, update.mu, where)),
    );
