import { ensure } from '../core/errors.js';
import type { Rule, RuleInput } from '../rules/rule.js';
import { dense } from '../topologies/dense.js';
import type { Topology } from '../topologies/topology.js';
import { type Cell, TrainerUnit } from './trainerUnit.js';

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

  /**
   * @param where     the name that error messages begin with.
   * @param makeRule  the pure rule.
   * @param params    of the rule, for all cells.
   */
  constructor(where: string, makeRule: (params: Partial<P>, topology: Topology) => Rule<object>, params: Partial<P> = {}) {
    this.#where = where;
    this.#makeRule = makeRule;
    this.#params = params;
  }

  /**
   * Takes a cell in.
   *
   * @param name       unique within the trainer.
   * @param overrides  parameters of this cell that differ from the trainer's.
   * @returns the cell's unit; with it or its name the cell is stepped.
   * @throws {StdpError} when the name is taken, or a parameter is unknown or out of range.
   */
  registerCell(name: string, cell: Cell, overrides: Partial<P> = {}): TrainerUnit {
    ensure(!this.#units.has(name), this.#where, 'name', () => `'${name}' is registered already`);
    const rule = this.#makeRule({ ...this.#params, ...overrides }, cell.topology ?? dense);
    const unit = new TrainerUnit(name, rule, cell);
    this.#units.set(name, unit);
    return unit;
  }

  /** Whether steps are seen. */
  get training(): boolean {
    return this.#training;
  }

  /** Switches training on or off. While it is off, steps leave no trace; updates that wait still wait. */
  train(on = true): void {
    this.#training = on;
  }

  /**
   * Shows one cell one time step: spikes, and reward and delay where the rule takes them.
   *
   * @param cell  its unit or its name.
   * @throws {StdpError} when the cell isn't this trainer's, or the input does not fit.
   */
  step(cell: TrainerUnit | string, input: RuleInput): void {
    const unit = this.unit(cell);
    if (this.#training) unit.step(input);
  }

  /** Applies the updates that wait in all cells, each cell's at once. */
  apply(): void {
    for (const unit of this.#units.values()) unit.apply();
  }

  /** Forgets all cells' spikes and waiting updates, as before a new stimulus. Parameters stay. */
  reset(): void {
    for (const unit of this.#units.values()) unit.reset();
  }

  /** The unit of a cell, by itself or by name. */
  unit(cell: TrainerUnit | string): TrainerUnit {
    const name = typeof cell === 'string' ? cell : cell.name;
    const unit = this.#units.get(name);
    const mine = unit !== undefined && (typeof cell === 'string' || cell === unit);
    ensure(mine, this.#where, 'cell', () => `'${name}' is not registered; known are ${[...this.#units.keys()].join(', ')}`);
    return unit;
  }

  /** Lets go of all units and their tensors. */
  dispose(): void {
    for (const unit of this.#units.values()) unit.dispose();
    this.#units.clear();
  }
}
