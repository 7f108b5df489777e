import { at } from '../../core/at.js';
import type { Arrays } from '../circuitState.js';
import { type CircuitArena, type CircuitRecord, room } from './memory.js';

/** The spikes of a population that are still on their way. */
export interface SpikeRing {
  /** Spikes of the steps before `step` that may still arrive, in the order of time. */
  pending(step: number): Arrays;
}

/**
 * The lists of the latest spikes of a population: as many as its longest delay asks for, in a ring that holds all that its neurons can
 * fire in that time.
 *
 * @param pending     what a state at a step holds of it.
 * @param refractory  steps.
 * @param delay       the longest, steps.
 */
export function spikeRing(
  arena: CircuitArena,
  record: CircuitRecord<'Population'>,
  { size, pending, step, refractory, delay }: RingSpec,
): SpikeRing {
  const { pendingStep, pendingNeuron } = arriving(pending, step - delay);
  const most = Math.max(pendingNeuron.length, size * Math.ceil((delay + 1) / (refractory + 1)));
  const words = most + 2 * (size + 4);
  const lists = 2 ** Math.ceil(Math.log2(delay + 1));
  const [ring, steps] = [room(arena, 4 * words), room(arena, 8 * lists)];
  new Int32Array(arena.memory.buffer, ring, pendingNeuron.length).set(pendingNeuron);
  const table = new Uint32Array(arena.memory.buffer, steps, 2 * lists);
  pendingStep.forEach((time, index) => {
    const entry = 2 * (time & (lists - 1));
    if (at(table, entry + 1) === 0) table[entry] = ring + 4 * index;
    table[entry + 1] = at(table, entry + 1) + 1;
  });
  const head = ring + 4 * pendingNeuron.length;
  record.set({ ring, ringEnd: ring + 4 * words, head, steps, stepsMask: lists - 1 });
  return {
    pending: (now) => {
      const table = new Uint32Array(arena.memory.buffer, steps, 2 * lists);
      const times = Array.from({ length: Math.min(delay, now) }, (_, index) => now - Math.min(delay, now) + index);
      const listOf = (time: number) => {
        const entry = 2 * (time & (lists - 1));
        return new Int32Array(arena.memory.buffer, at(table, entry), at(table, entry + 1));
      };
      return {
        pendingStep: Int32Array.from(times.flatMap((time) => Array<number>(listOf(time).length).fill(time))),
        pendingNeuron: Int32Array.from(times.flatMap((time) => [...listOf(time)])),
      };
    },
  };
}

interface RingSpec {
  readonly size: number;
  readonly pending: Arrays;
  readonly step: number;
  readonly refractory: number;
  readonly delay: number;
}

/** Those that may still arrive: a state of a circuit with longer delays holds more. */
function arriving({ pendingStep, pendingNeuron }: Arrays, from: number) {
  if (!(pendingStep instanceof Int32Array) || !(pendingNeuron instanceof Int32Array))
    return { pendingStep: none, pendingNeuron: none };
  const first = pendingStep.findIndex((step) => step >= from);
  return first < 0
    ? { pendingStep: none, pendingNeuron: none }
    : { pendingStep: pendingStep.subarray(first), pendingNeuron: pendingNeuron.subarray(first) };
}

const none = new Int32Array();
