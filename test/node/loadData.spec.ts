import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StdpError } from '../../src/core/errors.js';
import { type LabelledImages, splitLast } from '../../src/data/dataSet.js';
import { loadData } from '../../src/data/files/loadData.js';
import type { FileArrays } from '../../src/formats/arrays/fileArray.js';
import { writeNpy } from '../../src/formats/numpy/writeNpy.js';
import { writeNpz } from '../../src/formats/numpy/writeNpz.js';
import { encodePng } from '../../src/io/fields/png.js';
import { isShared, shared } from '../shared.js';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'data-'));
});
afterAll(() => rmSync(root, { recursive: true }));

type Content = Uint8Array | string;

/** A folder with these files. */
function folder(name: string, files: { readonly [path: string]: Content }): string {
  for (const [path, content] of Object.entries(files)) {
    const place = join(root, name, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, content);
  }
  return join(root, name);
}

function file(name: string, content: Content): string {
  writeFileSync(join(root, name), content);
  return join(root, name);
}

/** Images with their labels as texts that can be sorted. */
const pairs = ({ pixels, labels, count }: LabelledImages): readonly string[] => {
  const size = pixels.length / Math.max(count, 1);
  return Array.from(labels, (label, image) => `${label}: ${pixels.subarray(image * size, (image + 1) * size).join(' ')}`).sort();
};

const refusal = async (path: string, options = {}): Promise<string> => {
  const reason = await loadData(path, options).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(reason).toBeInstanceOf(StdpError);
  const { message } = reason as StdpError;
  expect(message).not.toContain('\n');
  return message.replaceAll(`${root}/`, '');
};

/** A picture of 3 × 2 pixels, of one grey or one colour. */
const picture = (...colour: readonly number[]): Uint8Array =>
  encodePng(
    3,
    2,
    Uint8Array.from({ length: 6 * colour.length }, (_, index) => colour[index % colour.length] ?? 0),
  );

describe('folders of pictures', () => {
  it('by class, not square, come in an order of their own, always the same', async () => {
    const grey = Array.from({ length: 20 }, (_, index) => index);
    const files = Object.fromEntries(grey.map((level) => [`${level < 10 ? 'dark' : 'light'}/${level}.png`, picture(level)]));
    const path = folder('pictures', { ...files, '.DS_Store': 'x', 'dark/Thumbs.db': 'x' });
    const { train, test, ...rest } = await loadData(path);
    expect(rest).toEqual({ name: 'pictures', rows: 2, columns: 3, channels: 1, classes: 2, classNames: ['dark', 'light'] });
    expect(pairs(train)).toEqual(grey.map((level) => `${level < 10 ? 0 : 1}: ${Array(6).fill(level).join(' ')}`).sort());
    expect(test.count).toBe(0);
    expect(new Set(train.labels.subarray(0, 10)).size).toBe(2);
    const [learn, kept] = splitLast(train, 5);
    for (const holdout of [5, 0.25]) expect(await loadData(path, { holdout })).toMatchObject({ train: learn, test: kept });
  });

  it('split in train and test; one coloured picture makes all coloured, or all grey', async () => {
    const path = folder('split', {
      ...{ 'train/a/1.png': picture(10), 'train/b/1.png': picture(250, 0, 100, 255) },
      'test/b/1.png': picture(9),
    });
    const { channels, train, test, classNames } = await loadData(path);
    expect([channels, classNames]).toEqual([3, ['a', 'b']]);
    const of = (label: number, ...colour: readonly number[]) =>
      `${label}: ${Array.from({ length: 6 }, () => colour)
        .flat()
        .join(' ')}`;
    expect([pairs(train), pairs(test)]).toEqual([[of(0, 10, 10, 10), of(1, 250, 0, 100)], [of(1, 9, 9, 9)]]);
    const grey = await loadData(path, { grey: true });
    expect([grey.channels, pairs(grey.train)]).toEqual([1, [of(0, 10), of(1, Math.round(0.299 * 250 + 0.114 * 100))]]);
  });

  it.each<readonly [problem: string, files: { readonly [path: string]: Content }, message: string]>([
    [
      'another size',
      { 'a/1.png': picture(1), 'b/2.png': encodePng(2, 3, new Uint8Array(6)) },
      'b/2.png has 2 × 3 pixels, 1.png 3 × 2',
    ],
    ['no picture', { 'a/1.png': picture(1), 'a/2.txt': 'hello' }, 'a/2.txt is neither a PNG nor a JPEG file'],
    ['a truncated one', { 'a/1.png': picture(1).subarray(0, 50) }, 'a/1.png is'],
    ['an empty class', { 'a/1.png': picture(1), 'b/.keep': '' }, 'b is the folder of a class and holds no files'],
    ['a file beside', { 'a/1.png': picture(1), 'notes.txt': 'x' }, 'notes.txt lies beside the folders of the classes'],
    [
      'a folder in a class',
      { 'a/1.png': picture(1), 'a/more/2.png': picture(1) },
      'a/more is no plain file, expected is a picture',
    ],
    [
      'an unknown class to test on',
      { 'train/a/1.png': picture(1), 'test/b/1.png': picture(1) },
      'test/b is of a class that is not among those to train on',
    ],
    ['no folders of classes', { 'a.png': picture(1) }, 'a.png is a picture: name the folder of the folders of the classes'],
  ])('with %s', async (problem, files, message) => {
    expect(await refusal(folder(problem, files))).toContain(`loadData: ${problem}/${message}`);
  });
});

describe('tables', () => {
  const rows = ['5.1,3.5,Iris-setosa', '7,3.2,"Iris, versicolor"', '6.05,2,Iris-setosa'];
  const expected = ['0: 0 255', '0: 128 0', '1: 255 204'];

  it.each<readonly [what: string, text: string, label: string | number | undefined]>([
    ['with names', ['length,width,species', ...rows, ''].join('\n'), undefined],
    ['without, with ends of lines of Windows, and a byte order mark', `\ufeff${rows.join('\r\n')}`, undefined],
    ['with the column named', ['length,width,what', ...rows].join('\n'), 'what'],
    ['with the column counted', ['length,width,what', '', ...rows].join('\n'), 3],
    ['with semicolons', rows.join('\n').replaceAll(/,(?! )/g, ';'), undefined],
    ['packed', rows.join('\n'), undefined],
  ])('%s', async (what, text, label) => {
    const path = file(`${what}.csv`, what === 'packed' ? gzipSync(text) : text);
    const { classNames, rows: height, columns, train } = await loadData(path, { label });
    expect([classNames, height, columns, pairs(train)]).toEqual([
      ['Iris, versicolor', 'Iris-setosa'].sort(inCode),
      1,
      2,
      swapped(expected),
    ]);
  });

  it('of 8 × 8 values are pictures; two files are for training and testing, scaled alike', async () => {
    const row = (label: number, value: number) => [label, ...Array<number>(64).fill(value)].join(',');
    const head = ['label', ...Array.from({ length: 64 }, (_, pixel) => `p${pixel}`)].join(',');
    const path = folder('digits', {
      'mnist_train.csv': [head, row(3, 0), row(7, 16)].join('\n'),
      'mnist_test.csv': [head, row(7, 8), row(3, 99)].join('\n'),
    });
    const { rows: height, columns, classes, train, test } = await loadData(path);
    expect([height, columns, classes, [...train.labels], [...test.labels]]).toEqual([8, 8, 8, [3, 7], [7, 3]]);
    expect([train.pixels[0], train.pixels[64], test.pixels[0], test.pixels[64]]).toEqual([0, 255, 128, 255]);
  });

  describe('are scaled by what is learned from', () => {
    const values = Array.from({ length: 10 }, (_, row) => 10 * row);
    const labels = values.map((_, row) => row);
    const csv = (given: readonly number[]) => given.map((value, row) => `${value},${value / 10},r${row}`).join('\n');
    const arrays = (x: readonly number[], shape: readonly number[]) =>
      writeNpz({
        x: { dtype: 'float64', shape, data: Float64Array.from(x) },
        y: { dtype: 'uint8', shape: [10], data: Uint8Array.from(labels) },
      });

    it.each<readonly [kind: string, write: (given: readonly number[]) => Content | Promise<Content>]>([
      ['csv', csv],
      ['features.npz', (given) => arrays(given, [10, 1])],
      ['pictures.npz', (given) => arrays(given, [10, 1, 1])],
    ])('%s', async (kind, write) => {
      const first = await loadData(file(`before.${kind}`, await write(values)), { holdout: 3 });
      const isHeldOut = (row: number) => first.test.labels.includes(row);
      const extreme = values.map((value, row) => (isHeldOut(row) ? (row % 2 === 0 ? -1000 : 1000) : value));
      const { train, test, columns } = await loadData(file(`after.${kind}`, await write(extreme)), { holdout: 0.3 });
      const learned = values.filter((_, row) => !isHeldOut(row));
      const [least, greatest] = [Math.min(...learned), Math.max(...learned)];
      const wanted = Array.from(train.labels, (row) => Math.round((255 * (10 * row - least)) / (greatest - least)));
      expect(Array.from(train.pixels).filter((_, index) => index % columns === 0)).toEqual(wanted);
      expect(train.pixels).toEqual(first.train.pixels);
      expect(Array.from(test.pixels).filter((_, index) => index % columns === 0)).toEqual(
        Array.from(test.labels, (row) => (row % 2 === 0 ? 0 : 255)),
      );
    });
  });

  it.each<readonly [problem: string, text: string, message: string, label: string | undefined]>([
    ['NaN', 'a,b\n1,x\nNaN,y\n', 'line 3 of NaN.csv holds "NaN" in column "a", needed is a finite number', undefined],
    ['nothing', '1,x\n,y\n', 'line 2 of nothing.csv holds "" in column 1', undefined],
    ['no class', '1,x\n2,\n', 'line 2 of no class.csv names no class', undefined],
    ['missing cells', 'a,b\n1,x\n2\n', 'line 3 of missing cells.csv has 1 cells, the first row has 2', undefined],
    ['an open quotation', 'a,b\n1,"x\n', 'line 2 of an open quotation.csv has a cell that is quoted in no whole way', undefined],
    ['no column', 'a,b\n1,x\n', 'no column.csv has no column "c" of labels, but the columns ["a", "b"]', 'c'],
    ['numbers alone', '1,2\n3,4\n', "numbers alone.csv doesn't tell which column names the classes", undefined],
    ['a header alone', 'a,label\n', 'a header alone.csv holds no rows', undefined],
  ])('with %s', async (problem, text, message, label) => {
    expect(await refusal(file(`${problem}.csv`, text), { label })).toContain(`loadData: ${message}`);
  });

  it('with too many classes', async () => {
    const text = Array.from({ length: 4097 }, (_, row) => `${row},c${row}`).join('\n');
    expect(await refusal(file('many.csv', text))).toBe('loadData: many.csv is of 4097 classes, at most 4096 are told apart');
  });
});

const inCode = (a: string, b: string): number => (a < b ? -1 : 1);
/** The classes in the order of their names: a comma stands before a hyphen. */
const swapped = (texts: readonly string[]): readonly string[] =>
  texts.map((text) => (text.startsWith('0') ? text.replace('0', '1') : text.replace('1', '0'))).sort();

describe('arrays', () => {
  const x: FileArrays[string] = {
    dtype: 'uint8',
    shape: [2, 1, 2, 4],
    data: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255),
  };
  const y: FileArrays[string] = { dtype: 'int64', shape: [2, 1], data: BigInt64Array.of(2n, 0n) };
  const fractions: FileArrays[string] = { dtype: 'float32', shape: [1, 2, 3], data: Float32Array.of(0, 0.2, 0.4, 0.6, 0.8, 1) };
  const one: FileArrays[string] = { dtype: 'float64', shape: [1], data: Float64Array.of(2) };
  const colours: FileArrays[string] = { dtype: 'uint8', shape: [1, 3, 1, 2], data: Uint8Array.of(200, 1, 2, 3, 4, 5) };

  it('of Keras, of PyTorch, and single files', async () => {
    const expected = { rows: 2, columns: 4, channels: 1, classNames: ['0', '1', '2'] };
    const keras = await loadData(
      file('keras.npz', await writeNpz({ x_train: x, y_train: y, x_test: x, y_test: y, other: one }, { compressed: true })),
    );
    expect(keras).toMatchObject({ ...expected, train: { labels: Uint8Array.of(2, 0) }, test: { count: 2 } });
    const single = folder('npy', { 'images.npy': writeNpy(x), 'labels.npy': writeNpy(y), 'README.txt': 'notes' });
    const { train } = await loadData(single);
    expect(pairs(train)).toEqual(['0: 8 9 10 11 12 13 14 255', '2: 0 1 2 3 4 5 6 7']);
    const coloured = await loadData(file('colours.npz', await writeNpz({ train_images: colours, train_labels: one })));
    expect([coloured.channels, [...coloured.train.pixels]]).toEqual([3, [200, 2, 4, 1, 3, 5]]);
    const scaled = await loadData(file('fractions.npz', await writeNpz({ images: fractions, labels: one })));
    expect([...scaled.train.pixels]).toEqual([0, 51, 102, 153, 204, 255]);
  });

  it.each<readonly [problem: string, arrays: FileArrays, message: string]>([
    ['no labels', { x_train: x }, 'holds no labels: call them labels, y or y_train; there are arrays ["x_train"]'],
    ['half a test', { x, y, x_test: x }, 'holds no images and labels both to test on; there are'],
    ['too few labels', { x, y: one }, 'y in too few labels.npz has shape [1], needed is a label of each of 2 images'],
    [
      'NaN',
      { x: { ...fractions, data: Float32Array.of(0, 0, Number.NaN, 0, 0, 0) } as never, y: one },
      'x in NaN.npz holds NaN at 2',
    ],
    ['five axes', { x: { ...x, shape: [1, 2, 1, 2, 4] }, y: one }, 'x in five axes.npz has shape [1, 2, 1, 2, 4], read are'],
    ['no images', { x: { dtype: 'uint8', shape: [0, 2, 2], data: new Uint8Array(0) }, y }, 'x in no images.npz holds no images'],
    [
      'an unknown class',
      { x, y, x_test: x, y_test: { ...y, data: BigInt64Array.of(2n, 7n) } as never },
      'entry 1 of y_test in an unknown class.npz is of class 7',
    ],
  ])('with %s', async (problem, arrays, message) => {
    expect(await refusal(file(`${problem}.npz`, await writeNpz(arrays)))).toContain(message);
  });
});

describe('IDX files', () => {
  const idx = (axes: number, sizes: readonly number[], data: readonly number[]): Uint8Array =>
    Uint8Array.of(0, 0, 8, axes, ...sizes.flatMap((size) => [0, 0, 0, size]), ...data);
  const emnist = (names: { readonly [file: string]: Content }) => ({
    'emnist-letters-train-images-idx3-ubyte': idx(3, [1, 2, 2], [1, 2, 3, 4]),
    'emnist-letters-train-labels-idx1-ubyte': idx(1, [1], [2]),
    'emnist-letters-test-images-idx3-ubyte': idx(3, [1, 2, 2], [1, 2, 3, 4]),
    'emnist-letters-test-labels-idx1-ubyte': idx(1, [1], [1]),
    ...names,
  });

  it('of EMNIST stand upright, and letters have their names', async () => {
    const { train, classNames } = await loadData(
      folder('emnist', emnist({ 'emnist-letters-mapping.txt': '1 65 97\n2 66 98\n' })),
    );
    expect([[...train.pixels], classNames]).toEqual([
      [1, 3, 2, 4],
      ['0', 'A', 'B'],
    ]);
  });

  it('take names from classes.txt', async () => {
    expect(await loadData(folder('named', emnist({ 'classes.txt': 'none\nfirst\nsecond\n' })))).toMatchObject({
      classNames: ['none', 'first', 'second'],
    });
    expect(await refusal(folder('misnamed', emnist({ 'classes.txt': 'one\none\n' })))).toContain(
      'misnamed/classes.txt names 1 different classes in 2 lines, the labels are of 3',
    );
  });
});

it('what is of no kind that is known is told, and more kinds than one', async () => {
  expect(await refusal(join(root, 'nowhere'))).toContain('nowhere does not exist');
  expect(await refusal(file('empty', ''))).toMatch(
    /^loadData: empty is of no kind that is known, or damaged; read are IDX files/,
  );
  expect(await refusal('/dev/zero')).toBe('loadData: /dev/zero is no plain file but a pipe or a device');
  const both = { 'a.npy': writeNpy({ dtype: 'uint8', shape: [1], data: Uint8Array.of(1) }), 'b.npz': await writeNpz({}) };
  expect(await refusal(folder('both', both))).toContain('is an npy array; name the one to read');
});

it.skipIf(!isShared('data/cifar10'))('CIFAR-10’s binary files, by their records', async () => {
  const { train, test, classNames, ...rest } = await loadData(shared('data/cifar10'));
  expect(rest).toEqual({ name: 'cifar10', rows: 32, columns: 32, channels: 3, classes: 10 });
  expect([train.count, test.count, classNames[6], train.labels[0]]).toEqual([1000, 200, 'frog', 6]);
  expect(Array.from({ length: 4 }, (_, pixel) => train.pixels[3 * pixel])).toEqual([59, 43, 50, 68]);
});
