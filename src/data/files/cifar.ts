import { byteAt } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import type { LabelledImages } from '../dataSet.js';
import { type DataFile, ensureRoom, type Found, isForTest } from './found.js';

const side = 32;
const plane = side * side;
/** Bytes of a record: the class, then all reds, all greens and all blues of 32 × 32 pixels. */
const record = 1 + 3 * plane;
const classNames = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

/** Whether these are records of CIFAR-10's binary files, which begin in no way of their own: whole ones, each of a class. */
export function isCifar(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || bytes.length % record !== 0) return false;
  for (let at = 0; at < bytes.length; at += record) if (byteAt(bytes, at) >= classNames.length) return false;
  return true;
}

/**
 * CIFAR-10's binary files. Those that are called `test…` are tested on.
 *
 * Source: A. Krizhevsky, "The CIFAR-10 dataset", binary version.
 */
export function readCifar(files: readonly DataFile[], where: string): Found {
  const apart = files.length > 1 ? files.filter(({ name }) => isForTest(name)) : [];
  const train = files.filter((file) => !apart.includes(file));
  ensure(train.length > 0, where, files[0]?.name ?? 'files', () => 'is for tests alone: there is nothing to train on');
  const test = apart.length === 0 ? undefined : imagesOf(apart, where);
  return { rows: side, columns: side, channels: 3, classNames, train: imagesOf(train, where), test };
}

function imagesOf(files: readonly DataFile[], where: string): LabelledImages {
  const count = files.reduce((sum, { bytes }) => sum + bytes.length / record, 0);
  ensureRoom(count, 3 * plane, where, files[0]?.name ?? 'files');
  const [pixels, labels] = [new Uint8Array(count * 3 * plane), new Uint8Array(count)];
  let image = 0;
  for (const { name, bytes } of files) {
    ensure(isCifar(bytes), where, name, () => `holds no whole records of CIFAR-10, of ${record} bytes and 10 classes`);
    for (let from = 0; from < bytes.length; from += record, image++) {
      labels[image] = byteAt(bytes, from);
      for (let pixel = 0; pixel < plane; pixel++)
        for (let channel = 0; channel < 3; channel++)
          pixels[3 * (image * plane + pixel) + channel] = byteAt(bytes, from + 1 + channel * plane + pixel);
    }
  }
  return { pixels, labels, count };
}
