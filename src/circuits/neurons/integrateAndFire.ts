import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { aRecord, type Check, nonNegativeScalar, scalar } from '../../core/params/validation.js';
import { resetBelow } from './membrane.js';
import { currentReceptors, type Receptors } from './receptors.js';

const fields = {
  /** Threshold: a neuron fires strictly above. Default 1. */
  vTh: param(1, scalar),
  /** Potential after a spike. Default 0. */
  vReset: param(0, scalar),
  /** How long it is held there, ms, a whole number of steps. Default 0. */
  tauRefractory: param(0, nonNegativeScalar),
  /** Steady current, 1/ms. Default 0. */
  current: param(0, scalar),
  /**
   * Receptors by name: currents I, 1/ms, that decay with `tau`, ms; with `tau` 0 a spike of weight w raises v by w. Default `input` 0.
   */
  receptors: param<Receptors, Receptors>({ input: { tau: 0 } }, aRecord as Check<Receptors>),
};

/**
 * Parameters of `'integrateAndFire'`, neurons without a leak: dv/dt = Σ I + current, dimensionless.
 */
export interface IntegrateAndFireNeuronParams extends ParamsOf<typeof fields> {}

/** What completes and checks {@link IntegrateAndFireNeuronParams}. */
export const integrateAndFireNeuron = paramsSchema<IntegrateAndFireNeuronParams>(
  'integrateAndFire',
  fields,
  currentReceptors,
  resetBelow,
);
