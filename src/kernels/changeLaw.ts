import type { Kernels } from './wasm/binary.js';

/** Codes of weight dependence that the kernels know, as in assembly/dependence.ts. */
export const dependenceCodes = {
  additive: 0,
  step: 1,
  linear: 2,
  relu: 3,
  soft: 4,
  root: 5,
  power: 6,
  oddPower: 7,
  evenPower: 8,
} as const;

/**
 * How a change meets weights, in numbers: w' = clamp(w + etaPlus·f₊(w)·Δ₊ − etaMinus·f₋(w)·Δ₋).
 *
 * @property code  of f, see {@link dependenceCodes}.
 * @property mu    exponent of the powers.
 * @property low   the clamp; infinite without a hard bound.
 */
export interface ChangeLaw {
  readonly code: number;
  readonly etaPlus: number;
  readonly etaMinus: number;
  readonly mu: number;
  readonly wMin: number;
  readonly wMax: number;
  readonly low: number;
  readonly high: number;
}

/** Tells the kernels the law of the changes to come; `share` of each sample counts (1, or 1/batch for a mean). */
export const setLaw = (kernels: Kernels, law: ChangeLaw, share = 1): void =>
  kernels.setLaw(law.code, law.etaPlus * share, law.etaMinus * share, law.mu, law.wMin, law.wMax, law.low, law.high);
