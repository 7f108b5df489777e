import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isOfCheckpoints } from '../checkpoint/checkpointFiles.js';
import { lockFile } from './lock.js';

/** In the folder of a run that isn't complete: what it needs to go on from its last moments. */
export const progressName = 'progress';

/** Pieces of a stage, by its name. */
export const piecesName = (stage: string): string => `pieces-${stage.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '')}.bin`;

const isOurs = (name: string): boolean =>
  name === lockFile || isOfCheckpoints(name) || /^pieces-[a-z0-9-]+\.bin$/i.test(name) || /^\.(lock|run)-/.test(name);

/** Whether a folder holds nothing but the progress of a run. */
export const isProgress = (folder: string): boolean => existsSync(folder) && notOfProgress(folder) === undefined;

/** What there is in a folder, or it itself, that is not of the progress of a run. */
export function notOfProgress(folder: string): string | undefined {
  if (!lstatSync(folder).isDirectory()) return progressName;
  const name = readdirSync(folder).find((name) => !isOurs(name) || !lstatSync(join(folder, name)).isFile());
  return name === undefined ? undefined : join(progressName, name);
}

/** The folder of a run's progress, there from now on. */
export function progressAt(place: string): string {
  const folder = join(place, progressName);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Removes what was kept of a run that is begun anew; its lock stays. */
export function clearProgress(folder: string): void {
  for (const name of readdirSync(folder)) if (isOurs(name) && name !== lockFile) rmSync(join(folder, name), { force: true });
}

/** Removes the pieces alone: those of other images, or that another backend has computed. */
export function clearPieces(folder: string): void {
  for (const name of readdirSync(folder)) if (name.startsWith('pieces-')) rmSync(join(folder, name), { force: true });
}

/** Removes the progress of a run; what is of somebody else stays. */
export function removeProgress(place: string): void {
  const folder = join(place, progressName);
  if (!isProgress(folder)) return;
  clearProgress(folder);
  rmSync(join(folder, lockFile), { force: true });
  rmdirSync(folder);
}

/** Hands progress on to the folder that took the place of another. */
export function moveProgress(from: string, to: string): void {
  const [own, next] = [join(from, progressName), join(to, progressName)];
  if (isProgress(own) && !existsSync(next)) renameSync(own, next);
}
