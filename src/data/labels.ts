/** The class of each image, 0 … classes − 1: bytes as long as they tell the classes apart, else numbers of 16 bits. */
export type Labels = Uint8Array | Uint16Array;

/** Classes, at most: a count for each pair of them, as a matrix of confusions has, still fits in memory. */
export const mostClasses = 2 ** 12;

/** Classes that bytes tell apart. */
const byBytes = 256;

/** So many labels, all of class 0. */
export const newLabels = (classes: number, count: number): Labels =>
  classes <= byBytes ? new Uint8Array(count) : new Uint16Array(count);

/** Labels of whole numbers that are classes. */
export function labelsFrom(classes: number, values: ArrayLike<number>): Labels {
  const labels = newLabels(classes, values.length);
  labels.set(values);
  return labels;
}

/** The bytes of labels, as they lie in memory. */
export const labelBytes = ({ buffer, byteOffset, byteLength }: Labels): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
