import { ensure } from '../core/errors.js';
import { nothingMore } from '../core/params/nothingMore.js';
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

/**
 * Advances a circuit by so many steps. In each, in this order: all neurons advance, with conductances and currents as they were; who is
 * above the threshold fires and is reset; spikes that were fired `delay` steps ago arrive, projection by projection in the order of the
 * spec, with ascending presynaptic neuron, and act on potentials from the next step on; a plastic synapse delivers its weight as it was
 * before the change of this step, and traces take the present spikes after all changes.
 *
 * Pure: `run(a)` and then `run(b)` gives the bits of `run(a + b)`, and a state stays valid whatever is run from it.
 *
 * @param steps  a whole number ≥ 0.
 * @param input  spikes, currents, rates and rewards of these steps.
 * @throws {StdpError} when what is given doesn't fit the circuit, or names a rule or a neuron without a kernel; and where there is no SIMD
 *                     before {@link ready}.
 * @example
 * const circuit = {
 *   dt: 0.1,
 *   populations: { e: { size: 1, neuron: 'condLif', params: { current: 120 } } },
 *   records: { spikes: ['e'] },
 * };
 * const [state, { spikes }] = run(circuit, init(circuit, wire(circuit)), 10_000);
 * [state.step, spikes['e']?.step.length];   // => [10000, 24]
 */
export function run(
  circuit: Circuit,
  state: CircuitState,
  steps: number,
  input: CircuitInput = {},
  ...more: readonly never[]
): readonly [CircuitState, CircuitRecords] {
  nothingMore(more, 'run', 'run(circuit, state, steps, input)');
  ensure(circuitKernels.isReady(), 'run', 'kernels', () => 'are not loaded, and there is no SIMD here: await ready() first');
  const checked = checkedCircuit(circuit, 'run');
  const latest = running.get(circuit);
  const isLatest = latest?.state === state && latest.circuit === checked;
  const { step } = isLatest ? state : checkedState(checked, state, 'run');
  const isCount = Number.isSafeInteger(steps) && steps >= 0 && step + steps < 2 ** 31;
  ensure(isCount, 'run', 'steps', () => `must be a whole number ≥ 0, with fewer than 2^31 in all, got ${show(steps)}`);
  checkedInput(checked, input, { where: 'run', steps });
  checkRewards(checked, input, 'run');
  running.delete(circuit); // until the run is over, so that one that fails leaves nothing half done
  const arena = latest?.arena ?? new Arena(0, circuitKernels);
  const own = isLatest ? latest.engine : engine(arena, checked, state);
  const [next, records] = own.run(steps, input);
  running.set(circuit, { circuit: checked, arena, engine: own, state: next });
  return [next, records];
}
