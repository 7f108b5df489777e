/**
 * The plain records that the functions of `tfjs-stdp` take and carry: types of parameters, options and states, defaults
 * and their checks; tensors to and from JSON, states to and from what keeps them. Those of rules are in `tfjs-stdp/rules`.
 *
 * @module
 */
export {
  type AdaptiveThresholdParams,
  type AdaptiveThresholdState,
  adaptiveThresholdDefaults,
  validateAdaptiveThresholdParams,
} from '../competition/adaptiveThreshold.js';
export type { ConvergenceBounds } from '../competition/convergence.js';
export {
  type ConvergenceTrackerParams,
  type ConvergenceTrackerState,
  convergenceTrackerDefaults,
  validateConvergenceTrackerParams,
} from '../competition/convergenceTracker.js';
export { type KWinnersOptions, type KWinnersParams, kWinnersDefaults, validateKWinnersParams } from '../competition/kWinners.js';
export type { LateralInhibitionOptions } from '../competition/lateralInhibition.js';
export type { WtaResult } from '../competition/winnerTakeAll.js';
export type { Numeric } from '../core/params/validation.js';
export { recordFromJSON, recordToJSON, type TensorJSON, tensorFromJSON, tensorToJSON } from '../core/tensorJson.js';
export type { FilterOptions } from '../encoders/filterBank.js';
export type { IntensityToLatencyOptions } from '../encoders/intensityToLatency.js';
export type { PoissonOptions } from '../encoders/poisson.js';
export {
  type AdaptiveLifParams,
  type AdaptiveLifState,
  adaptiveLifDefaults,
  validateAdaptiveLifParams,
} from '../neurons/adaptiveLif.js';
export {
  type IntegrateAndFireParams,
  type IntegrateAndFireState,
  integrateAndFireDefaults,
  validateIntegrateAndFireParams,
} from '../neurons/integrateAndFire.js';
export {
  type LeakyIntegratorParams,
  type LeakyIntegratorState,
  leakyIntegratorDefaults,
  validateLeakyIntegratorParams,
} from '../neurons/leakyIntegrator.js';
export { type LifFeedForwardState, type LifParams, type LifState, lifDefaults, validateLifParams } from '../neurons/lif.js';
export {
  type RefractoryLifParams,
  type RefractoryState,
  refractoryLifDefaults,
  validateRefractoryLifParams,
} from '../neurons/refractoryLif.js';
export { loadState, type StatePlace, saveState } from '../state/keptState.js';
export { type StateBytesOptions, type StateFormat, stateFromBytes, stateToBytes } from '../state/stateBytes.js';
export type { DrawnConnections, SparseConnections, SparseSizes } from '../topologies/connections.js';
export type { Conv1dOptions } from '../topologies/conv1d.js';
export type { Local2dOptions } from '../topologies/local2d.js';
export type { Conv2dOptions, ExplicitPad, TopologyJSON } from '../topologies/topology.js';
export type { LinearTraceParams } from '../traces/linearTrace.js';
export {
  type StdpSensorParams,
  type StdpSensorState,
  stdpSensorDefaults,
  validateStdpSensorParams,
} from '../traces/stdpSensor.js';
export type { Integration, TraceMode, TraceParams } from '../traces/traceParams.js';
