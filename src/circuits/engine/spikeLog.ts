import type { SpikeList } from '../circuitState.js';
import { type CircuitArena, room } from './memory.js';
import type { PlacedPopulation } from './placePopulation.js';

/** Something that is recorded in memory, and taken from there. */
export interface Recording<T> {
  /** Takes what has been recorded up to now, and makes room. */
  drain(): void;
  /** All that was drained since the last call, which were steps from one on. */
  take(from: number): T;
}

/** Entries of a log, beside those of a step of the whole population. */
const entries = 1 << 14;

/** Records every spike of a population. */
export function spikeLog(arena: CircuitArena, { size, record }: PlacedPopulation): Recording<SpikeList> {
  const logRoom = entries + size;
  const [log, logSteps] = [room(arena, 4 * logRoom), room(arena, 4 * logRoom)];
  record.set({ log, logSteps, logRoom });
  const steps = words(arena, logSteps);
  const neurons = words(arena, log);
  return {
    drain: () => {
      const count = record.get('logEntries');
      steps.drain(count);
      neurons.drain(count);
      record.set({ logEntries: 0 });
    },
    take: () => ({ step: steps.take(), neuron: neurons.take() }),
  };
}

/** Words that are taken from an address again and again. */
export function words(arena: CircuitArena, address: number): { drain(count: number): void; take(): Int32Array } {
  let parts: Int32Array[] = [];
  return {
    drain: (count) => {
      if (count > 0) parts.push(new Int32Array(arena.memory.buffer, address, count).slice());
    },
    take: () => {
      const whole = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
      let end = 0;
      for (const part of parts) {
        whole.set(part, end);
        end += part.length;
      }
      parts = [];
      return whole;
    },
  };
}
