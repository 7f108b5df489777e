import { nothingMore } from '../core/params/nothingMore.js';
import type { Circuit } from './circuit.js';
import type { CircuitInput, CircuitRecords, CircuitState } from './circuitState.js';
import { withRunning } from './running.js';

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
  const [next, [records]] = withRunning(circuit, state, 'run', (advance) => advance(steps, input));
  return [next, records];
}
