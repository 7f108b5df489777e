import { orThrow } from '../../core/errors.js';
import { aRecord, ensureIs, integerFrom, nothingMore, oneOf, validateParams } from '../../core/params/validation.js';

/** What a decision turned out to be: right, wrong, or none at all. */
export type Outcome = 'hit' | 'miss' | 'silent';

/** How many decisions went which way; plain numbers, all 0 to begin with. */
export interface OutcomeCounts {
  readonly hit: number;
  readonly miss: number;
  readonly silent: number;
}

/** Nothing decided yet. */
export const noOutcomes: OutcomeCounts = { hit: 0, miss: 0, silent: 0 };

/**
 * The counts with one more outcome.
 *
 * @example
 * countOutcome({ hit: 3, miss: 1, silent: 0 }, 'miss');   // => { hit: 3, miss: 2, silent: 0 }
 */
export function countOutcome(counts: OutcomeCounts, outcome: Outcome): OutcomeCounts {
  const counted = checkCounts(counts, 'countOutcome');
  ensureIs(anOutcome, outcome, 'countOutcome', 'outcome');
  return { ...counted, [outcome]: counted[outcome] + 1 };
}

const anOutcome = oneOf('hit', 'miss', 'silent');
const aCount = integerFrom(0);

const checkCounts = (counts: OutcomeCounts, where: string): OutcomeCounts => {
  ensureIs(aRecord, counts, where, 'counts');
  return orThrow(validateParams(where, {} as OutcomeCounts, counts, { hit: aCount, miss: aCount, silent: aCount }, 'counts'));
};

/**
 * The reward of one decision, scaled by how things have gone, so that a network that is mostly right learns from its
 * mistakes and one that is mostly wrong from what it got right:
 *
 *     hit: + misses / all        miss: − hits / all        silent: 0        (all = 0: ±1)
 *
 * Multiplies the rates of {@link rewardStdp} and {@link rewardStdpWinners}.
 *
 * @param outcome  of this decision.
 * @param counts   of the decisions before it (Mozafari et al.: those of one pass through the training set).
 * @throws {StdpError} when a count is negative.
 *
 * Source: Mozafari et al. 2018; SpykeTorch's example MozafariDeep.
 *
 * @example
 * rewardOf('miss', { hit: 3, miss: 1, silent: 0 });   // => -0.75
 */
export function rewardOf(outcome: Outcome, counts: OutcomeCounts, ...more: readonly never[]): number {
  nothingMore(more, 'rewardOf', 'rewardOf(outcome, counts)');
  const { hit, miss, silent } = checkCounts(counts, 'rewardOf');
  ensureIs(anOutcome, outcome, 'rewardOf', 'outcome');
  if (outcome === 'silent') return 0;
  const all = hit + miss + silent;
  const size = all === 0 ? 1 : (outcome === 'hit' ? miss : hit) / all;
  return outcome === 'hit' ? size : -size;
}
