/**
 * Every learning rule, and what belongs to it. Adding a rule is one file and its line here: the library exports it,
 * {@link ruleFromJSON} knows it by its name, and laws, gradients, windows and FEATURES.md take it in. What stands here
 * with defaults is a rule: `pairStdp` and `pairStdpDefaults`. Of files that hold more than users need, names are listed.
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
export * from './homeostasis/homeostasis.js';
export * from './lastSpike/delayAdjustedKernelStdp.js';
export * from './lastSpike/delayAdjustedMstdp.js';
export * from './lastSpike/delayAdjustedStdp.js';
export * from './lastSpike/kernelStdp.js';
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
export * from './pair/vogelsStdp.js';
export * from './product/productRule.js';
export {
  type EligibilityState,
  type EligibilityStdpParams,
  eligibilityStdp,
  eligibilityStdpDefaults,
  validateEligibilityStdpParams,
} from './reward/eligibilityStdp.js';
export { type MstdpParams, mstdp, mstdpDefaults, validateMstdpParams } from './reward/mstdp.js';
export * from './reward/mstdpet.js';
export {
  type RewardStdpParams,
  type RewardStdpState,
  rewardStdp,
  rewardStdpDefaults,
  validateRewardStdpParams,
} from './reward/rewardStdp.js';
export type { RuleMaker } from './ruleMaker.js';
export * from './triplet/tripletStdp.js';
export * from './voltage/clopathStdp.js';
