import { right } from 'fp-ts/lib/Either.js';
import { refuse } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema, type Relation } from '../../core/params/schema.js';
import { nonNegativeScalar, positiveScalar, scalar } from '../../core/params/validation.js';

const fields = {
  /** Time constant of the membrane, ms. Default 10. */
  tauMem: param(10, positiveScalar),
  /** Time constant of the synapses and of the afterpotential, ms, another. Default 2.5. */
  tauSyn: param(2.5, positiveScalar),
  /** Threshold: a neuron fires strictly above. Default 500. */
  vTh: param(500, positiveScalar),
  /** Potential after a spike, in thresholds. Default 2. */
  spikeHeight: param(2, scalar),
  /** Strength of the negative potential after it: K2·(tauMem − tauSyn)/tauMem of Masquelier et al., 4 there. Default 3. */
  afterpotential: param(3, nonNegativeScalar),
  /** How long it can't fire again, ms, a whole number of steps; the potential goes on. Default 1. */
  tauRefractory: param(1, nonNegativeScalar),
};

/**
 * Parameters of `'spikeResponse'` neurons, with one receptor, `input`; v, g and a take exact steps together:
 *
 *     dv/dt = −v/tauMem + X·g/tauMem − afterpotential·vTh·a/tauSyn        dg/dt = −g/tauSyn        da/dt = −a/tauSyn
 *     X = (tauSyn/tauMem)^(tauMem/(tauSyn − tauMem))        a spike: v = spikeHeight·vTh, g = 0, a = 1
 *
 * A spike of weight w alone raises v by w at most.
 *
 * Source: Gerstner's spike response model, in the form that Hathway and Goodman 2018 gave that of Masquelier, Guyonneau and Thorpe 2008.
 */
export interface SpikeResponseNeuronParams extends ParamsOf<typeof fields> {}

const twoTimes: Relation<{ readonly tauMem: number; readonly tauSyn: number }> = ({ tauMem, tauSyn }, where) =>
  tauMem !== tauSyn ? right(undefined) : refuse(where, 'tauSyn', `must be another than tauMem, got ${tauSyn} for both`);

/** What completes and checks {@link SpikeResponseNeuronParams}. */
export const spikeResponseNeuron = paramsSchema<SpikeResponseNeuronParams>('spikeResponse', fields, twoTimes);
