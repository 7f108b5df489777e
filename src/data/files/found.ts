import { ensure } from '../../core/errors.js';
import { randomPermutation } from '../../core/random.js';
import { heldOutOf } from '../chooseImages.js';
import { bytesOf, type DataSet, type LabelledImages, takeFirst } from '../dataSet.js';
import { saccadeChannels } from '../events/saccadeLatencies.js';
import { withTimes } from '../events/timesControl.js';
import { inGrey } from './inGrey.js';
import type { DataReading } from './reading.js';

/** A file by its name, for messages, and what it holds. */
export interface DataFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a reader found. */
export interface Found extends Pick<DataSet, 'rows' | 'columns' | 'channels' | 'classNames' | 'train'> {
  /** Undefined where no images are kept apart for a test. */
  readonly test?: LabelledImages | undefined;
  /** Whether images to train on lie class after class. */
  readonly isByClass?: boolean;
}

/** Bytes of files, unpacked, and of all pixels together, at most: 1 GiB. */
export const mostBytes = 2 ** 30;

/** Throws unless so many images of a size are some, and fit in memory. */
export function ensureRoom(count: number, size: number, where: string, file: string): void {
  ensure(count > 0 && size > 0, where, file, () => 'holds no images');
  ensure(count * size <= mostBytes, where, file, () => `holds ${count} images of ${size} values, more than ${mostBytes} bytes`);
}

/**
 * The data set of what was found. Images that lie class after class, or that nobody has split, come in an order of their own, the same for as
 * many of them: the last images, which a hold-out takes, would else be of one class alone.
 */
export function dataSetOf(
  { test, isByClass = false, ...found }: Found,
  name: string,
  reading: DataReading,
  where: string,
): DataSet {
  const train = test === undefined || isByClass ? shuffled(found.train) : found.train;
  const data = { name, ...found, classes: found.classNames.length, train, test: test ?? takeFirst(train, 0) };
  return asRead(data, reading, where);
}

/** A data set as it is asked for: in grey, or with other times. @throws {StdpError} where times are asked for and there are none. */
export function asRead(data: DataSet, { grey = false, times }: DataReading, where: string): DataSet {
  if (times === undefined) return grey ? inGrey(data) : data;
  const isOfEvents = data.channels === saccadeChannels;
  ensure(isOfEvents, where, 'times', () => `${times}: is for events, ${data.name} holds images`);
  const size = bytesOf(data);
  const changed = (part: LabelledImages) => ({ ...part, pixels: withTimes(part.pixels, size, times) });
  return { ...data, train: changed(data.train), test: changed(data.test) };
}

/**
 * Which of so many images to train on are not held out, by their numbers as they are found: what is held out, or to be tested on, has no say in
 * how values are scaled.
 */
export function learnedFrom(count: number, holdout: number, hasTest: boolean): ArrayLike<number> {
  const order = hasTest ? Uint32Array.from({ length: count }, (_, image) => image) : orderOf(count);
  return order.subarray(0, Math.max(0, count - heldOutOf(count, holdout)));
}

/** The order in which so many images are taken that nobody has split. */
const orderOf = (count: number) => randomPermutation(count, 0);

function shuffled({ pixels, labels, count }: LabelledImages): LabelledImages {
  const order = orderOf(count);
  const size = pixels.length / count;
  const mixed = new Uint8Array(pixels.length);
  const mixedLabels = labels.slice();
  order.forEach((from, to) => {
    mixed.set(pixels.subarray(from * size, (from + 1) * size), to * size);
    mixedLabels.set(labels.subarray(from, from + 1), to);
  });
  return { pixels: mixed, labels: mixedLabels, count };
}

/** Whether a file, by its name, holds what is to be tested on. */
export const isForTest = (name: string): boolean => /(^|[^a-z])(test|t10k)([^a-z]|$)/i.test(name);
