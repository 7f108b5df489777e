import { at } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { nothingMore } from '../core/params/validation.js';
import type { Labels } from '../data/labels.js';
import { checkLength } from './checked/arrays.js';
import { checkClasses, checkedLabels } from './checked/images.js';

/** How a classifier did. */
export interface Score {
  /** Share of images classified rightly, in [0, 1]. */
  readonly accuracy: number;
  /** `confusion[label][predicted]` counts images. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * Compares predictions with labels.
 *
 * @throws {StdpError} when there are none, they differ in number, or one is no class 0 … classes − 1.
 * @example
 * const score = scorePredictions(Uint8Array.of(0, 1, 1), Uint8Array.of(0, 1, 0), 2);
 * score.accuracy;    // => 2 / 3
 * score.confusion;   // => [[1, 1], [0, 1]]
 */
export function scorePredictions(predicted: Labels, labels: Labels, classes: number, ...more: readonly never[]): Score {
  const where = 'scorePredictions';
  nothingMore(more, where, 'scorePredictions(predicted, labels, classes)');
  checkClasses(classes, where, 'classes');
  const guesses = checkedLabels(predicted, classes, where, 'predicted');
  const truth = checkedLabels(labels, classes, where, 'labels');
  checkLength(guesses, truth.length, where, 'predicted', 'labels');
  ensure(truth.length > 0, where, 'labels', () => 'hold nothing: there is no score of nothing');
  return scoreOf(guesses, truth, classes);
}

/** {@link scorePredictions} of what has been checked: of at least one image. */
export function scoreOf(predicted: Labels, labels: Labels, classes: number): Score {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  let right = 0;
  labels.forEach((label, image) => {
    const guess = at(predicted, image);
    const row = confusion[label];
    if (row !== undefined) row[guess] = at(row, guess) + 1;
    if (guess === label) right++;
  });
  return { accuracy: right / labels.length, confusion };
}
