import fc, { type IAsyncProperty, type IProperty, type Parameters } from '../../node_modules/fast-check/lib/fast-check.js';

/** How many random cases a property has to find a mutant in: instrumented code is slow. */
const most = 60;

/**
 * What specs import as fast-check while mutants are tried: few cases, always the same, so that what survives once survives
 * again; and nobody looks for the smallest one that fails, which takes longer than to find one.
 */
const assert = <Ts>(property: IAsyncProperty<Ts> | IProperty<Ts>, given: Parameters<Ts> = {}): Promise<void> | void =>
  fc.assert(property as IProperty<Ts>, {
    seed: 1,
    ...given,
    numRuns: Math.min(most, given.numRuns ?? most),
    endOnFailure: true,
  });

export default { ...fc, assert };
