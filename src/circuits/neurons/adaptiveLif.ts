import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { scalar, timeConstantScalar } from '../../core/params/validation.js';
import { conductanceFields, membraneFields, resetBelow } from './membrane.js';
import { conductanceReceptors } from './receptors.js';

const fields = {
  /** What a spike adds to theta, mV. Default 0.05. */
  thetaPlus: param(0.05, scalar),
  /** Time constant of theta, ms; Infinity never decays. Default 1e7. */
  tauTheta: param(1e7, timeConstantScalar),
};

/**
 * Parameters of `'adaptiveLif'`: those of {@link CondLifNeuronParams}, with a threshold vTh + theta that rises with each spike.
 *
 *     theta' = theta·exp(−dt/tauTheta) + thetaPlus at a spike
 */
export interface AdaptiveLifNeuronParams
  extends ParamsOf<typeof membraneFields>,
    ParamsOf<typeof conductanceFields>,
    ParamsOf<typeof fields> {}

/** What completes and checks {@link AdaptiveLifNeuronParams}. */
export const adaptiveLifNeuron = paramsSchema<AdaptiveLifNeuronParams>(
  'adaptiveLif',
  { ...membraneFields, ...conductanceFields, ...fields },
  conductanceReceptors,
  resetBelow,
);
