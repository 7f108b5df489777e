import type fc from 'fast-check';
import { isRecord } from '../../src/core/trees.js';
import type { Recipe } from './recipes.js';

/**
 * A public function, how it is called as it should be, and other ways to the same result.
 *
 * @property name     as it is exported.
 * @property args     right arguments; slips are made in them afterwards.
 * @property ways     by name: each takes the arguments and answers what comes of them; all must answer the same, or all refuse. The
 *                    first is the function itself.
 * @property own      it refuses in its own name, and makes no NaN of numbers that are none.
 * @property without  kernels play no part: one run is enough.
 * @property skip     arguments that are right, but would take minutes.
 */
export interface Call {
  readonly name: string;
  readonly args: fc.Arbitrary<readonly Recipe[]>;
  readonly ways: { readonly [way: string]: (...args: never[]) => unknown };
  readonly own?: true;
  readonly without?: true;
  readonly skip?: (args: readonly unknown[]) => boolean;
}

/** A call by the function alone. */
export const call = (
  name: string,
  args: fc.Arbitrary<readonly Recipe[]>,
  run: (...args: never[]) => unknown,
  more: Partial<Call> = {},
): Call => ({ name, args, ways: { itself: run }, ...more });

/** The same of a function that refuses in its own name, and makes no NaN of numbers that are none. */
export const ownCall = (
  name: string,
  args: fc.Arbitrary<readonly Recipe[]>,
  run: (...args: never[]) => unknown,
  more: Partial<Call> = {},
): Call => call(name, args, run, { own: true, ...more });

/** Whether as many values as memory holds are asked for, which takes minutes. */
export const asksForGigabytes = (args: readonly unknown[]): boolean =>
  args.flatMap((arg) => (isRecord(arg) ? Object.values(arg) : [arg])).some((arg) => typeof arg === 'number' && arg > 1e6);
