import { addAt, doubleAt } from '../../core/at.js';
import { inPieces } from '../workers/inPieces.js';
import type { Task, WorkerPool } from '../workers/workerPool.js';
import type { Objective } from './lbfgs.js';

/** Images whose gradients are added in float32, before they go to a sum in float64. */
const piece = 4096;

/**
 * The loss of a linear read-out on `count` images, and its gradient, at weights `[size, classes]` followed by a bias `[classes]`:
 *
 *     1/(2n) Σᵢ Σ_c max(0, 1 − y_ic · score_ic)² + λ/2 ‖W‖²
 */
export function hingeLoss(workers: WorkerPool, task: Task<'hinges'>, count: number, classes: number, lambda: number): Objective {
  return async (point) => {
    const parts: { readonly loss: number; readonly gradient: Float64Array }[] = [];
    await inPieces(workers, task, { count, piece, update: point }, (part, from) => {
      parts[from / piece] = part;
    });
    const gradient = new Float64Array(point.length);
    let value = 0;
    for (const part of parts) {
      value += part.loss / count;
      part.gradient.forEach((partial, index) => {
        addAt(gradient, index, partial / count);
      });
    }
    for (let index = 0; index < point.length - classes; index++) {
      const weight = doubleAt(point, index);
      addAt(gradient, index, lambda * weight);
      value += 0.5 * lambda * weight * weight;
    }
    return { value, gradient };
  };
}
