import { right } from 'fp-ts/lib/Either.js';
import { refuse } from '../core/errors.js';
import type { Relation } from '../core/params/schema.js';
import { type Check, oneOf } from '../core/params/validation.js';

/**
 * Which halves of a rule a simultaneous pre and post spike acts on: both, that of the post spike (which reads the presynaptic
 * trace), that of the pre spike, or none. A trace holds the present spike where it does, and where it doesn't is read before.
 *
 * The default of such rules is `'both'`, as in the systems that they come from: once in each half. Where both halves have the same
 * sign, a coincident pair therefore moves a weight by both rates; with `'post'` or `'pre'` it counts once, as every other pair.
 */
export type Coincidence = 'both' | 'post' | 'pre' | 'none';

/** The check of {@link Coincidence}. */
export const aCoincidence: Check<Coincidence> = oneOf('both', 'post', 'pre', 'none');

/** Whether the presynaptic and the postsynaptic trace are read with the present spikes in them. */
export interface Present {
  readonly pre: boolean;
  readonly post: boolean;
}

/** What a rule with such halves reads. */
export const presentIn = (coincidence: Coincidence): Present => ({
  pre: coincidence === 'both' || coincidence === 'post',
  post: coincidence === 'both' || coincidence === 'pre',
});

/** The same where the post spike's half is potentiation and the pre spike's depression. */
export const presentInSides = (coincidence: 'both' | 'potentiation' | 'depression' | 'none'): Present => ({
  pre: coincidence === 'both' || coincidence === 'potentiation',
  post: coincidence === 'both' || coincidence === 'depression',
});

/**
 * Refuses to tell halves of a coincident pair apart where traces are read between two samples (`delayed`): whether a spike at the
 * older sample coincides depends on the delay there.
 */
export const separable: Relation<{ readonly coincidence: Coincidence; readonly delayed: boolean }> = (params, where) =>
  params.coincidence === 'both' || !params.delayed
    ? right(undefined)
    : refuse(where, 'coincidence', `must be 'both' where delayed is true, got '${params.coincidence}'`);
