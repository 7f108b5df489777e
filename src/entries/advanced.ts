/**
 * What rules and topologies of your own are made of: Deltas, bounds, histories of spikes, the kernels' switch.
 *
 * @module
 */
export { type LatencyWinnersParams, latencyWinners, type PotentialsShape } from '../competition/latencyWinners.js';
export type { ConvGeometry, SparseLines, SparseTable, SparseWiring } from '../kernels/constants.js';
export { kernelsInUse, useKernels } from '../kernels/tensors/current.js';
export { makeRule, type RuleDefinition } from '../rules/makeRule.js';
export type { TopologyReader } from '../topologies/registered.js';
export { preMultPost, reduceConnections } from '../topologies/synapseProducts.js';
export type { KernelGeometry } from '../topologies/topology.js';
export { registerTopology } from '../topologies/topologyFromJSON.js';
export { heldSample, historyLength, initHistory, pushHistory, readHistory, sampleBefore } from '../traces/history.js';
export { type Interpolation, type InterpolationTimes, interpolate } from '../traces/interpolate.js';
export { tauOfDecay } from '../traces/linearTrace.js';
export { exponentialMean, runningMean } from '../traces/runningMean.js';
export type { Sample, SamplingParams } from '../traces/samples.js';
export { applyDelta } from '../updates/applyDelta.js';
export { chunkedDelta } from '../updates/chunkedDelta.js';
export { type ChunkSum, type ChunkSums, chunkSums, type SideSums } from '../updates/chunkSums.js';
export { combineChunks } from '../updates/combineChunks.js';
export type { Delta, DenseTerm, FactorPair, Term } from '../updates/delta.js';
export type { BoundName, HalfBound, ParameterBounds } from '../updates/halfBound.js';
export { boundedChange, boundLower, boundUpper, type FullBound, fullBound } from '../updates/parameterBounds.js';
export type { Bounds, Limits, Scaling } from '../updates/scaling.js';
export type { UpdateParams } from '../updates/updateParams.js';
export { applyUpdates, type CollectParams, collect, noUpdates, type Updates } from '../updates/updater.js';
