import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from '../core/bytes/crc32.js';
import { ensure } from '../core/errors.js';
import { namesOf } from './classNames.js';
import { type Labels, labelBytes } from './labels.js';

/** Data sets whose files tell no names, by the CRC-32 of their training labels. */
const known: { readonly [crc: number]: readonly string[] | undefined } = {
  // H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST", 2017.
  785835114: ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
};

/** Bytes of a file of names, at most. */
const longest = 2 ** 16;

/**
 * What the classes of IDX files are called: as EMNIST's `…-mapping.txt` beside them tells (a label and the codes of its characters in each line),
 * or a `classes.txt` (a name in each line); as a data set that is known calls them; or by their numbers.
 */
export async function idxNames(
  directory: string,
  prefix: string,
  labels: Labels,
  classes: number,
  where: string,
): Promise<readonly string[]> {
  const mapping = await linesOf(join(directory, `${prefix}mapping.txt`), where);
  if (mapping !== undefined) return mapped(mapping, join(directory, `${prefix}mapping.txt`), classes, where);
  const names = await linesOf(join(directory, 'classes.txt'), where);
  if (names === undefined) return namesOf(known[crc32(labelBytes(labels))], classes);
  const fits = names.length === classes && new Set(names).size === classes;
  const problem = () => `names ${new Set(names).size} different classes in ${names.length} lines, the labels are of ${classes}`;
  ensure(fits, where, join(directory, 'classes.txt'), problem);
  return names;
}

async function linesOf(path: string, where: string): Promise<readonly string[] | undefined> {
  const file = await stat(path).catch(() => undefined);
  if (!file?.isFile()) return undefined;
  ensure(file.size <= longest, where, path, () => `has ${file.size} bytes, more than names of classes take`);
  const lines = (await readFile(path, 'utf8')).split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '');
}

function mapped(lines: readonly string[], path: string, classes: number, where: string): readonly string[] {
  const names = [...namesOf([], classes)];
  lines.forEach((line, index) => {
    const [, label, code] = /^(\d+)\s+(\d+)(\s+\d+)*$/.exec(line) ?? [];
    const isCode = code !== undefined && Number(code) > 32 && Number(code) < 0x10000;
    ensure(isCode, where, `line ${index + 1} of ${path}`, () => 'is no label with the codes of its characters');
    if (Number(label) < classes) names[Number(label)] = String.fromCharCode(Number(code));
  });
  return names;
}
