import { at } from '../core/at.js';

/** The names of classes that are known by their numbers alone. */
export const numbered = (classes: number): readonly string[] => Array.from({ length: classes }, (_, label) => String(label));

/** Names of so many classes: those that are known, and numbers for the rest. */
export const namesOf = (known: readonly string[] = [], classes = known.length): readonly string[] => [
  ...known.slice(0, classes),
  ...numbered(classes).slice(known.length),
];

type Counts = readonly (readonly number[])[];

/** The share of the images of each class that were told right, from counts `[label][answer]`; `null` for a class without images. */
export const shareRight = (confusion: Counts): readonly (number | null)[] =>
  confusion.map((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return total === 0 ? null : at(row, label) / total;
  });

/** {@link shareRight} by the names of the classes. */
export function accuracyByClass(confusion: Counts, known?: readonly string[]): { readonly [name: string]: number | null } {
  const names = namesOf(known, confusion.length);
  return Object.fromEntries(shareRight(confusion).map((share, label) => [at(names, label), share]));
}
