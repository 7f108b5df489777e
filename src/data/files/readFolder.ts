import { ensure } from '../../core/errors.js';
import { classFiles } from './classFiles.js';
import { areEvents, readEventFiles } from './eventFolder.js';
import { fileKind } from './fileKind.js';
import type { Entry, FolderEntry } from './folder.js';
import { type DataFile, type Found, mostBytes } from './found.js';
import { gunzip, isGzip } from './gunzip.js';
import { type DecodePicture, readPictures } from './pictureFolder.js';
import { readFiles } from './readFiles.js';
import type { DataOptions } from './reading.js';

/** The images in a folder: in folders by class, or in files that are a data set together. */
export async function readFolder(
  folder: FolderEntry,
  reading: DataOptions,
  decode: DecodePicture,
  where: string,
): Promise<Found> {
  const entries = await folder.entries();
  if (entries.some(({ kind }) => kind === 'folder')) {
    const files = await classFiles(folder, where);
    return (await areEvents(files)) ? readEventFiles(files, where) : readPictures(files, decode, where);
  }
  const total = entries.reduce((sum, entry) => sum + (entry.kind === 'file' ? entry.size : 0), 0);
  ensure(total <= mostBytes, where, folder.path, () => `holds files of ${total} bytes together, at most ${mostBytes} are read`);
  const files: DataFile[] = [];
  for (const entry of entries) files.push(await dataFile(entry, where));
  return readFiles(withoutNotes(files), folder.path, reading, where);
}

/** Files without the texts that lie beside arrays or CIFAR-10's records. */
function withoutNotes(files: readonly DataFile[]): readonly DataFile[] {
  const isData = ({ bytes }: DataFile) => ['npy', 'npz', 'cifar', 'picture', 'idx'].includes(fileKind(bytes));
  return files.some(isData) ? files.filter(isData) : files;
}

/** A file with what it holds, unpacked. */
export async function dataFile(entry: Entry, where: string): Promise<DataFile> {
  ensure(entry.kind === 'file', where, entry.path, () => 'is no plain file but a pipe or a device');
  const { path, size, read } = entry;
  ensure(size <= mostBytes, where, path, () => `has ${size} bytes, at most ${mostBytes} are read`);
  const bytes = await read();
  return { name: path, bytes: isGzip(bytes) ? await gunzip(bytes, where, path) : bytes };
}
