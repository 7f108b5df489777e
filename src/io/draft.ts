import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from './syncFolder.js';

/** Content by file name. */
export type Files = ReadonlyMap<string, Uint8Array | string>;

/** A new name beside a place, hidden: a draft (`part`), what it takes the place of (`old`), or a trial (`trial`). */
export const beside = (place: string, kind: 'part' | 'old' | 'trial', parent = dirname(place)): string =>
  join(parent, `.${basename(place)}.${randomBytes(6).toString('hex')}.${kind}`);

/** A folder that shall come to stand at a place. */
export interface Draft {
  readonly folder: string;
  /** Why it could not be written beside the place: from elsewhere no rename brings it there. */
  readonly failure?: { readonly reason: unknown };
}

/**
 * Writes files into a new folder: beside the place where they shall stand, so that a rename brings them there, or where that
 * can't be (the disk is full, or can only be read), wherever there is room.
 *
 * @throws what the first attempt failed by.
 */
export function writeDraft(place: string, files: Files): Draft {
  try {
    return writeDraftBeside(place, files);
  } catch (reason) {
    for (const parent of [tmpdir(), process.cwd(), homedir()])
      try {
        return { folder: writtenIn(parent, place, files), failure: { reason } };
      } catch {
        // Not there.
      }
    throw reason;
  }
}

/** {@link writeDraft} beside the place or not at all. @throws what the file system refuses. */
export const writeDraftBeside = (place: string, files: Files): Draft => ({ folder: writtenIn(dirname(place), place, files) });

function writtenIn(parent: string, place: string, files: Files): string {
  const draft = beside(place, 'part', parent);
  try {
    // Not both at once: on a disk that can only be read, Node would say that the parent doesn't exist.
    mkdirSync(parent, { recursive: true });
    mkdirSync(draft);
    for (const [name, content] of files) writeFileSync(join(draft, name), content, { flag: 'wx', flush: true });
    syncFolder(draft);
    return draft;
  } catch (reason) {
    takeBack(draft, files);
    throw reason;
  }
}

/** Removes as much of a draft as was written. */
export function takeBack(draft: string, files: Files): void {
  if (!existsSync(draft)) return;
  for (const name of files.keys()) if (existsSync(join(draft, name))) unlinkSync(join(draft, name));
  rmdirSync(draft);
}
