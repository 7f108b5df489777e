import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ensure, StdpError } from '../core/errors.js';
import type { DataSet, LabelledImages } from './dataSet.js';
import { readIdxImages, readIdxLabels } from './idx.js';

const where = 'loadIdxFolder';

/**
 * Loads MNIST, or any data set in its form (Fashion-MNIST, EMNIST, …), from a directory with the four files
 * `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`, each plain
 * or with `.gz`; the spelling `train-images.idx3-ubyte` is found too. The data set is named after the directory and has
 * as many classes as its greatest label asks for.
 *
 * @throws {StdpError} when the directory or a file is missing, a file can't be understood (see {@link readIdxImages}),
 *   there are no images, images and labels differ in number, or training and test images differ in size.
 * @example
 * for (const part of ['train', 't10k']) {   // one image of 1 × 2 pixels each, which shows a seven
 *   await writeFile(`${part}-images-idx3-ubyte`, Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255));
 *   await writeFile(`${part}-labels-idx1-ubyte`, Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7));
 * }
 * const { train, rows, columns, classes } = await loadIdxFolder('.');
 * [train.count, rows, columns, classes];   // => [1, 1, 2, 8]
 */
export async function loadIdxFolder(directory: string): Promise<DataSet> {
  const names = await fileNames(directory);
  const train = await loadPart(directory, names, 'train');
  const test = await loadPart(directory, names, 't10k');
  const { rows, columns } = train;
  ensure(
    test.rows === rows && test.columns === columns,
    where,
    directory,
    () => `has training images of ${rows} × ${columns} pixels but test images of ${test.rows} × ${test.columns}`,
  );
  const greatest = Math.max(greatestLabel(train.images), greatestLabel(test.images));
  return { name: basename(resolve(directory)), rows, columns, classes: greatest + 1, train: train.images, test: test.images };
}

async function fileNames(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (reason) {
    const code = reason instanceof Error && 'code' in reason ? reason.code : undefined;
    if (code === 'ENOENT') throw new StdpError(where, directory, 'does not exist');
    if (code === 'ENOTDIR') throw new StdpError(where, directory, 'is not a directory');
    throw new StdpError(where, directory, `can't be read: ${reason instanceof Error ? reason.message : String(reason)}`);
  }
}

interface Part {
  readonly rows: number;
  readonly columns: number;
  readonly images: LabelledImages;
}

async function loadPart(directory: string, names: readonly string[], part: 'train' | 't10k'): Promise<Part> {
  const imagesPath = findFile(directory, names, `${part}-images`, 'idx3-ubyte');
  const labelsPath = findFile(directory, names, `${part}-labels`, 'idx1-ubyte');
  const { count, rows, columns, pixels } = await readIdxImages(imagesPath);
  const labels = await readIdxLabels(labelsPath);
  ensure(count > 0, where, imagesPath, () => 'holds no images');
  ensure(
    labels.length === count,
    where,
    directory,
    () => `has ${count} images in ${basename(imagesPath)} but ${labels.length} labels in ${basename(labelsPath)}`,
  );
  return { rows, columns, images: { pixels, labels, count } };
}

function findFile(directory: string, names: readonly string[], content: string, kind: string): string {
  const spellings = [`${content}-${kind}`, `${content}-${kind}.gz`, `${content}.${kind}`, `${content}.${kind}.gz`];
  const found = spellings.find((spelling) => names.includes(spelling));
  if (found === undefined) throw new StdpError(where, directory, `has no file ${content}-${kind} or ${content}-${kind}.gz`);
  return join(directory, found);
}

const greatestLabel = ({ labels }: LabelledImages): number => labels.reduce((greatest, label) => Math.max(greatest, label), 0);
