import { ensure } from '../core/errors.js';
import type { CircuitState } from './circuitState.js';

/** The weights of a projection in a state: one for each synapse, or one that all share. @throws {StdpError} when it has none. */
export function weightsOf({ projections }: CircuitState, name: string): Float32Array {
  const w = projections[name]?.['w'];
  ensure(w instanceof Float32Array, 'circuit', `state.projections.${name}.w`, () => 'is missing: init(circuit, wiring) makes it');
  return w;
}
