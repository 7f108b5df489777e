import { StdpError } from 'tfjs-stdp';
import {
  type DataFile,
  digitDataSet,
  type LabelledImages,
  parseFiles,
  parseIdxImages,
  parseIdxLabels,
  splitLast,
  takeFirst,
} from 'tfjs-stdp/networks';
import type { PlacedFile } from '../ui/droppedFiles.js';
import { decodePicture } from './decodePicture.js';

/**
 * Images to learn from and, where there are labels, some that are kept aside to test the read-out.
 *
 * @property generated  whether they are the library's own, drawn anew for each seed.
 * @property classNames  empty: there are no labels.
 */
export interface ImageSet {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly generated: boolean;
  readonly classNames: readonly string[];
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

/** How many images of a file are used. */
const mostImages = 10_000;
/** How many images test the read-out. */
const testImages = 500;

/** The library's own digits. */
export const generatedImages = (seed: number): ImageSet => ({ ...digitDataSet(seed, 3000, testImages), generated: true });

/** The part of images that nobody has kept apart for a test which is. */
const heldOut = 1 / 6;

/**
 * Images from a user's files, known by their content: IDX, pictures in folders by class, arrays, a table, CIFAR-10's. They become grey.
 *
 * @param label  of a table: the column that names the classes.
 * @throws {StdpError} that names the file which can't be used.
 */
export async function imagesFromFiles(files: readonly PlacedFile[], label: string | undefined): Promise<ImageSet> {
  const given = await Promise.all(files.map(readFile));
  const unpackedFiles = await Promise.all(given.map(async ({ name, bytes }) => ({ name, bytes: await unpacked(bytes, name) })));
  if (unpackedFiles.some(({ bytes }) => isIdx(bytes))) return imagesFromIdx(unpackedFiles);
  const [name = 'files'] = [...new Set(given.map((file) => file.name.split('/')[0]))];
  const read = (holdout: number) => parseFiles(given, name, decodePicture, { grey: true, holdout, ...(label && { label }) });
  const whole = await read(0);
  if (whole.channels === 6)
    throw new StdpError('images', name, 'holds recordings of events, and this network learns from images');
  const { train, test, ...data } = whole.test.count > 0 ? whole : await read(heldOut);
  return { ...data, generated: false, train: some(train, mostImages), test: some(test, testImages) };
}

const readFile = async ({ path, file }: PlacedFile): Promise<DataFile> => ({
  name: path,
  bytes: new Uint8Array(await file.arrayBuffer()),
});

const some = (images: LabelledImages, most: number): LabelledImages => takeFirst(images, Math.min(images.count, most));

/** IDX files: one of images, one of labels if there is one; with the four files of a data set the smaller pair tests. */
function imagesFromIdx(contents: readonly DataFile[]): ImageSet {
  const labels = contents
    .filter(({ bytes }) => isLabels(bytes))
    .map(({ name, bytes }) => ({ name, labels: parseIdxLabels(bytes, name) }));
  const sets = contents
    .filter(({ bytes }) => !isLabels(bytes))
    .map(({ name, bytes }) => ({ name, ...parseIdxImages(bytes, name) }))
    .sort((a, b) => b.count - a.count);
  const [largest, second] = sets;
  if (largest === undefined) throw new StdpError('IDX', 'files', 'hold labels only; choose the file of images as well');
  if (largest.count === 0) throw new StdpError('IDX', largest.name, 'holds no images');
  const { name, rows, columns } = largest;
  const labelled = ({ count, pixels }: (typeof sets)[number]): LabelledImages | undefined => {
    const found = labels.find((entry) => entry.labels.length === count);
    return found && some({ pixels, labels: found.labels, count }, mostImages);
  };
  const all = labelled(largest);
  if (all === undefined) {
    const [others] = labels;
    const told = () => `holds ${others?.labels.length} labels, ${name} holds ${largest.count} images`;
    if (others !== undefined) throw new StdpError('IDX', others.name, told());
    const unlabelled = { pixels: largest.pixels, labels: new Uint8Array(largest.count), count: largest.count };
    const train = some(unlabelled, mostImages);
    return { name, rows, columns, generated: false, classNames: [], train, test: takeFirst(train, 0) };
  }
  const classes = Array.from(all.labels).reduce((most, label) => Math.max(most, label), 0) + 1;
  const classNames = Array.from({ length: classes }, (_, label) => String(label));
  const other = second?.rows === rows && second.columns === columns ? labelled(second) : undefined;
  const [train, kept] = other === undefined ? splitLast(all, Math.floor(all.count * heldOut)) : [all, other];
  return { name, rows, columns, generated: false, classNames, train, test: some(kept, testImages) };
}

const isLabels = (bytes: Uint8Array): boolean => bytes[2] === 8 && bytes[3] === 1;
const isIdx = (bytes: Uint8Array): boolean =>
  bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 8 && (bytes[3] === 1 || bytes[3] === 3);

/** The bytes of a file, a gzip file's unpacked. */
async function unpacked(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new StdpError('IDX', name, 'is a truncated or corrupt gzip file');
  }
}
