import { describe, expect, it } from 'vitest';
import { parseFiles } from '../../src/data/files/parseFiles.js';
import { writeNpz } from '../../src/formats/numpy/writeNpz.js';
import { nmnist } from '../events/writers.js';

/** A file is its pixel. */
const decode = (bytes: Uint8Array) => ({ pixels: bytes, rows: 1, columns: 1, channels: 1 }) as const;
const files = (given: { readonly [name: string]: Uint8Array | number | string }) =>
  Object.entries(given).map(([name, content]) => ({
    name,
    bytes:
      typeof content === 'number'
        ? Uint8Array.of(content)
        : typeof content === 'string'
          ? new TextEncoder().encode(content)
          : content,
  }));
const parsed = (given: Parameters<typeof files>[0], ...options: [object?]) =>
  parseFiles(files(given), 'mine', decode, ...options);

describe('parseFiles', () => {
  it.each([
    ['', 'cat/1.png', 'dog/1.png'],
    ['pictures/', 'cat/1.png', 'dog/1.png'],
    ['a/b/', 'cat/1.png', 'dog/1.png'],
    ['/a/', 'cat/1.png', 'dog/1.png'],
  ])('takes folders by class, in whatever folders they lie: "%s"', async (within, cat, dog) => {
    const given = { [within + cat]: 3, [within + dog]: 5, [`${within}.DS_Store`]: 'x', [`${within}cat/Thumbs.db`]: 'x' };
    const { train, test, ...rest } = await parsed(given);
    expect(rest).toEqual({ name: 'mine', rows: 1, columns: 1, channels: 1, classes: 2, classNames: ['cat', 'dog'] });
    expect(Array.from(train.pixels, (pixel, index) => [pixel, train.labels[index]]).sort()).toEqual([
      [3, 0],
      [5, 1],
    ]);
    expect(test.count).toBe(0);
  });

  it('takes what is apart for a test, waits for a decoder, holds out', async () => {
    const given = { 'train/cat/1': 3, 'train/dog/1': 5, 'test/dog/9': 7 };
    const { test } = await parseFiles(files(given), 'mine', async (bytes) => decode(bytes));
    expect([[...test.pixels], [...test.labels]]).toEqual([[7], [1]]);
    const { train, test: kept } = await parsed({ 'cat/1': 1, 'cat/2': 2, 'dog/1': 3, 'dog/2': 4 }, { holdout: 0.25 });
    expect([train.count, kept.count]).toEqual([3, 1]);
  });

  it('takes recordings of events, arrays, tables', async () => {
    const sample = nmnist([
      [1, 2, 1, 100],
      [1, 2, 1, 200],
    ]);
    expect(await parsed({ 'one/1.bin': sample, 'two/1.bin': sample })).toMatchObject({ rows: 34, columns: 34, channels: 6 });
    const npz = await writeNpz({
      x: { dtype: 'uint8', shape: [2, 1, 3], data: Uint8Array.of(0, 128, 255, 1, 2, 3) },
      y: { dtype: 'uint8', shape: [2], data: Uint8Array.of(0, 1) },
    });
    expect(await parsed({ 'some/mine.npz': npz, 'some/README.txt': 'notes' })).toMatchObject({ rows: 1, columns: 3, classes: 2 });
    const table = 'a,b\n1,x\n2,y\n';
    expect((await parsed({ 'train.csv': table, 'test.csv': 'a,b\n1,y\n' }, { label: 'b' })).classNames).toEqual(['x', 'y']);
  });

  it.each([
    ['nothing', {}, 'parseFiles: files must be a list of files, got []'],
    [
      'no class',
      { 'a.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47) },
      'a.png is a picture: name the folder of the folders of the classes',
    ],
    ['a file beside', { 'cat/1': 1, 'dog/1': 2, notes: 'x' }, 'parseFiles: notes lies beside the folders of the classes'],
    ['a folder in a class', { 'cat/more/1': 1, 'dog/1': 2 }, 'cat/more is no plain file, expected is a picture'],
    ['what was decoded wrongly', { 'cat/1': 'xy', 'dog/1': 2 }, 'cat/1 was decoded into'],
    ['one kind beside another', { 'a.csv': 'a,b\n1,x\n', 'b.bin': Uint8Array.of(1, 2) }, 'b.bin is of no kind that is known'],
  ])('refuses %s in one line', async (_, given, message) => {
    await expect(parsed(given)).rejects.toThrow(message);
  });
});
