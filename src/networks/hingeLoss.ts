import { type readoutRows, rowsAtOnce } from '../kernels/readoutRows.js';
import { breather } from './breathe.js';
import type { Objective } from './lbfgs.js';
import type { FeatureMatrix } from './linearReadout.js';

/** Rows whose gradients are added in float32, before they go to a sum in float64. */
const rowsInFloat32 = 4096;

/**
 * The loss of a linear read-out, and its gradient, at weights `[size, classes]` followed by a bias `[classes]`:
 *
 *     1/(2n) Σᵢ Σ_c max(0, 1 − y_ic · score_ic)² + λ/2 ‖W‖²
 */
export function hingeLoss(
  { values, count, size }: FeatureMatrix,
  labels: Uint8Array,
  classes: number,
  rows: ReturnType<typeof readoutRows>,
  lambda: number,
): Objective {
  return async (point) => {
    const weights = point.length - classes;
    const breathe = breather();
    const gradient = new Float64Array(point.length);
    const byBias = gradient.subarray(weights);
    let loss = 0;
    rows.setWeights(point);
    for (let from = 0; from < count; from += rowsAtOnce) {
      const to = Math.min(count, from + rowsAtOnce);
      rows.read(values.subarray(from * size, to * size));
      loss += rows.learn(labels.subarray(from, to), byBias);
      if (to % rowsInFloat32 === 0 || to === count) rows.drain(gradient);
      await breathe();
    }
    let value = loss / count;
    for (let index = 0; index < point.length; index++) {
      const weight = index < weights ? (point[index] ?? 0) : 0;
      gradient[index] = (gradient[index] ?? 0) / count + lambda * weight;
      value += 0.5 * lambda * weight * weight;
    }
    return { value, gradient };
  };
}
