import { isLeft } from 'fp-ts/lib/Either.js';
import { ensure, orThrow, StdpError, type Validated } from '../../core/errors.js';
import { aFunction, type Check, type Checks, integerFrom, optional, validateParams } from '../../core/params/validation.js';
import { show } from '../../core/show.js';

const accept =
  (expected: string, accepts: (value: object) => boolean): Check =>
  (value) =>
    typeof value === 'object' && value !== null && accepts(value)
      ? { _tag: 'Right', right: value }
      : { _tag: 'Left', left: expected };

/** What stops work. */
export const aSignal: Check = optional(
  accept("an AbortSignal, such as an AbortController's", (value) => typeof (value as Partial<AbortSignal>).aborted === 'boolean'),
);

/** Who works on images. */
export const aWorkerPool: Check = optional(
  accept('a pool, such as threadPool(4)', (value) => {
    const { size, ...workers } = value as { readonly [name: string]: unknown };
    const works = ['bytes', 'floats', 'share', 'begin'].every((name) => typeof workers[name] === 'function');
    return works && integerFrom(1)(size)._tag === 'Right';
  }),
);

/** Who is told. */
export const aListener: Check = optional(aFunction);

/**
 * Options as they were given.
 *
 * @throws {StdpError} when one isn't known or isn't what it must be.
 */
export const checkedOptions = <Options extends object>(given: Options, where: string, checks: Checks<Options>): Options =>
  orThrow(validateParams<Options>(where, {} as Options, given, checks, 'options'));

/**
 * A network that a smart constructor has checked, or its refusal in the name of who was given it.
 *
 * @throws {StdpError} that names the part of the network, `network.layers[0].threshold`.
 */
export const checkedSpec = <Spec extends object>(validate: (given: Spec) => Validated<Spec>, given: Spec, where: string): Spec =>
  checkedBy(validate, given, where, 'spec', (part) => part);

/** The same of one part, which messages call `argument`. */
export const checkedPart = <Part extends object>(
  validate: (given: Part) => Validated<Part>,
  given: Part,
  where: string,
  argument: string,
): Part => checkedBy(validate, given, where, argument, () => argument);

function checkedBy<Spec extends object>(
  validate: (given: Spec) => Validated<Spec>,
  given: Spec,
  where: string,
  argument: string,
  nameOf: (part: string) => string,
): Spec {
  const isSpec = typeof given === 'object' && given !== null && !('_tag' in given);
  ensure(isSpec, where, argument, () => `must be what orThrow(validate…(…)) gives, got ${show(given)}`);
  ensure(!('network' in given && 'summary' in given), where, argument, () => 'is a preset: give its network');
  const checked = validate(given);
  if (!isLeft(checked)) return checked.right;
  const { where: part, argument: own, message } = checked.left;
  const name = own === 'it' ? nameOf(part) : `${nameOf(part)}.${own}`;
  throw new StdpError(where, name, message.slice(`${part}: ${own} `.length));
}
