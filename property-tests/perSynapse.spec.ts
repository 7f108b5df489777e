import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { numbers } from '../src/conformance/expect.js';
import { fixture } from '../src/conformance/fixtures.js';
import { asTensor } from '../src/core/tensors.js';
import * as rules from '../src/rules/all.js';
import type { Rule } from '../src/rules/rule.js';
import { ruleNames } from '../src/rules/ruleFromJSON.js';
import { conv1d } from '../src/topologies/conv1d.js';
import { conv2d } from '../src/topologies/conv2d.js';
import { dense } from '../src/topologies/dense.js';
import { lateral } from '../src/topologies/lateral.js';
import { local2d } from '../src/topologies/local2d.js';
import { oneToOne } from '../src/topologies/oneToOne.js';
import { alongWeights, synapsesOf } from '../src/topologies/perOutput.js';
import { sparse } from '../src/topologies/sparse.js';
import type { Topology } from '../src/topologies/topology.js';
import { expectClose } from '../test/kernels/agree.js';
import { waysOf } from '../test/target.js';
import { usual } from './everyRule.js';

const topologies: { readonly [name: string]: Topology } = {
  ...{ dense, lateral, oneToOne, conv1d: conv1d({ pad: 1 }), conv2d: conv2d({ pad: 1 }), local2d: local2d({ kernelSize: 2 }) },
  sparse: sparse({ probability: 0.4, seed: 1 }, { inputs: 7, outputs: 5 }),
};

type Make = (params: object, topology: Topology) => Rule<object>;
const make = (rule: string, params: object, topology: Topology) =>
  (rules as unknown as { readonly [rule: string]: Make })[rule]?.(params, topology) ?? expect.fail(`no rule ${rule}`);

/** The weights after three steps with a reward. */
function learned(rule: string, params: object, topology: Topology) {
  const made = make(rule, params, topology);
  const cases = fixture(made, 1, 2, { reward: 0.7 });
  let [w, state] = [cases.weights(0.3, 0.7), made.init(cases.shapes)];
  for (let time = 0; time < 3; time++) [w, state] = made.step(cases.spikes(time), w, state);
  return w;
}

/** The params with each of their rates, those of kernels too, as `change` makes it. */
const withRates = (params: object, change: (rate: number) => unknown): object =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (/^(eta|punishedEta|plasticity)/.test(name) && typeof value === 'number') return [name, change(value)];
      return [name, /^kernelP/.test(name) ? withRates(value, change) : value];
    }),
  );

/** Its rates stand in its text. */
const without = ['productRule'];

describe.each(Object.entries(topologies))('one rate per synapse, on %s', (wiring, topology) => {
  const cases = ruleNames.filter((rule) => !without.includes(rule) && waysOf(Object.keys(topologies), rule).includes(wiring));

  it.each(cases)('%s: equal ones give what one number gives', async (rule) => {
    const params = { ...make(rule, usual(rule, topology), topology).params };
    const { w } = fixture(make(rule, params, topology), 1).shapes;
    const rates = withRates(params, (rate) => tf.fill([...synapsesOf(topology, w)], rate));
    await expectClose([learned(rule, rates, topology)], [learned(rule, params, topology)]);
  });

  it.each(cases)('%s: where they are 0 nothing is learned, elsewhere what was learned before', async (rule) => {
    const params = { ...make(rule, usual(rule, topology), topology).params };
    const { w } = fixture(make(rule, params, topology), 1).shapes;
    const shape = [...synapsesOf(topology, w)];
    const mask = tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, index) => index % 2),
      shape,
    );
    const rates = withRates(params, (rate) => tf.mul(rate, mask));
    const still = withRates(params, () => 0);
    const [masked, all, none] = [rates, params, still].map((given) => learned(rule, given, topology));
    const wanted = masked && all && none && tf.where(tf.cast(asTensor(alongWeights(mask, topology)), 'bool'), all, none);
    expect(await numbers(all)).not.toEqual(await numbers(none));
    await expectClose([masked ?? expect.fail()], [wanted ?? expect.fail()]);
  });

  it.each(cases)('%s: a rate that is neither per neuron nor per synapse is named', (rule) => {
    const params = { ...make(rule, usual(rule, topology), topology).params };
    const rates = withRates(params, (rate) => tf.fill([2, 7], rate));
    expect(() => learned(rule, rates, topology)).toThrow(/(eta|Eta|plasticity)\w* has shape \[2, 7\]/);
  });
});

it('only rates may be given per synapse', () => {
  expect(() => make('pairStdp', { tauPre: tf.ones([5, 3]) }, dense)).toThrow(
    'pairStdp: tauPre must be a positive number of ms, got a tensor [5, 3]',
  );
  expect(() => make('symmetricStdp', { alpha: tf.ones([5, 3]) }, dense)).toThrow('symmetricStdp: alpha must be a finite number');
});
