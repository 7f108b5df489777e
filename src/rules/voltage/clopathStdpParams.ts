import type { Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import {
  aFunction,
  either,
  finiteNumber,
  flag,
  type Numeric,
  nonNegativeScalar,
  oneOf,
  positiveScalar,
  rate,
  scalar,
  timeConstant,
  validateParams,
} from '../../core/params/validation.js';
import type { BatchReduction } from '../../updates/batchReduction.js';
import { orderedBounds } from '../boundParams.js';

/**
 * Parameters of voltage-based plasticity. Defaults are those of the paper for visual cortex.
 *
 * @property dt              step, ms. Default 1. Potentials change fast near a spike: 0.1 to 0.25 is usual.
 * @property tauPre          time constant of the presynaptic trace, ms. Default 15.
 * @property tauMinus        time constant of the potential that depression reads, ms. Default 10.
 * @property tauPlus         time constant of the potential that potentiation reads, ms. Default 7.
 * @property delay           how far back the filtered potentials lie, ms; a width of action potentials keeps a spike from
 *                           potentiating by itself. Default 0.
 * @property etaPlus         amplitude of potentiation, 1/mV². Default 8e-5.
 * @property etaMinus        amplitude of depression, 1/mV. Default 14e-5.
 * @property thetaPlus       potential above which the neuron is taken to spike, mV. Default −45.3.
 * @property thetaMinus      potential above which a filtered potential acts, mV. Default −70.6.
 * @property uRest           potential before the first step, mV; without a voltage, that of a silent neuron. Default −70.6.
 * @property uSpike          without a voltage, the potential in a step with a spike, mV. Default 33.
 * @property wMin            lower bound of the weights. Default 0.
 * @property wMax            upper bound of the weights. Default 1.
 * @property hardBound       whether weights are clamped to the bounds after each step. Default true.
 * @property batchReduction  how samples of a batch combine, see {@link BatchReduction}. Default `'sum'`.
 */
export interface ClopathStdpParams {
  readonly dt: number;
  readonly tauPre: Numeric;
  readonly tauMinus: Numeric;
  readonly tauPlus: Numeric;
  readonly delay: number;
  readonly etaPlus: Numeric;
  readonly etaMinus: Numeric;
  readonly thetaPlus: Numeric;
  readonly thetaMinus: Numeric;
  readonly uRest: number;
  readonly uSpike: number;
  readonly wMin: number;
  readonly wMax: number;
  readonly hardBound: boolean;
  readonly batchReduction: BatchReduction;
}

/** The defaults of {@link ClopathStdpParams}. */
export const clopathStdpDefaults: ClopathStdpParams = frozen({
  dt: 1,
  tauPre: 15,
  tauMinus: 10,
  tauPlus: 7,
  delay: 0,
  etaPlus: 8e-5,
  etaMinus: 14e-5,
  thetaPlus: -45.3,
  thetaMinus: -70.6,
  uRest: -70.6,
  uSpike: 33,
  wMin: 0,
  wMax: 1,
  hardBound: true,
  batchReduction: 'sum',
});

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateClopathStdpParams({ delay: -1 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'clopathStdp: delay must be a number ≥ 0, got -1'
 */
export const validateClopathStdpParams = (given?: Partial<ClopathStdpParams>): Validated<ClopathStdpParams> =>
  orderedBounds<ClopathStdpParams>('clopathStdp')(
    validateParams('clopathStdp', clopathStdpDefaults, given, {
      dt: positiveScalar,
      tauPre: timeConstant,
      tauMinus: timeConstant,
      tauPlus: timeConstant,
      delay: nonNegativeScalar,
      etaPlus: rate,
      etaMinus: rate,
      thetaPlus: finiteNumber,
      thetaMinus: finiteNumber,
      uRest: scalar,
      uSpike: scalar,
      wMin: scalar,
      wMax: scalar,
      hardBound: flag,
      batchReduction: either(oneOf('sum', 'mean', 'max'), aFunction),
    }),
  );
