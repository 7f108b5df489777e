import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type { Rule, RuleInput, Topology } from '../../../src/entries/everything.js';
import * as library from '../../../src/entries/everything.js';
import { type Call, ownCall } from '../call.js';
import { anyLayers, inputOf, shapesOf } from '../layers.js';
import { record, tensor, value, values } from '../recipes.js';

const { constantFrom, nat, tuple } = fc;

type Make = (params: never, topology?: Topology) => Rule<object>;

/** A peer's form of a rule, and one step of it. */
const form = (name: string, make: Make, params: fc.Arbitrary<object>): Call =>
  ownCall(
    name,
    tuple(params, anyLayers, nat(50)).map(([given, layer, seed]) => [
      values(given),
      value(layer.topology),
      shapesOf(layer),
      inputOf(layer, seed, { reward: value(0.5) }),
      tensor(layer.shapes.w, 'uniform', seed + 2),
    ]),
    (given: never, topology: Topology, shapes: never, input: RuleInput, w: tf.Tensor) => {
      const rule = make(given, topology);
      const state = rule.init(shapes);
      try {
        return rule.step(input, w, state);
      } finally {
        tf.dispose({ ...state });
      }
    },
  );

const bindsnet = constantFrom(
  { nu: [0.1, 0.2], dt: 0.5, tcTracePre: 10, tracesAdditive: true, wMin: -1, wMax: 2 },
  { nu: 0.1, reduction: 'mean', weightDecay: 0.1, traceScale: 2 },
);
const bindsnetReward = constantFrom({ nu: [0.1, 0], aMinus: -2, tcPlus: 10, tcETrace: 5 }, { nu: 0.1, reduction: 'max' });
const pysnn = constantFrom({ tauT: 10, alphaT: 2, dt: 0.5 }, { traceUpdate: 'linear', tauT: 0.5 });

const spikingJelly = (name: string, step: (...args: never[]) => unknown): Call =>
  ownCall(
    name,
    tuple(anyLayers, nat(50)).map(([{ topology, shapes }, seed]) => [
      tensor(shapes.pre, 'spikes', seed),
      tensor(shapes.post, 'spikes', seed + 1),
      tensor(shapes.w, 'uniform', seed + 2),
      record({ tPre: tensor(shapes.pre, 'uniform', seed + 3), tPost: tensor(shapes.post, 'uniform', seed + 4) }),
      values({ tauPre: 4, tauPost: 2 }),
      value(topology),
    ]),
    step,
  );

/** Rules under the names that other libraries give them. */
export const peerCalls: readonly Call[] = [
  form('bindsnetPostPre', library.bindsnetPostPre, bindsnet),
  form('bindsnetWeightDependentPostPre', library.bindsnetWeightDependentPostPre, bindsnet),
  form('bindsnetHebbian', library.bindsnetHebbian, bindsnet),
  form('bindsnetMstdp', library.bindsnetMstdp, bindsnetReward),
  form('bindsnetMstdpet', library.bindsnetMstdpet, bindsnetReward),
  form(
    'pysnnMstdpet',
    library.pysnnMstdpet,
    pysnn.map((trace) => ({ ...trace, aPre: 1, aPost: 0.5, lr: 0.1, eTraceDecay: 0.9 })),
  ),
  form(
    'pysnnFedeStdp',
    library.pysnnFedeStdp,
    pysnn.map((trace) => ({ ...trace, lr: 0.1, wInit: 0.5, a: 0.2 })),
  ),
  spikingJelly('spikingJellyStdp', library.spikingJellyStdp),
  spikingJelly('spikingJellyMstdp', library.spikingJellyMstdp),
  spikingJelly('spikingJellyMstdpet', library.spikingJellyMstdpet),
  ownCall(
    'fedeUpdate',
    tuple(constantFrom([2, 3], [1, 1], [2, 2, 1, 3], [0, 2]), constantFrom([2, 1], [1, 3], [0, 1])).map(([w, leading]) => [
      tensor(w),
      tensor([...leading, ...w], 'spikes', 2),
      values({ etaPlus: 0.1, etaMinus: 0.2 }),
    ]),
    library.fedeUpdate,
  ),
];
