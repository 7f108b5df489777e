import { frozen } from '../../core/frozen.js';
import { aFunction, either, type Numeric, oneOf, positiveScalar, rate, timeConstant } from '../../core/params/validation.js';
import type { BatchReduction } from '../../updates/batchReduction.js';
import type { Gate } from './spikePairs.js';
import { aKernel, type StdpKernel } from './stdpKernels.js';

/**
 * What every rule over pairs of latest spikes has.
 *
 * @property dt              step, ms. Default 1.
 * @property gate            see {@link Gate}. Default `'spike'`; Inferno's rules are `'always'`.
 * @property batchReduction  how samples of a batch combine, see {@link BatchReduction}. Default `'mean'` (`'sum'` of the
 *                           rules with a reward).
 */
export interface SpikePairParams {
  readonly dt: number;
  readonly gate: Gate;
  readonly batchReduction: BatchReduction;
}

/** The defaults of {@link SpikePairParams}. */
export const spikePairDefaults: SpikePairParams = frozen({ dt: 1, gate: 'spike', batchReduction: 'mean' });

/** One check for each of {@link SpikePairParams}. */
export const spikePairChecks = {
  dt: positiveScalar,
  gate: oneOf('spike', 'always'),
  batchReduction: either(oneOf('sum', 'mean', 'max'), aFunction),
};

/**
 * A window of two free halves.
 *
 * @property kernelPost  the half of Δ ≥ 0, see {@link StdpKernel}. Default exponential, eta 0.001, tau 20 ms.
 * @property kernelPre   the half of Δ < 0. Default exponential, eta −0.001, tau 20 ms.
 */
export interface KernelWindowParams {
  readonly kernelPost: StdpKernel;
  readonly kernelPre: StdpKernel;
}

/** The defaults of {@link KernelWindowParams}. */
export const kernelWindowDefaults: KernelWindowParams = frozen({
  kernelPost: { kernel: 'exponential', eta: 1e-3, tau: 20 },
  kernelPre: { kernel: 'exponential', eta: -1e-3, tau: 20 },
});

/** One check for each of {@link KernelWindowParams}. */
export const kernelWindowChecks = { kernelPost: aKernel, kernelPre: aKernel };

/**
 * A window of two exponentials, one that raises and one that lowers.
 *
 * @property etaPlus   rate of the half that raises; negative: it lowers. Default 0.001.
 * @property etaMinus  rate of the half that lowers; negative: it raises. Default 0.001.
 * @property tauPlus   time constant of the half that raises, ms. Default 20.
 * @property tauMinus  time constant of the half that lowers, ms. Default 20.
 */
export interface RateWindowParams {
  readonly etaPlus: Numeric;
  readonly etaMinus: Numeric;
  readonly tauPlus: Numeric;
  readonly tauMinus: Numeric;
}

/** The defaults of {@link RateWindowParams}. */
export const rateWindowDefaults: RateWindowParams = frozen({ etaPlus: 1e-3, etaMinus: 1e-3, tauPlus: 20, tauMinus: 20 });

/** One check for each of {@link RateWindowParams}. */
export const rateWindowChecks = {
  etaPlus: rate,
  etaMinus: rate,
  tauPlus: timeConstant,
  tauMinus: timeConstant,
};
