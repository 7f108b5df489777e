import { nothingMore } from '../core/params/nothingMore.js';
import { circuitKernels } from '../kernels/module/circuitKernels.js';

/**
 * Loads the kernels of circuits in JavaScript where there is no SIMD, or a page's policy forbids WebAssembly; elsewhere there is nothing to
 * load. {@link run} and {@link interact}, which don't wait, need it there once before their first step; results are the same bits.
 *
 * @example
 * await ready();
 * const circuit = { dt: 1, populations: { e: { size: 1, neuron: 'lif' } } };
 * run(circuit, init(circuit, wire(circuit)), 5)[0].step;   // => 5
 */
export async function ready(...more: readonly never[]): Promise<void> {
  nothingMore(more, 'ready', 'ready()');
  await circuitKernels.ready();
}
