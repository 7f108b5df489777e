import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ensure } from '../../core/errors.js';
import { errorCode } from '../../core/show.js';

/** Who works on a folder. `started`: when the system began its process, where that can be told: numbers of processes come again. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly started: string | undefined;
}

/** A folder that one process works on. */
export interface Lock {
  release(): void;
}

/** The lock of a folder is this file in it. */
export const lockFile = 'lock.json';

/** Milliseconds after which the lock of another machine that isn't renewed is that of a dead process. */
const patience = 600_000;

/** Milliseconds between two renewals. */
const pause = patience / 10;

/**
 * Takes the lock of a folder, and keeps telling other machines that it is held. That of a process that has died is taken over.
 *
 * @param folder  where the lock is.
 * @param name    what messages call it.
 * @throws {StdpError} when another process works on it, saying which.
 */
export function acquireLock(folder: string, where: string, name: string): Lock {
  const file = join(folder, lockFile);
  const own = join(folder, `.lock-${process.pid}-${randomBytes(6).toString('hex')}`);
  const me: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid) };
  writeFileSync(own, JSON.stringify(me));
  try {
    // A link is made in one step, and only where there is none.
    while (!madeLink(own, file)) {
      refuseHeld(holderAt(file), where, name);
      takeAway(file, `${own}.dead`);
    }
  } finally {
    rmSync(own, { force: true });
  }
  const isMine = (): boolean => JSON.stringify(read(file)) === JSON.stringify(me);
  const timer = setInterval(() => renew(file, isMine), pause).unref();
  return {
    release: () => {
      clearInterval(timer);
      if (isMine()) rmSync(file, { force: true });
    },
  };
}

function renew(file: string, isMine: () => boolean): void {
  try {
    if (isMine()) utimesSync(file, new Date(), new Date());
  } catch {
    // The folder was replaced, or its disk is away for a moment.
  }
}

/** Takes the lock of a dead process away. Where a living one was quicker, its lock is given back. */
function takeAway(file: string, aside: string): void {
  try {
    renameSync(file, aside);
  } catch (reason) {
    if (errorCode(reason) !== 'ENOENT') throw reason;
    return;
  }
  if (holderAt(aside).alive) madeLink(aside, file);
  rmSync(aside, { force: true });
}

function madeLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (reason) {
    if (errorCode(reason) !== 'EEXIST') throw reason;
    return false;
  }
}

/** Who holds a lock, and whether he lives. */
export interface Held {
  readonly holder: Holder | undefined;
  readonly alive: boolean;
}

/** @throws {StdpError} when somebody holds the lock of a folder. */
export const refuseHeld = ({ holder, alive }: Held, where: string, folder: string): void =>
  ensure(!alive, where, folder, () => `is being worked on by process ${holder?.pid} on ${holder?.host}; wait for it, or end it`);

/** What a lock says. One that can't be read is that of nobody. */
export function holderAt(file: string): Held {
  const holder = read(file);
  return { holder, alive: holder !== undefined && isAlive(holder, file) };
}

function read(file: string): Holder | undefined {
  try {
    const { pid, host, started } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>;
    return Number.isSafeInteger(pid) && typeof host === 'string' ? { pid: Number(pid), host, started } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, host, started }: Holder, file: string): boolean {
  const renewed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (renewed === undefined) return false;
  if (host !== hostname()) return Date.now() - renewed < patience;
  try {
    process.kill(pid, 0);
  } catch (reason) {
    return errorCode(reason) === 'EPERM';
  }
  return started === startOf(pid);
}

/** When a process began, in ticks since the machine did: the 22nd field of Linux's stat. One that has ended, unburied, has none. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...more] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : more[18];
  } catch {
    return undefined;
  }
}
