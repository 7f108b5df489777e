import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../core/tensors.js';
import { nothingMore } from '../core/validation.js';
import type { Rule, RuleInput } from '../rules/rule.js';
import { bounded } from '../updates/applyDelta.js';
import type { ParameterBounds } from '../updates/halfBound.js';
import type { UpdateParams } from '../updates/updateParams.js';
import { applyUpdates, collected, noUpdates, type Updates } from '../updates/updater.js';
import { weightFactor } from '../updates/weightDependence.js';
import type { Cell } from './cell.js';
import { type CheckedCell, checkCell, checkRule } from './checkCell.js';
import { Owned } from './ownedState.js';

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
  readonly #cell: CheckedCell;
  readonly #bounds: ParameterBounds;
  readonly #own: Owned<Held>;

  /** @throws {StdpError} when it is no rule, or the weights of the cell don't fit its layers. */
  constructor(name: string, rule: Rule<object>, cell: Cell, ...more: readonly never[]) {
    nothingMore(more, where, 'new TrainerUnit(name, rule, cell)');
    checkRule(rule, where);
    this.name = name;
    this.rule = rule;
    const { shapes, held } = tidily(() => {
      const { w, ...layers } = checkCell(cell, rule, where);
      const state = rule.init({ ...layers, w: w.shape });
      return { shapes: layers, held: { w: tf.clone(w), state, updates: noUpdates } };
    });
    this.#cell = shapes;
    this.#own = new Owned<Held>(where, held);
    this.#bounds = cell.bounds ?? dependence(rule.update);
  }

  /** The parameter as it is now; the tensor is the caller's. */
  getParameter(): tf.Tensor {
    return tf.clone(this.#own.now.w);
  }

  /** Sees one time step; what the rule asks for waits until {@link apply}. @param input  all of it, also reward and delay. */
  step(input: RuleInput, ...more: readonly never[]): void {
    nothingMore(more, where, 'step({ pre, post, reward })');
    const { rule } = this;
    const { w, state, updates } = this.#own.now;
    const next = tidily((): Held => {
      const [delta, after] = rule.delta(input, w, state);
      return { w, state: after, updates: collected(updates, delta, w, rule.topology, rule.update, where) };
    });
    this.#own.replace(next);
  }

  /** Applies all that waits, at once. */
  apply(...more: readonly never[]): void {
    nothingMore(more, where, 'apply()');
    const { w, state, updates } = this.#own.now;
    const changed = tidily(() => bounded(applyUpdates(w, updates, this.#bounds), this.rule.update));
    this.#own.replace({ w: changed, state, updates: noUpdates });
  }

  /** Forgets spikes and waiting updates; the parameter stays. */
  reset(...more: readonly never[]): void {
    nothingMore(more, where, 'reset()');
    const { w } = this.#own.now;
    this.#own.replace({ w, state: this.rule.init({ ...this.#cell, w: w.shape }), updates: noUpdates });
  }

  /** Lets go of all tensors. */
  dispose(): void {
    this.#own.dispose();
  }
}

/** What a unit keeps. */
interface Held {
  readonly w: tf.Tensor;
  readonly state: object;
  readonly updates: Updates;
}

const where = 'TrainerUnit';

/** The rule's own weight dependence as bounds. */
const dependence =
  (update: UpdateParams): ParameterBounds =>
  (w, positive, negative) =>
    tf.sub(
      tf.mul(positive, weightFactor(w, 'potentiation', update.weightDependence, update, update.mu, where)),
      tf.mul(negative, weightFactor(w, 'depression', update.weightDependence, update, update.mu, where)),
    );
