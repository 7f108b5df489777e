import { ensure } from '../../core/errors.js';
import type { DataSet } from '../../data/dataSet.js';
import { checksum } from '../../io/checksum.js';
import type { JobName, SetupOf } from '../../networks/workers/jobs.js';
import type { Readers, SharedValues } from '../../networks/workers/workerPool.js';
import { packState } from '../../state/stateFile.js';
import { locate, type Recipe, type Source } from './recipe.js';

/** Bytes, known by their SHA-256. */
export interface Blob {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** What is known of rows: how they come about, of how many images, and whether they are here to be read. */
interface Known {
  readonly source: Source;
  readonly count: number | undefined;
  readonly here: boolean;
}

/** A recipe that was written down. */
export interface Noted {
  /** The hash by which it is known; `blobs`: what a worker is told, the recipe and those that it needs, by hash. */
  readonly hash: string;
  readonly blobs: readonly Blob[];
  /** The worker that has some of its rows, by what it is known; undefined when it neither makes nor needs any. */
  readonly shards: string | undefined;
  /** The rows that it makes. */
  readonly own: SharedValues | undefined;
  /** Whether all that it needs is here, and what it makes is to be read here. */
  readonly here: boolean;
}

/** Writes down how rows come about: what a pool gives, shares and makes is known by its arrays. */
export interface Lineage {
  /** Rows that nobody has made yet. */
  fresh<T extends SharedValues>(rows: T): T;
  /** Rows of the data set, or that a recipe makes; `copy` is the same in another place. @throws {StdpError} for any other. */
  share<T extends SharedValues>(rows: T, copy: T): T;
  note<N extends JobName>(name: N, setup: SetupOf<N>, readers: Readers): Noted;
}

/** An empty book for a data set. */
export function newLineage(data: DataSet): Lineage {
  const known = new WeakMap<SharedValues, Known>();
  const partOf = new Map<string, string>();
  const blobsOf = new Map<string, readonly Blob[]>();
  const isRows = (value: unknown): value is SharedValues =>
    value instanceof Uint8Array || value instanceof Uint16Array || value instanceof Float32Array;
  const find = (rows: SharedValues): Known | undefined => {
    const found = known.get(rows) ?? located(data, rows);
    if (found !== undefined) known.set(rows, found);
    return found;
  };
  return {
    fresh: (rows) => {
      const source: Source = { kind: 'own', type: rows instanceof Uint8Array ? 'bytes' : 'floats', length: rows.length };
      known.set(rows, { source, count: undefined, here: false });
      return rows;
    },
    share: (rows, copy) => {
      const found = find(rows);
      ensure(
        found !== undefined,
        'pieces',
        'values',
        () => 'must be of the data set, or made by this pool, to be worked on elsewhere',
      );
      known.set(copy, found);
      return copy;
    },
    note: (name, setup, readers) => {
      const fields = Object.entries(setup);
      const rows = fields.flatMap(([field, value]) => {
        const found = isRows(value) ? known.get(value) : undefined;
        return found === undefined ? [] : [{ field, value: value as SharedValues, ...found }];
      });
      const needed = rows.filter(({ source }) => source.kind !== 'own');
      const count = needed.find((row) => row.count !== undefined)?.count;
      ensure(count !== undefined, 'pieces', name, () => 'has no images to work on');
      const own = rows.find(({ source }) => source.kind === 'own');
      const rest = fields.filter(([field]) => !rows.some((row) => row.field === field));
      const sources = Object.fromEntries(rows.map(({ field, source }) => [field, source]));
      const recipe: Recipe = { name, count, setup: Object.fromEntries(rest), rows: sources };
      const bytes = packState(recipe);
      const hash = checksum(bytes);
      const before = needed.flatMap(({ source }) => (source.kind === 'made' ? (blobsOf.get(source.recipe) ?? []) : []));
      const blobs = [{ hash, bytes }, ...before];
      blobsOf.set(hash, blobs);
      const here = own !== undefined && readers === 'all' && needed.every((row) => row.here);
      if (own !== undefined) known.set(own.value, { source: { kind: 'made', recipe: hash }, count, here: readers === 'all' });
      const part = needed.map(({ source }) => partOfSource(source, partOf)).find((found) => found !== undefined);
      if (part !== undefined) partOf.set(hash, part);
      const lasting = own !== undefined || needed.some(({ source }) => source.kind === 'made');
      return { hash, blobs, shards: lasting ? part : undefined, own: own?.value, here };
    },
  };
}

function located(data: DataSet, rows: SharedValues): Known | undefined {
  const found = locate(data, rows);
  return found && { ...found, here: true };
}

/** Which images a source goes back to. */
function partOfSource(source: Source, partOf: ReadonlyMap<string, string>): string | undefined {
  if (source.kind === 'data') return `${source.part} ${source.first}`;
  return source.kind === 'made' ? partOf.get(source.recipe) : undefined;
}
