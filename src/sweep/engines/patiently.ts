import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two tries, and how many there are: a server that comes back within ten minutes was never away. */
const [delay, tries] = [1000, 600];

/**
 * Asks until there is an answer.
 *
 * @throws the last refusal; or what the signal says, at once.
 */
export async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let left = tries; ; left--) {
    signal.throwIfAborted();
    try {
      return await unlessAborted(ask(), signal);
    } catch (reason) {
      if (signal.aborted || left === 0) throw reason;
    }
    await pauseUnless(signal, delay);
  }
}

/** Waits, but not when the signal says to end. */
export const pauseUnless = (signal: AbortSignal, milliseconds: number): Promise<void> =>
  pause(milliseconds, undefined, { signal }).catch(() => undefined);

/** A client that waits for its server would wait longer than its user does. */
export async function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  let leave = () => {};
  const aborted = new Promise<never>((_, refuse) => {
    leave = () => refuse(signal.reason);
    signal.addEventListener('abort', leave);
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener('abort', leave);
    answer.catch(() => undefined); // it may still come, when nobody listens
  }
}
