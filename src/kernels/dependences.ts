// The factors by which changes depend on weights. From here they are written in AssemblyScript (scripts/kernels/dependence.mjs), in
// WGSL (webgpu/changeCode.ts) and as operations on tensors (updates/weightDependence.ts): another one is a line here.

/**
 * How the size of a change depends on the weight before it, with headroom up `u = wMax − w` and headroom down `d = w − wMin`:
 *
 * | name | potentiation × | depression × |
 * |---|---|---|
 * | `additive` | 1 | 1 |
 * | `additiveStep` | [u > 0] | [d > 0] |
 * | `multiplicativePow` | u^μ | d^μ |
 * | `multiplicativeRelu` | max(0, u) | max(0, d) |
 * | `soft` | d·u | d·u |
 *
 * `multiplicativePow` beyond a bound: an integer μ takes the power as it is (with μ = 1 the factor turns negative and
 * pushes the weight back, as in Norse); a fractional μ gives 0, the limit at the bound, where Norse gives NaN, and so
 * does any μ per neuron or as a tensor.
 */
export type WeightDependence = 'additive' | 'additiveStep' | 'multiplicativePow' | 'multiplicativeRelu' | 'soft';

/** What a factor is made of, in some language: text of a program, or tensors. */
export interface FactorLanguage<T> {
  readonly one: T;
  /** What is left on the side of the change: wMax − w for potentiation, w − wMin for depression. */
  readonly headroom: T;
  /** What is left on the other side. */
  readonly rest: T;
  readonly times: (a: T, b: T) => T;
  /** 1 where a > 0, else 0. */
  readonly positive: (a: T) => T;
  /** max(a, 0). */
  readonly relu: (a: T) => T;
}

/** A language that has powers as well. */
export interface PowerLanguage<T> extends FactorLanguage<T> {
  readonly mu: T;
  /** √a where a > 0, else 0. */
  readonly root: (a: T) => T;
  /** a^μ where a > 0, else 0. */
  readonly power: (a: T, mu: T) => T;
  readonly abs: (a: T) => T;
  /** a, not negative, with the sign of another value. */
  readonly signed: (a: T, sign: T) => T;
}

/** The factors of all dependences but `multiplicativePow`. */
export const namedFactors = {
  additive: ({ one }) => one,
  additiveStep: ({ headroom, positive }) => positive(headroom),
  multiplicativeRelu: ({ headroom, relu }) => relu(headroom),
  soft: ({ headroom, rest, times }) => times(headroom, rest),
} satisfies { readonly [name in Exclude<WeightDependence, 'multiplicativePow'>]: <T>(language: FactorLanguage<T>) => T };

/** Those of `multiplicativePow`, by its exponent. */
const powers = {
  linear: ({ headroom }) => headroom,
  root: ({ headroom, root }) => root(headroom),
  power: ({ headroom, mu, power }) => power(headroom, mu),
  oddPower: ({ headroom, mu, abs, power, signed }) => signed(power(abs(headroom), mu), headroom),
  evenPower: ({ headroom, mu, abs, power }) => power(abs(headroom), mu),
} satisfies { readonly [name: string]: <T>(language: PowerLanguage<T>) => T };

type FactorName = keyof typeof namedFactors | keyof typeof powers;

/** All factors that kernels know, in the order of their codes. */
export const factors: readonly (readonly [name: FactorName, factor: <T>(language: PowerLanguage<T>) => T])[] = Object.entries({
  ...namedFactors,
  ...powers,
}) as [FactorName, <T>(language: PowerLanguage<T>) => T][];

/** By which number kernels know a factor. */
export const dependenceCodes = Object.fromEntries(factors.map(([name], code) => [name, code])) as {
  readonly [name in FactorName]: number;
};

/** The code of a dependence whose exponent is one number. */
export function codeOf(dependence: WeightDependence, mu: number): number {
  if (dependence !== 'multiplicativePow') return dependenceCodes[dependence];
  if (mu === 0) return dependenceCodes.additive;
  if (mu === 0.5) return dependenceCodes.root;
  if (mu === 1) return dependenceCodes.linear;
  if (!Number.isInteger(mu)) return dependenceCodes.power;
  return mu % 2 === 0 ? dependenceCodes.evenPower : dependenceCodes.oddPower;
}
