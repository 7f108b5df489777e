import { StdpError } from '../core/errors.js';

/** Why there is no whole result: somebody has stopped the work. */
class Stopped extends StdpError {}

/** @throws {StdpError} that says how many images were done, when those weren't all. */
export function checkAllDone(done: number, count: number, where: string, signal: AbortSignal | undefined): void {
  if (done === count) return;
  throw new Stopped(where, 'images', `were stopped after ${done} of ${count}: there is no whole result`, {
    cause: signal?.reason,
  });
}

/** @throws {StdpError} when somebody has stopped the work meanwhile. */
export function checkGoesOn(where: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Stopped(where, 'signal', 'has stopped the work', { cause: signal.reason });
}

/** What comes of work, `undefined` where it was stopped. */
export async function unlessStopped<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (reason) {
    if (reason instanceof Stopped) return undefined;
    throw reason;
  }
}
