import { constants } from 'node:os';
import { basename } from 'node:path';

/** What asks a program to end: Ctrl-C, a closed terminal, and an output that nobody reads (see {@link outliveBrokenPipe}). */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGPIPE'] as const;
export type EndingSignal = (typeof signals)[number];

/** Signals closer together are one: npm passes on the Ctrl-C that the terminal has already sent to every process. */
const oneKeyPress = 300;

/** Whether `nohup` started this. It asks the system to let no closed terminal end the program, and Node begins with asking that it may. */
const underNohup = (): boolean => basename(process.env['_'] ?? '') === 'nohup';
const outlive = (): void => undefined;

/** The exit code of a program that a signal ended, as shells tell it. */
export const exitCodeAfter = (signal: EndingSignal): number => 128 + constants.signals[signal];

/**
 * Calls `handle` with 1 at the first Ctrl-C (or another signal to end), with 2 at the next, and so on, in place of ending the program.
 *
 * @returns a function that gives the signals back to Node.
 */
export function onInterrupt(handle: (times: number, signal: EndingSignal) => void): () => void {
  const heard = signals.filter((signal) => signal !== 'SIGHUP' || !underNohup());
  let times = 0;
  let last = Number.NEGATIVE_INFINITY;
  const listener = (signal: EndingSignal) => {
    if (performance.now() - last < oneKeyPress) return;
    last = performance.now();
    handle(++times, signal);
  };
  if (underNohup()) process.on('SIGHUP', outlive);
  for (const signal of heard) process.on(signal, listener);
  return () => {
    for (const signal of heard) process.removeListener(signal, listener);
  };
}
