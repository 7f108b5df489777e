import { type EncoderSpec, encodeImages, type SpikeTimes } from 'tfjs-stdp/networks';
import type { ImageSet } from './images.js';
import { drawingRepeats, fewestShown } from './trainingSetSizes.js';

/** A digit that was drawn in the page. */
export interface Drawing {
  readonly pixels: Uint8Array;
  readonly label: number;
}

/**
 * What the network learns from, encoded.
 *
 * @property base   spike times of the set's training images.
 * @property drawn  spike times of the drawings.
 * @property times  everything as it is shown: each drawing many times, and all of it again where there are few images.
 */
export interface TrainingSet {
  readonly images: ImageSet;
  readonly drawings: readonly Drawing[];
  readonly base: SpikeTimes;
  readonly drawn: SpikeTimes;
  readonly times: SpikeTimes;
}

/** Encodes a set of images and drawings. */
export async function encodeSet(
  images: ImageSet,
  drawings: readonly Drawing[],
  encoder: EncoderSpec,
  onProgress: (done: number, total: number) => void,
): Promise<TrainingSet> {
  const { train, rows, columns } = images;
  const base = await encodeImages(train, rows, columns, encoder, (done) => onProgress(done, train.count));
  return withDrawings({ images, base }, drawings, encoder);
}

/** The same images with other drawings. */
export async function withDrawings(
  { images, base }: Pick<TrainingSet, 'images' | 'base'>,
  drawings: readonly Drawing[],
  encoder: EncoderSpec,
): Promise<TrainingSet> {
  const { rows, columns } = images;
  const drawn = await encodeImages(pixelsOf(drawings, rows * columns), rows, columns, encoder);
  const once = joined(base, repeated(drawn, drawingRepeats));
  return { images, drawings, base, drawn, times: repeated(once, Math.ceil(fewestShown / Math.max(1, once.count))) };
}

/** The picture behind the spike times at an index. */
export function pictureAt({ images, drawings, base, drawn }: TrainingSet, index: number): Uint8Array | undefined {
  const place = index % (base.count + drawn.count * drawingRepeats);
  const size = images.rows * images.columns;
  if (place < base.count) return images.train.pixels.slice(place * size, (place + 1) * size);
  return drawings[(place - base.count) % drawn.count]?.pixels;
}

function pixelsOf(drawings: readonly Drawing[], size: number): { readonly pixels: Uint8Array; readonly count: number } {
  const pixels = new Uint8Array(drawings.length * size);
  drawings.forEach((drawing, index) => {
    pixels.set(drawing.pixels, index * size);
  });
  return { pixels, count: drawings.length };
}

function joined(first: SpikeTimes, second: SpikeTimes): SpikeTimes {
  const values = new Uint8Array(first.values.length + second.values.length);
  values.set(first.values);
  values.set(second.values, first.values.length);
  return { ...first, values, count: first.count + second.count };
}

function repeated(times: SpikeTimes, repeats: number): SpikeTimes {
  if (repeats === 1) return times;
  const values = new Uint8Array(times.values.length * repeats);
  for (let copy = 0; copy < repeats; copy++) values.set(times.values, copy * times.values.length);
  return { ...times, values, count: times.count * repeats };
}
