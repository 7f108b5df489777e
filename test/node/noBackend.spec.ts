import { expect, it } from 'vitest';
import * as library from '../../src/entries/everything.js';

const trace = { tau: 20, amplitude: 1, dt: 1, traceMode: 'cumulative', integration: 'exact' };
const sampling = { dt: 1, interpTolerance: 0 };
const map = [[[1, 0]]];
const thresholds = { threshold: map, spikeCount: map, presentations: 1 };
const tracker = { winCounts: map, deltaMagnitude: [0, 0] };
const membrane = { v: [0], i: [0] };
const events = library.readEvents(Uint8Array.of(0, 0, 128, 0, 1));
const array = { dtype: 'float32', shape: [1], data: Float32Array.of(1) };
const rested = { v: [0], refractory: [0] };

/** Right arguments for everything that makes tensors of plain numbers. */
const calls: { readonly [name: string]: readonly unknown[] } = {
  decayTrace: [[1], trace],
  traceStep: [[1], [1], trace],
  linearTraceStep: [[1], [1], { decay: 0.5, amplitude: 1 }],
  initDelayLine: [[1], 1],
  delayLineStep: [[1], [[0], [0]], 1],
  getFirstSpikeTimes: [[0, 1]],
  initHistory: [[1], 2],
  pushHistory: [[[1]], [1]],
  readHistory: [[[1]], [0]],
  sampleBefore: [[1], sampling],
  heldSample: [[1], sampling, 'nearest'],
  interpolate: [[1], [1], [1], 'linear', { dt: 1 }],
  runningMean: [[1], [1], 1],
  exponentialMean: [[1], [1], 1],
  initSpikeAges: [[1]],
  spikeAgesStep: [[1], [1]],
  extractReceptiveFieldTimes: [map, 0, 0, 1],
  initStdpSensorState: [[1], [1]],
  stdpSensorStep: [[1], [1], { aPre: [0], aPost: [0] }],
  initIntegrateAndFireState: [[1]],
  integrateAndFireStep: [[1], { v: [0] }],
  initLeakyIntegratorState: [[1]],
  liStep: [[1], membrane, [[1]]],
  liFeedForwardStep: [[1], membrane],
  initLifState: [[1]],
  lifStep: [[1], { ...membrane, z: [0] }, [[1]], [[1]]],
  lifFeedForwardStep: [[1], membrane],
  initRefractoryState: [[1]],
  refractoryLifStep: [[1], rested],
  initAdaptiveLifState: [[1]],
  adaptiveLifStep: [[1], { ...rested, theta: [0] }],
  fedeNeuronStep: [[1], [1], rested],
  fire: [[[1]]],
  thresholdPotentials: [[[1]]],
  keepOneSpike: [[1]],
  poissonEncode: [[1], { steps: 1, seed: 1 }],
  binEvents: [events, { steps: 1 }],
  timeSurface: [events, { tauMicroseconds: 1 }],
  filterImages: [[[[[1]]]], [[[1]]]],
  dogKernel: [3, 1, 2],
  gaborKernel: [3, 45],
  intensityToLatency: [map, 2],
  latencyToWave: [[1], 2],
  localNormalization: [[map], 1],
  lateralIntensityInhibition: [[map], [1]],
  applyLateralInhibition: [map, { channel: 0, y: 0, x: 0 }],
  featureInhibition: [map, [0]],
  pointwiseInhibition: [[map]],
  getKWinners: [[map]],
  findWtaWinner: [[map]],
  wtaGlobal: [map, map],
  wtaByMembrane: [map, map],
  wtaLocal: [map, map, 1],
  normalizeWeights: [[[1]], 1],
  computeConvergenceMetric: [[1]],
  hasConverged: [[1]],
  initAdaptiveThreshold: [[1, 1, 1]],
  adaptiveThresholdStep: [map, thresholds],
  getFiringRates: [thresholds],
  resetFiringStatistics: [thresholds],
  tensorFromArray: [array],
  recordFromArrays: [{ w: array }],
  initConvergenceTracker: [[1, 1, 1]],
  convergenceTrackerStep: [map, tracker],
  getConvergedMask: [tracker],
};

const functions: { readonly [name: string]: unknown } = { ...library };

// This project of the tests chooses no backend.
it.each(Object.entries(calls))('%s asks for a backend first', async (name, args) => {
  const call = functions[name] as (...args: readonly unknown[]) => unknown;
  await expect(async () => call(...args)).rejects.toThrow(
    `${name}: the backend is not chosen yet: await useBackend('wasm') first, or 'cpu', 'webgpu', 'cuda'`,
  );
});
