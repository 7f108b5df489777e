import fc from 'fast-check';
import * as library from '../../../src/entries/everything.js';
import { type Call, ownCall } from '../call.js';
import { shapes } from '../layers.js';
import { record, tensor, value, values } from '../recipes.js';

const { constantFrom, tuple } = fc;

const membrane = { tauSyn: 5, tauMem: 10, vLeak: 0.25, dt: 1 };
const lif = { ...membrane, vTh: 0.7, vReset: -0.5 };
const resting = { dt: 1, tauMem: 10, integration: 'euler', gain: 5, vRest: 0.1, vReset: 0, vTh: 0.6, tauRefractory: 2 };
const adaptive = {
  ...resting,
  tauTheta: 50,
  thetaPlus: 0.3,
  thetaIntegration: 'exact',
  thetaOrder: 'decayLast',
  sharedTheta: true,
};
const integrating = { vTh: 0.8, reset: 'subtract' };

const stateOf = (names: readonly string[], shape: readonly number[]) =>
  record(Object.fromEntries(names.map((name, index) => [name, tensor(shape, 'uniform', index + 3)])));
const rested = (shape: readonly number[]) => record({ v: tensor(shape), refractory: tensor(shape, 'spikes', 4) });
const layers = tuple(constantFrom([], [1], [2], [0]), constantFrom(1, 3, 0), constantFrom(1, 2, 0));

/** Neurons: their states, their steps, and what becomes of their spikes. */
export const neuronCalls: readonly Call[] = [
  ownCall(
    'initIntegrateAndFireState',
    shapes.map((shape) => [value(shape)]),
    library.initIntegrateAndFireState,
  ),
  ownCall(
    'integrateAndFireStep',
    shapes.map((shape) => [tensor(shape), stateOf(['v'], shape), values(integrating)]),
    library.integrateAndFireStep,
  ),
  ownCall(
    'initLeakyIntegratorState',
    shapes.map((shape) => [value(shape), values(membrane)]),
    library.initLeakyIntegratorState,
  ),
  ownCall(
    'liFeedForwardStep',
    shapes.map((shape) => [tensor(shape), stateOf(['v', 'i'], shape), values(membrane)]),
    library.liFeedForwardStep,
  ),
  ownCall(
    'liStep',
    layers.map(([batch, inputs, outputs]) => [
      tensor([...batch, inputs], 'spikes'),
      stateOf(['v', 'i'], [...batch, outputs]),
      tensor([inputs, outputs]),
      values(membrane),
    ]),
    library.liStep,
  ),
  ownCall(
    'initLifState',
    shapes.map((shape) => [value(shape), values(lif)]),
    library.initLifState,
  ),
  ownCall(
    'lifFeedForwardStep',
    shapes.map((shape) => [tensor(shape), stateOf(['v', 'i'], shape), values(lif)]),
    library.lifFeedForwardStep,
  ),
  ownCall(
    'lifStep',
    layers.map(([batch, inputs, outputs]) => [
      tensor([...batch, inputs], 'spikes'),
      stateOf(['v', 'i', 'z'], [...batch, outputs]),
      tensor([inputs, outputs]),
      tensor([outputs, outputs], 'graded'),
      values(lif),
    ]),
    library.lifStep,
  ),
  ownCall(
    'initRefractoryState',
    shapes.map((shape) => [value(shape), values(resting)]),
    library.initRefractoryState,
  ),
  ownCall(
    'refractoryLifStep',
    shapes.map((shape) => [tensor(shape), rested(shape), values(resting)]),
    library.refractoryLifStep,
  ),
  ownCall(
    'fedeNeuronStep',
    shapes.map((shape) => [tensor(shape), tensor(shape, 'graded'), rested(shape), values(resting)]),
    library.fedeNeuronStep,
  ),
  ownCall(
    'initAdaptiveLifState',
    shapes.map((shape) => [value(shape), values(adaptive)]),
    library.initAdaptiveLifState,
  ),
  ownCall(
    'adaptiveLifStep',
    shapes.map((shape) => [
      tensor(shape),
      record({
        v: tensor(shape),
        refractory: tensor(shape, 'spikes', 4),
        theta: tensor(shape.length > 1 ? [1, ...shape.slice(1)] : shape, 'uniform', 5),
      }),
      values(adaptive),
    ]),
    library.adaptiveLifStep,
  ),
  ownCall(
    'fire',
    shapes.map((shape) => [tensor([2, ...shape], 'graded'), value(0.1)]),
    library.fire,
  ),
  ownCall(
    'thresholdPotentials',
    shapes.map((shape) => [tensor([2, ...shape], 'graded'), value(0.1)]),
    library.thresholdPotentials,
  ),
  ownCall(
    'keepOneSpike',
    constantFrom([1, 1], [2, 3], [3], [0, 2], [2, 0]).map((shape) => [tensor(shape, 'spikes'), value(7)]),
    library.keepOneSpike,
  ),
];
