import type { GoldenCase } from './load.js';
import type { Dice } from './loops/dice.js';

/** What a peer computes, in plain loops over numbers, apart from the library. */
export interface Loops {
  /**
   * What a case holds under `expected`, as the peer computes it, with its defects. Some forms have what goes in under
   * `expected` too: it is taken from there, and given back.
   */
  expected(golden: GoldenCase): object;
  /** Another case of the same form, with other settings, shapes and data; under `expected` at most what goes in. */
  draw(dice: Dice): Pick<GoldenCase, 'params' | 'inputs'> & Partial<Pick<GoldenCase, 'expected'>>;
}

/**
 * Golden cases of one form: the same fields, checked in the same way. A case that is put into the folder is checked when
 * its form is known.
 *
 * @property cases   beginning of their names.
 * @property when    which of the cases so named, told by their fields; all of them unless given.
 * @property check   compares the library with a case; everything it needs to know comes from the case. Where all is slow,
 *                   most cases are not checked `thoroughly`: only the way that matters most is tried.
 * @property loops   computes what such cases expect, and makes others.
 * @property unread  fields of a case that can't be checked, each with its reason.
 */
export interface Form {
  readonly cases: string;
  when?(golden: GoldenCase): boolean;
  check(golden: GoldenCase, thoroughly: boolean): Promise<void>;
  readonly loops: Loops;
  unread?(golden: GoldenCase): { readonly [path: string]: string };
}

/**
 * Whether a place of a case is for a reader alone: `source` names the peer and its commit, `case` and `layout` say in words
 * what it is, `dtype` with which precision the peer computed (all is float32 here).
 */
export const isWords = (path: string): boolean => ['source', 'case', 'layout'].includes(path) || path.endsWith('.dtype');
