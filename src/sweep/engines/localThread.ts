import * as tf from '@tensorflow/tfjs-core';
import { StdpError } from '../../core/errors.js';
import type { RunRequest } from '../plan.js';
import { runOne } from '../runOne.js';
import { RunInterrupted, type RunResult } from '../runResult.js';

/** A run for a thread. */
export interface ThreadTask {
  readonly request: RunRequest;
  readonly data: string | undefined;
  readonly folder: string | undefined;
  readonly keep: boolean;
  /** Not 0: it shall stop. */
  readonly stop: Int32Array;
}

/** What came of a run: its result, or why there is none. A crash is thrown. */
export type ThreadOutcome =
  | RunResult
  | { readonly interrupted: true }
  | { readonly where: string; readonly argument: string; readonly problem: string };

/** Milliseconds between two looks at whether it shall stop. */
const pause = 100;

tf.enableProdMode();

/** Does a run in this thread. */
export default async function work({ request, stop, ...options }: ThreadTask): Promise<ThreadOutcome> {
  const abort = new AbortController();
  const look = (): void => {
    if (Atomics.load(stop, 0) !== 0) abort.abort();
  };
  look();
  const timer = setInterval(look, pause);
  try {
    return await runOne(request, { ...options, signal: abort.signal });
  } catch (reason) {
    if (reason instanceof RunInterrupted) return { interrupted: true };
    if (!(reason instanceof StdpError)) throw reason;
    return { where: reason.where, argument: reason.argument, problem: reason.problem };
  } finally {
    clearInterval(timer);
  }
}
