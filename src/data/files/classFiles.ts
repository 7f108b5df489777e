import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ensure } from '../../core/errors.js';
import { type Labels, labelsFrom, mostClasses } from '../labels.js';

/** What lies in a folder: hidden files are passed over, and what systems leave there. */
export async function visibleIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => !/^\.|^(thumbs\.db|desktop\.ini|__macosx)$/i.test(name)).sort();
}

const isFolder = async (path: string): Promise<boolean> => (await stat(path)).isDirectory();

/** A file of a class. */
export interface ClassFile {
  readonly path: string;
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
export async function classFiles(path: string, where: string): Promise<ClassFiles> {
  const names = await visibleIn(path);
  const called = (...wanted: readonly string[]) => names.find((name) => wanted.includes(name.toLowerCase()));
  const train = called('train', 'training');
  const test = train === undefined ? undefined : called('test', 'testing', 'val', 'valid', 'validation');
  const learn = train === undefined ? path : join(path, train);
  const classNames = await visibleIn(learn);
  ensure(
    classNames.length <= mostClasses,
    where,
    learn,
    () => `has ${classNames.length} classes, at most ${mostClasses} are told apart`,
  );
  return {
    classNames,
    train: await filesOf(learn, classNames, where),
    test: test === undefined ? undefined : await filesOf(join(path, test), classNames, where),
  };
}

async function filesOf(folder: string, classNames: readonly string[], where: string): Promise<readonly ClassFile[]> {
  const files: ClassFile[] = [];
  for (const name of await visibleIn(folder)) {
    const place = join(folder, name);
    ensure(
      await isFolder(place),
      where,
      place,
      () => 'lies beside the folders of the classes; only they are looked at, take it away',
    );
    const label = classNames.indexOf(name);
    ensure(label >= 0, where, place, () => 'is of a class that is not among those to train on');
    const own = await visibleIn(place);
    ensure(own.length > 0, where, place, () => 'is the folder of a class and holds no files');
    for (const file of own) files.push({ path: join(place, file), label });
  }
  ensure(files.length > 0, where, folder, () => 'holds no folders of classes');
  return files;
}
