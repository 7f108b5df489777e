/**
 * Local learning for spiking neural networks on TensorFlow.js: the functions that one learns first. All of it runs in a
 * browser. README says what the other paths hold, `tfjs-stdp/rules`, `tfjs-stdp/records` and so on.
 *
 * @module
 */
export { type BackendName, backendNames, useBackend } from './backends/useBackend.js';
export {
  adaptiveThresholdStep,
  getFiringRates,
  initAdaptiveThreshold,
  resetFiringStatistics,
} from './competition/adaptiveThreshold.js';
export { computeConvergenceMetric, hasConverged } from './competition/convergence.js';
export { convergenceTrackerStep, getConvergedMask, initConvergenceTracker } from './competition/convergenceTracker.js';
export { featureInhibition } from './competition/featureInhibition.js';
export { findWtaWinner } from './competition/findWtaWinner.js';
export { getKWinners } from './competition/kWinners.js';
export { applyLateralInhibition } from './competition/lateralInhibition.js';
export { normalizeWeights } from './competition/normalizeWeights.js';
export { pointwiseInhibition } from './competition/pointwiseInhibition.js';
export type { Winner } from './competition/winner.js';
export { wtaByMembrane, wtaGlobal, wtaLocal } from './competition/winnerTakeAll.js';
export { orThrow, StdpError, type Validated } from './core/errors.js';
export {
  fork,
  type RandomGenerator,
  randomGenerator,
  randomNormal,
  randomPermutation,
  randomUniform,
  type Seed,
} from './core/random.js';
export { scan } from './core/scan.js';
export type { Step } from './core/wholeSeries.js';
export { filterImages } from './encoders/filterBank.js';
export { dogKernel, gaborKernel } from './encoders/filters.js';
export { intensityToLatency, latencyToWave } from './encoders/intensityToLatency.js';
export { lateralIntensityInhibition } from './encoders/lateralIntensityInhibition.js';
export { localNormalization } from './encoders/localNormalization.js';
export { poissonEncode } from './encoders/poisson.js';
export { adaptiveLifStep, initAdaptiveLifState } from './neurons/adaptiveLif.js';
export { fire, thresholdPotentials } from './neurons/fire.js';
export { initIntegrateAndFireState, integrateAndFireStep } from './neurons/integrateAndFire.js';
export { keepOneSpike } from './neurons/keepOneSpike.js';
export { initLeakyIntegratorState, liFeedForwardStep, liStep } from './neurons/leakyIntegrator.js';
export { initLifState, lifFeedForwardStep, lifStep } from './neurons/lif.js';
export { initRefractoryState, refractoryLifStep } from './neurons/refractoryLif.js';
export {
  clopathStdp,
  delayAdjustedKernelStdp,
  delayAdjustedKernelStdpDelay,
  delayAdjustedMstdp,
  delayAdjustedMstdpDelay,
  delayAdjustedStdp,
  delayAdjustedStdpDelay,
  eligibilityStdp,
  fedeStdp,
  homeostasis,
  initStdpState,
  kernelStdp,
  latencyStdp,
  mstdp,
  mstdpet,
  pairStdp,
  productRule,
  rewardStdp,
  symmetricStdp,
  tripletStdp,
  twoFactorStdp,
  vogelsStdp,
} from './rules/all.js';
export { computeStdpBatchUpdate } from './rules/latency/computeStdpBatchUpdate.js';
export { computeStdpUpdate } from './rules/latency/computeStdpUpdate.js';
export { latencyStdpWinners } from './rules/latency/latencyStdpWinners.js';
export { decayStdpState, stdpStepConv2d, stdpStepLinear } from './rules/pair/stdpStep.js';
export { rewardStdpWinners } from './rules/reward/rewardStdpWinners.js';
export type { Rule, RuleInput } from './rules/rule.js';
export { ruleFromJSON, ruleNames } from './rules/ruleFromJSON.js';
export { stepOf } from './rules/stepOf.js';
export { regulateThresholds } from './rules/supervised/regulateThresholds.js';
export { s2StdpWinners, sstdpWinners } from './rules/supervised/supervisedStdp.js';
export { conv1d } from './topologies/conv1d.js';
export { conv2d } from './topologies/conv2d.js';
export { dense } from './topologies/dense.js';
export { lateral } from './topologies/lateral.js';
export { local2d } from './topologies/local2d.js';
export { masked } from './topologies/masked.js';
export { maxPoolSpikes } from './topologies/maxPool.js';
export { oneToOne } from './topologies/oneToOne.js';
export { sparse } from './topologies/sparse.js';
export type { Topology } from './topologies/topology.js';
export { topologyFromJSON } from './topologies/topologyFromJSON.js';
export { delayLineStep, initDelayLine } from './traces/delayLine.js';
export { decayTrace, traceStep } from './traces/exponentialTrace.js';
export { getFirstSpikeTimes } from './traces/firstSpikeTimes.js';
export { linearTraceStep } from './traces/linearTrace.js';
export { extractReceptiveFieldTimes } from './traces/receptiveFieldTimes.js';
export { initSpikeAges, spikeAgesStep } from './traces/spikeAges.js';
export { initStdpSensorState, stdpSensorStep } from './traces/stdpSensor.js';
export { stdpWindow } from './window/stdpWindow.js';
