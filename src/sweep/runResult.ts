import { hostname } from 'node:os';
import { StdpError } from '../core/errors.js';
import { isListOf } from '../core/lists.js';
import { messageOf } from '../core/show.js';
import { isRecord } from '../core/trees.js';

/** What came of a run. */
export interface RunResult {
  readonly id: string;
  readonly status: 'done' | 'failed';
  /** Share of the test images told right; of a run that is done. */
  readonly accuracy?: number;
  /** Accuracy of the control's weights, where there is one. */
  readonly controlAccuracy?: number;
  /** Test images by class (row) and answer (column). */
  readonly confusion?: readonly (readonly number[])[];
  /** SHA-256 of all that was learned. */
  readonly weights?: string;
  /** Seconds that it took. */
  readonly seconds: number;
  /** When it was over, in ISO 8601. */
  readonly ended: string;
  /** Where. */
  readonly host: string;
  /** Why it failed; `final`: it would fail again. */
  readonly error?: { readonly message: string; readonly final: boolean };
}

/** Whether a value that was read is a result, whoever wrote it. */
export function isRunResult(value: unknown): value is RunResult {
  if (!isRecord(value)) return false;
  const { id, status, seconds, ended, host, accuracy, controlAccuracy, confusion, weights, error } = value;
  const ran = isNonNegative(seconds) && typeof ended === 'string' && !Number.isNaN(Date.parse(ended));
  if (typeof id !== 'string' || !ran || typeof host !== 'string') return false;
  if (status === 'failed') return isRecord(error) && typeof error['message'] === 'string' && typeof error['final'] === 'boolean';
  const scored = isShare(accuracy) && (controlAccuracy === undefined || isShare(controlAccuracy));
  return status === 'done' && scored && isMatrix(confusion) && typeof weights === 'string';
}

const isNonNegative = (value: unknown): boolean => typeof value === 'number' && value >= 0 && Number.isFinite(value);
const isShare = (value: unknown): boolean => isNonNegative(value) && Number(value) <= 1;
const isMatrix = (value: unknown): boolean => isListOf(value, (row) => isListOf(row, isNonNegative));

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
