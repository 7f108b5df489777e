import fc from 'fast-check';
import * as library from '../../../src/entries/everything.js';
import { type Call, ownCall } from '../call.js';
import { record, tensor, value, values } from '../recipes.js';

const { constantFrom } = fc;

const layers = constantFrom([1, 2, 3, 2], [2, 2, 2], [1, 1, 1, 1], [0, 2, 2, 1], [1, 0, 2, 2]);
const waves = constantFrom([3, 2, 2, 2], [1, 1, 1, 1], [0, 2, 2, 2], [2, 2, 2, 0]);
const maps = constantFrom([2, 3, 2], [1, 1, 1]);
const places = constantFrom([1, 1, 2], [2, 2, 1], [1, 1, 1], [0, 1, 2]);
const weights = constantFrom([3, 2], [1, 1], [2, 2, 1, 3], [0, 2], [2, 0]);
const bounds = values({ wMin: -1, wMax: 2 });
const thresholds = { initialThreshold: 10, targetRate: 0.1, learningRate: 0.01, thresholdMin: 1, thresholdMax: 100 };

const thresholdState = (shape: readonly number[]) =>
  record({
    threshold: tensor(shape, 'ones'),
    spikeCount: tensor(shape, 'spikes', 3),
    spikeCountRest: tensor(shape, 'zeros'),
    presentations: value(3),
  });
const trackerState = (shape: readonly number[]) =>
  record({
    winCounts: tensor(shape, 'spikes', 3),
    winCountsRest: tensor(shape, 'zeros'),
    deltaMagnitude: tensor(shape.slice(-1)),
  });

/** Who wins, who is silenced, and what is counted of it. */
export const competitionCalls: readonly Call[] = [
  ownCall(
    'applyLateralInhibition',
    maps.map((shape) => [tensor(shape, 'graded'), values({ channel: 0, y: 0, x: 0 }), values({ radius: 1, keepWinner: true })]),
    library.applyLateralInhibition,
  ),
  ownCall(
    'featureInhibition',
    layers.map((shape) => [tensor(shape, 'graded'), value([0])]),
    library.featureInhibition,
  ),
  ownCall(
    'pointwiseInhibition',
    waves.map((shape) => [tensor(shape)]),
    library.pointwiseInhibition,
  ),
  ownCall(
    'wtaGlobal',
    layers.map((shape) => [tensor(shape, 'spikes'), tensor(shape), tensor(shape, 'graded')]),
    library.wtaGlobal,
  ),
  ownCall(
    'wtaByMembrane',
    layers.map((shape) => [tensor(shape, 'spikes'), tensor(shape, 'graded')]),
    library.wtaByMembrane,
  ),
  ownCall(
    'wtaLocal',
    layers.map((shape) => [tensor(shape, 'spikes'), tensor(shape), value(1)]),
    library.wtaLocal,
  ),
  ownCall(
    'findWtaWinner',
    waves.map((shape) => [tensor(shape, 'spikes'), tensor(shape.slice(1)), value(5)]),
    library.findWtaWinner,
  ),
  ownCall(
    'getKWinners',
    waves.map((shape) => [tensor(shape, 'spikes'), values({ k: 2, inhibitionRadius: 1 })]),
    library.getKWinners,
  ),
  ownCall(
    'latencyWinners',
    constantFrom(0, 2).map((steps) => [
      value(new Float32Array(steps * 4).fill(1)),
      values({ steps, height: 1, width: 2, maps: 2 }),
      values({ threshold: 0.5, winners: 1, inhibitionRadius: 0 }),
    ]),
    library.latencyWinners,
  ),
  ownCall(
    'normalizeWeights',
    weights.map((shape) => [tensor(shape), value(2)]),
    library.normalizeWeights,
  ),
  ownCall(
    'computeConvergenceMetric',
    weights.map((shape) => [tensor(shape), bounds]),
    library.computeConvergenceMetric,
  ),
  ownCall(
    'hasConverged',
    weights.map((shape) => [tensor(shape, 'spikes'), value(0.1), bounds]),
    library.hasConverged,
  ),
  ownCall(
    'initAdaptiveThreshold',
    places.map((shape) => [value(shape), values(thresholds)]),
    library.initAdaptiveThreshold,
  ),
  ownCall(
    'adaptiveThresholdStep',
    places.map((shape) => [tensor([2, ...shape], 'spikes'), thresholdState(shape), values(thresholds)]),
    library.adaptiveThresholdStep,
  ),
  ownCall(
    'getFiringRates',
    places.map((shape) => [thresholdState(shape)]),
    library.getFiringRates,
  ),
  ownCall(
    'resetFiringStatistics',
    places.map((shape) => [thresholdState(shape)]),
    library.resetFiringStatistics,
  ),
  ownCall(
    'initConvergenceTracker',
    places.map((shape) => [value(shape)]),
    library.initConvergenceTracker,
  ),
  ownCall(
    'convergenceTrackerStep',
    places.map((shape) => [tensor([2, ...shape], 'spikes'), trackerState(shape), tensor([2, ...shape.slice(-1)], 'graded')]),
    library.convergenceTrackerStep,
  ),
  ownCall(
    'getConvergedMask',
    places.map((shape) => [trackerState(shape), values({ minWins: 1, deltaThreshold: 0.5 })]),
    library.getConvergedMask,
  ),
];
