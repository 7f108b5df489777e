import { ensure } from '../core/errors.js';
import { show } from '../core/show.js';
import { Arena } from '../kernels/module/arena.js';
import { circuitKernels } from '../kernels/module/circuitKernels.js';
import { checkedInput } from './arguments/input.js';
import { checkedState } from './arguments/state.js';
import { checkRewards } from './checkRewards.js';
import type { Circuit } from './circuit.js';
import type { CircuitInput, CircuitRecords, CircuitState } from './circuitState.js';
import { type Engine, engine } from './engine/engine.js';
import type { CircuitArena } from './engine/memory.js';
import { type CheckedCircuit, checkedCircuit } from './validateCircuit.js';

/** A circuit at work, and the state that it is in. */
interface Running {
  /** As it was then: who changes a circuit has it laid out anew. */
  readonly circuit: CheckedCircuit;
  readonly arena: CircuitArena;
  readonly engine: Engine;
  readonly state: CircuitState;
}

/** What the memory of a circuit holds: its latest state goes on there, any other is laid out first. */
const running = new WeakMap<Circuit, Running>();

/** Advances a circuit by so many steps. @returns what was recorded, and the step that it came to. */
export type Advance = (steps: number, input: CircuitInput) => readonly [records: CircuitRecords, step: number];

/**
 * Work with a circuit that stays in memory meanwhile: a state, which is a copy of all that it holds, is made when the work is over.
 *
 * @param where  in whose name what doesn't fit is refused.
 */
export function withRunning<T>(
  circuit: Circuit,
  state: CircuitState,
  where: string,
  work: (advance: Advance) => T,
): readonly [CircuitState, T] {
  ensure(circuitKernels.isReady(), where, 'kernels', () => 'are not loaded, and there is no SIMD here: await ready() first');
  const checked = checkedCircuit(circuit, where);
  const latest = running.get(circuit);
  const isLatest = latest?.state === state && latest.circuit === checked;
  let { step } = isLatest ? state : checkedState(checked, state, where);
  running.delete(circuit); // until the work is over, so that work that fails leaves nothing half done
  const arena = latest?.arena ?? new Arena(0, circuitKernels);
  const own = isLatest ? latest.engine : engine(arena, checked, state);
  const result = work((steps, input) => {
    const isCount = Number.isSafeInteger(steps) && steps >= 0 && step + steps < 2 ** 31;
    ensure(isCount, where, 'steps', () => `must be a whole number ≥ 0, with fewer than 2^31 in all, got ${show(steps)}`);
    checkedInput(checked, input, { where, steps });
    checkRewards(checked, input, where);
    step += steps;
    return [own.run(steps, input), step];
  });
  const next = own.state();
  running.set(circuit, { circuit: checked, arena, engine: own, state: next });
  return [next, result];
}
