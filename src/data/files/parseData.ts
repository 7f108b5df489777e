import { orThrow } from '../../core/errors.js';
import { type Checks, nothingMore, optional, validateParams } from '../../core/params/validation.js';
import { checkFile } from '../../formats/arrays/checkArrays.js';
import { chooseImages } from '../chooseImages.js';
import type { DataSet } from '../dataSet.js';
import { dataSetOf } from './found.js';
import { gunzip, isGzip } from './gunzip.js';
import { readFiles } from './readFiles.js';
import { aHoldout, type DataOptions, readingChecks } from './reading.js';

const checks: Checks<DataOptions> = { ...readingChecks, holdout: optional(aHoldout) };

/** Options as they have to be. */
export const checkedDataOptions = (options: DataOptions, where: string): DataOptions =>
  orThrow(
    validateParams<DataOptions>(
      where,
      { label: undefined, grey: undefined, times: undefined, holdout: undefined },
      options,
      checks,
      'options',
    ),
  );

/**
 * The data set in one file, which is known by its content: an `.npz` archive of images and labels, a CSV table, a binary file of CIFAR-10, each
 * plain or packed by gzip. It runs in a page too; `loadData` (Node) reads folders as well.
 *
 * @param bytes    the whole file.
 * @param name     of the file, for messages and for reports.
 * @param options  how it is read, and how many images are kept apart to test on.
 * @returns where the file keeps no images apart for a test, the images in an order of their own (always the same), none of them to test on unless
 *   `holdout` says how many.
 * @throws {StdpError} (as a rejection) that names the file and the place in it, when it is truncated, damaged or of another kind, holds numbers
 *   that aren't finite, classes to test on that are not among those to train on, or more than 4096 classes.
 * @example
 * const table = new TextEncoder().encode('length,width,species\n1.5,0.5,setosa\n5,2,virginica\n');
 * const { classNames, columns, train } = await parseData(table, 'iris.csv');
 * [classNames, columns, train.count];   // => [['setosa', 'virginica'], 2, 2]
 */
export async function parseData(
  bytes: Uint8Array,
  name: string,
  options: DataOptions = {},
  ...more: readonly never[]
): Promise<DataSet> {
  const where = 'parseData';
  nothingMore(more, where, 'parseData(bytes, name, options)');
  checkFile(bytes, name, where);
  const { holdout = 0, ...given } = checkedDataOptions(options, where);
  const reading = { ...given, holdout };
  const file = { name, bytes: isGzip(bytes) ? await gunzip(bytes, where, name) : bytes };
  const data = dataSetOf(await readFiles([file], name, reading, where), name, reading, where);
  return chooseImages(data, { train: undefined, holdout }, '', where);
}
