import { resolve } from 'node:path';
import { isLeft, tryCatch } from 'fp-ts/lib/Either.js';
import { identity } from 'fp-ts/lib/function.js';
import type { Run } from './run.js';
import { contentOf, ensureRoom, refusing } from './runFolder.js';
import { lookAt, placeOf, removeRun } from './runPlace.js';
import { type Files, moveDraft, pickUpHalves, settle, writeDraft, writeDraftBeside } from './swapFolder.js';

const where = 'stdp';

/** The first of `folder`, `folder-2`, `folder-3` … at which nothing stands. */
export function freeRunFolder(folder: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? folder : `${folder}-${number}`;
    const place = placeOf(name, where);
    pickUpHalves(place);
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
    while (!settle(draft, placeOf(name, where))) name = freeRunFolder(folder);
    return name;
  });
}

/**
 * Writes a run again with further files: it is saved already, and nothing of what fails is kept.
 *
 * @throws {StdpError} when they can't be written; the run stays as it is.
 */
export function addToRunFolder(folder: string, run: Run, files: Files): void {
  const content = contentOf(run, files, where);
  const place = placeOf(folder, where);
  refusing(
    where,
    folder,
    '',
    () => {
      const draft = writeDraftBeside(place, content);
      try {
        ensureRoom(where, folder, place, true);
        moveDraft(draft, place);
      } catch (reason) {
        removeRun(draft.folder);
        throw reason;
      }
    },
    'got no pictures and report',
  );
}
