import { at } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { numbered } from '../classNames.js';
import { type Labels, labelsFrom, mostClasses } from '../labels.js';

/** What a file says an image shows. */
export type ClassName = string | number;

/** Classes, and the label of each image. */
export interface ClassLabels {
  readonly classNames: readonly string[];
  readonly train: Labels;
  readonly test?: Labels | undefined;
}

/**
 * Labels from what files call the classes: whole numbers 0 … 255 stay what they are, anything else is numbered in order.
 *
 * @param file     of the training labels, for messages.
 * @param placeOf  where an entry of the test stands, for messages.
 * @throws {StdpError} when there are too many classes, or a class to test on that is not among those to train on.
 */
export function classLabels(
  train: readonly ClassName[],
  test: readonly ClassName[] | undefined,
  where: string,
  file: string,
  placeOf: (index: number) => string,
): ClassLabels {
  const found = [...new Set(train)].sort(inOrder);
  const arePlain = found.every((name) => typeof name === 'number' && Number.isInteger(name) && name >= 0 && name < 256);
  ensure(found.length <= mostClasses, where, file, () => `is of ${found.length} classes, at most ${mostClasses} are told apart`);
  const names = arePlain ? numbered(Number(at(found, -1 + found.length)) + 1) : found.map(String);
  const known = new Map(arePlain ? names.map((_, label) => [label, label]) : found.map((name, label) => [name, label]));
  const labelOf = (name: ClassName, index: number): number => {
    const label = known.get(name as never);
    ensure(label !== undefined, where, placeOf(index), () => `is of class ${show(name)}, which is not among those to train on`);
    return Number(label);
  };
  const labels = (of: readonly ClassName[]) => labelsFrom(names.length, of.map(labelOf));
  return { classNames: names, train: labels(train), test: test && labels(test) };
}

const inOrder = (a: ClassName, b: ClassName): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
};
