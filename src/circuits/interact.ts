import { ensure } from '../core/errors.js';
import { nothingMore } from '../core/params/nothingMore.js';
import { ensureIs, integerFrom } from '../core/params/validation.js';
import { show } from '../core/show.js';
import { isRecord } from '../core/trees.js';
import type { Circuit } from './circuit.js';
import type { CircuitInput, CircuitRecords, CircuitState } from './circuitState.js';
import { joinRecords } from './joinRecords.js';
import { withRunning } from './running.js';

/**
 * What a circuit lives in: it acts on the circuit, and sees what the circuit did, turn by turn. Both are pure; what it remembers is a
 * tree of plain records, lists and numbers, which can be saved beside the circuit's state.
 */
export interface Environment<Memory> {
  /** What it remembers at first. */
  readonly init: Memory;
  /** What comes in the next turn. */
  act(memory: Memory): Turn;
  /** What it remembers after a turn: `step` is that of the circuit then. */
  see(memory: Memory, records: CircuitRecords, step: number): Memory;
}

/** Steps of a circuit without a look at it, and what comes in them. */
export interface Turn {
  readonly steps: number;
  readonly input: CircuitInput;
}

/** A circuit and what its environment remembers. */
export type Interaction<Memory> = readonly [state: CircuitState, memory: Memory];

/**
 * Turns of a circuit in its environment: {@link run} with what the environment gives, which then sees the records.
 *
 * @returns circuit and environment after them, and the records of all turns.
 * @throws {StdpError} what {@link run} refuses.
 * @example
 * const [circuit, world] = [florian2007(), florianWorld()];
 * const [[state]] = interact(circuit, world, [init(circuit, wire(circuit)), world.init], 3);
 * state.step;   // => 3
 */
export function interact<Memory>(
  circuit: Circuit,
  environment: Environment<Memory>,
  interaction: Interaction<Memory>,
  turns: number,
  ...more: readonly never[]
): readonly [Interaction<Memory>, CircuitRecords] {
  const where = 'interact';
  nothingMore(more, where, 'interact(circuit, environment, [state, memory], turns)');
  ensure(isEnvironment(environment), where, 'environment', () => `must have functions act and see, got ${show(environment)}`);
  const isPair = Array.isArray(interaction) && interaction.length === 2;
  ensure(isPair, where, 'interaction', () => `must be a pair, [state, memory], got ${show(interaction)}`);
  ensureIs(integerFrom(0), turns, where, 'turns');
  const [state] = interaction;
  let [, memory] = interaction;
  const [last, seen] = withRunning(circuit, state, where, (advance) =>
    Array.from({ length: turns }, () => {
      const { steps, input } = environment.act(memory);
      const [records, step] = advance(steps, input);
      memory = environment.see(memory, records, step);
      return records;
    }),
  );
  return [[last, memory], joinRecords(seen)];
}

const isEnvironment = (given: unknown): boolean =>
  isRecord(given) && typeof given['act'] === 'function' && typeof given['see'] === 'function';
