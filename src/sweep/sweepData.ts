import { resolve } from 'node:path';
import { StdpError } from '../core/errors.js';
import { chooseTested, heldOut } from '../data/chooseImages.js';
import type { DataSet } from '../data/dataSet.js';
import { digitDataSet } from '../data/digits.js';
import { asRead } from '../data/files/found.js';
import { readData } from '../data/files/loadData.js';
import { type DataOptions, type DataReading, readingOf } from '../data/files/reading.js';
import { fingerprint } from '../io/buildRun.js';
import { checksum } from '../io/checksum.js';
import type { SweepSpec } from './sweepSpec.js';

/** The images of a run. */
export interface SweepData extends DataReading {
  /** File or folder where they are; `undefined` for the embedded digits, which the seed of a run draws. */
  readonly path?: string;
  /** Checksum of what the files hold; `undefined` for the embedded digits. */
  readonly sha256?: string;
  /** The first so many images to train on. */
  readonly train: number;
  /** The last so many training images are the test images; 0: the real ones are. */
  readonly holdout: number;
}

/** The images that a spec asks for. @throws {StdpError} when there are no such. */
export async function sweepDataOf({ data: path, train, ...spec }: SweepSpec): Promise<SweepData> {
  const { holdout } = spec;
  const data = path === undefined ? asRead(digitDataSet(1), spec, 'sweep') : await readData(path, spec);
  const chosen = { train: chooseTested(data, { train, holdout }).train.count, holdout: heldOut(data, holdout) };
  return path === undefined ? chosen : { path: resolve(path), sha256: sumOf(data), ...readingOf(spec), ...chosen };
}

const sumOf = (data: DataSet): string => {
  const { rows, columns, checksums } = fingerprint(data);
  return checksum(`${rows} × ${columns}, ${data.classes} classes, ${checksums.train}, ${checksums.test}`);
};

/** The data set that was read last, by what it was asked for: runs of one seed come one after the other. */
let last: { readonly name: string; readonly data: Promise<DataSet> } | undefined;

/**
 * The data set of a run.
 *
 * @param path  where the files lie here. Default: as the sweep was planned.
 * @throws {StdpError} when they are missing, or not those of the sweep.
 */
export async function loadSweepData({ sha256, ...data }: SweepData, seed: number, path = data.path): Promise<DataSet> {
  const name = sha256 === undefined ? `digits ${seed}` : `${sha256} ${path}`;
  if (last?.name !== name) last = { name, data: loadWhole(sha256, seed, path, data) };
  try {
    return chooseTested(await last.data, data);
  } catch (reason) {
    last = undefined;
    throw reason;
  }
}

async function loadWhole(
  sha256: string | undefined,
  seed: number,
  path: string | undefined,
  reading: DataOptions,
): Promise<DataSet> {
  if (sha256 === undefined) return digitDataSet(seed);
  if (path === undefined) throw new StdpError('sweep', 'data', 'must name the directory of the images');
  const data = await readData(path, reading);
  if (sumOf(data) !== sha256) throw new StdpError('sweep', 'data', `${path} holds other images than those of the sweep`);
  return data;
}
