import { StdpError } from 'tfjs-stdp';
import { digitDataSet, type LabelledImages, parseIdxImages, parseIdxLabels, splitLast, takeFirst } from 'tfjs-stdp/networks';

/**
 * Images to learn from and, where there are labels, some that are kept aside to test the read-out.
 *
 * @property generated  whether they are the library's own, drawn anew for each seed.
 * @property classes    0: there are no labels.
 */
export interface ImageSet {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly generated: boolean;
  readonly classes: number;
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

/** How many images of a file are used. */
const mostImages = 10_000;
/** How many images test the read-out. */
const testImages = 500;

/** The library's own digits. */
export const generatedImages = (seed: number): ImageSet => ({ ...digitDataSet(seed, 3000, testImages), generated: true });

/**
 * Images from a user's IDX files, plain or gzip: one of images, one of labels if there is one; with the four files of a
 * data set the smaller pair tests.
 *
 * @throws {StdpError} that names the file which can't be used.
 */
export async function imagesFromFiles(files: readonly File[]): Promise<ImageSet> {
  const contents = await Promise.all(files.map(async (file) => ({ name: file.name, bytes: await unpacked(file) })));
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
    return found && takeFirst({ pixels, labels: found.labels, count }, Math.min(count, mostImages));
  };
  const all = labelled(largest);
  if (all === undefined) {
    const [some] = labels;
    const told = () => `holds ${some?.labels.length} labels, ${name} holds ${largest.count} images`;
    if (some !== undefined) throw new StdpError('IDX', some.name, told());
    const unlabelled = { pixels: largest.pixels, labels: new Uint8Array(largest.count), count: largest.count };
    const train = takeFirst(unlabelled, Math.min(largest.count, mostImages));
    return { name, rows, columns, generated: false, classes: 0, train, test: takeFirst(train, 0) };
  }
  const classes = Array.from(all.labels).reduce((most, label) => Math.max(most, label), 0) + 1;
  const other = second?.rows === rows && second.columns === columns ? labelled(second) : undefined;
  const [train, kept] = other === undefined ? splitLast(all, Math.floor(all.count / 6)) : [all, other];
  return { name, rows, columns, generated: false, classes, train, test: takeFirst(kept, Math.min(kept.count, testImages)) };
}

const isLabels = (bytes: Uint8Array): boolean => bytes[2] === 8 && bytes[3] === 1;

/** The bytes of a file, a gzip file's unpacked. */
async function unpacked(file: File): Promise<Uint8Array> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new StdpError('IDX', file.name, 'is a truncated or corrupt gzip file');
  }
}
