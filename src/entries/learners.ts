/**
 * Objects that keep their state, over the functions of `tfjs-stdp`: those of spikeseg, trainers of Inferno, rules of PySNN.
 *
 * @module
 */
export { AdaptiveThreshold } from '../learners/adaptiveThreshold.js';
export type { Cell } from '../learners/cell.js';
export { ConvergenceTracker } from '../learners/convergenceTracker.js';
export {
  DelayAdjustedMSTDP,
  DelayAdjustedMSTDPD,
  DelayAdjustedSTDP,
  DelayAdjustedSTDPD,
} from '../learners/delayAdjustedTrainers.js';
export type { EligibilityLearnerParams } from '../learners/eligibilityLearnerParams.js';
export { DelayAdjustedKernelSTDP, DelayAdjustedKernelSTDPD, KernelSTDP } from '../learners/kernelTrainers.js';
export { type ActiveLayer, type LayerActivity, type LearningLayer, LearningRule } from '../learners/learningRule.js';
export { LinearHomeostasis } from '../learners/linearHomeostasis.js';
export { EligibilitySTDP, FedeSTDP } from '../learners/pysnnRules.js';
export { type StdpConfig, stdpConfigDefaults, stdpConfigFromPaper, validateStdpConfig } from '../learners/stdpConfig.js';
export { STDPLearner } from '../learners/stdpLearner.js';
export type { StdpStats } from '../learners/stdpStats.js';
export { MSTDP, MSTDPET, STDP, TripletSTDP } from '../learners/traceTrainers.js';
export { Trainer } from '../learners/trainer.js';
export { TrainerUnit } from '../learners/trainerUnit.js';
export { validateWtaConfig, type WtaConfig, wtaConfigDefaults } from '../learners/wtaConfig.js';
export { WTAInhibition, type WtaStatistics } from '../learners/wtaInhibition.js';
