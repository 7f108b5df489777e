import { at } from '../../../core/at.js';
import type { ProjectionWiring } from '../../circuitState.js';
import { type CircuitArena, hold, newRecord } from '../memory.js';

/** The address of the synapses of each postsynaptic neuron. */
export function placeColumns(arena: CircuitArena, wiring: ProjectionWiring, neurons: number): number {
  const { start, pre, slot } = columnsOf(wiring, neurons);
  const addresses = { start: hold(arena, start).address, pre: hold(arena, pre).address, slot: hold(arena, slot).address };
  return newRecord(arena, 'Columns', { ...addresses, isWide: pre instanceof Uint32Array ? 1 : 0 }).address;
}

/** The synapses of each of so many postsynaptic neurons: where they begin, their presynaptic neurons, ascending, and their places in the rows. */
export function columnsOf({ start, target }: ProjectionWiring, neurons: number) {
  const columns = new Uint32Array(neurons + 1);
  for (const neuron of target) columns[neuron + 1] = at(columns, neuron + 1) + 1;
  for (let neuron = 0; neuron < neurons; neuron++) columns[neuron + 1] = at(columns, neuron + 1) + at(columns, neuron);
  const next = columns.slice();
  const Pre = start.length - 1 <= 2 ** 16 ? Uint16Array : Uint32Array;
  const [pre, slot] = [new Pre(target.length), new Uint32Array(target.length)];
  for (let neuron = 0; neuron + 1 < start.length; neuron++) {
    for (let s = at(start, neuron); s < at(start, neuron + 1); s++) {
      const post = at(target, s);
      const place = at(next, post);
      pre[place] = neuron;
      slot[place] = s;
      next[post] = place + 1;
    }
  }
  return { start: columns, pre, slot };
}
