import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { aRecord, type Check } from '../../core/params/validation.js';
import { membraneFields, resetBelow } from './membrane.js';
import { currentReceptors, type Receptors } from './receptors.js';

const fields = {
  /**
   * Receptors by name: currents I, pA, that decay with `tau`, ms; with `tau` 0 a spike of weight w raises v by w mV. Negative weights
   * inhibit. Default `input` 5.
   */
  receptors: param<Receptors, Receptors>({ input: { tau: 5 } }, aRecord as Check<Receptors>),
};

/**
 * Parameters of `'lif'`, leaky neurons whose synapses are currents:
 *
 *     capacitance·dv/dt = leak·(vRest − v) + Σ I + current        dI/dt = −I/tau
 */
export interface LifNeuronParams extends ParamsOf<typeof membraneFields>, ParamsOf<typeof fields> {}

/** What completes and checks {@link LifNeuronParams}. */
export const lifNeuron = paramsSchema<LifNeuronParams>('lif', { ...membraneFields, ...fields }, currentReceptors, resetBelow);
