import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StdpError } from '../../src/core/errors.js';
import { readIdxImages, readIdxLabels } from '../../src/data/idx.js';
import { parseIdxImages, parseIdxLabels } from '../../src/data/idxFile.js';
import { loadIdxFolder } from '../../src/data/idxFolder.js';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'idx-'));
});
afterAll(() => rm(root, { recursive: true }));

/** An IDX file: magic number and sizes as big-endian words, then the data. */
function idx(magic: number, sizes: readonly number[], data: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  [magic, ...sizes].forEach((word, index) => {
    header.writeUInt32BE(word, 4 * index);
  });
  return Buffer.concat([header, Buffer.from(data)]);
}

const twoImages = idx(0x803, [2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]);
const twoLabels = idx(0x801, [2], [4, 9]);

async function write(name: string, content: Buffer): Promise<string> {
  const path = join(root, name);
  await writeFile(path, content);
  return path;
}

async function expectError(attempt: Promise<unknown>, message: string | RegExp): Promise<void> {
  const reason = await attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(reason).toBeInstanceOf(StdpError);
  if (typeof message === 'string') expect((reason as StdpError).message).toBe(message);
  else expect((reason as StdpError).message).toMatch(message);
}

it('what was parsed is its own, whatever becomes of the bytes', () => {
  const ways: readonly ((bytes: Buffer) => Uint8Array)[] = [(bytes) => bytes, (bytes) => new Uint8Array(bytes)];
  const parts: readonly (readonly [Buffer, (bytes: Uint8Array) => Uint8Array])[] = [
    [twoImages, (bytes) => parseIdxImages(bytes, 'images').pixels],
    [twoLabels, (bytes) => parseIdxLabels(bytes, 'labels')],
  ];
  for (const [file, parse] of parts)
    for (const way of ways) {
      const bytes = way(Buffer.from(file));
      const parsed = parse(bytes);
      const before = [...parsed];
      bytes.fill(77);
      expect([...parsed]).toEqual(before);
      // A copy of a part is one too: what came of a Buffer is none.
      expect(Object.getPrototypeOf(parsed)).toBe(Uint8Array.prototype);
    }
});

describe('readIdxImages and readIdxLabels', () => {
  const expected = { count: 2, rows: 2, columns: 3, pixels: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255] };

  it.each([
    ['plain', twoImages],
    ['packed, whatever its name', gzipSync(twoImages)],
  ])('reads images, %s', async (name, content) => {
    const { pixels, ...sizes } = await readIdxImages(await write(name, content));
    expect({ ...sizes, pixels: [...pixels] }).toEqual(expected);
  });

  it.each([
    ['plain', twoLabels],
    ['packed', gzipSync(twoLabels)],
  ])('reads labels, %s', async (name, content) => {
    expect([...(await readIdxLabels(await write(name, content)))]).toEqual([4, 9]);
  });

  it('names a missing file and a directory', async () => {
    const path = join(root, 'nowhere');
    await expectError(readIdxImages(path), `readIdxImages: ${path} does not exist`);
    await expectError(readIdxLabels(path), `readIdxLabels: ${path} does not exist`);
    await expectError(readIdxLabels(root), `readIdxLabels: ${root} is a directory, expected an IDX file`);
  });

  it('tells truncated from corrupt gzip files', async () => {
    const packed = gzipSync(twoImages);
    const cut = await write('cut.gz', packed.subarray(0, packed.length - 12));
    await expectError(readIdxImages(cut), `readIdxImages: ${cut} is a truncated gzip file`);
    const damaged = Buffer.from(packed);
    damaged.writeUInt8(255 - damaged.readUInt8(packed.length - 8), packed.length - 8); // the first byte of the check sum
    const bad = await write('bad.gz', damaged);
    await expectError(readIdxImages(bad), `readIdxImages: ${bad} is a corrupt gzip file (incorrect data check)`);
  });

  it('refuses a wrong magic number and says what it is', async () => {
    const labels = await write('labels', twoLabels);
    const images = await write('images', twoImages);
    const text = await write('text', Buffer.from('<html>'));
    const [imagesMagic, labelsMagic] = ['0x00000803 (IDX images)', '0x00000801 (IDX labels)'];
    await expectError(readIdxImages(labels), `readIdxImages: ${labels} has magic number ${labelsMagic}, expected ${imagesMagic}`);
    await expectError(readIdxLabels(images), `readIdxLabels: ${images} has magic number ${imagesMagic}, expected ${labelsMagic}`);
    await expectError(
      readIdxLabels(text),
      `readIdxLabels: ${text} has magic number 0x3c68746d (neither IDX images nor IDX labels of bytes), expected ${labelsMagic}`,
    );
  });

  it('refuses files that are shorter or longer than they say', async () => {
    const tiny = await write('tiny', Buffer.of(0, 0));
    await expectError(readIdxImages(tiny), `readIdxImages: ${tiny} has 2 bytes, too few for an IDX file`);
    const empty = await write('empty', Buffer.alloc(0));
    await expectError(readIdxLabels(empty), `readIdxLabels: ${empty} has 0 bytes, too few for an IDX file`);
    const head = await write('head', twoImages.subarray(0, 10));
    await expectError(readIdxImages(head), `readIdxImages: ${head} is truncated: 10 bytes, its header alone needs 16`);
    const short = await write('short', twoImages.subarray(0, 27));
    await expectError(
      readIdxImages(short),
      `readIdxImages: ${short} is truncated: 27 bytes, its header tells of 28 (2 × 2 × 3 after 16)`,
    );
    const long = await write('long', Buffer.concat([twoLabels, Buffer.of(1)]));
    await expectError(readIdxLabels(long), `readIdxLabels: ${long} is too long: 11 bytes, its header tells of 10 (2 after 8)`);
  });

  it('hands out plain arrays, whose slice is a copy, and warns of nothing', async () => {
    const [images, labels] = [await write('images', twoImages), await write('labels.gz', gzipSync(twoLabels))];
    const arrays = [
      (await readIdxImages(images)).pixels,
      await readIdxLabels(labels),
      parseIdxImages(readFileSync(images), 'images').pixels,
      parseIdxLabels(twoLabels, 'labels'),
    ];
    for (const array of arrays) {
      expect(Object.getPrototypeOf(array)).toBe(Uint8Array.prototype);
      const copy = array.slice();
      copy.fill(77);
      expect(array).not.toContain(77);
    }
    const program = fileURLToPath(new URL('../../dist/entries/node.js', import.meta.url));
    const script = `
      const { readIdxImages } = await import(${JSON.stringify(program)});
      const { pixels } = await readIdxImages(${JSON.stringify(images)});
      pixels.slice(); pixels.map((pixel) => pixel); pixels.subarray(1).toString('hex');`;
    expect(spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }).stderr).toBe('');
  });

  it('reads no pipe and no device', async () => {
    const pipe = join(root, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await symlink('/dev/zero', join(root, 'zero'));
    for (const path of [pipe, join(root, 'zero'), '/dev/zero'])
      await expectError(
        readIdxImages(path),
        `readIdxImages: ${path} is no plain file but a pipe or a device, expected an IDX file`,
      );
  });

  it('unpacks no more than a header tells of, and reads no more', async () => {
    const bomb = await write('bomb.gz', gzipSync(Buffer.concat([twoImages, Buffer.alloc(300_000_000)])));
    const before = process.memoryUsage().arrayBuffers;
    await expectError(
      readIdxImages(bomb),
      `readIdxImages: ${bomb} is too long: it unpacks to more than the 28 bytes that its header tells of`,
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
    const boastful = await write('boastful.gz', gzipSync(idx(0x803, [2 ** 31, 2 ** 31, 2 ** 31], [])));
    await expectError(readIdxImages(boastful), /tells of 9\.9\d+e\+27 bytes, at most 1073741824 are unpacked; unpack it first$/);
    const sparse = await write('sparse', twoImages);
    await truncate(sparse, 2 ** 40);
    await expectError(
      readIdxImages(sparse),
      `readIdxImages: ${sparse} is too long: ${2 ** 40} bytes, its header tells of 28 (2 × 2 × 3 after 16)`,
    );
  });

  it.each([undefined, null, '', ' ', 'a\0b', 5, {}])('takes no %j for a file', async (path) => {
    for (const read of [readIdxImages, readIdxLabels, loadIdxFolder])
      await expectError(
        read(path as string),
        new RegExp(`^${read.name}: (path|directory) must be the name of a (file|directory), got `),
      );
  });

  it('refuses images without pixels', async () => {
    const flat = await write('flat', idx(0x803, [5, 0, 3], []));
    await expectError(readIdxImages(flat), `readIdxImages: ${flat} holds images of 0 × 3 pixels, expected at least 1 × 1`);
  });
});

describe('loadIdxFolder', () => {
  const oneImage = idx(0x803, [1, 2, 3], [9, 8, 7, 6, 5, 4]);
  const complete = {
    'train-images-idx3-ubyte.gz': gzipSync(twoImages),
    'train-labels-idx1-ubyte': twoLabels,
    't10k-images.idx3-ubyte': oneImage,
    't10k-labels.idx1-ubyte.gz': gzipSync(idx(0x801, [1], [3])),
  };

  async function folder(name: string, files: { readonly [file: string]: Buffer | undefined }): Promise<string> {
    const path = join(root, name);
    await mkdir(path);
    for (const [file, content] of Object.entries(files)) if (content) await writeFile(join(path, file), content);
    return path;
  }

  it('finds plain and packed files in both spellings', async () => {
    const set = await loadIdxFolder(await folder('mnist', complete));
    expect(set).toMatchObject({ name: 'mnist', rows: 2, columns: 3, classes: 10 });
    expect([set.train.count, [...set.train.labels], set.train.pixels.length]).toEqual([2, [4, 9], 12]);
    expect([set.test.count, [...set.test.labels], [...set.test.pixels]]).toEqual([1, [3], [9, 8, 7, 6, 5, 4]]);
  });

  it('finds the files of Kaggle’s MNIST: each in a folder of its name, with and without a second copy beside', async () => {
    const names = ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1'];
    const contents = [twoImages, twoLabels, oneImage, idx(0x801, [1], [3])];
    for (const copies of [false, true]) {
      const path = await folder(`kaggle ${copies}`, {});
      for (const [index, name] of names.entries()) {
        const content = contents[index] ?? Buffer.alloc(0);
        await mkdir(join(path, `${name}-ubyte`));
        await writeFile(join(path, `${name}-ubyte`, `${name}-ubyte`), content);
        if (copies) await writeFile(join(path, `${name.replace('-idx', '.idx')}-ubyte`), content);
      }
      expect(await loadIdxFolder(path)).toMatchObject({ rows: 2, train: { count: 2 }, test: { count: 1 } });
      await rm(join(path, 't10k-labels-idx1-ubyte', 't10k-labels-idx1-ubyte'));
      const attempt = loadIdxFolder(path);
      if (copies) expect((await attempt).test.count).toBe(1);
      else await expectError(attempt, `loadIdxFolder: ${path} has no file t10k-labels-idx1-ubyte or t10k-labels-idx1-ubyte.gz`);
    }
  });

  it.each([10, 200])('refuses a test image of class %i, which is beyond those to train on', async (label) => {
    const path = await folder(`beyond ${label}`, {
      'train-images-idx3-ubyte': twoImages,
      'train-labels-idx1-ubyte': twoLabels,
      't10k-images-idx3-ubyte': twoImages,
      't10k-labels-idx1-ubyte': idx(0x801, [2], [9, label]),
    });
    const labels = join(path, 't10k-labels-idx1-ubyte');
    await expectError(
      loadIdxFolder(path),
      `loadIdxFolder: ${labels} holds label ${label} at 1, the labels to train on go up to 9`,
    );
  });

  it('finds EMNIST by its own names, one of several sets by its name', async () => {
    const named = (set: string) => ({
      [`emnist-${set}-train-images-idx3-ubyte.gz`]: gzipSync(twoImages),
      [`emnist-${set}-train-labels-idx1-ubyte.gz`]: gzipSync(idx(0x801, [2], [1, 26])),
      [`emnist-${set}-test-images-idx3-ubyte.gz`]: gzipSync(oneImage),
      [`emnist-${set}-test-labels-idx1-ubyte.gz`]: gzipSync(idx(0x801, [1], [3])),
    });
    const one = await folder('gzip', named('letters'));
    expect(await loadIdxFolder(one)).toMatchObject({ name: 'gzip', classes: 27, train: { count: 2 }, test: { count: 1 } });
    const several = await folder('all', { ...named('letters'), ...named('digits') });
    await expectError(
      loadIdxFolder(several),
      `loadIdxFolder: ${several} holds several data sets: emnist-digits, emnist-letters; name one as ${join(several, 'emnist-digits')}`,
    );
    expect(await loadIdxFolder(join(several, 'emnist-letters'))).toMatchObject({ name: 'emnist-letters', classes: 27 });
    await expectError(loadIdxFolder(join(several, 'emnist')), `loadIdxFolder: ${join(several, 'emnist')} does not exist`);
  });

  it('names what is missing', async () => {
    const nowhere = join(root, 'no-folder');
    await expectError(loadIdxFolder(nowhere), `loadIdxFolder: ${nowhere} does not exist`);
    const file = await write('file', twoLabels);
    await expectError(loadIdxFolder(file), `loadIdxFolder: ${file} is not a directory`);
    const partial = await folder('partial', { ...complete, 't10k-labels.idx1-ubyte.gz': undefined });
    await expectError(
      loadIdxFolder(partial),
      `loadIdxFolder: ${partial} has no file t10k-labels-idx1-ubyte or t10k-labels-idx1-ubyte.gz`,
    );
  });

  it('refuses images and labels that differ in number', async () => {
    const path = await folder('unequal', { ...complete, 'train-labels-idx1-ubyte': idx(0x801, [3], [1, 2, 3]) });
    await expectError(
      loadIdxFolder(path),
      `loadIdxFolder: ${path} has 2 images in train-images-idx3-ubyte.gz but 3 labels in train-labels-idx1-ubyte`,
    );
  });

  it('refuses training and test images of different sizes', async () => {
    const path = await folder('sizes', { ...complete, 't10k-images.idx3-ubyte': idx(0x803, [1, 3, 2], [1, 2, 3, 4, 5, 6]) });
    await expectError(loadIdxFolder(path), `loadIdxFolder: ${path} has training images of 2 × 3 pixels but test images of 3 × 2`);
  });

  it('refuses a set without images', async () => {
    const path = await folder('nothing', { ...complete, 't10k-images.idx3-ubyte': idx(0x803, [0, 2, 3], []) });
    await expectError(loadIdxFolder(path), `loadIdxFolder: ${join(path, 't10k-images.idx3-ubyte')} holds no images`);
  });
});
