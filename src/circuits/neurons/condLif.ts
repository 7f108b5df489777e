import { type ParamsOf, paramsSchema } from '../../core/params/schema.js';
import { conductanceFields, membraneFields, resetBelow } from './membrane.js';
import { conductanceReceptors } from './receptors.js';

/**
 * Parameters of `'condLif'`, leaky neurons whose synapses are conductances:
 *
 *     capacitance·dv/dt = leak·(vRest − v) + Σ g·(reversal − v) + current        dg/dt = −g/tau
 *
 * v takes one exponential step with g as it stands.
 */
export interface CondLifNeuronParams extends ParamsOf<typeof membraneFields>, ParamsOf<typeof conductanceFields> {}

/** What completes and checks {@link CondLifNeuronParams}. */
export const condLifNeuron = paramsSchema<CondLifNeuronParams>(
  'condLif',
  { ...membraneFields, ...conductanceFields },
  conductanceReceptors,
  resetBelow,
);
