import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { ruleOf } from '../../../src/circuits/checked/rules.js';
import { checkedCircuit } from '../../../src/circuits/validateCircuit.js';
import { at } from '../../../src/core/at.js';
import { ruleFromJSON } from '../../../src/rules/ruleFromJSON.js';
import { type Heard, hear, type Layers, layersOf, pairsOf, weightsOf } from './pairedLayers.js';

const steps = 50;

/** What comes to a rule's steps besides spikes. */
interface Besides {
  readonly reward?: Float32Array;
  readonly voltage?: readonly Float32Array[];
}

/** The weights that the rule's own steps come to. */
async function stepped(layers: Layers, { before, pre, post }: Heard, { reward, voltage }: Besides = {}): Promise<Float32Array> {
  const { projections } = checkedCircuit(layersOf(layers), 'test');
  const projection = projections['tested'];
  if (projection?.rule === undefined) throw new Error('no rule');
  const { name, params } = ruleOf(projection.rule);
  const [inputs, outputs] = [at(pre, 0).length, at(post, 0).length];
  const topology = { type: 'sparse', inputs, outputs, indices: pairsOf(before) };
  const rule = ruleFromJSON({ rule: name, params, topology } as never);
  let w: tf.Tensor = tf.tensor1d(weightsOf(before));
  let state = rule.init({ pre: [inputs], post: [outputs], w: w.shape });
  for (let t = 0; t < pre.length; t++) {
    const besides = { ...(reward && { reward: at(reward, t) }), ...(voltage && { voltage: at(voltage, t) }) };
    [w, state] = rule.step({ pre: at(pre, t), post: at(post, t), ...besides } as never, w, state);
  }
  return (await w.data()) as Float32Array;
}

/** That weights have changed, and are those of the rule's own steps to rounding. */
async function expectLearned(layers: Layers, heard: Heard, besides?: Besides): Promise<void> {
  const ours = weightsOf(heard.after);
  const theirs = await stepped(layers, heard, besides);
  expect(Math.max(...ours.map((w, s) => Math.abs(w - at(theirs, s))))).toBeLessThan(2e-6);
  expect(ours).not.toEqual(weightsOf(heard.before));
}

const ways: readonly Pick<Layers, 'coincidence' | 'from'>[] = [
  { coincidence: 'neither', from: 'source' },
  { coincidence: 'preFirst', from: 'neurons' },
  { coincidence: 'postFirst', from: 'source' },
  { coincidence: 'both', from: 'neurons' },
];

const bounds = { wMin: 0, wMax: 1, hardBound: true };
type Params = { readonly [name: string]: unknown };
const rules: { readonly [name: string]: Params } = {
  pairStdp: { etaPlus: 0.05, etaMinus: 0.04, tauPre: 20, tauPost: 10 },
  'pairStdp nearest': { etaPlus: 0.05, etaMinus: 0.04, traceMode: 'nearest', integration: 'exact' },
  'pairStdp restrictedNearest': { etaPlus: 0.05, etaMinus: 0.04, traceMode: 'restrictedNearest', integration: 'exact' },
  'pairStdp restrictedNearest soft': { etaPlus: 0.2, etaMinus: 0.1, traceMode: 'restrictedNearest', weightDependence: 'soft' },
  'pairStdp soft': { etaPlus: 0.2, etaMinus: 0.1, weightDependence: 'soft' },
  'pairStdp power': { etaPlus: 0.2, etaMinus: 0.1, weightDependence: 'multiplicativePow', mu: 0.4 },
  'pairStdp inhibitory': { etaPlus: 0.05, etaMinus: 0.04, wMin: -1, wMax: 0 },
  twoFactorStdp: { etaPost: 0.05, etaPre: -0.04, ...bounds },
  'twoFactorStdp both up': { etaPost: 0.01, etaPre: 0.02, weightDependence: 'multiplicativeRelu', ...bounds },
  symmetricStdp: { eta: 0.02, alpha: 0.3 },
  vogelsStdp: { eta: 0.02, targetRate: 20, wMax: 1 },
  tripletStdp: { etaPostPair: 0.01, etaPostTriplet: 0.02, etaPrePair: -0.02, etaPreTriplet: -0.01, ...bounds },
  'tripletStdp soft': { etaPostTriplet: 0.2, weightDependence: 'soft', ...bounds },
};

describe('what a projection learns', () => {
  it.each(Object.entries(rules))('is what %s learns, whatever coincides', async (name, params) => {
    for (const [index, way] of ways.entries()) {
      const weight = { uniform: name.includes('inhibitory') ? ([-1, 0] as const) : ([0, 1] as const) };
      const rule = { rule: name.split(' ')[0] ?? '', params };
      const layers: Layers = { ...way, projection: { rule, weight, delay: index } };
      await expectLearned(layers, hear(layers, steps, 3));
    }
  });

  const rewarded: { readonly [name: string]: Params } = {
    eligibilityStdp: { etaPlus: 0.05, etaMinus: 0.04 },
    'eligibilityStdp previous': { etaPlus: 0.05, etaMinus: 0.04, readout: 'previous', weightDependence: 'soft' },
    mstdp: { etaPost: 0.05, etaPre: -0.04, ...bounds },
    'mstdp soft': { etaPost: 0.05, etaPre: -0.04, weightDependence: 'soft', scale: 2 },
    mstdpet: { etaPost: 0.5, etaPre: -0.4, ...bounds },
    'mstdpet soft': { etaPost: 0.5, etaPre: 0.4, weightDependence: 'soft', ...bounds },
  };
  it.each(Object.entries(rewarded))('is what %s learns from rewards', async (name, params) => {
    const reward = Float32Array.from({ length: steps }, (_, t) => (t % 7 === 0 ? (t % 2 === 0 ? 2 : -1) : 0));
    const projection = { rule: { rule: name.split(' ')[0] ?? '', params }, weight: { uniform: [0, 1] as const } };
    for (const way of ways.slice(0, 2)) {
      const layers: Layers = { ...way, projection };
      await expectLearned(layers, hear(layers, steps, 4, { reward }), { reward });
    }
  });

  it('is what clopathStdp learns from the potentials of the neurons, at their peak where they fire', async () => {
    const params = { etaPlus: 1e-4, etaMinus: 1e-3, thetaPlus: 6, thetaMinus: 2, uRest: 0, uSpike: 50 };
    const layers: Layers = {
      from: 'neurons',
      projection: { rule: { rule: 'clopathStdp', params }, weight: { uniform: [0, 1] } },
    };
    const heard = hear(layers, steps, 5);
    const voltage = heard.voltage.map((v, t) => v.map((value, j) => (at(at(heard.post, t), j) > 0 ? 50 : value)));
    expect(voltage.some((v) => v.some((value) => value > 6 && value < 50))).toBe(true);
    await expectLearned(layers, heard, { voltage });
  });

  it.each([
    ['preCentred pairs', 'pairStdp', { traceMode: 'preCentred' }],
    ['decay of all weights', 'pairStdp', { weightDecay: 0.01 }],
    ['a rate for each neuron', 'vogelsStdp', { targetRate: Array.from({ length: 9 }, () => 5) }],
    ['products of traces alone', 'productRule', { dw: 'dw = x1 * y1' }],
    ['a rule of order', 'latencyStdp', {}],
  ])('is left to the composition where it is %s', (_, rule, params) => {
    const projection = { rule: { rule, params }, weight: 0.5 };
    const problem = `run: circuit.projections.tested.rule '${rule}' as it is set has no kernel: runComposed runs it`;
    expect(() => hear({ from: 'source', projection }, 1, 1)).toThrow(problem);
  });
});
