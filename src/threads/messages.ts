import { StdpError } from '../core/errors.js';
import { show } from '../core/show.js';
import type { JobName, SetupOf, UpdateOf } from '../networks/workers/jobs.js';

/** A piece of work: images `from` … `to − 1` of a task. */
export interface Piece {
  readonly task: number;
  readonly from: number;
  readonly to: number;
  readonly update: UpdateOf<JobName>;
}

/** What a thread of a pool is told. Pieces have an answer each, by their number. */
export type Command =
  | { readonly kind: 'begin'; readonly task: number; readonly name: JobName; readonly setup: SetupOf<JobName> }
  | { readonly kind: 'run'; readonly number: number; readonly piece: Piece }
  | { readonly kind: 'end'; readonly task: number };

/** What a thread answers for a piece. */
export type Reply =
  | { readonly kind: 'done'; readonly number: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly number: number; readonly failure: Failure };

/** An error on its way from one thread to another, where its class would be lost. */
export interface Failure {
  readonly message: string;
  readonly stack: string | undefined;
  /** Where and what a {@link StdpError} was. */
  readonly at: { readonly where: string; readonly argument: string; readonly problem: string } | undefined;
}

/** What went wrong, to be sent. */
export function failureOf(reason: unknown): Failure {
  if (!(reason instanceof Error)) return { message: show(reason), stack: undefined, at: undefined };
  const { message, stack } = reason;
  if (!(reason instanceof StdpError)) return { message, stack, at: undefined };
  const { where, argument } = reason;
  return { message, stack, at: { where, argument, problem: message.slice(`${where}: ${argument} `.length) } };
}

/** What went wrong, as it was thrown. */
export function reasonOf({ message, stack, at }: Failure): Error {
  const error = at === undefined ? new Error(message) : new StdpError(at.where, at.argument, at.problem);
  return stack === undefined ? error : Object.assign(error, { stack });
}

/** Whether a message is an answer, with nothing left out. */
export function isReply(message: unknown): message is Reply {
  if (typeof message !== 'object' || message === null) return false;
  const { kind, number, result, failure } = message as { readonly [name in keyof Reply | 'result' | 'failure']?: unknown };
  if (typeof number !== 'number') return false;
  return (kind === 'done' && result !== undefined) || (kind === 'failed' && typeof failure === 'object' && failure !== null);
}
