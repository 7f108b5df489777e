import { lstatSync, readdirSync, readFileSync, realpathSync, rmdirSync, statSync, unlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensure, StdpError } from '../core/errors.js';
import { messageOf, show } from '../core/show.js';
import { checksum } from './checksum.js';
import type { RunRecord } from './kinds/networkKinds.js';
import { notOfProgress, progressName, removeProgress } from './progress/progressFolder.js';
import { parseRunFile } from './runRecord.js';

/**
 * What stands at a place. `run`: nothing but files that a run wrote, unchanged, and its progress where it isn't complete; it is `whole`
 * when no file is missing.
 */
export type Place =
  | { readonly holds: 'nothing' | 'an empty folder' }
  | { readonly holds: 'a run'; readonly files: readonly string[]; readonly whole: boolean; readonly record: RunRecord }
  | { readonly holds: 'something else'; readonly problem: string };

/** Refuses what is no name of a folder. */
function ensureName(folder: unknown, where: string): asserts folder is string {
  ensure(
    typeof folder === 'string' && folder.trim() !== '' && !folder.includes('\0'),
    where,
    'folder',
    () => `must be the name of a folder, got ${show(folder)}`,
  );
}

/** Refuses what is no name of a folder that may come and go, which the working directory can't, however it is named. */
export function ensureFolderName(folder: unknown, where: string): asserts folder is string {
  ensureName(folder, where);
  ensure(!isWorkingDirectory(folder), where, folder, () => 'is the working directory; name a folder in it');
}

/** {@link placeOf} a folder to write. @throws {StdpError} also when it is the working directory. */
export function placeToWrite(folder: unknown, where: string): string {
  ensureFolderName(folder, where);
  return placeOf(folder, where);
}

/**
 * The place that a folder's name stands for: absolute, and where it is a link, what it leads to.
 *
 * @throws {StdpError} when it is no name of a folder, or a link to nothing.
 */
export function placeOf(folder: unknown, where: string): string {
  ensureName(folder, where);
  try {
    const place = resolve(folder);
    if (lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return place;
    const there = statSync(place, { throwIfNoEntry: false });
    ensure(there !== undefined, where, folder, () => 'is a link that leads nowhere');
    return realpathSync(place);
  } catch (reason) {
    if (reason instanceof StdpError) throw reason;
    throw new StdpError(where, folder, `can't be written or read: ${messageOf(reason)}`);
  }
}

const isWorkingDirectory = (folder: string): boolean => {
  try {
    return realpathSync(folder) === realpathSync('.');
  } catch {
    return false;
  }
};

/** What stands at a place, judged by its content at this moment. */
export function lookAt(place: string): Place {
  const there = lstatSync(place, { throwIfNoEntry: false });
  if (there === undefined) return { holds: 'nothing' };
  if (!there.isDirectory()) return { holds: 'something else', problem: "can't be written: it is no folder" };
  const names = readdirSync(place).flatMap((name) => (name === progressName ? (notOfProgress(join(place, name)) ?? []) : name));
  names.sort();
  if (names.length === 0) return { holds: 'an empty folder' };
  if (!names.includes('run.json') || !lstatSync(join(place, 'run.json')).isFile()) return foreign(names[0]);
  try {
    const { record, checksums } = parseRunFile(place, readFileSync(join(place, 'run.json'), 'utf8'), 'stdp');
    const notOurs = names.find((name) => name !== 'run.json' && !isAsWritten(join(place, name), checksums[name]));
    if (notOurs !== undefined) return foreign(notOurs, checksums[notOurs] !== undefined);
    return {
      holds: 'a run',
      files: names,
      record,
      whole: Object.keys(checksums).every((name) => names.includes(name)),
    };
  } catch (reason) {
    if (!(reason instanceof StdpError)) throw reason;
    return { holds: 'something else', problem: `holds a run.json that is not of a run: ${messageOf(reason)}` };
  }
}

/** Which run stands at a place: the checksum of its `run.json`, which tells those of all its files; `undefined` where there is none. */
export function identityAt(place: string): string | undefined {
  try {
    return checksum(readFileSync(join(place, 'run.json')));
  } catch {
    return undefined;
  }
}

const foreign = (name = '', changed = false): Place => ({
  holds: 'something else',
  problem: `exists and holds ${name}, which is ${changed ? 'no more as the run wrote it' : 'not of a run'}`,
});

const isAsWritten = (file: string, sum: string | undefined): boolean =>
  sum !== undefined && lstatSync(file).isFile() && checksum(readFileSync(file)) === sum;

/**
 * Removes a run, or an empty folder; whatever else stands there stays, and so does a folder into which something comes meanwhile.
 *
 * @returns whether it is gone.
 */
export function removeRun(place: string): boolean {
  try {
    const there = lookAt(place);
    if (there.holds !== 'a run' && there.holds !== 'an empty folder') return false;
    const files = there.holds === 'a run' ? there.files.filter((name) => name !== 'run.json') : [];
    // The proof that the folder is ours goes last: killed on the way, it can still be removed.
    for (const name of files) unlinkSync(join(place, name));
    removeProgress(place);
    if (there.holds === 'a run') unlinkSync(join(place, 'run.json'));
    rmdirSync(place);
    return true;
  } catch {
    return false;
  }
}
