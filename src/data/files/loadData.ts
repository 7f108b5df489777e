import { basename, resolve } from 'node:path';
import { ensure, StdpError } from '../../core/errors.js';
import { nothingMore } from '../../core/params/validation.js';
import { errorCode, messageOf, show } from '../../core/show.js';
import { chooseImages } from '../chooseImages.js';
import type { DataSet } from '../dataSet.js';
import { idxFolderAt } from '../idxFolder.js';
import { parsePicture } from '../pictures/decodePicture.js';
import { entryAt } from './folderOnDisk.js';
import { asRead, dataSetOf, type Found } from './found.js';
import { checkedDataOptions } from './parseData.js';
import { readFiles } from './readFiles.js';
import { dataFile, readFolder } from './readFolder.js';
import type { DataOptions } from './reading.js';

/**
 * A data set from a file or folder of one's own, which is known by its content:
 * - a folder of IDX files, as `loadIdxFolder` takes them: MNIST, Fashion-MNIST, EMNIST, …;
 * - a folder of PNG or JPEG pictures in folders that are called as their classes, or of such folders in `train/` and `test/`;
 * - a folder of recordings of an event camera in such folders, of any format that `readEvents` knows, as pictures of latencies, see the preset
 *   `nmnist`: how early each pixel answers in each of N-MNIST's three saccades, of other recordings in each third from the first event to the
 *   last; a sensor of more than 64 pixels a side is scaled down by a whole number;
 * - an `.npz` archive, or a folder of `.npy` files, of images and labels: `x_train`, `y_train`, `x_test`, `y_test`, or `images`, `labels`, …;
 * - a CSV table with a row of features for each image and a column of classes, or a folder of `train.csv` and `test.csv`;
 * - CIFAR-10's binary files, or the folder of them.
 *
 * Each file may be packed by gzip. Values become bytes: of pictures 0 … 255 stay, fractions in [0, 1] are taken times 255; of tables the least value
 * of each column becomes 0 and the greatest 255; what is held out, or to be tested on, has no say in it and is cut off there. Folders of pictures, and images that nobody has split, come in an order of their own, always
 * the same.
 *
 * @param path     of the file or folder.
 * @param options  how it is read, and how many images are kept apart to test on.
 * @throws {StdpError} (as a rejection) that names the file and the place in it: missing, truncated, damaged or of no kind that is known; pictures of
 *   different sizes, a class without pictures; numbers that aren't finite; more than 4096 classes; more bytes than fit.
 * @example
 * await writeFile('iris.csv', 'length,width,species\n1.5,0.5,setosa\n5,2,virginica\n4.5,1.5,virginica\n');
 * const { classNames, train, test } = await loadData('iris.csv', { holdout: 1 });
 * [classNames, train.count, test.count];   // => [['setosa', 'virginica'], 2, 1]
 */
export async function loadData(path: string, options: DataOptions = {}, ...more: readonly never[]): Promise<DataSet> {
  const where = 'loadData';
  nothingMore(more, where, 'loadData(path, options)');
  const isPath = typeof path === 'string' && path.trim() !== '' && !path.includes('\0');
  ensure(isPath, where, 'path', () => `must be the name of a file or folder, got ${show(path)}`);
  const { holdout = 0, ...reading } = checkedDataOptions(options, where);
  return chooseImages(await readData(path, { ...reading, holdout }), { train: undefined, holdout }, '', where);
}

/** {@link loadData} of what has been checked, before anything is held out. */
export async function readData(path: string, reading: DataOptions = {}): Promise<DataSet> {
  const where = 'loadData';
  try {
    const found = await foundAt(path, reading, where);
    if ('classes' in found) return asRead(found, reading, where);
    return dataSetOf(found, basename(resolve(path)), reading, where);
  } catch (reason) {
    if (reason instanceof StdpError) throw reason;
    throw new StdpError(where, path, `can't be read: ${messageOf(reason)}`, { cause: reason });
  }
}

async function foundAt(path: string, reading: DataOptions, where: string): Promise<Found | DataSet> {
  const entry = await entryAt(path).catch((reason: unknown) => {
    if (errorCode(reason) === 'ENOENT') return undefined;
    throw reason;
  });
  // One of several sets in a folder has a name of its own, of no file.
  if (entry === undefined) return idxFolderAt(path, where);
  if (entry.kind !== 'folder') return readFiles([await dataFile(entry, where)], path, reading, where);
  if ((await entry.entries()).some(({ name }) => /idx[13]-ubyte(\.gz)?$/.test(name))) return idxFolderAt(path, where);
  return readFolder(entry, reading, (bytes, file) => parsePicture(bytes, file, where), where);
}
