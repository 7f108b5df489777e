import { closeSync, fsyncSync, ftruncateSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { StdpError } from '../core/errors.js';
import { messageOf } from '../core/show.js';

/** Bytes that are read at once. */
const chunk = 2 ** 20;

const newline = '\n'.charCodeAt(0);

/**
 * The values of a file of JSON, a line each, read piece by piece. A last line without its end is one that was cut off while it was
 * written: it is left out.
 *
 * @throws {StdpError} when another line is no JSON.
 */
export function* readJsonLines(file: string): Generator<unknown> {
  const handle = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(chunk);
    let rest = Buffer.alloc(0);
    for (let number = 1; ; ) {
      const count = readSync(handle, buffer, 0, chunk, null);
      if (count === 0) return;
      const bytes = Buffer.concat([rest, buffer.subarray(0, count)]);
      const end = bytes.lastIndexOf(newline);
      rest = bytes.subarray(end + 1);
      if (end < 0) continue;
      for (const line of bytes.toString('utf8', 0, end).split('\n')) yield parse(line, file, number++);
    }
  } finally {
    closeSync(handle);
  }
}

function parse(line: string, file: string, number: number): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (reason) {
    throw new StdpError('sweep', file, `is damaged: line ${number} is no JSON: ${messageOf(reason)}`);
  }
}

/** A value as a line of its own. */
export const jsonLine = (value: unknown): string => `${JSON.stringify(value)}\n`;

/**
 * Adds lines to a file that nobody else writes, and waits until the disk has it. What was cut off before goes first.
 *
 * @throws what the file system refuses.
 */
export function appendJsonLines(file: string, values: readonly unknown[]): void {
  const handle = openSync(file, 'a+');
  try {
    const whole = lengthOfWholeLines(handle, statSync(file).size);
    ftruncateSync(handle, whole);
    writeAll(handle, Buffer.from(values.map(jsonLine).join('')));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Up to where a file of so many bytes consists of lines with their ends. */
function lengthOfWholeLines(handle: number, size: number): number {
  const last = Buffer.alloc(Math.min(size, chunk));
  readSync(handle, last, 0, last.length, size - last.length);
  return size === 0 ? 0 : size - last.length + last.lastIndexOf(newline) + 1;
}

/** Writes all of it: a call may write less. */
export function writeAll(handle: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
}
