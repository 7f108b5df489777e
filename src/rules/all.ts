/**
 * Every learning rule, and what belongs to it. Adding a rule is one file and its line here: the library exports it,
 * {@link ruleFromJSON} knows it by its name, and laws, gradients, windows and FEATURES.md take it in. What stands here
 * with defaults is a rule: `pairStdp` and `pairStdpDefaults`.
 *
 * @module
 */

export {
  type FedeState,
  type FedeStdpParams,
  fedeStdp,
  fedeStdpDefaults,
  fedeUpdate,
  validateFedeStdpParams,
} from './homeostasis/fedeStdp.js';
export {
  type HomeostasisParams,
  type HomeostasisState,
  homeostasis,
  homeostasisDefaults,
  validateHomeostasisParams,
} from './homeostasis/homeostasis.js';
export {
  type DelayAdjustedKernelStdpDelayParams,
  type DelayAdjustedKernelStdpParams,
  delayAdjustedKernelStdp,
  delayAdjustedKernelStdpDefaults,
  delayAdjustedKernelStdpDelay,
  delayAdjustedKernelStdpDelayDefaults,
  validateDelayAdjustedKernelStdpDelayParams,
  validateDelayAdjustedKernelStdpParams,
} from './lastSpike/delayAdjustedKernelStdp.js';
export {
  type DelayAdjustedMstdpDelayParams,
  type DelayAdjustedMstdpParams,
  delayAdjustedMstdp,
  delayAdjustedMstdpDefaults,
  delayAdjustedMstdpDelay,
  delayAdjustedMstdpDelayDefaults,
  validateDelayAdjustedMstdpDelayParams,
  validateDelayAdjustedMstdpParams,
} from './lastSpike/delayAdjustedMstdp.js';
export {
  type DelayAdjustedStdpDelayParams,
  type DelayAdjustedStdpParams,
  delayAdjustedStdp,
  delayAdjustedStdpDefaults,
  delayAdjustedStdpDelay,
  delayAdjustedStdpDelayDefaults,
  validateDelayAdjustedStdpDelayParams,
  validateDelayAdjustedStdpParams,
} from './lastSpike/delayAdjustedStdp.js';
export {
  type KernelStdpParams,
  type KernelStdpState,
  kernelStdp,
  kernelStdpDefaults,
  validateKernelStdpParams,
} from './lastSpike/kernelStdp.js';
export {
  type LatencyStdpParams,
  type LatencyStdpState,
  latencyStdp,
  latencyStdpDefaults,
  validateLatencyStdpParams,
} from './latency/latencyStdp.js';
export { initStdpState, pairStdp } from './pair/pairStdp.js';
export { type PairStdpParams, pairStdpDefaults, validatePairStdpParams } from './pair/pairStdpParams.js';
export type { StdpState } from './pair/stdpState.js';
export {
  type SymmetricStdpParams,
  symmetricStdp,
  symmetricStdpDefaults,
  validateSymmetricStdpParams,
} from './pair/symmetricStdp.js';
export {
  type TwoFactorStdpParams,
  twoFactorStdp,
  twoFactorStdpDefaults,
  validateTwoFactorStdpParams,
} from './pair/twoFactorStdp.js';
export { type VogelsStdpParams, validateVogelsStdpParams, vogelsStdp, vogelsStdpDefaults } from './pair/vogelsStdp.js';
export {
  type ProductRuleParams,
  type ProductRuleState,
  productRule,
  productRuleDefaults,
  validateProductRuleParams,
} from './product/productRule.js';
export {
  type EligibilityState,
  type EligibilityStdpParams,
  eligibilityStdp,
  eligibilityStdpDefaults,
  validateEligibilityStdpParams,
} from './reward/eligibilityStdp.js';
export { type MstdpParams, mstdp, mstdpDefaults, validateMstdpParams } from './reward/mstdp.js';
export { type MstdpetParams, type MstdpetState, mstdpet, mstdpetDefaults, validateMstdpetParams } from './reward/mstdpet.js';
export {
  type RewardStdpParams,
  type RewardStdpState,
  rewardStdp,
  rewardStdpDefaults,
  validateRewardStdpParams,
} from './reward/rewardStdp.js';
export type { RuleMaker } from './ruleMaker.js';
export {
  type TripletStdpParams,
  type TripletStdpState,
  tripletStdp,
  tripletStdpDefaults,
  validateTripletStdpParams,
} from './triplet/tripletStdp.js';
export {
  type ClopathStdpParams,
  type ClopathStdpState,
  clopathStdp,
  clopathStdpDefaults,
  validateClopathStdpParams,
} from './voltage/clopathStdp.js';
