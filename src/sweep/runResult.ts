import { hostname } from 'node:os';
import { StdpError } from '../core/errors.js';
import { messageOf } from '../core/show.js';

/**
 * What came of a run.
 *
 * @property accuracy          share of the test images told right; of a run that is done.
 * @property shuffledAccuracy  with a control: that of the shuffled weights.
 * @property confusion         test images by class (row) and answer (column).
 * @property weights           SHA-256 of all that was learned.
 * @property seconds           that it took.
 * @property ended             when it was over, in ISO 8601.
 * @property host              where.
 * @property error             why it failed; `final`: it would fail again.
 */
export interface RunResult {
  readonly id: string;
  readonly status: 'done' | 'failed';
  readonly accuracy?: number;
  readonly shuffledAccuracy?: number;
  readonly confusion?: readonly (readonly number[])[];
  readonly weights?: string;
  readonly seconds: number;
  readonly ended: string;
  readonly host: string;
  readonly error?: { readonly message: string; readonly final: boolean };
}

/** The result of a run that failed. A wrong spec or bad data would fail again, anything else may not. */
export const failedResult = (id: string, reason: unknown, seconds: number): RunResult => ({
  id,
  status: 'failed',
  seconds,
  ended: new Date().toISOString(),
  host: hostname(),
  error: { message: messageOf(reason), final: isFinal(reason) },
});

/** Whether what failed would fail again. */
export const isFinal = (reason: unknown): boolean => reason instanceof StdpError;

/** A run that was stopped before it was done; it is no failure. */
export class RunInterrupted extends Error {
  override readonly name = 'RunInterrupted';
}
