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

/** Fields of every case that say something to a reader. */
export const words: { readonly [path: string]: string } = {
  source: 'where the peer and its commit are named',
  case: 'words about the case',
  layout: 'words about its axes',
};
