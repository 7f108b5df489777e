import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A server that a test has started for itself. */
export interface RestartableServer {
  readonly url: string;
  /** Kills it, as a power failure does, and starts it again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A server that is one process.
 *
 * @param signal  that ends it at once, with nothing put in order.
 */
export async function restartable(
  url: string,
  signal: NodeJS.Signals,
  start: () => Promise<ChildProcess>,
): Promise<RestartableServer> {
  let child = await start();
  const stop = () => ended(child, signal);
  return {
    url,
    stop,
    restart: async () => {
      await stop();
      child = await start();
    },
  };
}

/** Where a program lies; `undefined` where it is not installed. */
export function found(program: string): string | undefined {
  try {
    return execFileSync('sh', ['-c', `PATH=$PATH:/usr/sbin:/sbin command -v ${program}`], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** A port that nobody listens at. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** Waits until something holds, looking again and again. @throws what `say` tells, when it never does. */
export async function until(holds: () => boolean | Promise<boolean>, say: () => string): Promise<void> {
  for (let left = 600; left > 0; left--) {
    if (await holds()) return;
    await pause(100);
  }
  throw new Error(say());
}

/** Whether a command ends well. */
export const succeeds = (program: string, args: readonly string[], options: SpawnOptions = {}): Promise<boolean> =>
  new Promise((resolve) => {
    spawn(program, args, { ...options, stdio: 'ignore' })
      .on('error', () => resolve(false))
      .on('close', (code) => resolve(code === 0));
  });

/** Ends a process by a signal, and waits until it has gone. */
export const ended = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('close', () => resolve());
    child.kill(signal);
  });
