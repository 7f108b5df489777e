/** Milliseconds of work between two turns of the event loop. */
const every = 30;

/** Calls back once everybody else had a turn. Where there is `setImmediate`, `setTimeout` waits for a millisecond too many. */
const turn = (done: () => void): void => {
  if (typeof setImmediate === 'function') setImmediate(done);
  else setTimeout(done, 0);
};

/**
 * A function to await inside a long loop: every so often it lets timers, signals and the screen have their turn. Backends
 * that compute on this thread never do so by themselves: what awaits only their data holds up everything else.
 */
export function makeYield(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < every) return;
    await new Promise<void>(turn);
    last = performance.now();
  };
}
