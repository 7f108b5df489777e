import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { byteAt } from '../core/at.js';
import { ensure, StdpError } from '../core/errors.js';
import { errorCode, messageOf, show } from '../core/show.js';
import type { DataSet, LabelledImages } from './dataSet.js';
import { idxImagesAt, idxLabelsAt } from './idx.js';
import { idxNames } from './idxNames.js';

/**
 * Loads MNIST, or any data set in its form (Fashion-MNIST, EMNIST, …), from a directory with the four files
 * `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`, each plain
 * or with `.gz`. Other names that they go by are found too: `train-images.idx3-ubyte`; a directory by the name of the file that
 * it holds (Kaggle's MNIST); `emnist-letters-train-images-idx3-ubyte`, `emnist-letters-test-…` (EMNIST, whose images lie
 * mirrored on their side: rows and columns are exchanged, so that letters stand upright). Of several data sets in one directory,
 * `DIR/emnist-letters` names one. The data set is named after the directory, or that name, and has as many classes as the greatest label to
 * train on asks for. What they are called EMNIST's `emnist-letters-mapping.txt` or a `classes.txt`, a name a line, tells where it lies beside;
 * Fashion-MNIST is known by its labels; else they go by their numbers.
 *
 * @throws {StdpError} when the directory or a file is missing, a file can't be understood (see {@link readIdxImages}),
 *   there are no images, images and labels differ in number, training and test images differ in size, or a test image
 *   is of a class beyond those to train on.
 * @example
 * for (const part of ['train', 't10k']) {   // one image of 1 × 2 pixels each, which shows a seven
 *   await writeFile(`${part}-images-idx3-ubyte`, Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255));
 *   await writeFile(`${part}-labels-idx1-ubyte`, Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7));
 * }
 * const { train, rows, columns, classes } = await loadIdxFolder('.');
 * [train.count, rows, columns, classes];   // => [1, 1, 2, 8]
 */
export async function loadIdxFolder(directory: string): Promise<DataSet> {
  return idxFolderAt(directory, 'loadIdxFolder');
}

/** {@link loadIdxFolder} in the name of another function. */
export async function idxFolderAt(directory: string, where: string): Promise<DataSet> {
  ensure(
    typeof directory === 'string' && directory.trim() !== '' && !directory.includes('\0'),
    where,
    'directory',
    () => `must be the name of a directory, got ${show(directory)}`,
  );
  const place = await placeOf(directory, where);
  const train = await loadPart(place, ['train'], where);
  const test = await loadPart(place, ['t10k', 'test'], where);
  const { rows, columns } = train;
  ensure(
    test.rows === rows && test.columns === columns,
    where,
    directory,
    () => `has training images of ${rows} × ${columns} pixels but test images of ${test.rows} × ${test.columns}`,
  );
  const greatest = greatestLabel(train.images);
  const alien = test.images.labels.findIndex((label) => label > greatest);
  ensure(
    alien < 0,
    where,
    test.labelsPath,
    () => `holds label ${test.images.labels[alien]} at ${alien}, the labels to train on go up to ${greatest}`,
  );
  const { name } = place;
  const classes = greatest + 1;
  const classNames = await idxNames(place.directory, place.prefix, train.images.labels, classes, where);
  return { name, rows, columns, channels: 1, classes, classNames, train: train.images, test: test.images };
}

/** Where the files of a data set are, and what their names begin with. */
interface Place {
  readonly name: string;
  readonly directory: string;
  readonly prefix: string;
}

async function placeOf(directory: string, where: string): Promise<Place> {
  const name = basename(resolve(directory));
  try {
    const prefixes = prefixesIn(await readdir(directory));
    if (prefixes.length === 0 || prefixes.includes('')) return { name, directory, prefix: '' };
    const [prefix = '', ...others] = prefixes;
    const sets = (): string => prefixes.map((set) => set.slice(0, -1)).join(', ');
    ensure(
      others.length === 0,
      where,
      directory,
      () => `holds several data sets: ${sets()}; name one as ${join(directory, prefix.slice(0, -1))}`,
    );
    return { name, directory, prefix };
  } catch (reason) {
    if (reason instanceof StdpError) throw reason;
    const code = errorCode(reason);
    if (code === 'ENOTDIR') throw new StdpError(where, directory, 'is not a directory');
    if (code !== 'ENOENT') throw new StdpError(where, directory, `can't be read: ${messageOf(reason)}`);
    const parent = dirname(resolve(directory));
    const prefix = `${name}-`;
    const there = prefixesIn(await readdir(parent).catch(() => [])).includes(prefix);
    ensure(there, where, directory, () => 'does not exist');
    return { name, directory: parent, prefix };
  }
}

/** What stands before `train-images…` in names of files, `emnist-letters-` say, or nothing. */
const prefixesIn = (names: readonly string[]): readonly string[] =>
  [...new Set(names.flatMap((name) => /^(.+-|)train-images[-.]idx3-ubyte(\.gz)?$/.exec(name)?.[1] ?? []))].sort();

interface Part {
  readonly rows: number;
  readonly columns: number;
  readonly labelsPath: string;
  readonly images: LabelledImages;
}

async function loadPart(place: Place, names: readonly [string, ...string[]], where: string): Promise<Part> {
  const imagesPath = await findFile(place, names, 'images-idx3-ubyte', where);
  const labelsPath = await findFile(place, names, 'labels-idx1-ubyte', where);
  const { count, rows, columns, pixels } = await idxImagesAt(imagesPath, where);
  const labels = await idxLabelsAt(labelsPath, where);
  ensure(count > 0, where, imagesPath, () => 'holds no images');
  ensure(
    labels.length === count,
    where,
    place.directory,
    () => `has ${count} images in ${basename(imagesPath)} but ${labels.length} labels in ${basename(labelsPath)}`,
  );
  const isEmnist = place.prefix.startsWith('emnist-');
  const [height, width] = isEmnist ? [columns, rows] : [rows, columns];
  const upright = isEmnist ? transposed(pixels, rows, columns) : pixels;
  return { rows: height, columns: width, labelsPath, images: { pixels: upright, labels, count } };
}

/** Images whose rows have become columns. */
function transposed(pixels: Uint8Array, rows: number, columns: number): Uint8Array {
  const size = rows * columns;
  return pixels.map((_, index) => {
    const [image, place] = [index - (index % size), index % size];
    return byteAt(pixels, image + (place % rows) * columns + Math.floor(place / rows));
  });
}

/** The file of a part by one of the names that it goes by, or a file of that name in a directory of that name. */
async function findFile(
  { directory, prefix }: Place,
  parts: readonly [string, ...string[]],
  content: string,
  where: string,
): Promise<string> {
  const whole = parts.map((part) => `${prefix}${part}-${content}`);
  const names = whole.flatMap((name) => [name, name.replace(/-(?=idx\d-ubyte$)/, '.')]).flatMap((name) => [name, `${name}.gz`]);
  for (const name of names) {
    const path = join(directory, name);
    const there = await stat(path).catch(() => undefined);
    if (there === undefined) continue;
    if (!there.isDirectory()) return path;
    const inner = join(path, name);
    if ((await stat(inner).catch(() => undefined))?.isFile()) return inner;
  }
  throw new StdpError(where, directory, `has no file ${whole[0]} or ${whole[0]}.gz`);
}

function greatestLabel({ labels }: LabelledImages): number {
  let greatest = 0;
  for (const label of labels) greatest = Math.max(greatest, label);
  return greatest;
}
