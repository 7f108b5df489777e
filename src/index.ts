/**
 * Local learning for spiking neural networks on TensorFlow.js. Everything here runs in a browser; what needs the file
 * system is in `tfjs-stdp/node`, the laws for rules of your own in `tfjs-stdp/conformance`.
 *
 * @module
 */
export { type BackendName, backendNames, useBackend } from './backends/useBackend.js';
export {
  type AdaptiveThresholdParams,
  type AdaptiveThresholdState,
  adaptiveThresholdDefaults,
  adaptiveThresholdStep,
  getFiringRates,
  initAdaptiveThreshold,
  resetFiringStatistics,
  validateAdaptiveThresholdParams,
} from './competition/adaptiveThreshold.js';
export { type ConvergenceBounds, computeConvergenceMetric, hasConverged } from './competition/convergence.js';
export {
  type ConvergenceTrackerParams,
  type ConvergenceTrackerState,
  convergenceTrackerDefaults,
  convergenceTrackerStep,
  getConvergedMask,
  initConvergenceTracker,
  validateConvergenceTrackerParams,
} from './competition/convergenceTracker.js';
export { featureInhibition } from './competition/featureInhibition.js';
export { findWtaWinner } from './competition/findWtaWinner.js';
export {
  getKWinners,
  type KWinnersOptions,
  type KWinnersParams,
  kWinnersDefaults,
  validateKWinnersParams,
} from './competition/kWinners.js';
export { type LatencyWinnersParams, latencyWinners, type PotentialsShape } from './competition/latencyWinners.js';
export { applyLateralInhibition, type LateralInhibitionOptions } from './competition/lateralInhibition.js';
export { normalizeWeights } from './competition/normalizeWeights.js';
export { pointwiseInhibition } from './competition/pointwiseInhibition.js';
export type { Winner } from './competition/winner.js';
export { type WtaResult, wtaByMembrane, wtaGlobal, wtaLocal } from './competition/winnerTakeAll.js';
export { orThrow, StdpError, type Validated } from './core/errors.js';
export type { Numeric } from './core/params/validation.js';
export {
  fork,
  type RandomGenerator,
  randomGenerator,
  randomNormal,
  randomPermutation,
  randomUniform,
  type Seed,
} from './core/random.js';
export { type SeriesStep, scan } from './core/scan.js';
export { recordFromJSON, recordToJSON, type TensorJSON, tensorFromJSON, tensorToJSON } from './core/tensorJson.js';
export { type DataSet, type LabelledImages, splitLast, takeFirst } from './data/dataSet.js';
export { type DigitsOptions, digitDataSet, generateDigits } from './data/digits.js';
export { type IdxImages, parseIdxImages, parseIdxLabels } from './data/idxFile.js';
export { type FilterOptions, filterImages } from './encoders/filterBank.js';
export { dogKernel, gaborKernel } from './encoders/filters.js';
export { type IntensityToLatencyOptions, intensityToLatency, latencyToWave } from './encoders/intensityToLatency.js';
export { lateralIntensityInhibition } from './encoders/lateralIntensityInhibition.js';
export { localNormalization } from './encoders/localNormalization.js';
export { type PoissonOptions, poissonEncode } from './encoders/poisson.js';
export { fieldColours } from './io/fieldColours.js';
export type { CompetitiveWeights } from './kernels/host/competitiveLayer.js';
export { kernelsInUse, useKernels } from './kernels/tensors/current.js';
export { AdaptiveThreshold } from './learners/adaptiveThreshold.js';
export type { Cell } from './learners/cell.js';
export { ConvergenceTracker } from './learners/convergenceTracker.js';
export {
  DelayAdjustedMSTDP,
  DelayAdjustedMSTDPD,
  DelayAdjustedSTDP,
  DelayAdjustedSTDPD,
} from './learners/delayAdjustedTrainers.js';
export type { EligibilityLearnerParams } from './learners/eligibilityLearnerParams.js';
export { DelayAdjustedKernelSTDP, DelayAdjustedKernelSTDPD, KernelSTDP } from './learners/kernelTrainers.js';
export { type ActiveLayer, type LayerActivity, type LearningLayer, LearningRule } from './learners/learningRule.js';
export { LinearHomeostasis } from './learners/linearHomeostasis.js';
export { EligibilitySTDP, FedeSTDP } from './learners/pysnnRules.js';
export { type StdpConfig, stdpConfigDefaults, stdpConfigFromPaper, validateStdpConfig } from './learners/stdpConfig.js';
export { STDPLearner } from './learners/stdpLearner.js';
export type { StdpStats } from './learners/stdpStats.js';
export { MSTDP, MSTDPET, STDP, TripletSTDP } from './learners/traceTrainers.js';
export { Trainer } from './learners/trainer.js';
export { TrainerUnit } from './learners/trainerUnit.js';
export { validateWtaConfig, type WtaConfig, wtaConfigDefaults } from './learners/wtaConfig.js';
export { WTAInhibition, type WtaStatistics } from './learners/wtaInhibition.js';
export { type Score, scorePredictions } from './networks/accuracy.js';
export { type LayerState, type PlasticLayer, type PlasticLayerParams, plasticLayer } from './networks/closedLoop/plasticLayer.js';
export type { ClassRates } from './networks/competitive/classRates.js';
export {
  type CompetitiveOptions,
  type CompetitiveResult,
  evaluateCompetitive,
  runCompetitive,
} from './networks/competitive/competitiveExperiment.js';
export {
  type CompetitiveLayerSpec,
  type CompetitiveSpec,
  competitiveDefaults,
  type PartialCompetitiveSpec,
  type PoissonInputSpec,
  type TraceLearningSpec,
  type VoteSpec,
  validateCompetitiveSpec,
} from './networks/competitive/competitiveSpec.js';
export type { ActivityPoint, CompetitiveState } from './networks/competitive/competitiveState.js';
export { type OnAnswers, respond, type Stimulus } from './networks/competitive/respond.js';
export { type CompetitiveTraining, trainCompetitive, untrainedLayer } from './networks/competitive/trainCompetitive.js';
export { elect, neuronLabels, tallyAnswers, voteTable } from './networks/competitive/vote.js';
export { encodeImages } from './networks/latency/encodeImages.js';
export { evaluateNetwork } from './networks/latency/evaluateNetwork.js';
export { extractFeatures } from './networks/latency/extractFeatures.js';
export {
  type Experiment,
  type ExperimentOptions,
  runExperiment,
} from './networks/latency/runExperiment.js';
export {
  type ConvLayerSpec,
  convLayerDefaults,
  type EncoderSpec,
  encoderDefaults,
  type NetworkSpec,
  type PartialNetworkSpec,
  type ReadoutSpec,
  readoutDefaults,
  validateNetworkSpec,
} from './networks/latency/spec/networkSpec.js';
export type { SpikeTimes } from './networks/latency/spikeTimes.js';
export { layerWeights } from './networks/latency/training/layerWeights.js';
export { shuffleWithinMaps } from './networks/latency/training/shuffleWeights.js';
export type { TrainingState } from './networks/latency/training/trainingState.js';
export { type TrainingOptions, trainNetwork } from './networks/latency/training/trainNetwork.js';
export type { OnProgress } from './networks/onProgress.js';
export type { FeatureMatrix } from './networks/readout/featureMatrix.js';
export { minimize, type Objective } from './networks/readout/lbfgs.js';
export { classify, fitLinearReadout } from './networks/readout/linearReadout.js';
export type { LinearReadout } from './networks/readout/readout.js';
export type { WorkerPool } from './networks/workers/workerPool.js';
export {
  type AdaptiveLifParams,
  type AdaptiveLifState,
  adaptiveLifDefaults,
  adaptiveLifStep,
  initAdaptiveLifState,
  validateAdaptiveLifParams,
} from './neurons/adaptiveLif.js';
export { fedeNeuronStep } from './neurons/fedeNeuron.js';
export { fire, thresholdPotentials } from './neurons/fire.js';
export {
  type IntegrateAndFireParams,
  type IntegrateAndFireState,
  initIntegrateAndFireState,
  integrateAndFireDefaults,
  integrateAndFireStep,
  validateIntegrateAndFireParams,
} from './neurons/integrateAndFire.js';
export { keepOneSpike } from './neurons/keepOneSpike.js';
export {
  initLeakyIntegratorState,
  type LeakyIntegratorParams,
  type LeakyIntegratorState,
  leakyIntegratorDefaults,
  liFeedForwardStep,
  liStep,
  validateLeakyIntegratorParams,
} from './neurons/leakyIntegrator.js';
export {
  initLifState,
  type LifFeedForwardState,
  type LifParams,
  type LifState,
  lifDefaults,
  lifFeedForwardStep,
  lifStep,
  validateLifParams,
} from './neurons/lif.js';
export {
  initRefractoryState,
  type RefractoryLifParams,
  type RefractoryState,
  refractoryLifDefaults,
  refractoryLifStep,
  validateRefractoryLifParams,
} from './neurons/refractoryLif.js';
export {
  type BindsnetParams,
  type BindsnetRewardParams,
  bindsnetHebbian,
  bindsnetMstdp,
  bindsnetMstdpet,
  bindsnetPostPre,
  bindsnetWeightDependentPostPre,
} from './papers/bindsnet.js';
export type { CompetitivePreset, LatencyPreset, Preset } from './papers/preset.js';
export { type PresetName, presets } from './papers/presets.js';
export { type PysnnTraceParams, pysnnFedeStdp, pysnnMstdpet } from './papers/pysnn.js';
export { type SpikingJellyParams, spikingJellyMstdp, spikingJellyMstdpet, spikingJellyStdp } from './papers/spikingJelly.js';
export * from './rules/all.js';
export type { DelayBoundParams, WeightBoundParams } from './rules/boundParams.js';
export { doubledRates, type RateSchedule, type Rates } from './rules/homeostasis/adaptRates.js';
export type { KernelWindowParams, RateWindowParams, SpikePairParams } from './rules/lastSpike/spikePairParams.js';
export type { Gate, SpikeAgesState } from './rules/lastSpike/spikePairs.js';
export { type KernelSide, kernelNames, type NamedKernel, type StdpKernel, stdpKernel } from './rules/lastSpike/stdpKernels.js';
export { type BatchUpdateOptions, computeStdpBatchUpdate } from './rules/latency/computeStdpBatchUpdate.js';
export { computeStdpUpdate } from './rules/latency/computeStdpUpdate.js';
export { latencyStdpWinners, type ReceptiveFieldOptions } from './rules/latency/latencyStdpWinners.js';
export { makeRule, type RuleDefinition } from './rules/makeRule.js';
export type { AxonParams } from './rules/pair/axons.js';
export type { PairingScheme } from './rules/pair/pairingSchemes.js';
export type { PairTracesParams, PairTracesState } from './rules/pair/pairTraces.js';
export { decayStdpState, type StdpConv2dParams, stdpStepConv2d, stdpStepLinear } from './rules/pair/stdpStep.js';
export { countOutcome, noOutcomes, type Outcome, type OutcomeCounts, rewardOf } from './rules/reward/rewardRates.js';
export { rewardStdpWinners } from './rules/reward/rewardStdpWinners.js';
export type { BatchedInput, LayerShapes, Rule, RuleInput, RuleJSON, StepOptions } from './rules/rule.js';
export { ruleFromJSON, ruleNames } from './rules/ruleFromJSON.js';
export { stepOf } from './rules/stepOf.js';
export { type StdpWindowOptions, stdpWindow } from './rules/window/stdpWindow.js';
export type { DrawnConnections, SparseConnections, SparseSizes } from './topologies/connections.js';
export { type Conv1dOptions, conv1d } from './topologies/conv1d.js';
export { conv2d } from './topologies/conv2d.js';
export { dense } from './topologies/dense.js';
export { lateral } from './topologies/lateral.js';
export { type Local2dOptions, local2d } from './topologies/local2d.js';
export { masked } from './topologies/masked.js';
export { maxPoolSpikes } from './topologies/maxPool.js';
export { oneToOne } from './topologies/oneToOne.js';
export type { TopologyReader } from './topologies/registered.js';
export { sparse } from './topologies/sparse.js';
export { preMultPost, reduceConnections } from './topologies/synapseProducts.js';
export type { Conv2dOptions, ExplicitPad, KernelGeometry, Topology, TopologyJSON } from './topologies/topology.js';
export { registerTopology, topologyFromJSON } from './topologies/topologyFromJSON.js';
export { delayLineStep, initDelayLine } from './traces/delayLine.js';
export { decayTrace, traceStep } from './traces/exponentialTrace.js';
export { getFirstSpikeTimes } from './traces/firstSpikeTimes.js';
export { heldSample, historyLength, initHistory, pushHistory, readHistory, sampleBefore } from './traces/history.js';
export { type Interpolation, type InterpolationTimes, interpolate } from './traces/interpolate.js';
export { type LinearTraceParams, linearTraceStep, tauOfDecay } from './traces/linearTrace.js';
export { extractReceptiveFieldTimes } from './traces/receptiveFieldTimes.js';
export { exponentialMean, runningMean } from './traces/runningMean.js';
export type { Sample, SamplingParams, SpikeInterpolation } from './traces/samples.js';
export { initSpikeAges, spikeAgesStep } from './traces/spikeAges.js';
export {
  initStdpSensorState,
  type StdpSensorParams,
  type StdpSensorState,
  stdpSensorDefaults,
  stdpSensorStep,
  validateStdpSensorParams,
} from './traces/stdpSensor.js';
export type { Integration, TraceMode, TraceParams } from './traces/traceParams.js';
export { applyDelta } from './updates/applyDelta.js';
export type { BatchReduction } from './updates/batchReduction.js';
export type { Delta, DenseTerm, FactorPair, Term } from './updates/delta.js';
export type { BoundName, HalfBound, ParameterBounds } from './updates/halfBound.js';
export { boundedChange, boundLower, boundUpper, type FullBound, fullBound } from './updates/parameterBounds.js';
export type { Bounds, Scaling } from './updates/scaling.js';
export type { UpdateParams } from './updates/updateParams.js';
export { applyUpdates, collect, noUpdates, type Updates } from './updates/updater.js';
export { type WeightDependence, type WeightFunction, weightDependences } from './updates/weightDependence.js';
