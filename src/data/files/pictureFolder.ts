import { at } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';
import type { LabelledImages } from '../dataSet.js';
import type { DecodedPicture } from '../pictures/decodedPicture.js';
import { rgbPicture } from '../pictures/fitPicture.js';
import { bytesOfClassFile, type ClassFile, type ClassFiles, labelsOf } from './classFiles.js';
import { ensureRoom, type Found } from './found.js';

/** Bytes of one picture file, at most. */
const mostOfOne = 2 ** 26;

/** What makes a picture of the bytes of a file. */
export type DecodePicture = (bytes: Uint8Array, path: string) => DecodedPicture | Promise<DecodedPicture>;

/**
 * Pictures by class, all of one size, grey or coloured; where one is coloured, all are.
 *
 * @throws {StdpError} that names the file: of no picture, or of another size.
 */
export async function readPictures(
  { classNames, train, test }: ClassFiles,
  decode: DecodePicture,
  where: string,
): Promise<Found> {
  const learned = await decoded(train, decode, where);
  const tested = test && (await decoded(test, decode, where, at(learned, 0)));
  const all = [...learned, ...(tested ?? [])];
  const channels = all.some(({ picture }) => picture.channels === 3) ? 3 : 1;
  const { rows, columns } = at(learned, 0).picture;
  return {
    ...{ rows, columns, channels, classNames, isByClass: true },
    train: imagesOf(learned, classNames.length, channels),
    test: tested && imagesOf(tested, classNames.length, channels),
  };
}

interface Decoded extends ClassFile {
  readonly picture: DecodedPicture;
}

/** Pictures of the size of the first. */
async function decoded(
  files: readonly ClassFile[],
  decode: DecodePicture,
  where: string,
  like?: Decoded,
): Promise<readonly Decoded[]> {
  const all: Decoded[] = [];
  for (const file of files) {
    const { path } = file.entry;
    const picture = await decode(await bytesOfClassFile(file.entry, 'a picture', mostOfOne, where), path);
    ensure(isPicture(picture), where, path, () => `was decoded into ${show(picture)}, which is no picture`);
    const { rows, columns } = (like ?? all[0] ?? { picture }).picture;
    const told = () =>
      `has ${picture.columns} × ${picture.rows} pixels, ${(like ?? all[0] ?? file).entry.name} ${columns} × ${rows}`;
    ensure(picture.rows === rows && picture.columns === columns, where, path, told);
    if (all.length === 0) ensureRoom(files.length, rows * columns * 3, where, path);
    all.push({ ...file, picture });
  }
  return all;
}

/** Whether a decoder that is not ours has given a picture. */
function isPicture({ pixels, rows, columns, channels }: Partial<DecodedPicture> = {}): boolean {
  const isSide = (side: unknown) => Number.isSafeInteger(side) && Number(side) > 0;
  const isWhole = isSide(rows) && isSide(columns) && (channels === 1 || channels === 3);
  return isWhole && pixels instanceof Uint8Array && pixels.length === Number(rows) * Number(columns) * channels;
}

function imagesOf(all: readonly Decoded[], classes: number, channels: 1 | 3): LabelledImages {
  const size = at(all, 0).picture.rows * at(all, 0).picture.columns * channels;
  const pixels = new Uint8Array(all.length * size);
  all.forEach(({ picture }, image) => {
    pixels.set((channels === 3 ? rgbPicture(picture) : picture).pixels, image * size);
  });
  return { pixels, labels: labelsOf(all, classes), count: all.length };
}
