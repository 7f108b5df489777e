import { ensure } from '../../core/errors.js';
import { nothingMore } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { checkFile } from '../../formats/arrays/checkArrays.js';
import { chooseImages } from '../chooseImages.js';
import type { DataSet } from '../dataSet.js';
import { folderOfFiles } from './folderOfFiles.js';
import { type DataFile, dataSetOf } from './found.js';
import { checkedDataOptions } from './parseData.js';
import type { DecodePicture } from './pictureFolder.js';
import { readFolder } from './readFolder.js';
import type { DataOptions } from './reading.js';

/**
 * The data set in files that a page was given, as `loadData` (Node) reads it from a folder: pictures or recordings of events in folders by class,
 * `.npz` or `.npy`, tables, CIFAR-10's files. IDX files are read by {@link parseIdxImages} and {@link parseIdxLabels}.
 *
 * @param files    the name of each is its path, `cat/1.png`; folders that hold all of them are passed by.
 * @param name     of the data set, for reports.
 * @param decode   makes a picture of a file of one, where there are some: in Node `decodePicture`, in a page what draws on a canvas.
 * @param options  as of {@link parseData}.
 * @throws {StdpError} (as a rejection) that names the file and the place in it.
 * @example
 * const files = ['dark/1.grey', 'light/1.grey'].map((name, index) => ({ name, bytes: Uint8Array.of(200 * index) }));
 * const { classNames, train } = await parseFiles(files, 'mine', (bytes) => ({ pixels: bytes, rows: 1, columns: 1, channels: 1 }));
 * [classNames, train.count];   // => [['dark', 'light'], 2]
 */
export async function parseFiles(
  files: readonly DataFile[],
  name: string,
  decode: DecodePicture,
  options: DataOptions = {},
  ...more: readonly never[]
): Promise<DataSet> {
  const where = 'parseFiles';
  nothingMore(more, where, 'parseFiles(files, name, decode, options)');
  ensure(Array.isArray(files) && files.length > 0, where, 'files', () => `must be a list of files, got ${show(files)}`);
  for (const file of files) checkFile(Object(file).bytes, Object(file).name, where);
  ensure(
    typeof name === 'string' && name.trim() !== '',
    where,
    'name',
    () => `must be the name of the data set, got ${show(name)}`,
  );
  ensure(typeof decode === 'function', where, 'decode', () => `must be a function of bytes and a path, got ${show(decode)}`);
  const { holdout = 0, ...given } = checkedDataOptions(options, where);
  const reading = { ...given, holdout };
  const data = dataSetOf(await readFolder(folderOfFiles(files, name), reading, decode, where), name, reading, where);
  return chooseImages(data, { train: undefined, holdout }, '', where);
}
