import type { Topology } from './topology.js';

const own = new WeakSet<Topology>();

/**
 * A topology of this library, which kernels may take for what it says it is. A copy of it with another method
 * (`{ ...dense, preRows }`) is another wiring and none of these, so the composition of operations serves it.
 */
export function ownWiring(topology: Topology): Topology {
  own.add(topology);
  return Object.freeze(topology);
}

/** Whether kernels know the wiring. */
export const isOwnWiring = (topology: Topology): boolean => own.has(topology);
