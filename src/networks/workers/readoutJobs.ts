import { addAt, floatAt } from '../../core/at.js';
import type { Labels } from '../../data/labels.js';
import { readoutRows, rowsAtOnce } from '../../kernels/host/readoutRows.js';
import { checkLength } from '../checked/arrays.js';
import { checkClasses, checkedLabels } from '../checked/images.js';
import { checkPoint, checkWithin, setupReader } from './setupReader.js';

/** Features of many images, and how they are brought to one scale. */
interface Scaled {
  readonly values: Float32Array;
  readonly mean: Float32Array;
  readonly inverse: Float32Array;
  readonly classes: number;
}

/** What {@link moments} answers. */
interface Moments {
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** What {@link hinges} answers. */
interface Hinges {
  readonly loss: number;
  readonly gradient: Float64Array;
}

/** Sums of each feature and of its square. */
export function moments(setup: { readonly values: Float32Array; readonly size: number }) {
  const { values, size } = setup;
  const reader = setupReader('moments', setup);
  reader.floats('values');
  const count = reader.rows('values', reader.count('size'));
  return (from: number, to: number): Moments => {
    checkWithin(to, count);
    const [sums, squares] = [new Float64Array(size), new Float64Array(size)];
    for (let row = from; row < to; row++) {
      for (let column = 0; column < size; column++) {
        const value = floatAt(values, row * size + column);
        addAt(sums, column, value);
        addAt(squares, column, value * value);
      }
    }
    return { sums, squares };
  };
}

/** That features are whole rows of as many as there are means and scales. Answers how many rows. */
function checkScaled(job: string, setup: Scaled): number {
  const reader = setupReader(job, setup);
  const size = reader.floats('mean').length;
  reader.floats('inverse', size);
  checkClasses(setup.classes, 'pool', `${job}.classes`);
  reader.floats('values');
  return reader.rows('values', size);
}

/** Half the squared hinges of a read-out, weights `[size, classes]` and after them the bias, and their gradient. */
export function hinges(setup: Scaled & { readonly labels: Labels }) {
  const { values, mean, inverse, classes } = setup;
  const count = checkScaled('hinges', setup);
  const labels = checkedLabels(setup.labels, classes, 'pool', 'hinges.labels');
  checkLength(labels, count, 'pool', 'hinges.labels', 'the job');
  const size = mean.length;
  const rows = readoutRows(classes, mean, inverse);
  return (from: number, to: number, point: Float64Array): Hinges => {
    checkWithin(to, count);
    checkPoint(point, (size + 1) * classes, 'hinges.point');
    const gradient = new Float64Array(point.length);
    const byBias = gradient.subarray(size * classes);
    let loss = 0;
    rows.setWeights(point);
    for (let row = from; row < to; row += rowsAtOnce) {
      const end = Math.min(to, row + rowsAtOnce);
      rows.read(values.subarray(row * size, end * size));
      loss += rows.learn(labels.subarray(row, end), byBias);
    }
    rows.drain(gradient);
    return { loss, gradient };
  };
}

/** Writes the class of each image as a number: the largest score, the lowest class on ties. Answers of how many. */
export function classify(setup: Scaled & { readonly point: Float64Array; readonly predicted: Float32Array }) {
  const { values, mean, inverse, classes, point, predicted } = setup;
  const count = checkScaled('classify', setup);
  setupReader('classify', setup).floats('predicted', count);
  checkPoint(point, (mean.length + 1) * classes, 'classify.point');
  const size = mean.length;
  const rows = readoutRows(classes, mean, inverse);
  rows.setWeights(point);
  return (from: number, to: number): number => {
    checkWithin(to, count);
    for (let row = from; row < to; row += rowsAtOnce) {
      rows.read(values.subarray(row * size, Math.min(to, row + rowsAtOnce) * size));
      predicted.set(rows.best(), row);
    }
    return to - from;
  };
}
