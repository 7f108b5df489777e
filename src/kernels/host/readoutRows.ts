import { addAt, doubleAt, floatAt } from '../../core/at.js';
import { aligned } from '../module/arena.js';
import { networkArena } from './networkArena.js';

/** Rows that are worked on at a time: what a cache holds. */
export const rowsAtOnce = 64;

/** Classes that the kernels take at a time. */
const lanes = 12;

/**
 * A linear read-out at work on a few rows of features at a time, in a memory of its own. Classes are filled up there to
 * twelve, rows to four.
 *
 * @param mean     of each feature.
 * @param inverse  what a feature is multiplied by once its mean is taken off.
 */
export function readoutRows(classes: number, mean: Float32Array, inverse: Float32Array, arena = networkArena()) {
  const size = mean.length;
  const filled = Math.ceil(classes / lanes) * lanes;
  const words = [rowsAtOnce * size, size, size, size * filled, filled, rowsAtOnce * filled, rowsAtOnce, size * filled];
  arena.reserve(words.reduce((bytes, length) => bytes + aligned(4 * length), 0));
  const { standardise, readScores, hinge, addGradient } = arena.kernels;
  const floats = (length: number) => arena.place(new Float32Array(length));
  const [means, inverses] = [arena.place(mean), arena.place(inverse)];
  const [features, weights, bias] = [floats(rowsAtOnce * size), floats(size * filled), floats(filled)];
  const [scores, gradient] = [floats(rowsAtOnce * filled), floats(size * filled)];
  const labels = new Int32Array(arena.memory.buffer, arena.take(4 * rowsAtOnce), rowsAtOnce);
  let count = 0;
  let whole = 0;
  return {
    /** Takes weights `[size, classes]` and after them the bias `[classes]`. */
    setWeights(point: Float64Array): void {
      for (let row = 0; row <= size; row++) {
        const [line, at] = row < size ? [weights, row * filled] : [bias, 0];
        for (let c = 0; c < classes; c++) line[at + c] = doubleAt(point, row * classes + c);
      }
    },
    /** Takes rows of features, at most {@link rowsAtOnce}, and gives each its scores. */
    read(rows: Float32Array): void {
      count = rows.length / size;
      whole = Math.ceil(count / 4) * 4;
      features.set(rows);
      standardise(count, size, features.byteOffset, means.byteOffset, inverses.byteOffset);
      features.fill(0, count * size, whole * size);
      readScores(whole, size, filled, features.byteOffset, weights.byteOffset, bias.byteOffset, scores.byteOffset);
    },
    /** The scores of the first row that was read last, a class each. */
    first: (): Float32Array => scores.slice(0, classes),
    /** The class of each row that was read last: the largest score, the lowest class on ties. */
    best(): readonly number[] {
      return Array.from({ length: count }, (_, row) => {
        const [at, end] = [row * filled, row * filled + classes];
        let most = at;
        for (let next = at + 1; next < end; next++) if (floatAt(scores, next) > floatAt(scores, most)) most = next;
        return most - at;
      });
    },
    /** Answers half the squared hinges of the rows that were read last, and adds up their gradient. */
    learn(own: ArrayLike<number>, byBias: Float64Array): number {
      labels.set(own);
      const loss = hinge(count, classes, filled, scores.byteOffset, labels.byteOffset);
      scores.fill(0, count * filled, whole * filled);
      addGradient(whole, size, filled, features.byteOffset, scores.byteOffset, gradient.byteOffset);
      for (let row = 0; row < count; row++) {
        for (let c = 0; c < classes; c++) addAt(byBias, c, floatAt(scores, row * filled + c));
      }
      return loss;
    },
    /** Moves the gradient that has been added up, `[size, classes]`, to `total`. */
    drain(total: Float64Array): void {
      for (let row = 0; row < size; row++) {
        for (let c = 0; c < classes; c++) addAt(total, row * classes + c, floatAt(gradient, row * filled + c));
      }
      gradient.fill(0);
    },
  };
}
