import type { ChangeSizes, SparseLines, SparseTable } from '../../constants.js';

/** The lines of the layer in which fewer synapses belong to neurons that are not 0, and where its activity lies. */
export interface Active {
  readonly lines: SparseLines;
  readonly isRows: boolean;
  readonly own: number;
  readonly other: number;
}

export function fewerOf(
  floats: Float32Array,
  { inputs, outputs }: ChangeSizes,
  { rows, columns }: SparseTable,
  pre: number,
  post: number,
): Active {
  const isRows = activeIn(floats, pre, inputs) * outputs <= activeIn(floats, post, outputs) * inputs;
  return isRows ? { lines: rows, isRows, own: pre, other: post } : { lines: columns, isRows, own: post, other: pre };
}

function activeIn(floats: Float32Array, from: number, size: number): number {
  let count = 0;
  for (let at = from; at < from + size; at++) if (floats[at] !== 0) count++;
  return count;
}
