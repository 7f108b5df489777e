import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../syncFolder.js';

/**
 * Writes a file aside, waits until the disk has it, and brings it to its place: what stands there is whole, the old content or the new,
 * whatever ends the program.
 *
 * @throws what the file system refuses; what stood there stays.
 */
export function writeWhole(place: string, aside: string, bytes: Uint8Array): void {
  try {
    const file = openSync(aside, 'w');
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(aside, place);
  } catch (reason) {
    rmSync(aside, { force: true });
    throw reason;
  }
  syncFolder(dirname(place));
}
