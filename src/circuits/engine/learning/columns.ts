import { at } from '../../../core/at.js';
import type { ProjectionWiring } from '../../circuitState.js';
import { type CircuitArena, hold, newRecord } from '../memory.js';

/** The synapses of each postsynaptic neuron in memory; others may take their place. */
export interface PlacedColumns {
  readonly address: number;
  set(wiring: ProjectionWiring): void;
}

/** Lays them out. */
export function placeColumns(arena: CircuitArena, wiring: ProjectionWiring, neurons: number): PlacedColumns {
  const columns = columnsOf(wiring, neurons);
  const [start, pre, slot] = [hold(arena, columns.start), hold(arena, columns.pre), hold(arena, columns.slot)];
  const addresses = { start: start.address, pre: pre.address, slot: slot.address };
  return {
    address: newRecord(arena, 'Columns', { ...addresses, isWide: columns.pre instanceof Uint32Array ? 1 : 0 }).address,
    set: (wiring) => {
      const others = columnsOf(wiring, neurons);
      start.view().set(others.start);
      pre.view().set(others.pre);
      slot.view().set(others.slot);
    },
  };
}

/** Synapses by postsynaptic neuron: where those of each begin, their presynaptic neurons, ascending, and their places in the rows. */
interface ColumnArrays {
  readonly start: Uint32Array;
  readonly pre: Uint16Array | Uint32Array;
  readonly slot: Uint32Array;
}

/** The synapses of rows as columns of so many postsynaptic neurons. */
export function columnsOf({ start, target }: ProjectionWiring, neurons: number): ColumnArrays {
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
