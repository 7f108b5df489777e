/**
 * Rules in the forms and under the names of BindsNET, PySNN and SpikingJelly.
 *
 * @module
 */
export { fedeNeuronStep } from '../neurons/fedeNeuron.js';
export { type BindsnetParams, bindsnetHebbian, bindsnetPostPre, bindsnetWeightDependentPostPre } from '../papers/bindsnetPair.js';
export { type BindsnetRewardParams, bindsnetMstdp, bindsnetMstdpet } from '../papers/bindsnetReward.js';
export {
  type PysnnFedeStdpParams,
  type PysnnMstdpetParams,
  type PysnnTraceParams,
  pysnnFedeStdp,
  pysnnMstdpet,
} from '../papers/pysnn.js';
export { type SpikingJellyParams, spikingJellyMstdp, spikingJellyMstdpet, spikingJellyStdp } from '../papers/spikingJelly.js';
