/**
 * Every learning rule, and what belongs to it. Adding a rule is one file and its line here: the library exports it,
 * {@link ruleFromJSON} knows it by its name, and laws, gradients, windows and FEATURES.md take it in. What stands here
 * with defaults is a rule: `pairStdp` and `pairStdpDefaults`.
 *
 * @module
 */
export { type ClopathStdpState, clopathStdp } from './clopathStdp.js';
export { type ClopathStdpParams, clopathStdpDefaults, validateClopathStdpParams } from './clopathStdpParams.js';
export {
  type DelayAdjustedKernelStdpParams,
  delayAdjustedKernelStdp,
  delayAdjustedKernelStdpDefaults,
  validateDelayAdjustedKernelStdpParams,
} from './delayAdjustedKernelStdp.js';
export {
  type DelayAdjustedKernelStdpDelayParams,
  delayAdjustedKernelStdpDelay,
  delayAdjustedKernelStdpDelayDefaults,
  validateDelayAdjustedKernelStdpDelayParams,
} from './delayAdjustedKernelStdpDelay.js';
export {
  type DelayAdjustedMstdpParams,
  delayAdjustedMstdp,
  delayAdjustedMstdpDefaults,
  validateDelayAdjustedMstdpParams,
} from './delayAdjustedMstdp.js';
export {
  type DelayAdjustedMstdpDelayParams,
  delayAdjustedMstdpDelay,
  delayAdjustedMstdpDelayDefaults,
  validateDelayAdjustedMstdpDelayParams,
} from './delayAdjustedMstdpDelay.js';
export {
  type DelayAdjustedStdpParams,
  delayAdjustedStdp,
  delayAdjustedStdpDefaults,
  validateDelayAdjustedStdpParams,
} from './delayAdjustedStdp.js';
export {
  type DelayAdjustedStdpDelayParams,
  delayAdjustedStdpDelay,
  delayAdjustedStdpDelayDefaults,
  validateDelayAdjustedStdpDelayParams,
} from './delayAdjustedStdpDelay.js';
export { type EligibilityStdpParams, eligibilityStdpDefaults, validateEligibilityStdpParams } from './eligibilityParams.js';
export { type EligibilityState, eligibilityStdp } from './eligibilityStdp.js';
export { type FedeStdpParams, fedeStdpDefaults, validateFedeStdpParams } from './fedeParams.js';
export { type FedeState, fedeStdp, fedeUpdate } from './fedeStdp.js';
export {
  type HomeostasisParams,
  type HomeostasisState,
  homeostasis,
  homeostasisDefaults,
  validateHomeostasisParams,
} from './homeostasis.js';
export {
  type KernelStdpParams,
  type KernelStdpState,
  kernelStdp,
  kernelStdpDefaults,
  validateKernelStdpParams,
} from './kernelStdp.js';
export { type LatencyStdpParams, latencyStdpDefaults, validateLatencyStdpParams } from './latencyParams.js';
export { type LatencyStdpState, latencyStdp } from './latencyStdp.js';
export { type MstdpParams, mstdp, mstdpDefaults, validateMstdpParams } from './mstdp.js';
export { type MstdpetParams, type MstdpetState, mstdpet, mstdpetDefaults, validateMstdpetParams } from './mstdpet.js';
export { initStdpState, pairStdp } from './pairStdp.js';
export { type PairStdpParams, pairStdpDefaults, validatePairStdpParams } from './pairStdpParams.js';
export { type ProductRuleState, productRule } from './productRule.js';
export { type ProductRuleParams, productRuleDefaults, validateProductRuleParams } from './productRuleParams.js';
export { type RewardStdpParams, rewardStdpDefaults, validateRewardStdpParams } from './rewardParams.js';
export { type RewardStdpState, rewardStdp } from './rewardStdp.js';
export type { StdpState } from './stdpState.js';
export {
  type SymmetricStdpParams,
  symmetricStdp,
  symmetricStdpDefaults,
  validateSymmetricStdpParams,
} from './symmetricStdp.js';
export { type TripletStdpState, tripletStdp } from './tripletStdp.js';
export { type TripletStdpParams, tripletStdpDefaults, validateTripletStdpParams } from './tripletStdpParams.js';
export {
  type TwoFactorStdpParams,
  twoFactorStdp,
  twoFactorStdpDefaults,
  validateTwoFactorStdpParams,
} from './twoFactorStdp.js';
export { type VogelsStdpParams, validateVogelsStdpParams, vogelsStdp, vogelsStdpDefaults } from './vogelsStdp.js';
