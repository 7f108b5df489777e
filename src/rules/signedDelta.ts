import * as tf from '@tensorflow/tfjs-core';
import type { Delta, FactorPair, Term } from '../updates/delta.js';

/** Half of an update with a signed rate: positive rates potentiate, negative ones depress. */
export interface SignedHalf {
  readonly rate: number;
  readonly term: Term;
}

/**
 * Sorts signed halves into the two sides of a Delta, each scaled by |rate|, so that bounds act on the direction of the
 * change and not on its name. Two positive rates leave the depression side empty, and the other way round.
 *
 * Source: Inferno's sign table (Hebbian, anti-Hebbian, potentiative, depressive).
 */
export function signedDelta(halves: readonly SignedHalf[]): Delta {
  const side = (sign: boolean) =>
    halves.filter(({ rate }) => rate >= 0 === sign).map(({ rate, term }) => scaled(term, Math.abs(rate)));
  return { potentiation: side(true), depression: side(false) };
}

/** A term times a constant. */
export function scaled(term: Term, factor: number): Term {
  if ('perSample' in term) return { perSample: tf.mul(term.perSample, factor) };
  return scaledPair(term, factor);
}

const scaledPair = (pair: FactorPair, factor: number): FactorPair =>
  pair.post === 1 ? { pre: tf.mul(pair.pre, factor), post: 1 } : { ...pair, post: tf.mul(pair.post, factor) };
