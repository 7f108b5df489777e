import { at } from '../../core/at.js';
import { randomGenerator } from '../../core/random.js';
import type { CircuitInput, CircuitRecords, CircuitState } from '../circuitState.js';
import type { CheckedCircuit } from '../validateCircuit.js';
import { copies } from './copies.js';
import { setInput } from './input.js';
import { type CircuitArena, newRecord, newTable } from './memory.js';
import { type PlacedPopulation, placePopulation } from './placePopulation.js';
import { type PlacedProjection, placeProjections } from './placeProjections.js';
import { courseSteps } from './placeSources.js';
import { recordings } from './recordings.js';

/** A circuit at work in the memory of kernels. */
export interface Engine {
  /** Advances it. */
  run(steps: number, input: CircuitInput): CircuitRecords;
  /** A copy of what it has come to. */
  state(): CircuitState;
}

/** Lays out a circuit as a state has it. */
export function engine(arena: CircuitArena, circuit: CheckedCircuit, state: CircuitState): Engine {
  arena.reset(0);
  const { seed } = randomGenerator(circuit.seed);
  const record = newRecord(arena, 'Circuit', { keyLow: seed >>> 0, keyHigh: Math.floor(seed / 2 ** 32) });
  const populations = placePopulations(arena, circuit, state);
  const projections = placeProjections(arena, circuit, state, populations);
  record.set({ populations: at(populations, 0).record.address, populationCount: populations.length });
  const [first] = projections;
  if (first !== undefined) record.set({ projections: first.record.address, projectionCount: projections.length });
  const recorded = recordings(arena, record, circuit, populations, projections, state);
  const { top } = arena; // what lies above belongs to one run
  let { step } = state;
  const runUpTo = (end: number): void => {
    while (step < end) {
      step = arena.kernels.runCircuit(record.address, step, end);
      recorded.drain();
    }
  };
  return {
    run: (steps, input) => {
      arena.top = top;
      const [from, end] = [step, step + steps];
      const setRates = setInput(arena, circuit, record, populations, input, from);
      while (step < end) {
        const next = Math.min(
          end,
          step + courseSteps,
          recorded.nextWeights(step),
          ...projections.map((one) => nextRewiring(one, step)),
        );
        setRates(step, next);
        runUpTo(next);
        for (const { rewiring } of projections) if (rewiring !== undefined && step % rewiring.every === 0) rewiring.rewire(step);
        recorded.drainWeights(step);
      }
      return recorded.take(from);
    },
    state: () => stateOf(state, step, populations, projections, recorded.windows()),
  };
}

/** The step at which a projection is rewired next. */
const nextRewiring = ({ rewiring }: PlacedProjection, step: number): number =>
  rewiring === undefined ? Number.POSITIVE_INFINITY : rewiring.every * (Math.floor(step / rewiring.every) + 1);

function placePopulations(arena: CircuitArena, circuit: CheckedCircuit, state: CircuitState): readonly PlacedPopulation[] {
  const entries = Object.entries(circuit.populations);
  const table = newTable(arena, 'Population', entries.length);
  const projections = Object.values(circuit.projections);
  return entries.map(([name, population], index) => {
    const delays = projections.filter(({ from }) => from === name).map(({ delay }) => Math.round(delay / circuit.dt));
    return placePopulation(arena, at(table, index), circuit, {
      ...{ name, index, population, delay: Math.max(0, ...delays) },
      ...{ arrays: state.populations[name] ?? {}, step: state.step },
    });
  });
}

function stateOf(
  before: CircuitState,
  step: number,
  populations: readonly PlacedPopulation[],
  projections: readonly PlacedProjection[],
  windows: CircuitState['windows'],
): CircuitState {
  return {
    step,
    wiring: Object.fromEntries(projections.map(({ name, wiring }) => [name, wiring()])),
    populations: Object.fromEntries(
      populations.map(({ name, variables, ring }) => [name, { ...copies(variables), ...ring.pending(step) }]),
    ),
    projections: Object.fromEntries(
      projections.map(({ name, variables }) => [name, { ...before.projections[name], ...copies(variables) }]),
    ),
    windows,
  };
}
