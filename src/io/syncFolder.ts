import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Waits until the disk has the names of a folder's files, where folders can be synced (on Windows they can't be opened). */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
