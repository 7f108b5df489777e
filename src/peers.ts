/**
 * Rules in the forms and under the names of BindsNET, PySNN and SpikingJelly.
 *
 * @module
 */
export { fedeNeuronStep } from './neurons/fedeNeuron.js';
export {
  type BindsnetParams,
  type BindsnetRewardParams,
  bindsnetHebbian,
  bindsnetMstdp,
  bindsnetMstdpet,
  bindsnetPostPre,
  bindsnetWeightDependentPostPre,
} from './papers/bindsnet.js';
export {
  type PysnnFedeStdpParams,
  type PysnnMstdpetParams,
  type PysnnTraceParams,
  pysnnFedeStdp,
  pysnnMstdpet,
} from './papers/pysnn.js';
export { type SpikingJellyParams, spikingJellyMstdp, spikingJellyMstdpet, spikingJellyStdp } from './papers/spikingJelly.js';
