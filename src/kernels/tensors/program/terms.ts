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
export const termsOf = (
  kernels: RuleKernels,
  registers: Registers,
  terms: readonly ProgramTerm[],
  modulation: number,
): ChangeTerms => ({
  plus: sideOf(kernels, registers, terms, modulation),
  minus: sideOf(kernels, registers, terms, -modulation),
});

function sideOf(
  kernels: RuleKernels,
  registers: Registers,
  terms: readonly ProgramTerm[],
  modulation: number,
): readonly TermAddresses[] {
  const side = terms.filter(({ rate }) => rate * modulation > 0);
  const open = new Set(side);
  const products: TermAddresses[] = [];
  for (const term of side) {
    if (!open.has(term)) continue;
    const [samePre, samePost] = [side.filter(({ pre }) => pre === term.pre), side.filter(({ post }) => post === term.post)];
    const shared = (samePre.length >= samePost.length ? samePre : samePost).filter((other) => open.has(other));
    for (const other of shared) open.delete(other);
    products.push(
      samePre.length >= samePost.length
        ? { pre: addressOf(registers, term.pre), post: weighted(kernels, registers, shared, 'post', modulation) }
        : { pre: weighted(kernels, registers, shared, 'pre', modulation), post: addressOf(registers, term.post) },
    );
  }
  return products;
}

/** Σ rate·modulation·factor over terms. */
function weighted(
  kernels: RuleKernels,
  registers: Registers,
  terms: readonly ProgramTerm[],
  factor: 'pre' | 'post',
  modulation: number,
): number {
  const [first, ...others] = terms.map((term) => ({ register: term[factor], rate: term.rate * modulation }));
  if (first === undefined) return 0;
  const { register, rate } = first;
  const from = addressOf(registers, register);
  if (others.length === 0 && rate === 1) return from;
  const words = at(registers.words, register);
  const sum = registers.take(words);
  kernels.traceStep(words, from, from, sum, rate, 0, false);
  for (const other of others) kernels.traceStep(words, sum, addressOf(registers, other.register), sum, 1, other.rate, false);
  return sum;
}

const addressOf = ({ addresses }: Registers, register: number): number => at(addresses, register);
