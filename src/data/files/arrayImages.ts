import { at } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';
import type { FileArray, FileArrays } from '../../formats/arrays/fileArray.js';
import { classLabels } from './classLabels.js';
import { ensureRoom, type Found, learnedFrom } from './found.js';
import type { DataOptions } from './reading.js';
import { flatLayout, flatScale, pictureScale, scaled, type Values } from './scaling.js';

const pictures = '(?:x|images?|data|features)';
const classes = '(?:y|labels?|targets?|classes)';
const named = (what: string, part: string): RegExp => new RegExp(`^(?:${what}[_-]?${part}|${part}[_-]?${what})$`, 'i');
const training = '(?:train|training)';

/** What arrays go by: those of Keras, of PyTorch's datasets, and plain ones. */
const names = {
  train: [named(pictures, training), named(pictures, ''), /^arr_0$/],
  labels: [named(classes, training), named(classes, ''), /^arr_1$/],
  test: [named(pictures, 'test')],
  testLabels: [named(classes, 'test')],
};

/** The arrays that are images and labels, by what they are. */
export type ImageArrays = { readonly [Part in 'train' | 'labels']: string } & {
  readonly [Part in 'test' | 'testLabels']: string | undefined;
};

/** Which arrays of these names are read. @throws {StdpError} when images or labels are missing. */
export function imageArrays(given: readonly string[], where: string, file: string): ImageArrays {
  const find = (part: keyof typeof names) =>
    names[part].flatMap((pattern) => given.filter((name) => pattern.test(name)).slice(0, 1))[0];
  const [train, labels, test, testLabels] = [find('train'), find('labels'), find('test'), find('testLabels')];
  const holds = (what: string) => () => `holds no ${what}; there are arrays ${show(given)}`;
  ensure(train !== undefined, where, file, holds('images: call them images, x or x_train'));
  ensure(labels !== undefined, where, file, holds('labels: call them labels, y or y_train'));
  ensure((test === undefined) === (testLabels === undefined), where, file, holds('images and labels both to test on'));
  return { train: String(train), labels: String(labels), test, testLabels };
}

/** Images and labels from arrays: `[n, rows, columns]`, with 1 or 3 channels last or first, or `[n, features]`; labels `[n]`. */
export function readArrays(
  arrays: FileArrays,
  chosen: ImageArrays,
  { holdout = 0 }: DataOptions,
  where: string,
  file: string,
): Found {
  const placeOf = (name: string) => `${name} in ${file}`;
  const numbers = (name: string) =>
    numbersOf(
      at(
        [arrays[name]].flatMap((array) => array ?? []),
        0,
      ),
      where,
      placeOf(name),
    );
  const { train, test, testLabels } = chosen;
  const [learn, shape] = [numbers(train), shapeOf(arrays, train)];
  const layout = layoutOf(shape, where, placeOf(train));
  const count = at(shape, 0);
  const size = layout.rows * layout.columns * layout.channels;
  ensureRoom(count, size, where, placeOf(train));
  const fitted = { values: learn, size, by: learnedFrom(count, holdout, test !== undefined) };
  const scale = shape.length === 2 ? flatScale(fitted, layout) : pictureScale(fitted);
  const images = (values: Values, of: Layout) => channelsLast(scaled(values, size, scale), of);
  const labelled = (name: string, images: number): readonly number[] => {
    const [values, own] = [numbers(name), shapeOf(arrays, name)];
    const fits = at(own.length === 0 ? [0] : own, 0) === images && values.length === images;
    ensure(fits, where, placeOf(name), () => `has shape ${show(own)}, needed is a label of each of ${images} images`);
    return Array.from(values);
  };
  const [tested, testShape] = test === undefined ? [undefined, []] : [numbers(test), shapeOf(arrays, test)];
  const testCount = tested === undefined ? 0 : at(testShape, 0);
  if (test !== undefined) {
    const same = show(testShape.slice(1)) === show(shape.slice(1));
    ensure(same, where, placeOf(test), () => `has shape ${show(testShape)}, the images to train on ${show(shape)}`);
    ensureRoom(testCount, size, where, placeOf(test));
  }
  const { classNames, ...labels } = classLabels(
    labelled(chosen.labels, count),
    testLabels === undefined ? undefined : labelled(testLabels, testCount),
    where,
    placeOf(chosen.labels),
    (index) => `entry ${index} of ${placeOf(testLabels ?? chosen.labels)}`,
  );
  return {
    ...{ rows: layout.rows, columns: layout.columns, channels: layout.channels, classNames },
    train: { pixels: images(learn, layout), labels: labels.train, count },
    test: tested && labels.test && { pixels: images(tested, layout), labels: labels.test, count: testCount },
  };
}

const shapeOf = (arrays: FileArrays, name: string): readonly number[] => arrays[name]?.shape ?? [];

/** The values of an array, all finite. */
function numbersOf({ data }: FileArray, where: string, place: string): Values {
  const values = data instanceof BigInt64Array || data instanceof BigUint64Array ? Float64Array.from(data, Number) : data;
  const bad = values.findIndex((value) => !Number.isFinite(value));
  ensure(bad < 0, where, place, () => `holds ${values[bad]} at ${bad}, needed are finite numbers`);
  return values;
}

interface Layout {
  readonly rows: number;
  readonly columns: number;
  readonly channels: 1 | 3;
  readonly first: boolean;
}

function layoutOf(shape: readonly number[], where: string, place: string): Layout {
  const [, a = 0, b = 0, c = 0] = shape;
  if (shape.length === 2) return { ...flatLayout(a), channels: 1, first: false };
  if (shape.length === 3) return { rows: a, columns: b, channels: 1, first: false };
  const [isLast, isFirst] = [c === 1 || c === 3, a === 1 || a === 3];
  const kinds = '[n, rows, columns], [n, rows, columns, 1 or 3], [n, 1 or 3, rows, columns] or [n, features]';
  ensure(shape.length === 4 && (isLast || isFirst), where, place, () => `has shape ${show(shape)}, read are ${kinds}`);
  if (isLast) return { rows: a, columns: b, channels: c === 3 ? 3 : 1, first: false };
  return { rows: b, columns: c, channels: a === 3 ? 3 : 1, first: true };
}

/** Images whose planes of one channel each become pixels. */
function channelsLast(bytes: Uint8Array, { rows, columns, channels, first }: Layout): Uint8Array {
  if (!first || channels === 1) return bytes;
  const plane = rows * columns;
  return bytes.map((_, index) => {
    const [image, rest] = [Math.floor(index / (3 * plane)), index % (3 * plane)];
    return at(bytes, image * 3 * plane + (rest % 3) * plane + Math.floor(rest / 3));
  });
}
