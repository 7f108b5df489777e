import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { isRecord } from '../../../src/core/trees.js';
import {
  applyDelta,
  decayStdpState,
  initStdpState,
  type LayerShapes,
  type Rule,
  type RuleInput,
  ruleFromJSON,
  ruleNames,
  scan,
  stdpStepConv2d,
  stdpStepLinear,
  stepOf,
} from '../../../src/entries/everything.js';
import * as rules from '../../../src/rules/all.js';
import type { Topology } from '../../../src/topologies/topology.js';
import { type Call, call } from '../call.js';
import { anyLayers, convLayers, denseLayers, inputOf, type LayerCase, shapesOf } from '../layers.js';
import { type Recipe, record, tensor, value, values } from '../recipes.js';

type Make = (params: unknown, topology: Topology) => Rule<object>;
type Weights = tf.Tensor | tf.TensorLike;

const makeOf = (name: string): Make => (rules as unknown as { readonly [name: string]: Make })[name] as Make;

/** Settings beside the defaults, by rule. */
const settings: { readonly [rule: string]: readonly object[] } = {
  pairStdp: [
    { integration: 'exact', traceMode: 'nearest', coincidence: 'none', batchReduction: 'mean' },
    { traceMode: 'restrictedNearest', weightDependence: 'soft' },
    { weightDependence: 'multiplicativePow', mu: 0.5, batchReduction: 'max', weightDecay: 0.1 },
  ],
  twoFactorStdp: [{ maxDelay: 2 }, { maxDelay: 2, delayed: true }, { coincidence: 'post', hardBound: true }],
  tripletStdp: [{ maxDelay: 2 }],
  kernelStdp: [{ maxDelay: 1.5 }, { gate: 'always' }],
  clopathStdp: [{ delay: 2 }],
  productRule: [{ dw: 'dw = -0.1 * w + 0.01 * x1 * (y1 + 1) * w' }],
};

/** These count in stimuli, not in time. */
const timeless = ['homeostasis', 'latencyStdp', 'rewardStdp'];

const paramsOf = (name: string): fc.Arbitrary<object> =>
  fc.constantFrom({}, ...(timeless.includes(name) ? [] : [{ dt: 0.5 }]), ...(settings[name] ?? []));

/** What the rule reads of the input, with right values. */
function extras(rule: Rule<object>, { shapes }: LayerCase): { readonly [name: string]: Recipe } {
  const maxDelay = Number(Object(rule.params)['maxDelay'] ?? 1);
  return {
    ...(rule.reads.includes('reward') && { reward: value(0.5) }),
    ...(rule.reads.includes('delay') && maxDelay > 0 && { delay: tensor(shapes.w, 'uniform', 9) }),
  };
}

/** A step in different words. The state is that of init, with something else in the place of some of its fields. */
interface Step {
  readonly rule: Rule<object>;
  readonly input: RuleInput;
  readonly w: Weights;
  readonly state: object;
  readonly options: object | undefined;
}

const withStep =
  (name: string, take: (step: Step) => unknown) =>
  (params: unknown, topology: Topology, shapes: LayerShapes, input: RuleInput, w: Weights, fields: unknown, options: object) => {
    const rule = makeOf(name)(params, topology);
    const first = rule.init(shapes);
    try {
      const state = isRecord(fields) ? { ...first, ...fields } : fields;
      return take({ rule, input, w, state: state as object, options });
    } finally {
      tf.dispose({ ...first } as tf.TensorContainer);
    }
  };

const ways: { readonly [way: string]: (step: Step) => unknown } = {
  step: ({ rule, input, w, state, options }) => rule.step(input, w, state, options),
  'delta, applied': ({ rule, input, w, state, options }) => {
    if (options !== undefined) return rule.step(input, w, state, options);
    const [delta, next] = rule.delta(input, w, state);
    try {
      const { update, topology } = rule;
      return [applyDelta(w as tf.Tensor, delta, topology, update, update, update.batchReduction), next];
    } finally {
      tf.dispose(delta as unknown as tf.TensorContainer);
    }
  },
};

const ruleCall = (name: string): Call => ({
  name,
  args: fc.tuple(paramsOf(name), anyLayers, fc.nat(100)).map(([params, layer, seed]) => {
    const rule = makeOf(name)(params, layer.topology);
    const input = inputOf(layer, seed, extras(rule, layer));
    return [
      values(params),
      value(layer.topology),
      shapesOf(layer),
      input,
      tensor(layer.shapes.w, 'uniform', seed + 2),
      record({}),
      value(undefined),
    ];
  }),
  ways: Object.fromEntries(Object.entries(ways).map(([way, take]) => [way, withStep(name, take)])),
});

const scanned = (name: string): Call => ({
  name: `scan(stepOf(${name}))`,
  args: fc.tuple(paramsOf(name), anyLayers, fc.nat(100), fc.constantFrom(0, 1, 2, 3)).map(([params, layer, seed, steps]) => {
    const { pre, post, w } = layer.shapes;
    const trains = {
      pre: tensor([steps, ...pre], 'spikes', seed),
      post: tensor([steps, ...post], 'spikes', seed + 1),
    };
    return [
      values(params),
      value(layer.topology),
      shapesOf(layer),
      record(trains),
      tensor(w, 'uniform', seed + 2),
      record({}),
      value(undefined),
    ];
  }),
  ways: {
    'scan of stepOf': withStep(name, ({ rule, input, w, state }) => scan(stepOf(rule), [w as tf.Tensor, state], input)[0]),
    'scan of steps': withStep(
      name,
      ({ rule, input, w, state }) =>
        scan(
          ([weights, held]: readonly [tf.Tensor, object], x: RuleInput) => [rule.step(x, weights, held), null],
          [w as tf.Tensor, state],
          input,
        )[0],
    ),
  },
});

const donated = (name: string): Call => ({
  name: `${name}, donated`,
  args: fc.tuple(paramsOf(name), anyLayers, fc.nat(100)).map(([params, layer, seed]) => {
    const input = inputOf(layer, seed);
    return [
      values(params),
      value(layer.topology),
      shapesOf(layer),
      input,
      tensor(layer.shapes.w, 'uniform', seed + 2),
      record({}),
      value(undefined),
    ];
  }),
  ways: {
    'three steps': withStep(name, (step) => threeSteps(step, false)),
    'three donated steps': withStep(name, (step) => threeSteps(step, true)),
  },
});

/** Three steps of which each is given what the one before returned. */
function threeSteps({ rule, input, w, state }: Step, donate: boolean): unknown {
  let [weights, held] = rule.step(input, w, state);
  for (let step = 0; step < 2; step++) {
    const [next, after] = rule.step(input, weights, held, { donate });
    if (!donate) tf.dispose([weights, { ...held } as tf.TensorContainer]);
    [weights, held] = [next, after];
  }
  return [weights, held];
}

const stepArgs = (layers: fc.Arbitrary<LayerCase>, more: object = {}) =>
  fc
    .tuple(layers, fc.nat(100), paramsOf('pairStdp'))
    .map(([{ shapes }, seed, params]) => [
      tensor(shapes.pre, 'spikes', seed),
      tensor(shapes.post, 'graded', seed + 1),
      tensor(shapes.w, 'uniform', seed + 2),
      record({ tPre: tensor(shapes.pre, 'uniform', seed + 3), tPost: tensor(shapes.post, 'uniform', seed + 4) }),
      values({ ...params, ...more, ...(Object(params)['traceMode'] === 'restrictedNearest' && { traceMode: 'nearest' }) }),
    ]);

export const ruleCalls: readonly Call[] = [
  ...ruleNames.flatMap((name) => [ruleCall(name), scanned(name), donated(name)]),
  call('stdpStepLinear', stepArgs(denseLayers), stdpStepLinear),
  call('stdpStepConv2d', stepArgs(convLayers), stdpStepConv2d),
  call(
    'decayStdpState',
    stepArgs(denseLayers).map(([pre, post, , state, params]) => [state, pre, post, params] as readonly Recipe[]),
    decayStdpState,
  ),
  call(
    'initStdpState',
    denseLayers.map(({ shapes }) => [value([...shapes.pre]), value([...shapes.post])]),
    initStdpState,
  ),
  call(
    'ruleFromJSON',
    fc
      .constantFrom(...ruleNames)
      .map((rule) => [record({ rule: value(rule), params: record({}), topology: values({ type: 'dense' }) })]),
    (json: never) => JSON.stringify(ruleFromJSON(json)),
  ),
];
