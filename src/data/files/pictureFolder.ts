import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { at } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import type { LabelledImages } from '../dataSet.js';
import type { DecodedPicture } from '../pictures/decodedPicture.js';
import { parsePicture } from '../pictures/decodePicture.js';
import { rgbPicture } from '../pictures/fitPicture.js';
import { ensureRoom, type Found, mostClasses } from './found.js';

/** Bytes of one picture file, at most. */
const mostOfOne = 2 ** 26;

/** What lies in a folder: hidden files are passed over, and what systems leave there. */
export async function visibleIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => !/^\.|^(thumbs\.db|desktop\.ini|__macosx)$/i.test(name)).sort();
}

const isFolder = async (path: string): Promise<boolean> => (await stat(path)).isDirectory();

/**
 * Pictures in folders that are called as their classes, `cat/1.png`, or in such folders in `train/` and `test/` (or `val/`): all of one size, grey
 * or coloured; where one is coloured, all are.
 *
 * @throws {StdpError} that names the file or folder: of no picture, of another size, a class without pictures, or one to test on that is not
 *   among those to train on.
 */
export async function readPictureFolder(path: string, where: string): Promise<Found> {
  const names = await visibleIn(path);
  const called = (...wanted: readonly string[]) => names.find((name) => wanted.includes(name.toLowerCase()));
  const train = called('train', 'training');
  const test = train === undefined ? undefined : called('test', 'testing', 'val', 'valid', 'validation');
  const learn = train === undefined ? path : join(path, train);
  const classNames = await visibleIn(learn);
  ensure(
    classNames.length <= mostClasses,
    where,
    learn,
    () => `has ${classNames.length} classes, at most ${mostClasses} are told apart`,
  );
  const first = await filesOf(learn, classNames, where);
  const learned = await decoded(first, where);
  const tested = test === undefined ? undefined : await decodedTest(join(path, test), classNames, where, learned);
  const all = [...learned, ...(tested ?? [])];
  const channels = all.some(({ picture }) => picture.channels === 3) ? 3 : 1;
  const { rows, columns } = at(learned, 0).picture;
  return {
    ...{ rows, columns, channels, classNames, isByClass: true },
    train: imagesOf(learned, channels),
    test: tested && imagesOf(tested, channels),
  };
}

interface File {
  readonly path: string;
  readonly label: number;
}

interface Decoded extends File {
  readonly picture: DecodedPicture;
}

async function filesOf(folder: string, classNames: readonly string[], where: string): Promise<readonly File[]> {
  const files: File[] = [];
  for (const name of await visibleIn(folder)) {
    const place = join(folder, name);
    ensure(
      await isFolder(place),
      where,
      place,
      () => 'lies beside the folders of the classes; only they are looked at, take it away',
    );
    const label = classNames.indexOf(name);
    ensure(label >= 0, where, place, () => 'is of a class that is not among those to train on');
    const pictures = await visibleIn(place);
    ensure(pictures.length > 0, where, place, () => 'is the folder of a class and holds no pictures');
    for (const picture of pictures) files.push({ path: join(place, picture), label });
  }
  ensure(files.length > 0, where, folder, () => 'holds no folders of classes');
  return files;
}

async function decodedTest(folder: string, classNames: readonly string[], where: string, [first]: readonly Decoded[]) {
  return decoded(await filesOf(folder, classNames, where), where, first);
}

/** Pictures of the size of the first. */
async function decoded(files: readonly File[], where: string, like?: Decoded): Promise<readonly Decoded[]> {
  const all: Decoded[] = [];
  for (const file of files) {
    const { path } = file;
    const there = await stat(path);
    ensure(there.isFile(), where, path, () => 'is no plain file, expected is a picture');
    ensure(there.size <= mostOfOne, where, path, () => `has ${there.size} bytes, at most ${mostOfOne} are read of a picture`);
    const picture = parsePicture(new Uint8Array(await readFile(path)), path, where);
    const { rows, columns } = (like ?? all[0] ?? { picture }).picture;
    const told = () =>
      `has ${picture.columns} × ${picture.rows} pixels, ${basename((like ?? all[0] ?? file).path)} ${columns} × ${rows}`;
    ensure(picture.rows === rows && picture.columns === columns, where, path, told);
    if (all.length === 0) ensureRoom(files.length, rows * columns * 3, where, path);
    all.push({ ...file, picture });
  }
  return all;
}

function imagesOf(all: readonly Decoded[], channels: 1 | 3): LabelledImages {
  const size = at(all, 0).picture.rows * at(all, 0).picture.columns * channels;
  const pixels = new Uint8Array(all.length * size);
  all.forEach(({ picture }, image) => {
    pixels.set((channels === 3 ? rgbPicture(picture) : picture).pixels, image * size);
  });
  return { pixels, labels: Uint8Array.from(all, ({ label }) => label), count: all.length };
}
