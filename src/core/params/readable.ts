import { flatten, tryCatch } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { StdpError, type Validated } from '../errors.js';
import { messageOf } from '../show.js';

/** What `validate` answers; a value that throws as it is read, by a getter or as a revoked proxy, is refused as well. */
export const readable = <A>(where: string, argument: string, validate: () => Validated<A>): Validated<A> =>
  pipe(
    tryCatch(validate, (cause) => new StdpError(where, argument, `can't be read: ${messageOf(cause)}`, { cause })),
    flatten,
  );
