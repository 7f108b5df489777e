import { nothingMore } from '../core/params/nothingMore.js';
import type { Circuit } from './circuit.js';
import type { CircuitWiring } from './circuitState.js';
import { endsOf } from './endsOf.js';
import { streamOf } from './streams.js';
import { checkedCircuit } from './validateCircuit.js';
import { synapsesOf } from './wiring/synapsesOf.js';

/**
 * The synapses of a circuit: for each projection, in compressed sparse rows. Sparse ones are drawn by the gaps between them, one number
 * a synapse.
 *
 * What a projection draws depends on the seed and on how many projections stand before it: one that is added at the end changes no other.
 *
 * @throws {StdpError} as {@link validateCircuit} tells.
 * @example
 * const wiring = wire({
 *   dt: 1,
 *   populations: { e: { size: 3, neuron: 'lif' } },
 *   projections: { ring: { from: 'e', to: 'e', weight: 1, wiring: { type: 'list', pairs: [[0, 1], [1, 2], [2, 0]] } } },
 * });
 * wiring['ring'];   // => { start: [0, 1, 2, 3], target: [1, 2, 0] }
 */
export function wire(circuit: Circuit, ...more: readonly never[]): CircuitWiring {
  nothingMore(more, 'wire', 'wire(circuit)');
  const checked = checkedCircuit(circuit, 'wire');
  const entries = Object.entries(checked.projections).map(([name, projection], index) => {
    const synapses = synapsesOf(projection.wiring, endsOf(checked, projection), streamOf(checked.seed, 'wiring', index));
    return [name, synapses] as const;
  });
  return Object.fromEntries(entries);
}
