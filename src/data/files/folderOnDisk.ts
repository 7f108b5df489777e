import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Entry, isVisible } from './folder.js';

/** What lies at a path. */
export async function entryAt(path: string): Promise<Entry> {
  const there = await stat(path);
  const own = { name: basename(path), path };
  if (there.isDirectory()) return { kind: 'folder', ...own, entries: () => entriesOf(path) };
  if (!there.isFile()) return { kind: 'other', ...own };
  return { kind: 'file', ...own, size: there.size, read: (most) => (most === undefined ? bytesOf(path) : headOf(path, most)) };
}

async function entriesOf(path: string): Promise<readonly Entry[]> {
  const names = (await readdir(path)).filter(isVisible).sort();
  return Promise.all(names.map((name) => entryAt(join(path, name))));
}

const bytesOf = async (path: string): Promise<Uint8Array> => new Uint8Array(await readFile(path));

async function headOf(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(most), 0, most, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
