import { ensure } from '../../core/errors.js';
import { type Labels, labelsFrom, mostClasses } from '../labels.js';
import type { Entry, FileEntry, FolderEntry } from './folder.js';

/** What is expected to be a file of a class. */
export interface ClassFile {
  readonly entry: Entry;
  readonly label: number;
}

/** The labels of files of so many classes. */
export const labelsOf = (files: readonly ClassFile[], classes: number): Labels =>
  labelsFrom(
    classes,
    files.map(({ label }) => label),
  );

/** The files of a data set that lie in folders called as their classes. */
export interface ClassFiles {
  readonly classNames: readonly string[];
  readonly train: readonly ClassFile[];
  readonly test: readonly ClassFile[] | undefined;
}

/**
 * What lies in folders that are called as their classes, `cat/1.png`, or in such folders in `train/` and `test/` (or `val/`).
 *
 * @throws {StdpError} that names the folder: of no class, without files, or one to test on that is not among those to train on.
 */
export async function classFiles(folder: FolderEntry, where: string): Promise<ClassFiles> {
  const entries = await folder.entries();
  const called = (...wanted: readonly string[]) =>
    entries.filter(isFolder).find(({ name }) => wanted.includes(name.toLowerCase()));
  const train = called('train', 'training');
  const test = train === undefined ? undefined : called('test', 'testing', 'val', 'valid', 'validation');
  const learn = train ?? folder;
  const classNames = (await learn.entries()).map(({ name }) => name);
  ensure(
    classNames.length <= mostClasses,
    where,
    learn.path,
    () => `has ${classNames.length} classes, at most ${mostClasses} are told apart`,
  );
  return {
    classNames,
    train: await filesOf(learn, classNames, where),
    test: test === undefined ? undefined : await filesOf(test, classNames, where),
  };
}

const isFolder = (entry: Entry): entry is FolderEntry => entry.kind === 'folder';

async function filesOf(folder: FolderEntry, classNames: readonly string[], where: string): Promise<readonly ClassFile[]> {
  const files: ClassFile[] = [];
  for (const entry of await folder.entries()) {
    ensure(
      isFolder(entry),
      where,
      entry.path,
      () => 'lies beside the folders of the classes; only they are looked at, take it away',
    );
    const label = classNames.indexOf(entry.name);
    ensure(label >= 0, where, entry.path, () => 'is of a class that is not among those to train on');
    const own = await entry.entries();
    ensure(own.length > 0, where, entry.path, () => 'is the folder of a class and holds no files');
    for (const file of own) files.push({ entry: file, label });
  }
  ensure(files.length > 0, where, folder.path, () => 'holds no folders of classes');
  return files;
}

/** The bytes of a file of a class. @throws {StdpError} when it is none, or a larger one than `most`. */
export function bytesOfClassFile(entry: Entry, what: string, most: number, where: string): Promise<Uint8Array> {
  ensure(entry.kind === 'file', where, entry.path, () => `is no plain file, expected is ${what}`);
  const { path, size, read }: FileEntry = entry;
  ensure(size <= most, where, path, () => `has ${size} bytes, at most ${most} are read of ${what}`);
  return read();
}
