import { addAt, doubleAt, floatAt } from '../../core/at.js';
import type { VoteReadout } from './voteReadout.js';

/** What a vote of each neuron is shared out by: rates[n] / Σ rates[n], of one that never voted for nothing. */
export function sharesOf({ classes, rates }: Pick<VoteReadout, 'classes' | 'rates'>): Float64Array {
  const sums = new Float64Array(rates.length / classes);
  rates.forEach((rate, index) => {
    addAt(sums, Math.floor(index / classes), rate);
  });
  return Float64Array.from(rates, (rate, index) => (rate === 0 ? 0 : rate / doubleAt(sums, Math.floor(index / classes))));
}

/** How much the votes of an image's voters weigh, the first of whom is most like it. @param voters  `[voters, 2]`: neuron, potential. */
export const weighed = (voters: Float32Array, sharpness: number): readonly (readonly [neuron: number, weight: number])[] =>
  Array.from({ length: voters.length / 2 }, (_, rank) => [
    floatAt(voters, 2 * rank),
    Math.exp(sharpness * (floatAt(voters, 2 * rank + 1) - floatAt(voters, 1))),
  ]);

/** The votes of each class for an image. */
export function votesOf(
  { classes, sharpness }: Pick<VoteReadout, 'classes' | 'sharpness'>,
  shares: Float64Array,
  voters: Float32Array,
): Float64Array {
  const votes = new Float64Array(classes);
  for (const [neuron, weight] of weighed(voters, sharpness))
    for (let own = 0; own < classes; own++) addAt(votes, own, weight * doubleAt(shares, neuron * classes + own));
  return votes;
}
