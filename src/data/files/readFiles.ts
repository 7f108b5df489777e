import { StdpError } from '../../core/errors.js';
import { parseNpy } from '../../formats/numpy/readNpy.js';
import { parseNpz, suffix } from '../../formats/numpy/readNpz.js';
import { zipEntries } from '../../formats/zip/zipEntries.js';
import { imageArrays, readArrays } from './arrayImages.js';
import { readCifar } from './cifar.js';
import { type FileKind, fileKind } from './fileKind.js';
import { type DataFile, type Found, mostBytes } from './found.js';
import type { DataOptions } from './reading.js';
import { readTables } from './tableImages.js';

/** Kinds of files of which a few are a whole data set. */
const readers: {
  readonly [Kind in FileKind]?: (files: readonly DataFile[], reading: DataOptions, where: string) => Found | Promise<Found>;
} = {
  cifar: (files, _, where) => readCifar(files, where),
  table: readTables,
  npz: readNpzFiles,
  npy: readNpyFiles,
};

/** The images in files of one kind, which are known by their content. @throws {StdpError} that names the file which is another. */
export async function readFiles(files: readonly DataFile[], place: string, reading: DataOptions, where: string): Promise<Found> {
  const kinds = files.map((file) => ({ ...file, kind: fileKind(file.bytes) }));
  const [first] = kinds;
  if (first === undefined) throw new StdpError(where, place, `holds no files of images; read are ${known}`);
  const other = kinds.find(({ kind }) => kind !== first.kind);
  if (other !== undefined) {
    const told = `is ${kindNames[other.kind]}, and ${first.name} is ${kindNames[first.kind]}; name the one to read`;
    throw new StdpError(where, other.name, told);
  }
  const read = readers[first.kind];
  if (read === undefined) throw new StdpError(where, first.name, `is ${kindNames[first.kind]}; read are ${known}`);
  return read(files, reading, where);
}

const known =
  'IDX files of MNIST and its like, folders of PNG or JPEG pictures by class, npz and npy arrays, CSV tables, CIFAR-10 binary files';

const kindNames: { readonly [Kind in FileKind]: string } = {
  idx: 'an IDX file, one of several: name their folder',
  npy: 'an npy array',
  npz: 'an npz archive',
  cifar: 'a binary file of CIFAR-10',
  picture: 'a picture: name the folder of the folders of the classes',
  table: 'a text or table',
  unknown: 'of no kind that is known, or damaged',
};

async function readNpzFiles([file, other]: readonly DataFile[], reading: DataOptions, where: string): Promise<Found> {
  if (file === undefined || other !== undefined)
    throw new StdpError(where, other?.name ?? 'files', 'is one archive more; name the one to read');
  const { name, bytes } = file;
  const entries = zipEntries(bytes, where, name).flatMap(({ name: entry }) =>
    entry.endsWith(suffix) ? [entry.slice(0, -suffix.length)] : [],
  );
  const chosen = imageArrays(entries, where, name);
  const only = Object.values(chosen).filter((array) => array !== undefined);
  return readArrays(await parseNpz(bytes, name, { only, mostBytes }, where), chosen, reading, where, name);
}

function readNpyFiles(files: readonly DataFile[], reading: DataOptions, where: string): Found {
  const stems = new Map(files.map((file) => [file.name.replace(/^.*[/\\]/, '').replace(/\.npy$/i, ''), file]));
  const place = files.map(({ name }) => name).join(', ');
  const chosen = imageArrays([...stems.keys()], where, place);
  const arrays = Object.values(chosen).flatMap((stem) => {
    const file = stem === undefined ? undefined : stems.get(stem);
    return file === undefined ? [] : [[String(stem), parseNpy(file.bytes, where, file.name)] as const];
  });
  return readArrays(Object.fromEntries(arrays), chosen, reading, where, place);
}
