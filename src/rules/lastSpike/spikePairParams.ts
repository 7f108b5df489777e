import { type ParamsOf, param } from '../../core/params/schema.js';
import { positiveScalar, rate, timeConstant } from '../../core/params/validation.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import { aGate } from './spikePairs.js';
import { aKernel } from './stdpKernels.js';

/** The parameters of {@link SpikePairParams}. */
export const spikePairFields = {
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
  /** See {@link Gate}. Default `'spike'`; Inferno's rules are `'always'`. */
  gate: param('spike', aGate),
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'mean'` (`'sum'` of the rules with a reward). */
  batchReduction: param('mean', aBatchReduction),
};

/** What every rule over pairs of latest spikes has. */
export interface SpikePairParams extends ParamsOf<typeof spikePairFields> {}

/** The parameters of {@link KernelWindowParams}. */
export const kernelWindowFields = {
  /** The half of Δ ≥ 0, see {@link StdpKernel}. Default exponential, eta 0.001, tau 20 ms. */
  kernelPost: param({ kernel: 'exponential', eta: 1e-3, tau: 20 }, aKernel),
  /** The half of Δ < 0. Default exponential, eta −0.001, tau 20 ms. */
  kernelPre: param({ kernel: 'exponential', eta: -1e-3, tau: 20 }, aKernel),
};

/** A window of two free halves. */
export interface KernelWindowParams extends ParamsOf<typeof kernelWindowFields> {}

/** The parameters of {@link RateWindowParams}. */
export const rateWindowFields = {
  /** Rate of the half that raises; negative: it lowers. Default 0.001. */
  etaPlus: param(1e-3, rate),
  /** Rate of the half that lowers; negative: it raises. Default 0.001. */
  etaMinus: param(1e-3, rate),
  /** Time constant of the half that raises, ms. Default 20. */
  tauPlus: param(20, timeConstant),
  /** Time constant of the half that lowers, ms. Default 20. */
  tauMinus: param(20, timeConstant),
};

/** A window of two exponentials, one that raises and one that lowers. */
export interface RateWindowParams extends ParamsOf<typeof rateWindowFields> {}
