import { left, right } from 'fp-ts/lib/Either.js';
import type { Check } from '../core/params/validation.js';
import type { Work } from './work.js';

/** Who keeps a state of work now and then, so that it can go on from there. */
export interface Keeper<S> {
  /** Whether one is to be kept now; asked after each piece of work. */
  due(): boolean;
  /** Keeps a state, in place of the one before. */
  keep(state: S): void | Promise<void>;
}

/** Work that can go on from a state, with the same bits as without a stop. */
export interface Resumable<S> {
  readonly from?: S | undefined;
  readonly keeper?: Keeper<S> | undefined;
}

/** What came of images `from` … `to − 1`, as bytes. */
export interface PieceRecord {
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
}

/** What came of the pieces of one stage of work. */
export interface PieceLog {
  /** The pieces that were kept, in any order. */
  kept(): Iterable<PieceRecord>;
  /** Keeps one more. Its bytes don't change any more: they may be looked at when the next state is kept. */
  add(piece: PieceRecord): void;
}

/**
 * Keeps how far an experiment has come: its state, and what came of pieces of work that know nothing of each other. A piece is on
 * record when the next state is.
 */
export interface Checkpoints<S> extends Keeper<S> {
  /** What was kept last, to go on from; undefined at the beginning. */
  readonly state: S | undefined;
  /** The log of a stage, by its name. */
  pieces(stage: string): PieceLog;
}

/** The log of a stage, and what keeps it when it is time to. */
export interface StageLog {
  readonly log: PieceLog;
  readonly keep: () => Promise<void>;
}

/** An experiment on its way: the state it has reached, part by part. */
export interface Recording<S> {
  /** Who keeps a part of the state, with the others as they are. */
  keeper<K extends keyof S>(part: K): Keeper<NonNullable<S[K]>> | undefined;
  /** A part that changes no more; it is kept with the next state. */
  reached<K extends keyof S>(part: K, value: S[K]): void;
  stage(name: string): StageLog | undefined;
  /** Keeps the state as it is, due or not. */
  keep(): Promise<void>;
}

/** A state that tells what it is of, so that nothing else goes on from it; one that somebody made may not. */
export interface OfWork {
  readonly of?: Work;
}

/** {@link Recording} of some work, from a state on. Without checkpoints nothing is kept. */
export function recording<S extends OfWork>(checkpoints: Checkpoints<S> | undefined, start: S, work: () => Work): Recording<S> {
  let state = start;
  const reached = <K extends keyof S>(part: K, value: S[K]): void => {
    state = { ...state, [part]: value };
  };
  if (checkpoints === undefined) return { reached, keeper: () => undefined, stage: () => undefined, keep: async () => undefined };
  const keepNow = async (): Promise<void> => checkpoints.keep({ ...state, of: work() });
  const keep = async (): Promise<void> => {
    if (checkpoints.due()) await keepNow();
  };
  return {
    reached,
    keeper: (part) => ({
      due: () => checkpoints.due(),
      keep: (value) => {
        reached(part, value);
        return keepNow();
      },
    }),
    stage: (name) => ({ log: checkpoints.pieces(name), keep }),
    keep: keepNow,
  };
}

const has = (value: unknown, ...names: readonly string[]): boolean =>
  typeof value === 'object' && value !== null && names.every((name) => typeof Reflect.get(value, name) === 'function');

/** Who keeps a state, or nobody. */
export const aKeeper: Check = (value) =>
  value === undefined || has(value, 'due', 'keep') ? right(value) : left('{ due, keep }, two functions');

/** Who keeps an experiment, or nobody. */
export const aCheckpoints: Check = (value) =>
  value === undefined || has(value, 'due', 'keep', 'pieces')
    ? right(value)
    : left('{ state, due, keep, pieces }, such as fileCheckpoints gives');
