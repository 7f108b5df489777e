import { at, integerAt } from '../../core/at.js';
import type { Arrays, SpikeList } from '../circuitState.js';
import { kindOf } from './constants.js';
import { type CircuitArena, type CircuitRecord, hold, newRecord, room } from './memory.js';
import type { Variables } from './placeNeurons.js';
import type { Rates } from './rates.js';

/** A Poisson population in memory. */
export interface PlacedPoisson {
  readonly variables: Variables;
  /** Sets the rates of the steps from one up to another. What is drawn anew are gaps of another largest rate. */
  setRates(rates: Rates, dt: number, from: number, to: number): void;
}

/** The steps whose rates are laid out at a time, at most. */
export const courseSteps = 65_536;

/** Lays out a Poisson population as a state has it: `next`, `draw` and `rate`, all 0 at first. */
export function placePoisson(
  arena: CircuitArena,
  population: CircuitRecord<'Population'>,
  size: number,
  arrays: Arrays,
): PlacedPoisson {
  const { next = new Float64Array(1), draw = new Uint32Array(2), rate = new Float64Array(1) } = arrays;
  const variables = { next: hold(arena, next), draw: hold(arena, draw), rate: hold(arena, rate) };
  const [share, course] = [room(arena, 4 * size), room(arena, 4 * courseSteps)];
  const record = newRecord(arena, 'Poisson', {
    ...{ next: variables.next.address, draw: variables.draw.address },
    ...{ gaps: room(arena, 64), chances: room(arena, 64) },
  });
  population.set({ kind: kindOf('poisson'), constants: record.address });
  return {
    variables,
    setRates: (rates, dt, from, to) => {
      const drawn = variables.rate.view();
      if (at(drawn, 0) !== rates.most) record.set({ isStale: 1 });
      drawn[0] = rates.most;
      record.set({ scale: scaleOf((rates.most * dt) / 1000), isDrawn: 0, share: 0, course: 0, courseFrom: from });
      if (rates.share !== undefined) {
        new Float32Array(arena.memory.buffer, share, size).set(rates.share);
        record.set({ share });
      }
      if (rates.course !== undefined) {
        const table = new Float32Array(arena.memory.buffer, course, courseSteps);
        for (let t = from; t < to; t++) table[t - from] = rates.course(t * dt);
        record.set({ course });
      }
    },
  };
}

/** 1 / log2(1 − p), finite as a float. Where p is 1 all gaps are to be 0, where it is 0 there are none. */
const scaleOf = (p: number): number => (p <= 0 ? 0 : p >= 1 ? -1e-30 : Math.max(-1e36, Math.LN2 / Math.log1p(-p)));

/** A population in memory that fires the spikes of a list. */
export interface PlacedList {
  /** Sets the list, which counts from step `origin`, from a step on. */
  setList(list: SpikeList, origin: number, from: number): void;
}

/** Lays out a population of listed spikes. */
export function placeListed(arena: CircuitArena, population: CircuitRecord<'Population'>): PlacedList {
  const record = newRecord(arena, 'Listed', {});
  population.set({ kind: kindOf('listed'), constants: record.address });
  return {
    setList: ({ step, neuron }, origin, from) => {
      const [held, neurons] = [hold(arena, step), hold(arena, neuron).address];
      const steps = held.view();
      if (origin !== 0) for (let index = 0; index < steps.length; index++) steps[index] = integerAt(step, index) + origin;
      record.set({ steps: held.address, neurons, cursor: firstAt(steps, from), end: steps.length });
    },
  };
}

/** Where in an ascending list the steps from one on begin. */
function firstAt(steps: Int32Array, from: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (integerAt(steps, middle) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Spikes by neuron and time, ms, as a list; those of one neuron in one step are one. */
export function listOfTimes(times: readonly (readonly number[])[], dt: number): SpikeList {
  const spikes = times.flatMap((own, neuron) =>
    [...new Set(own.map((time) => Math.round(time / dt)))].map((step) => ({ step, neuron })),
  );
  spikes.sort((a, b) => a.step - b.step || a.neuron - b.neuron);
  return { step: Int32Array.from(spikes, ({ step }) => step), neuron: Int32Array.from(spikes, ({ neuron }) => neuron) };
}
