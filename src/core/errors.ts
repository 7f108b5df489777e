import { type Either, isLeft, type Left } from 'fp-ts/lib/Either.js';

/**
 * What went wrong, where, and with which argument. The message reads
 * `<where>: <argument> <problem>`, in one line whatever is named in it, for example
 * `stdpStepLinear: zPost has 12 columns, w [784, 10] needs 10`.
 *
 * @example
 * try {
 *   pairStdp({ tauPre: -1 });
 * } catch (error) {
 *   String(error);   // => 'StdpError: pairStdp: tauPre must be a positive number of ms, got -1'
 * }
 */
export class StdpError extends Error {
  override readonly name = 'StdpError';
  /** The public function that refused. */
  readonly where: string;
  /** The argument or parameter at fault. */
  readonly argument: string;
  /** What is wrong with it: the end of the message. */
  readonly problem: string;

  constructor(where: string, argument: string, problem: string, options?: ErrorOptions) {
    super(inOneLine(`${where}: ${argument} ${problem}`), options);
    this.where = where;
    this.argument = argument;
    this.problem = problem;
  }
}

/** A text whose line breaks and other controls are written as their numbers: names in files may hold any. */
const inOneLine = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A value that was checked, or the reason why it was refused. */
export type Validated<A> = Either<StdpError, A>;

/** A refusal as a value. */
export const refuse = (where: string, argument: string, problem: string): Left<StdpError> => ({
  _tag: 'Left',
  left: new StdpError(where, argument, problem),
});

/**
 * The checked value, or its error thrown: the bridge from smart constructors to the throwing form.
 *
 * @throws {StdpError} when `validated` is a `Left`.
 * @example
 * orThrow(validatePairStdpParams({ tauPre: 20 })).tauPre;   // => 20
 */
export function orThrow<A>(validated: Validated<A>): A {
  ensure(isEither(validated), 'orThrow', 'validated', () => 'must be what a validate function returned');
  if (isLeft(validated)) throw validated.left;
  return validated.right;
}

const isEither = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  '_tag' in value &&
  ((value._tag === 'Right' && 'right' in value) || (value._tag === 'Left' && 'left' in value && value.left instanceof StdpError));

/** What `run` gives. What it refuses is refused in the name of `where`, which calls another function with the same arguments. */
export function inName<T>(where: string, run: () => T): T {
  try {
    return run();
  } catch (reason) {
    throw renamed(where, reason);
  }
}

/** {@link inName} of what comes later: what `run` refuses at once is a rejection, too. */
export async function inNameLater<T>(where: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (reason) {
    throw renamed(where, reason);
  }
}

/** A refusal in the name of `where`; anything else as it is. */
const renamed = (where: string, reason: unknown): unknown =>
  reason instanceof StdpError && reason.where !== where
    ? new StdpError(where, reason.argument, reason.problem, { cause: reason })
    : reason;

/** Throws a {@link StdpError} unless `condition` holds. `problem` is built only when it is needed. */
export function ensure(condition: boolean, where: string, argument: string, problem: () => string): asserts condition {
  if (!condition) throw new StdpError(where, argument, problem());
}

/** `value` must never exist: closes an exhaustive switch at compile time. */
export function unreachable(value: never): never {
  throw new StdpError('tfjs-stdp', String(value), 'is none of the known names');
}
