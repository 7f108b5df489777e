import { ensure } from '../../core/errors.js';
import type { Circuit } from '../circuit.js';
import type { CircuitRecords, CircuitState } from '../circuitState.js';
import type { CircuitArena, CircuitRecord } from './memory.js';
import type { PlacedPopulation } from './placePopulation.js';
import type { PlacedProjection } from './placeProjections.js';
import { spikeLog } from './spikeLog.js';
import { weightRecording } from './weightRecording.js';
import { rateRecording, voltageRecording } from './windowRecords.js';

/** All that a circuit records. */
export interface Recordings {
  /** Takes what is in memory, and makes room. */
  drain(): void;
  /** The next step after one at which weights are recorded. */
  nextWeights(step: number): number;
  /** Records weights, if it is time. */
  drainWeights(step: number): void;
  /** What was recorded since the last call, of steps from one on. */
  take(from: number): CircuitRecords;
  /** What windows have counted that go on. */
  windows(): CircuitState['windows'];
}

/** Lays out what a circuit records. @param begun  the state that it goes on from. */
export function recordings(
  arena: CircuitArena,
  record: CircuitRecord<'Circuit'>,
  { records = {}, dt, seed = 0 }: Circuit,
  populations: readonly PlacedPopulation[],
  projections: readonly PlacedProjection[],
  begun: Pick<CircuitState, 'windows' | 'step'>,
): Recordings {
  const named = <T extends { readonly name: string }>(all: readonly T[], name: string, field: string): T => {
    const found = all.find((each) => each.name === name);
    ensure(found !== undefined, 'run', `records.${field}`, () => `names '${name}', which is not there`);
    return found;
  };
  const { spikes = [], rates, weights, voltage } = records;
  const logs = spikes.map((name) => ({ name, log: spikeLog(arena, named(populations, name, 'spikes')) }));
  const counted =
    rates &&
    rateRecording(
      arena,
      record,
      rates.of.map((name) => named(populations, name, 'rates.of')),
      { every: rates.every, dt, of: rates.of.map((name) => populations.findIndex((population) => population.name === name)) },
      begun,
    );
  const potentials = voltage && voltageRecording(arena, record, named(populations, voltage.of, 'voltage.of'), voltage, dt);
  const sampled =
    weights &&
    weightRecording(
      weights.of.map((name) => named(projections, name, 'weights.of')),
      weights,
      dt,
      seed,
    );
  return {
    drain: () => {
      for (const { log } of logs) log.drain();
      counted?.drain();
      potentials?.drain();
    },
    nextWeights: (step) => sampled?.next(step) ?? Number.POSITIVE_INFINITY,
    drainWeights: (step) => sampled?.drain(step),
    take: (from) => ({
      spikes: Object.fromEntries(logs.map(({ name, log }) => [name, log.take(from)])),
      rates: counted?.take(from) ?? {},
      weights: sampled?.take() ?? {},
      ...(potentials && { voltage: potentials.take(from) }),
    }),
    windows: () => counted?.windows() ?? none,
  };
}

const none: CircuitState['windows'] = {};
