import { at } from '../../core/at.js';
import { type Entry, type FolderEntry, isVisible } from './folder.js';
import type { DataFile } from './found.js';

/** A file, and the part of its path that is left within a folder. */
interface Placed {
  readonly file: DataFile;
  readonly rest: readonly string[];
}

/** Files whose names are paths, `cat/1.png`, as the folder in which they lie: the innermost one that holds them all. */
export function folderOfFiles(files: readonly DataFile[], name: string): FolderEntry {
  const placed = files.map((file) => ({ file, rest: file.name.split('/').filter((part) => part !== '') }));
  let [entries, path] = [entriesOf(placed, ''), name];
  for (let [only] = entries; entries.length === 1 && only?.kind === 'folder'; [only] = entries)
    [entries, path] = [only.inside, only.path];
  const found = entries;
  return { kind: 'folder', name, path, entries: async () => found };
}

/** An entry, and what lies in it where it is a folder. */
type Known = Exclude<Entry, FolderEntry> | (FolderEntry & { readonly inside: readonly Known[] });

function entriesOf(placed: readonly Placed[], path: string): readonly Known[] {
  const byName = new Map<string, Placed[]>();
  for (const one of placed) {
    const name = at(one.rest, 0);
    const others = byName.get(name);
    if (others === undefined) byName.set(name, [one]);
    else others.push(one);
  }
  const names = [...byName.keys()].filter(isVisible).sort();
  return names.map((name) => entryOf(name, `${path}${name}`, byName.get(name) ?? []));
}

function entryOf(name: string, path: string, placed: readonly Placed[]): Known {
  const whole = placed.find(({ rest }) => rest.length === 1);
  if (whole !== undefined) {
    const { bytes } = whole.file;
    return { kind: 'file', name, path, size: bytes.length, read: async (most = bytes.length) => bytes.subarray(0, most) };
  }
  const inside = entriesOf(
    placed.map(({ file, rest }) => ({ file, rest: rest.slice(1) })),
    `${path}/`,
  );
  return { kind: 'folder', name, path, inside, entries: async () => inside };
}
