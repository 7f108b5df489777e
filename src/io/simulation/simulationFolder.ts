import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensure, StdpError } from '../../core/errors.js';
import { messageOf } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import { readCheckpoint, writeCheckpoint } from '../checkpoint/checkpointFiles.js';
import { writeWhole } from '../checkpoint/writeWhole.js';
import { acquireLock } from '../progress/lock.js';
import { progressAt, progressName, removeProgress } from '../progress/progressFolder.js';
import { placeOf, placeToWrite } from '../runPlace.js';
import type { SimulationState } from './simulation.js';

const where = 'stdp';

/** The file that says what is simulated in a folder, and that which tells what came of it. */
const [specName, resultsName] = ['simulation.json', 'results.json'];

/** What `simulation.json` tells. */
export interface SimulationFile {
  readonly format: 'tfjs-stdp simulation 1';
  readonly name: string;
  /** Whether its name is that of one; its environment is then that of the preset. */
  readonly preset: boolean;
  readonly seed: number;
  readonly seconds: number;
  readonly circuit: unknown;
}

/** A folder that this process simulates in. */
export interface SimulationFolder {
  readonly folder: string;
  /** Keeps how far it has come, safe on disk. */
  keep(state: SimulationState): void;
  /** Writes results and pictures; what was kept is needed no more. */
  complete(files: ReadonlyMap<string, Uint8Array | string>): void;
  /** Lets go of it. */
  release(): void;
}

/**
 * A new folder for a simulation: the first of `folder`, `folder-2` … at which nothing stands, or `folder` alone.
 *
 * @throws {StdpError} when something stands there, or it can't be written.
 */
export function newSimulationFolder(folder: string, numbered: boolean, file: SimulationFile): SimulationFolder {
  for (let number = 1; ; number++) {
    const name = number === 1 ? folder : `${folder}-${number}`;
    const place = placeToWrite(name, where);
    if (isTaken(place)) {
      ensure(numbered, where, folder, () => 'holds something already; choose another folder, or go on with it (--resume)');
      continue;
    }
    return writable(name, () => {
      mkdirSync(place, { recursive: true });
      writeWhole(join(place, specName), join(place, `.${specName}.part`), Buffer.from(`${JSON.stringify(file, null, 1)}\n`));
      return held(name, place);
    });
  }
}

const isTaken = (place: string): boolean => existsSync(place) && readdirSync(place).length > 0;

function writable<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (reason) {
    if (reason instanceof StdpError) throw reason;
    throw new StdpError(where, folder, `can't be written: ${messageOf(reason)}`);
  }
}

/** What a folder of a simulation holds: what is simulated, and how far it came; `complete` where its results are there. */
export interface FoundSimulation {
  readonly file: SimulationFile;
  readonly complete: boolean;
  readonly state: unknown;
}

/** Reads a folder to go on with. @throws {StdpError} when it is none of a simulation, or damaged. */
export function readSimulation(folder: string): FoundSimulation {
  const place = placeOf(folder, where);
  const file = parsedFile(folder, join(place, specName));
  const complete = existsSync(join(place, resultsName));
  return { file, complete, state: complete ? undefined : readCheckpoint(join(place, progressName))?.carry };
}

function parsedFile(folder: string, path: string): SimulationFile {
  ensure(existsSync(path), where, folder, () => `has no ${specName}: it is no simulation of this program`);
  let file: unknown;
  try {
    file = JSON.parse(readFileSync(path, 'utf8'));
  } catch (reason) {
    throw new StdpError(where, folder, `has a damaged ${specName}: ${messageOf(reason)}`);
  }
  ensure(isSimulationFile(file), where, folder, () => `has a ${specName} that is not of this version of the program`);
  return file;
}

const isSimulationFile = (file: unknown): file is SimulationFile =>
  isRecord(file) &&
  file['format'] === 'tfjs-stdp simulation 1' &&
  typeof file['name'] === 'string' &&
  typeof file['preset'] === 'boolean' &&
  typeof file['seed'] === 'number' &&
  typeof file['seconds'] === 'number';

/** Takes a folder up again. @throws {StdpError} when another process works on it. */
export const takeUpSimulation = (folder: string): SimulationFolder =>
  writable(folder, () => held(folder, placeToWrite(folder, where)));

function held(folder: string, place: string): SimulationFolder {
  const progress = progressAt(place);
  const lock = acquireLock(progress, where, folder);
  return {
    folder,
    keep: (state) => {
      writeCheckpoint(progress, state);
    },
    complete: (files) =>
      writable(folder, () => {
        const { [resultsName]: results, ...others } = Object.fromEntries(files);
        for (const [name, content] of Object.entries(others)) writeFileSync(join(place, name), content);
        // Last: with it the simulation is complete.
        writeWhole(join(place, resultsName), join(place, `.${resultsName}.part`), Buffer.from(results ?? ''));
        lock.release();
        removeProgress(place);
      }),
    release: lock.release,
  };
}
