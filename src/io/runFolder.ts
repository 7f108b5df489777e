import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { StdpError } from '../core/errors.js';
import type { Score } from '../networks/accuracy.js';
import type { LinearReadout } from '../networks/linearReadout.js';
import type { NetworkSpec } from '../networks/networkSpec.js';
import type { TrainingState } from '../networks/trainNetwork.js';

/**
 * Where the images of a run came from.
 *
 * @property directory  of IDX files; undefined for the embedded digits, which the seed of the run draws.
 * @property train      training images used.
 * @property holdout    of them, the last so many were the test set; 0 for the real one.
 */
export interface DataChoice {
  readonly name: string;
  readonly directory?: string;
  readonly train: number;
  readonly holdout: number;
  readonly channels: number;
}

/** What a run folder says in `run.json`: everything needed to repeat, resume or test the run. */
export interface Run {
  readonly format: 'tfjs-stdp run 1';
  readonly status: 'complete' | 'interrupted';
  readonly network: NetworkSpec;
  readonly seed: number;
  readonly control: boolean;
  readonly backend: string;
  readonly data: DataChoice;
  readonly training: Omit<TrainingState, 'weights'>;
  readonly score?: Score;
  readonly shuffled?: Score;
}

/** The arrays of a run, in `weights.bin` (float32, little-endian) with their names and sizes in `weights.json`. */
export interface RunArrays {
  readonly layers: readonly Float32Array[];
  readonly readout?: LinearReadout;
}

interface ArrayEntry {
  readonly name: string;
  readonly length: number;
}

const where = 'run folder';

/** Fails early, before hours of work, when `folder` can't be written or holds something else. */
export async function checkRunFolder(folder: string): Promise<void> {
  try {
    await mkdir(dirname(resolve(folder)), { recursive: true });
    const existing = existsSync(folder) ? await readdir(folder) : [];
    if (existing.length > 0 && !existing.includes('run.json')) {
      throw new StdpError(where, folder, 'exists and is not a run of this program; choose another with --out');
    }
    const probe = temporary(folder);
    await mkdir(probe, { recursive: true });
    await rm(probe, { recursive: true });
  } catch (reason) {
    throw reason instanceof StdpError ? reason : new StdpError(where, folder, `can't be written: ${messageOf(reason)}`);
  }
}

/**
 * Writes a run as a whole: everything goes to a folder beside it first, so that what stands under `folder` is always
 * complete, the old run or the new.
 *
 * @param files  further files by name, pictures and the report.
 * @example
 * const network = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2, kernelSize: 1 }] }));
 * const arrays = { layers: [Float32Array.of(0.2, 0.8, 0.5, 0.1)] };
 * await writeRunFolder('my-run', {
 *   format: 'tfjs-stdp run 1', status: 'interrupted', network, seed: 1, control: false, backend: 'cpu',
 *   data: { name: 'generated digits', train: 5, holdout: 0, channels: 2 },
 *   training: { layer: 1, imagesSeen: 0, convergence: [] },
 * }, arrays, new Map([['note.txt', 'five images']]));
 * (await readRunFolder('my-run')).arrays;   // => arrays
 */
export async function writeRunFolder(
  folder: string,
  run: Run,
  arrays: RunArrays,
  files: ReadonlyMap<string, Uint8Array | string>,
): Promise<void> {
  const draft = temporary(folder);
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    const entries = arrayEntries(arrays);
    await writeFile(join(draft, 'run.json'), `${JSON.stringify(run, null, 2)}\n`);
    await writeFile(
      join(draft, 'weights.json'),
      `${JSON.stringify(
        entries.map(({ name, values }) => ({ name, length: values.length })),
        null,
        2,
      )}\n`,
    );
    await writeFile(join(draft, 'weights.bin'), Buffer.concat(entries.map(({ values }) => littleEndian(values))));
    for (const [name, content] of files) await writeFile(join(draft, name), content);
    const old = `${draft}.old`;
    await rm(old, { recursive: true, force: true });
    if (existsSync(folder)) await rename(folder, old);
    await rename(draft, folder);
    await rm(old, { recursive: true, force: true });
  } catch (reason) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    throw new StdpError(where, folder, `can't be written: ${messageOf(reason)}`);
  }
}

/**
 * Reads a run back.
 *
 * @throws {StdpError} when the folder is missing, is no run, or is damaged.
 * @example
 * await readRunFolder('nowhere').catch(({ message }) => message);   // => 'run folder: nowhere does not exist'
 */
export async function readRunFolder(folder: string): Promise<{ readonly run: Run; readonly arrays: RunArrays }> {
  const read = async (name: string): Promise<Buffer> =>
    readFile(join(folder, name)).catch(() => {
      throw new StdpError(
        where,
        folder,
        existsSync(folder) ? `has no ${name}: it is not a run of this program` : 'does not exist',
      );
    });
  const run = parse<Run>(folder, 'run.json', await read('run.json'));
  if (run.format !== 'tfjs-stdp run 1')
    throw new StdpError(where, folder, `has a run.json of another format: ${String(run.format)}`);
  const entries = parse<readonly ArrayEntry[]>(folder, 'weights.json', await read('weights.json'));
  const bytes = await read('weights.bin');
  const total = entries.reduce((sum, { length }) => sum + length * 4, 0);
  if (bytes.length !== total)
    throw new StdpError(where, folder, `has a weights.bin of ${bytes.length} bytes, weights.json says ${total}`);
  let offset = 0;
  const arrays = new Map(
    entries.map(({ name, length }) => {
      const values = Float32Array.from({ length }, (_, index) => bytes.readFloatLE(offset + 4 * index));
      offset += 4 * length;
      return [name, values] as const;
    }),
  );
  return { run, arrays: arraysFrom(arrays) };
}

const readoutArrays = ['mean', 'scale', 'weights', 'bias'] as const;

function arrayEntries({ layers, readout }: RunArrays): readonly { readonly name: string; readonly values: Float32Array }[] {
  const learned = layers.map((values, index) => ({ name: `layer${index + 1}`, values }));
  return readout === undefined
    ? learned
    : [...learned, ...readoutArrays.map((name) => ({ name: `readout.${name}`, values: readout[name] }))];
}

function arraysFrom(arrays: ReadonlyMap<string, Float32Array>): RunArrays {
  const layers = [...arrays].filter(([name]) => name.startsWith('layer')).map(([, values]) => values);
  const [mean, scale, weights, bias] = readoutArrays.map((name) => arrays.get(`readout.${name}`));
  if (mean === undefined || scale === undefined || weights === undefined || bias === undefined) return { layers };
  return { layers, readout: { classes: bias.length, mean, scale, weights, bias } };
}

function littleEndian(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeFloatLE(value, index * 4);
  });
  return bytes;
}

function parse<T>(folder: string, name: string, bytes: Buffer): T {
  try {
    return JSON.parse(bytes.toString('utf8')) as T;
  } catch (reason) {
    throw new StdpError(where, folder, `has a damaged ${name}: ${messageOf(reason)}`);
  }
}

const temporary = (folder: string): string => join(dirname(resolve(folder)), `.${basename(resolve(folder))}.${process.pid}.part`);
const messageOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));
