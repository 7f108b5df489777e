import { at } from '../../../core/at.js';
import type { ChangeTerms, TermAddresses } from '../../changeTerms.js';
import type { RuleKernels } from '../../module/ruleKernels.js';
import type { ProgramTerm } from './program.js';

/** Where registers are, and room for scaled ones. */
export interface Registers {
  readonly addresses: readonly number[];
  readonly words: readonly number[];
  /** The address of so many words that nobody else uses in this step. */
  take(words: number): number;
}

/**
 * The sides of a change, with the rates in one factor of each product. Products that share a factor are one:
 * r₁·x ⊗ y + r₂·x ⊗ z = x ⊗ (r₁·y + r₂·z).
 */
export function termsOf(
  kernels: RuleKernels,
  { addresses, words, take }: Registers,
  terms: readonly ProgramTerm[],
  modulation: number,
): ChangeTerms {
  /** Σ rate·sign·factor over terms. */
  const weighted = (shared: readonly ProgramTerm[], factor: 'pre' | 'post', sign: number): number => {
    const [first, ...others] = shared.map((term) => ({ register: term[factor], rate: term.rate * sign }));
    if (first === undefined) return 0;
    const from = at(addresses, first.register);
    if (others.length === 0 && first.rate === 1) return from;
    const count = at(words, first.register);
    const sum = take(count);
    kernels.traceStep(count, from, from, sum, first.rate, 0, false);
    for (const { register, rate } of others) kernels.traceStep(count, sum, at(addresses, register), sum, 1, rate, false);
    return sum;
  };
  const sideOf = (sign: number): readonly TermAddresses[] => {
    const side = terms.filter(({ rate }) => rate * sign > 0);
    const open = new Set(side);
    return side.flatMap((term) => {
      if (!open.has(term)) return [];
      const [samePre, samePost] = [side.filter(({ pre }) => pre === term.pre), side.filter(({ post }) => post === term.post)];
      const byPre = samePre.length >= samePost.length;
      const shared = (byPre ? samePre : samePost).filter((other) => open.has(other));
      for (const other of shared) open.delete(other);
      return byPre
        ? { pre: at(addresses, term.pre), post: weighted(shared, 'post', sign) }
        : { pre: weighted(shared, 'pre', sign), post: at(addresses, term.post) };
    });
  };
  return { plus: sideOf(modulation), minus: sideOf(-modulation) };
}
