import { doubleAt } from '../../core/at.js';
import { inPieces } from '../workers/inPieces.js';
import type { WorkerPool } from '../workers/workerPool.js';
import type { FeatureMatrix } from './featureMatrix.js';

/** Images whose sums are taken by themselves. */
const piece = 4096;

/**
 * How features are brought to one scale: their mean, and max(std, 0.1 · median of the stds that aren't 0). A feature that
 * hardly varies is not blown up; a scale is 1 where no feature varies. Also whether any of them is not 0.
 */
export async function standardisation(
  { values, count, size }: FeatureMatrix,
  workers: WorkerPool,
): Promise<{ readonly mean: Float32Array; readonly scale: Float32Array; readonly seen: boolean }> {
  const parts: { readonly sums: Float64Array; readonly squares: Float64Array }[] = [];
  const task = workers.begin('moments', { values, size });
  await inPieces(workers, task, { count, piece, update: undefined }, (part, from) => {
    parts[from / piece] = part;
  }).finally(task.end);
  const meanOf = (of: 'sums' | 'squares') =>
    new Float64Array(size).map((_, column) => parts.reduce((sum, part) => sum + doubleAt(part[of], column), 0) / count);
  const [mean, square] = [meanOf('sums'), meanOf('squares')];
  const spread = square.map((value, column) => Math.sqrt(Math.max(0, value - doubleAt(mean, column) ** 2)));
  const alive = spread.filter((value) => value > 1e-6).sort();
  const least = 0.1 * (alive[alive.length >> 1] ?? 10);
  return {
    mean: Float32Array.from(mean),
    scale: Float32Array.from(spread, (value) => Math.max(value, least)),
    seen: square.some((value) => value !== 0),
  };
}
