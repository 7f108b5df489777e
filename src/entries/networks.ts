/**
 * Whole networks: specs, training, evaluation and read-outs, the presets of papers, and images to learn from.
 *
 * @module
 */
export { type DataSet, type LabelledImages, splitLast, takeFirst } from '../data/dataSet.js';
export { type DigitsOptions, digitDataSet, generateDigits } from '../data/digits.js';
export type { DataFile } from '../data/files/found.js';
export { parseData } from '../data/files/parseData.js';
export { parseFiles } from '../data/files/parseFiles.js';
export type { DecodePicture } from '../data/files/pictureFolder.js';
export type { DataOptions, DataReading } from '../data/files/reading.js';
export { type IdxImages, parseIdxImages, parseIdxLabels } from '../data/idxFile.js';
export type { Labels } from '../data/labels.js';
export type { DecodedPicture } from '../data/pictures/decodedPicture.js';
export { fieldColours } from '../io/fields/fieldColours.js';
export type { CompetitiveWeights } from '../kernels/host/competitiveLayer.js';
export type { RaceWeights } from '../kernels/host/raceLayer.js';
export type { VoterWeights } from '../kernels/host/voterLayer.js';
export type { Checkpoints, Keeper, OfWork, PieceLog, PieceRecord } from '../networks/checkpoints.js';
export { classifyImage } from '../networks/classify/classifyImage.js';
export type {
  Classification,
  SeenImages,
  TrainedCompetitive,
  TrainedLatency,
  TrainedNetwork,
} from '../networks/classify/trainedNetwork.js';
export {
  type LayerState,
  type PlasticLayer,
  type PlasticLayerParams,
  plasticLayer,
} from '../networks/closedLoop/plasticLayer.js';
export {
  type CompetitiveExperimentState,
  type CompetitiveOptions,
  type CompetitiveResult,
  evaluateCompetitive,
  runCompetitive,
} from '../networks/competitive/competitiveExperiment.js';
export { type OnAnswers, respond, type Stimulus } from '../networks/competitive/respond.js';
export { type CompetitiveTraining, trainCompetitive, untrainedLayer } from '../networks/competitive/trainCompetitive.js';
export { elect, neuronLabels, tallyAnswers, voteTable } from '../networks/competitive/vote.js';
export type { ClassRates } from '../networks/competitiveSpec/classRates.js';
export type {
  CompetitiveLayerSpec,
  PoissonInputSpec,
  TraceLearningSpec,
  VoteSpec,
} from '../networks/competitiveSpec/competitiveParts.js';
export {
  type CompetitiveSpec,
  competitiveDefaults,
  type PartialCompetitiveSpec,
  validateCompetitiveSpec,
} from '../networks/competitiveSpec/competitiveSpec.js';
export type { ActivityPoint, CompetitiveState } from '../networks/competitiveSpec/competitiveState.js';
export type { Control, ControlKind, ControlScore, LayerDensity } from '../networks/latency/control/control.js';
export { encodeImages } from '../networks/latency/encodeImages.js';
export { evaluateNetwork } from '../networks/latency/evaluateNetwork.js';
export type { Experiment, ExperimentOptions, ExperimentState } from '../networks/latency/experiment.js';
export { extractFeatures } from '../networks/latency/extractFeatures.js';
export { runExperiment } from '../networks/latency/runExperiment.js';
export {
  type BranchSpec,
  type ConvLayerSpec,
  convLayerDefaults,
  type EncoderSpec,
  encoderDefaults,
  type FirstSpikeReadoutSpec,
  firstSpikeReadoutDefaults,
  type LinearReadoutSpec,
  type NetworkSpec,
  type PartialBranchSpec,
  type PartialNetworkSpec,
  type PartialReadoutSpec,
  type ReadoutSpec,
  readoutDefaults,
  type ThresholdSpec,
  type VoteReadoutSpec,
  validateNetworkSpec,
  voteReadoutDefaults,
} from '../networks/latency/spec/networkSpec.js';
export type { SpikeTimes } from '../networks/latency/spikeTimes.js';
export { layerWeights } from '../networks/latency/training/layerWeights.js';
export { shuffleWithinMaps } from '../networks/latency/training/shuffleWithinMaps.js';
export type { ConvergencePoint, TrainingState } from '../networks/latency/training/trainingState.js';
export { type TrainingOptions, trainNetwork } from '../networks/latency/training/trainNetwork.js';
export type { OnProgress } from '../networks/onProgress.js';
export type { FeatureMatrix } from '../networks/readout/featureMatrix.js';
export type { FirstSpikeLearning, FirstSpikeReadout } from '../networks/readout/firstSpikeReadout.js';
export type { FirstSpikeState } from '../networks/readout/fitFirstSpikes.js';
export { classify, fitLinearReadout, type ReadoutFitOptions } from '../networks/readout/fitLinearReadout.js';
export type { VoteState } from '../networks/readout/fitVotes.js';
export { type CurvaturePair, type LbfgsOptions, type LbfgsState, minimize, type Objective } from '../networks/readout/lbfgs.js';
export type { LinearReadout } from '../networks/readout/linearReadout.js';
export type { FitState, Readout } from '../networks/readout/readout.js';
export type { VoteLearning, VoteReadout } from '../networks/readout/voteReadout.js';
export type { RunOptions } from '../networks/runOptions.js';
export { type Score, scorePredictions } from '../networks/score.js';
export type { Work } from '../networks/work.js';
export type { SharedValues, WorkerPool } from '../networks/workers/workerPool.js';
export type { AnyPreset, CompetitivePreset, LatencyPreset, Preset } from '../papers/preset.js';
export { type PresetName, presets } from '../papers/presets.js';
