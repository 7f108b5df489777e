import { ensure, inName } from '../core/errors.js';
import { filled } from '../core/filled.js';
import { aFunction, ensureIs, flag, nothingMore } from '../core/params/validation.js';
import { show } from '../core/show.js';
import { tidily } from '../core/tensors.js';
import { isRecord } from '../core/trees.js';
import type { Rule, RuleInput } from '../rules/rule.js';
import { dense } from '../topologies/dense.js';
import type { Topology } from '../topologies/topology.js';
import type { Cell } from './cell.js';
import { checkRule } from './checkCell.js';
import { restored, restoredRecord } from './state/restored.js';
import { TrainerUnit } from './trainerUnit.js';

/**
 * Trains any number of cells by one rule: a thin shell of state around the pure rule. Each cell has its own unit; no two
 * units share anything, whatever they are called. It owns tensors: `dispose` it when done.
 *
 * @typeParam P  the rule's parameters.
 *
 * Source: Inferno `IndependentCellTrainer` (there cells with equal names inside share their memory).
 *
 * @example
 * const trainer = new Trainer('Pairs', pairStdp, { etaPlus: 0.1, integration: 'exact' });   // or any other rule
 * const unit = trainer.registerCell('hidden', { w: [[0.5]], pre: [1], post: [1] });
 * trainer.step(unit, { pre: [1], post: [1] });
 * trainer.apply();
 * unit.getParameter().print();   // => [[0.5 + 0.1 - 0.001]]
 * trainer.dispose();
 */
export class Trainer<P extends object> {
  readonly #where: string;
  readonly #makeRule: (params: Partial<P>, topology: Topology) => Rule<object>;
  readonly #params: Partial<P>;
  readonly #units = new Map<string, TrainerUnit>();
  #training = true;
  #disposed = false;

  /**
   * @param where     the name that error messages begin with.
   * @param makeRule  the pure rule.
   * @param params    of the rule, for all cells.
   * @throws {StdpError} when params is no record, or a parameter is unknown or out of range.
   */
  constructor(
    where: string,
    makeRule: (params: Partial<P>, topology: Topology) => Rule<object>,
    params: Partial<P> = {},
    ...more: readonly never[]
  ) {
    ensure(typeof where === 'string', 'Trainer', 'where', () => `must be a name, got ${show(where)}`);
    ensureIs(aFunction, makeRule, where, 'makeRule');
    ensureNamed(params, where, 'params');
    nothingMore(more, where, 'parameters are one record, a topology comes with each cell');
    inName(where, () => checkRule(makeRule(params, dense), where)); // a word misspelt is told of here, not at the first cell
    this.#where = where;
    this.#makeRule = makeRule;
    this.#params = { ...params }; // theirs to change, not ours
  }

  /**
   * Takes a cell in.
   *
   * @param name       unique within the trainer.
   * @param overrides  parameters of this cell that differ from the trainer's.
   * @returns the cell's unit; with it or its name the cell is stepped.
   * @throws {StdpError} when the name is taken, the weights don't fit the layers, or a parameter is unknown or out of range.
   */
  registerCell(name: string, cell: Cell, overrides: Partial<P> = {}, ...more: readonly never[]): TrainerUnit {
    const where = this.#where;
    nothingMore(more, where, 'registerCell(name, cell, overrides)');
    this.#ensureAlive();
    ensure(typeof name === 'string', where, 'name', () => `must be a text, got ${show(name)}`);
    ensure(!this.#units.has(name), where, 'name', () => `'${name}' is registered already`);
    ensureNamed(overrides, where, 'overrides');
    const unit = inName(where, () => {
      ensure(isRecord(cell), where, 'cell', () => `must be a record { w, pre, post }, got ${show(cell)}`);
      const { topology = dense } = cell;
      return new TrainerUnit(name, this.#makeRule(filled<Partial<P>>(this.#params, overrides), topology), cell);
    });
    this.#units.set(name, unit);
    return unit;
  }

  /** Whether steps are seen. */
  get training(): boolean {
    return this.#training;
  }

  /** Switches training on or off. While it is off, steps are checked and leave no trace; updates that wait still wait. */
  train(on = true, ...more: readonly never[]): void {
    nothingMore(more, this.#where, 'train(on)');
    ensureIs(flag, on, this.#where, 'on');
    this.#training = on;
  }

  /**
   * Shows one cell one time step: spikes, and reward and delay where the rule takes them.
   *
   * @param cell   its unit or its name.
   * @param input  all of it: `{ pre, post }`, and `reward`, `delay` where the rule takes them. Nothing comes beside it.
   * @throws {StdpError} when the cell isn't this trainer's, or the input does not fit.
   */
  step(cell: TrainerUnit | string, input: RuleInput, ...more: readonly never[]): void {
    nothingMore(more, this.#where, 'step(cell, { pre, post, reward })');
    const unit = this.unit(cell);
    inName(this.#where, () => (this.#training ? unit.step(input) : unit.check(input)));
  }

  /** Applies the updates that wait in all cells, each cell's at once. */
  apply(...more: readonly never[]): void {
    nothingMore(more, this.#where, 'apply()');
    this.#ensureAlive();
    for (const unit of this.#units.values()) inName(this.#where, () => unit.apply());
  }

  /** Forgets all cells' spikes and waiting updates, as before a new stimulus. Parameters stay. */
  reset(...more: readonly never[]): void {
    nothingMore(more, this.#where, 'reset()');
    this.#ensureAlive();
    for (const unit of this.#units.values()) unit.reset();
  }

  /** What all cells hold, for `saveState`. The tensors stay the trainer's, and go with its next step. */
  carry(...more: readonly never[]): object {
    nothingMore(more, this.#where, 'carry()');
    this.#ensureAlive();
    const cells = [...this.#units].map(([name, unit]) => [name, unit.carry()]);
    return { training: this.#training, cells: Object.fromEntries(cells) };
  }

  /**
   * Takes what {@link carry} gave, here or in a program before, into the same cells: it goes on bit for bit. The tensors stay yours.
   *
   * @throws {StdpError} when it is not of these cells; nothing has changed then.
   */
  restore(carry: object, ...more: readonly never[]): void {
    const where = this.#where;
    nothingMore(more, where, 'restore(carry)');
    this.#ensureAlive();
    const { training, cells } = restoredRecord(carry, ['training', 'cells'], where, 'carry');
    const on = restored(training, true, where, 'carry.training');
    const given = restoredRecord(cells, [...this.#units.keys()], where, 'carry.cells');
    tidily(() => {
      const ready = [...this.#units].map(([name, unit]) => unit.restoring(given[name], where, `carry.cells.${name}`));
      for (const put of ready) put();
    });
    this.#training = on;
  }

  /** The unit of a cell, by itself or by name. */
  unit(cell: TrainerUnit | string): TrainerUnit {
    this.#ensureAlive();
    const isCell = typeof cell === 'string' || cell instanceof TrainerUnit;
    ensure(isCell, this.#where, 'cell', () => `must be a unit or its name, got ${show(cell)}`);
    const name = typeof cell === 'string' ? cell : cell.name;
    const unit = this.#units.get(name);
    const mine = unit !== undefined && (typeof cell === 'string' || cell === unit);
    const known = this.#units.size === 0 ? 'no cell is' : `known are ${[...this.#units.keys()].join(', ')}`;
    const problem = unit === undefined ? `; ${known}` : ': the unit is of another trainer';
    ensure(mine, this.#where, 'cell', () => `'${name}' is not registered${problem}`);
    return unit;
  }

  /** Lets go of all units and their tensors. */
  dispose(): void {
    for (const unit of this.#units.values()) unit.dispose();
    this.#units.clear();
    this.#disposed = true;
  }

  #ensureAlive(): void {
    ensure(!this.#disposed, this.#where, 'the trainer', () => 'was disposed: make a new one');
  }
}

/** Throws where parameters are given one after the other, as in the peer. */
function ensureNamed(params: unknown, where: string, argument: string): void {
  const form = `parameters are given by name, as in new ${where}({ … })`;
  ensure(isRecord(params), where, argument, () => `must be a record, got ${show(params)}: ${form}`);
}
