import * as tf from '@tensorflow/tfjs-core';
import { aText, ensureIs, nothingMore } from '../core/params/validation.js';
import { tidily } from '../core/tensors.js';
import { madeOf } from '../rules/madeOf.js';
import type { Rule, RuleInput } from '../rules/rule.js';
import { checkInput } from '../rules/ruleInput.js';
import { bounded, existing } from '../updates/applyDelta.js';
import type { ParameterBounds } from '../updates/halfBound.js';
import type { Bounds } from '../updates/scaling.js';
import type { UpdateParams } from '../updates/updateParams.js';
import { applyUpdates, collected, noUpdates, type Updates } from '../updates/updater.js';
import { weightFactor } from '../updates/weightDependence.js';
import type { Cell } from './cell.js';
import { type CheckedCell, checkCell, checkRule } from './checkCell.js';
import { Owned } from './state/ownedState.js';
import { carried, restoredList, restoredMade, restoredRecord, restoredTensor } from './state/restored.js';

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
  readonly #limits: Bounds;
  readonly #own: Owned<Held>;

  /** @throws {StdpError} when it is no rule, or the weights of the cell or the rule's parameters don't fit its layers. */
  constructor(name: string, rule: Rule<object>, cell: Cell, ...more: readonly never[]) {
    nothingMore(more, where, 'new TrainerUnit(name, rule, cell)');
    ensureIs(aText, name, where, 'name');
    checkRule(rule, where);
    this.name = name;
    this.rule = rule;
    const { shapes, held } = tidily(() => {
      const { w, ...layers } = checkCell(cell, rule, where);
      checkFit(rule, layers, w);
      const state = rule.init({ ...layers, w: w.shape });
      return { shapes: layers, held: { w: tf.clone(w), state, updates: noUpdates, steps: 0 } };
    });
    this.#cell = shapes;
    this.#own = new Owned<Held>(where, held);
    this.#bounds = cell.bounds ?? dependence(rule.update);
    this.#limits = cell.bounds === undefined ? rule.update : { ...rule.update, hardBound: false };
  }

  /** The parameter as it is now; the tensor is the caller's. */
  getParameter(): tf.Tensor {
    return tf.clone(this.#own.now.w);
  }

  /** Sees one time step; what the rule asks for waits until {@link apply}. @param input  all of it, also reward and delay. */
  step(input: RuleInput, ...more: readonly never[]): void {
    nothingMore(more, where, 'step({ pre, post, reward })');
    const { rule } = this;
    const { w, state, updates, steps } = this.#own.now;
    const next = tidily((): Held => {
      const [delta, after] = rule.delta(input, w, state);
      const seen = this.#cell.pre.includes(0) ? 0 : 1; // a rule's step of no samples leaves weights alone
      return {
        w,
        state: after,
        updates: collected(updates, delta, w, rule.topology, rule.update, where),
        steps: steps + seen,
      };
    });
    this.#own.replace(next);
  }

  /** Refuses what {@link step} would, and sees nothing of it. */
  check(input: RuleInput, ...more: readonly never[]): void {
    nothingMore(more, where, 'check({ pre, post, reward })');
    const { topology, reads = [] } = this.rule;
    const { w } = this.#own.now;
    tidily(() => void checkInput({ where, pre: 'pre', post: 'post' }, topology, reads, input, w));
  }

  /**
   * Applies all that waits, at once: w' = bound( (w + change)·(1 − weightDecay)ⁿ ) after n steps, so that weights decay as often as
   * by steps of the rule. When no step was seen since the last time, nothing changes.
   */
  apply(...more: readonly never[]): void {
    nothingMore(more, where, 'apply()');
    const { w, state, updates, steps } = this.#own.now;
    if (steps === 0) return;
    const { topology } = this.rule;
    const changed = tidily(() =>
      existing(bounded(applyUpdates(w, updates, this.#bounds), this.#limits, topology, steps), w, topology),
    );
    this.#own.replace({ w: changed, state, updates: noUpdates, steps: 0 });
  }

  /** Forgets spikes and waiting updates; the parameter stays. */
  reset(...more: readonly never[]): void {
    nothingMore(more, where, 'reset()');
    const { w } = this.#own.now;
    this.#own.replace({ w, state: this.rule.init({ ...this.#cell, w: w.shape }), updates: noUpdates, steps: 0 });
  }

  /** What it holds, for `saveState`. The tensors stay its own, and go with its next step. */
  carry(...more: readonly never[]): object {
    nothingMore(more, where, 'carry()');
    return carried({ ...this.#own.now, rule: madeOf(this.rule) });
  }

  /** Takes what {@link carry} gave, here or in a program before: it goes on bit for bit. The tensors stay yours. */
  restore(carry: object, ...more: readonly never[]): void {
    nothingMore(more, where, 'restore(carry)');
    tidily(() => this.restoring(carry, where, 'carry')());
  }

  /** @internal Checks what {@link restore} takes, and gives what puts it in place. */
  restoring(carry: unknown, where: string, argument: string): () => void {
    const { w } = this.#own.now;
    const { updates, ...given } = restoredRecord(carry, ['w', 'state', 'updates', 'steps', 'rule'], where, argument);
    const made = { rule: madeOf(this.rule) };
    const like = { w, state: this.rule.init({ ...this.#cell, w: w.shape }), steps: 0 };
    const sides = restoredRecord(updates, ['positive', 'negative'], where, `${argument}.updates`);
    const side = (name: keyof Updates) =>
      restoredList(sides[name], where, `${argument}.updates.${name}`).map((entry, index) =>
        restoredTensor(entry, w.shape, where, `${argument}.updates.${name}[${index}]`),
      );
    const { steps, ...held } = restoredMade(given, like, made, where, argument);
    const next = { ...held, updates: { positive: side('positive'), negative: side('negative') }, steps };
    return () => this.#own.replace(next);
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
  /** Steps whose updates wait. */
  readonly steps: number;
}

const where = 'TrainerUnit';

/** Throws where the rule's parameters don't fit the layers: a batch of no samples is checked as any other, and costs nothing. */
function checkFit(rule: Rule<object>, layers: CheckedCell, w: tf.Tensor): void {
  const ofNone = (shape: readonly number[]) => [0, ...shape.slice(shape.length - rule.topology.rank + 1)];
  const [pre, post] = [ofNone(layers.pre), ofNone(layers.post)];
  rule.delta({ pre: tf.zeros(pre), post: tf.zeros(post) }, w, rule.init({ pre, post, w: w.shape }));
}

/** The rule's own weight dependence as bounds. */
const dependence =
  (update: UpdateParams): ParameterBounds =>
  (w, positive, negative) =>
    tf.sub(
      tf.mul(positive, weightFactor(w, 'potentiation', update.weightDependence, update, update.mu, where)),
      tf.mul(negative, weightFactor(w, 'depression', update.weightDependence, update, update.mu, where)),
    );
