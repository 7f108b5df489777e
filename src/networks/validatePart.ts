import { refuse, type Validated } from '../core/errors.js';
import { readable } from '../core/params/readable.js';
import { type Checks, validateParams } from '../core/params/validation.js';
import { show } from '../core/show.js';

/**
 * The checked fields of one part of a network. Settings and files can bring anything, so it may be no record at all.
 *
 * @param where  the part, such as `network.layers[0]`.
 */
export const validatePart = <P extends object>(
  where: string,
  defaults: P,
  given: Partial<P> | undefined,
  checks: Checks<P>,
): Validated<P> =>
  readable(where, 'it', () =>
    given === undefined || (typeof given === 'object' && given !== null && !Array.isArray(given))
      ? validateParams(where, defaults, given, checks)
      : refuse(where, 'it', `must be a record of parameters, got ${show(given)}`),
  );
