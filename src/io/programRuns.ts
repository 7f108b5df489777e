import { resolve } from 'node:path';
import { isLeft, tryCatch } from 'fp-ts/lib/Either.js';
import { identity } from 'fp-ts/lib/function.js';
import { checksum } from './checksum.js';
import { type Files, writeDraft, writeDraftBeside } from './draft.js';
import type { Run } from './kinds/networkKinds.js';
import {
  contentOf,
  type Existing,
  ensureWritable,
  type Replaceable,
  refusal,
  refusing,
  replaceBy,
  writeContent,
} from './runFolder.js';
import { identityAt, lookAt, placeToWrite, removeRun } from './runPlace.js';
import { clearDrafts, dryRun, moveIfFree, recover } from './swapFolder.js';

const where = 'stdp';

/**
 * Fails early, before hours of work, when a run can't be written to `folder`: something else stands there, a run that is not to be
 * replaced, or the file system refuses what {@link keepRun} will do, which is tried and undone. Leaves nothing behind.
 *
 * @returns the run that gives way.
 * @throws {StdpError} saying which.
 */
export function checkRunFolder(folder: string, replaceable: Replaceable): Existing {
  const place = placeToWrite(folder, where);
  return refusing(where, folder, '', () => {
    recover(place);
    const existing = ensureWritable(where, folder, place, replaceable);
    dryRun(place);
    return existing;
  });
}

/**
 * Writes a run where that stands which {@link checkRunFolder} found. A run that came there meanwhile stays.
 *
 * @throws {StdpError} when it can't be written there; it says where the run is kept.
 */
export const keepRun = (folder: string, run: Run, existing: Existing): void =>
  writeContent(folder, contentOf(run, new Map(), where), existing, where);

/** The first of `folder`, `folder-2`, `folder-3` … at which nothing stands. */
export function freeRunFolder(folder: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? folder : `${folder}-${number}`;
    const place = placeToWrite(name, where);
    recover(place);
    if (lookAt(place).holds === 'nothing') return name;
  }
}

/**
 * Writes a run to the first free of `folder`, `folder-2`, …; where another process takes it at the same moment, to the next.
 *
 * @returns which it is.
 * @throws {StdpError} when it can't be written there; it says where the run is kept.
 */
export function writeNextRunFolder(folder: string, run: Run): string {
  const content = contentOf(run, new Map(), where);
  // Hours of work are kept first, also where nothing more can be found.
  const found = tryCatch(() => freeRunFolder(folder), identity);
  const first = isLeft(found) ? folder : found.right;
  const draft = refusing(where, first, '', () => writeDraft(resolve(first), content));
  return refusing(where, first, `; the run is kept in ${draft.folder}`, () => {
    if (isLeft(found)) throw found.left;
    let name = first;
    while (!moveIfFree(draft, placeToWrite(name, where))) name = freeRunFolder(folder);
    return name;
  });
}

/**
 * Writes a run again with further files: it is saved already, and nothing of what fails is kept unless the saved one is gone.
 *
 * @throws {StdpError} when they can't be written, or another run stands there by now; what stands there stays as it is.
 */
export function addToRunFolder(folder: string, run: Run, files: Files): void {
  const content = contentOf(run, files, where);
  const place = placeToWrite(folder, where);
  const draft = refusing(where, folder, '', () => writeDraftBeside(place, content), gotNone);
  try {
    replaceBy(draft, folder, place, identityOf(run), where);
  } catch (reason) {
    const saved = isSaved(folder, run);
    if (saved) removeRun(draft.folder);
    throw refusal(where, folder, saved ? '' : `; the run is kept in ${draft.folder}`, reason, gotNone);
  }
}

/** Adds files to the run that stands in a folder, which `existing` is. @throws {StdpError} as {@link addToRunFolder}. */
export function completeRunFolder(folder: string, run: Run, files: Files, existing: Existing): void {
  writeContent(folder, contentOf(run, files, where), existing, where);
  clearDrafts(placeToWrite(folder, where), run.process);
}

const gotNone = 'got no pictures and report';

/** Whether a run stands where it was saved, without further files of its own. */
export function isSaved(folder: string, run: Run): boolean {
  try {
    return identityAt(placeToWrite(folder, where)) === identityOf(run).identity;
  } catch {
    return false;
  }
}

/** Which run it is, as {@link keepRun} writes it. */
export function identityOf(run: Run): Existing {
  const json = contentOf(run, new Map(), where).get('run.json');
  return { identity: json === undefined ? undefined : checksum(json) };
}
