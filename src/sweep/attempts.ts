import { setTimeout } from 'node:timers/promises';
import { ensure } from '../core/errors.js';
import { failedResult, isFinal, RunInterrupted, type RunResult } from './runResult.js';

/** How often a run that crashes is tried. */
const most = 3;

/** Milliseconds before the second attempt; before the third it is twice as much. */
const pause = 1000;

/**
 * Tries a run until it is done, a few times where it crashes.
 *
 * @param attempt  does it; what it throws as a `StdpError` would fail again.
 * @returns the result, of a failure too; `undefined` when the run was interrupted.
 */
export async function attempted(
  id: string,
  attempt: () => Promise<RunResult>,
  signal: AbortSignal,
  wait: number = pause,
): Promise<RunResult | undefined> {
  const started = performance.now();
  for (let number = 1; ; number++) {
    try {
      const result = await attempt();
      ensure(result.id === id, 'sweep', id, () => `was changed in the plan: what it asks for is named ${result.id}`);
      return result;
    } catch (reason) {
      if (reason instanceof RunInterrupted) return undefined;
      const seconds = (performance.now() - started) / 1000;
      if (isFinal(reason) || number === most) return failedResult(id, reason, seconds);
      await setTimeout(wait * number, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return undefined;
    }
  }
}
