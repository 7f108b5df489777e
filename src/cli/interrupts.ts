const signals = ['SIGINT', 'SIGTERM'] as const;

/** Signals closer together are one: npm passes on the Ctrl-C that the terminal has already sent to every process. */
const oneKeyPress = 300;

/**
 * Calls `handle` with 1 at the first Ctrl-C (or SIGTERM), with 2 at the next, and so on, in place of ending the program.
 *
 * @returns a function that gives the signals back to Node.
 */
export function onInterrupt(handle: (times: number) => void): () => void {
  let times = 0;
  let last = Number.NEGATIVE_INFINITY;
  const listener = () => {
    if (performance.now() - last < oneKeyPress) return;
    last = performance.now();
    handle(++times);
  };
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.removeListener(signal, listener);
  };
}
