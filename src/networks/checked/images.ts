import { ensure } from '../../core/errors.js';
import { isListOf } from '../../core/lists.js';
import { ensureFields } from '../../core/params/ensureFields.js';
import { aText, type Check, check, ensureIs, integerFrom } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import { bytesOf, type DataSet, type LabelledImages } from '../../data/dataSet.js';
import { type Labels, mostClasses } from '../../data/labels.js';
import { checkedBytes, checkedWords, checkLength, isNumbers, strictBytes } from './arrays.js';

/**
 * Images that tell their size, as those of an IDX file do, are of the size that is said beside them.
 *
 * @throws {StdpError} when they aren't.
 */
export function checkFrame(given: unknown, rows: number, columns: number, where: string, argument: string): void {
  const own = fieldsOf(given, where, argument);
  const fits = (own['rows'] ?? rows) === rows && (own['columns'] ?? columns) === columns;
  const problem = () => `are of ${show(own['rows'])} × ${show(own['columns'])} pixels, not of ${rows} × ${columns}`;
  ensure(fits, where, argument, problem);
}

/** Images that are as they are said to be. */
export type Images = Pick<LabelledImages, 'pixels' | 'count'>;

/** Labels are whole numbers below the number of classes. @throws {StdpError} unless there can be so many classes. */
export function checkClasses(classes: unknown, where: string, argument: string): void {
  ensureIs(integerFrom(1, mostClasses), classes, where, argument);
}

/**
 * Images of `size` bytes.
 *
 * @throws {StdpError} unless pixels are bytes, as many as `count` images have.
 */
export function checkedImages(given: unknown, size: number | undefined, where: string, argument: string): Images {
  const fields = fieldsOf(given, where, argument);
  ensureFields(fields, ['pixels', 'labels', 'count', 'rows', 'columns'], where, argument);
  const { pixels, count, labels } = fields;
  ensureIs(integerFrom(0), count, where, `${argument}.count`);
  const name = `${argument}.pixels`;
  const bytes = strictBytes(pixels, where, name, '0 … 255 (pixels of 0 … 1 times 255)');
  const images = count as number;
  if (size !== undefined) checkLength(bytes, images * size, where, name, `${images} images of ${size} pixels`);
  const own = images === 0 ? 0 : bytes.length / images;
  const fits = Number.isInteger(own) && (images === 0 ? bytes.length === 0 : own > 0);
  ensure(fits, where, name, () => `has ${bytes.length} entries, which are no whole number for each of ${images} images`);
  // Who has labels can tell a wrong count, even where nobody says how large an image is.
  const labelled = isNumbers(labels) ? labels.length : images;
  ensure(labelled === images, where, `${argument}.labels`, () => `has ${labelled} entries, ${argument}.count needs ${images}`);
  return { pixels: bytes, count: images };
}

/** {@link checkedImages} of `area` pixels: grey, coloured, or latencies of events. */
export function checkedFrames(given: unknown, area: number, where: string, argument: string): Images {
  const channels = [3, 6].find((count) => hasBytes(given, count * area)) ?? 1;
  return checkedImages(given, channels * area, where, argument);
}

/** Whether images have so many bytes each. */
const hasBytes = (given: unknown, bytes: number): boolean =>
  isRecord(given) &&
  ArrayBuffer.isView(given['pixels']) &&
  Number(given['count']) > 0 &&
  given['pixels'].byteLength === bytes * Number(given['count']);

/** {@link checkedImages} of known classes. @throws {StdpError} unless each has a label 0 … classes − 1. */
export function checkedLabelled(
  given: unknown,
  size: number | undefined,
  classes: number,
  where: string,
  argument: string,
): LabelledImages {
  const images = checkedImages(given, size, where, argument);
  const name = `${argument}.labels`;
  const labels = checkedLabels(fieldsOf(given, where, argument)['labels'], classes, where, name);
  checkLength(labels, images.count, where, name, `${argument}.count`);
  return { ...images, labels };
}

/** Labels 0 … classes − 1. */
export function checkedLabels(given: unknown, classes: number, where: string, argument: string): Labels {
  const labels = classes <= 256 ? checkedBytes(given, where, argument) : checkedWords(given, where, argument);
  const alien = labels.find((label) => label >= classes);
  ensure(alien === undefined, where, argument, () => `holds ${alien}, there are ${classes} classes`);
  return labels;
}

/** Throws where an image is of a class that whoever reads it has never learned. */
export function checkKnown(labels: Labels, classes: number, where: string, argument: string): void {
  const at = labels.findIndex((label) => label >= classes);
  ensure(at < 0, where, argument, () => `holds ${labels[at]} at ${at}, what was trained knows ${classes} classes`);
}

/** A data set whose images are of the size, and of the classes, that it tells. */
export function checkedDataSet(given: DataSet, where: string): DataSet {
  const data = checkedSet(given, where);
  ensureIs(aText, data.name, where, 'data.name');
  const { classes, ...frame } = checkedFrame(given, where);
  ensureIs(namesOf(classes), data.classNames, where, 'data.classNames');
  const part = (name: 'train' | 'test') => checkedLabelled(data[name], bytesOf(frame), classes, where, `data.${name}`);
  return { ...data, train: part('train'), test: part('test') };
}

/** As many names as classes. */
const namesOf = (classes: number): Check =>
  check(
    `a list of ${classes} names, another for each class`,
    (names) =>
      isListOf(names, (name) => typeof name === 'string' && name.trim() !== '') &&
      names.length === classes &&
      new Set(names).size === classes,
  );

/** The fields of a data set, or of a part of one. @throws {StdpError} that names a field which is of none. */
export function checkedSet<Part extends object>(given: Part, where: string) {
  const data = fieldsOf(given, where, 'data');
  ensureFields(data, ['name', 'rows', 'columns', 'channels', 'classes', 'classNames', 'train', 'test'], where, 'data');
  return data;
}

/** What all images of a data set have in common. */
type Frame = Pick<DataSet, 'rows' | 'columns' | 'channels' | 'classes'>;

/** The frame of a data set, checked. */
export function checkedFrame(given: Frame, where: string): Frame {
  const { rows, columns, channels, classes } = checkedSet(given, where);
  ensureIs(integerFrom(1), rows, where, 'data.rows');
  ensureIs(integerFrom(1), columns, where, 'data.columns');
  const problem = () => `must be 1 (grey), 3 (red, green and blue) or 6 (latencies of events), got ${show(channels)}`;
  ensure(channels === 1 || channels === 3 || channels === 6, where, 'data.channels', problem);
  checkClasses(classes, where, 'data.classes');
  return { rows, columns, channels, classes };
}

/** Fields of which nothing is known. */
interface Fields {
  readonly [name: string]: unknown;
}

/** What must be a record, of the type that it is said to have. */
export function fieldsOf<Given>(given: Given, where: string, argument: string): Given extends object ? Given : Fields {
  const isFields = typeof given === 'object' && given !== null && !Array.isArray(given) && !ArrayBuffer.isView(given);
  ensure(isFields, where, argument, () => `must be a record, got ${show(given)}`);
  return given as Given extends object ? Given : Fields;
}
