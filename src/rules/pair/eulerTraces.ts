import { chain, right } from 'fp-ts/lib/Either.js';
import type { Validated } from '../../core/errors.js';
import { stableEuler } from '../../core/stableEuler.js';
import type { Integration } from '../../traces/exponentialTrace.js';

/** Refuses time constants that traces by Euler steps would explode with, see {@link stableEuler}. */
export const eulerTraces = <P extends { readonly dt: number; readonly integration: Integration }>(
  where: string,
  ...names: readonly (keyof P & string)[]
): ((validated: Validated<P>) => Validated<P>) =>
  chain((params) => (params.integration === 'euler' ? stableEuler(where, params, names) : right(params)));
