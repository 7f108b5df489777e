import { ensure } from '../../core/errors.js';
import { bytesOf, type DataSet } from '../../data/dataSet.js';
import type { Labels } from '../../data/labels.js';
import type { JobName } from '../../networks/workers/jobs.js';
import type { SharedValues } from '../../networks/workers/workerPool.js';

/** A part of a data set, and which of its arrays. */
interface InData {
  readonly part: 'train' | 'test';
  readonly field: 'pixels' | 'labels';
}

/**
 * How rows, one of each image, come about: they lie in the data set, from a row on; another recipe makes them; or they are what a
 * recipe itself makes, so many numbers in all.
 */
export type Source =
  | ({ readonly kind: 'data'; readonly first: number } & InData)
  | { readonly kind: 'made'; readonly recipe: string }
  | { readonly kind: 'own'; readonly type: 'bytes' | 'floats'; readonly length: number };

/**
 * A job on the images of a data set, by reference: what a worker on another machine needs to do any piece of it, whoever did those
 * before. The same recipe has the same bits everywhere.
 */
export interface Recipe {
  readonly name: JobName;
  /** Images. */
  readonly count: number;
  /** Setup of the job, but for its rows. */
  readonly setup: { readonly [name: string]: unknown };
  /** Of the job, by the names that they have in its setup. */
  readonly rows: { readonly [name: string]: Source };
}

/** What rows a recipe makes; undefined for one that only answers. */
export const ownRows = ({ rows }: Recipe): (Source & { readonly kind: 'own' }) | undefined =>
  Object.values(rows).find((source) => source.kind === 'own');

/** Where in a data set an array lies, and for how many images; undefined when it doesn't. */
export function locate(
  data: DataSet,
  { buffer, byteOffset, byteLength }: SharedValues,
): { readonly source: Source; readonly count: number } | undefined {
  for (const part of ['train', 'test'] as const) {
    for (const field of ['pixels', 'labels'] as const) {
      const whole = data[part][field];
      const from = byteOffset - whole.byteOffset;
      if (whole.buffer !== buffer || from < 0 || from + byteLength > whole.byteLength) continue;
      const size = field === 'pixels' ? bytesOf(data) : whole.BYTES_PER_ELEMENT;
      return { source: { kind: 'data', part, field, first: from / size }, count: byteLength / size };
    }
  }
  return undefined;
}

/** The rows of a source that lies in a data set. @throws {StdpError} when they go beyond it. */
export function rowsIn(
  data: DataSet,
  { part, field, first }: Source & { readonly kind: 'data' },
  count: number,
): Uint8Array | Labels {
  const size = field === 'pixels' ? bytesOf(data) : 1;
  const rows = data[part][field].subarray(first * size, (first + count) * size);
  ensure(rows.length === count * size, 'pieces', `data.${part}`, () => `has no ${count} images from ${first} on`);
  return rows;
}
