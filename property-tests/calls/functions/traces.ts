import fc from 'fast-check';
import * as library from '../../../src/entries/everything.js';
import { asksForGigabytes, type Call, ownCall } from '../call.js';
import { shapes } from '../layers.js';
import { type Recipe, record, tensor, value, values } from '../recipes.js';

const { constantFrom, nat, tuple } = fc;

const traceParams: fc.Arbitrary<Recipe> = constantFrom(
  values({ tau: 20, amplitude: 1, dt: 1, traceMode: 'cumulative', integration: 'exact' }),
  values({ tau: 5, amplitude: -0.5, dt: 0.5, traceMode: 'nearest', integration: 'euler' }),
);
const sampling = values({ dt: 0.5, interpTolerance: 1e-4 });
const two = tuple(shapes, nat(9)).map(
  ([shape, seed]) => [tensor(shape, 'uniform', seed), tensor(shape, 'spikes', seed + 1)] as const,
);
const recorded = constantFrom([1, 1, 1], [2, 3, 2], [0, 2, 2], [2, 1, 2, 2, 1]);
const latest = ([batch = 1, , ...shape]: readonly number[]) => [batch, ...shape];

/** Traces, ages, delay lines, records and means. */
export const traceCalls: readonly Call[] = [
  ownCall(
    'decayTrace',
    tuple(two, traceParams).map(([[trace], params]) => [trace, params]),
    library.decayTrace,
  ),
  ownCall(
    'traceStep',
    tuple(two, traceParams).map(([[trace, spikes], params]) => [trace, spikes, params]),
    library.traceStep,
  ),
  ownCall(
    'linearTraceStep',
    two.map((both) => [...both, values({ decay: 0.8, amplitude: 1.3 })]),
    library.linearTraceStep,
  ),
  ownCall(
    'tauOfDecay',
    constantFrom(0, 0.5, 1).map((decay) => [value(decay), value(0.5)]),
    library.tauOfDecay,
  ),
  ownCall(
    'initDelayLine',
    shapes.map((shape) => [value(shape), value(2)]),
    library.initDelayLine,
    { skip: asksForGigabytes },
  ),
  ownCall(
    'delayLineStep',
    tuple(shapes, nat(2)).map(([shape, delay]) => [tensor(shape, 'spikes'), tensor([3, ...shape], 'spikes', 2), value(delay)]),
    library.delayLineStep,
  ),
  ownCall(
    'getFirstSpikeTimes',
    shapes.map((shape) => [tensor([3, ...shape], 'spikes'), value(-1)]),
    library.getFirstSpikeTimes,
  ),
  ownCall(
    'historyLength',
    constantFrom(0, 2.5).map((longest) => [value(longest), value(0.5)]),
    library.historyLength,
  ),
  ownCall(
    'initHistory',
    recorded.map((shape) => [value(latest(shape)), value(2), value(0), value(1)]),
    library.initHistory,
    { skip: asksForGigabytes },
  ),
  ownCall(
    'pushHistory',
    recorded.map((shape) => [tensor(shape), tensor(latest(shape), 'uniform', 2)]),
    library.pushHistory,
  ),
  ownCall(
    'readHistory',
    recorded.map((shape) => [tensor(shape), tensor(latest(shape), 'zeros')]),
    library.readHistory,
  ),
  ownCall(
    'sampleBefore',
    shapes.map((shape) => [tensor(shape), sampling]),
    library.sampleBefore,
  ),
  ownCall(
    'heldSample',
    shapes.map((shape) => [tensor(shape), sampling, value('nearest')]),
    library.heldSample,
  ),
  ownCall(
    'interpolate',
    tuple(two, constantFrom('previous', 'next', 'nearest', 'linear', 'expDecay')).map(([[one, other], form]) => [
      one,
      other,
      one,
      value(form),
      values({ dt: 1, tau: 5 }),
    ]),
    library.interpolate,
  ),
  ownCall(
    'runningMean',
    two.map((both) => [...both, value(3)]),
    library.runningMean,
  ),
  ownCall(
    'exponentialMean',
    two.map((both) => [...both, value(0.25)]),
    library.exponentialMean,
  ),
  ownCall(
    'initSpikeAges',
    shapes.map((shape) => [value(shape)]),
    library.initSpikeAges,
  ),
  ownCall('spikeAgesStep', two, library.spikeAgesStep),
  ownCall(
    'extractReceptiveFieldTimes',
    constantFrom([3, 4, 2], [1, 1, 1], [3, 3, 0]).map((shape) => [
      tensor(shape),
      value(0),
      value(0),
      value(2),
      value(1),
      value(1),
    ]),
    library.extractReceptiveFieldTimes,
  ),
  ownCall(
    'initStdpSensorState',
    shapes.map((shape) => [value(shape), value([2])]),
    library.initStdpSensorState,
  ),
  ownCall(
    'stdpSensorStep',
    tuple(shapes, shapes).map(([pre, post]) => [
      tensor(pre, 'spikes'),
      tensor(post, 'spikes', 2),
      record({ aPre: tensor(pre), aPost: tensor(post) }),
      values({ etaPlus: 1, etaMinus: 0.5, tauPre: 20, tauPost: 30, dt: 1 }),
    ]),
    library.stdpSensorStep,
  ),
];
