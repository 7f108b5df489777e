import type { Seed } from '../../core/random.js';
import type { RecordSpec } from '../circuit.js';
import type { Series } from '../circuitState.js';
import { seriesOf } from '../seriesOf.js';
import { streamOf } from '../streams.js';
import type { PlacedProjection } from './placeProjections.js';
import { weightReading } from './weightReadings.js';

type WeightSpec = NonNullable<RecordSpec['weights']>;

/** Weights of projections through time. */
export interface WeightRecording {
  /** The next step after one at which they are recorded. */
  next(step: number): number;
  /** Records them, if it is time. */
  drain(step: number): void;
  take(): { readonly [projection: string]: Series };
}

/** Records weights of projections: their mean, a histogram, or those of some synapses. */
export function weightRecording(
  projections: readonly PlacedProjection[],
  { every, as = 'mean' }: WeightSpec,
  dt: number,
  seed: Seed,
): WeightRecording {
  const pace = Math.round(every / dt);
  const records = projections.map((projection, index) => {
    const reading = weightReading(as, projection.synapses, streamOf(seed, 'samples', index));
    return { name: projection.name, read: () => reading(projection.weights()), rows: [] as Float32Array[] };
  });
  const steps: number[] = [];
  return {
    next: (step) => (Math.floor(step / pace) + 1) * pace,
    drain: (step) => {
      if (step % pace !== 0) return;
      steps.push(step);
      for (const { read, rows } of records) rows.push(read());
    },
    take: () => {
      const series = Object.fromEntries(records.map(({ name, rows }) => [name, seriesOf(steps, rows)]));
      for (const list of [steps, ...records.map(({ rows }) => rows)]) list.length = 0;
      return series;
    },
  };
}
