/**
 * Every rule with its parameters, defaults, check and state, and what is made for rules: windows of spike times, weight
 * dependences, rates that follow rewards.
 *
 * @module
 */

export * from '../rules/all.js';
export type { DelayBoundParams, WeightBoundParams } from '../rules/boundParams.js';
export type { Coincidence } from '../rules/coincidence.js';
export { doubledRates, type RateSchedule, type Rates } from '../rules/homeostasis/adaptRates.js';
export type {
  Gate,
  KernelWindowParams,
  RateWindowParams,
  SpikeAgesState,
  SpikePairParams,
} from '../rules/lastSpike/spikePairs.js';
export { type KernelSide, kernelNames, type NamedKernel, type StdpKernel, stdpKernel } from '../rules/lastSpike/stdpKernels.js';
export type { BatchUpdateOptions } from '../rules/latency/computeStdpBatchUpdate.js';
export type { ReceptiveFieldOptions } from '../rules/latency/latencyStdpWinners.js';
export type { AxonParams } from '../rules/pair/axons.js';
export type { PairingScheme } from '../rules/pair/pairingSchemes.js';
export type { PairTracesParams, PairTracesState } from '../rules/pair/pairTraces.js';
export type { StdpConv2dParams } from '../rules/pair/stdpStep.js';
export type { SymmetricCoincidence } from '../rules/pair/symmetricStdp.js';
export { countOutcome, noOutcomes, type Outcome, type OutcomeCounts, rewardOf } from '../rules/reward/rewardRates.js';
export type { BatchedInput, LayerShapes, RuleJSON, StepOptions } from '../rules/rule.js';
export type { ExtraInput } from '../rules/ruleInput.js';
export type { FirstSpikes } from '../rules/supervised/firstSpikes.js';
export {
  type SupervisedStdpParams,
  supervisedStdpDefaults,
  validateSupervisedStdpParams,
} from '../rules/supervised/supervisedParams.js';
export type { SpikeInterpolation } from '../traces/samples.js';
export type { BatchReduction } from '../updates/batchReduction.js';
export { type WeightDependence, type WeightFunction, weightDependences } from '../updates/weightDependence.js';
export type { StdpWindowOptions } from '../window/stdpWindow.js';
