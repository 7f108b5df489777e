import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { fixture } from '../src/conformance/fixtures.js';
import { ruleNames } from '../src/rules/ruleFromJSON.js';
import { conv2d } from '../src/topologies/conv2d.js';
import { dense } from '../src/topologies/dense.js';
import type { Topology } from '../src/topologies/topology.js';
import { expectClose } from '../test/kernels/agree.js';
import { elsewhere } from '../test/target.js';
import { makeNamed, usual } from './everyRule.js';

const topologies: { readonly [name: string]: Topology } = { dense, conv2d: conv2d({ pad: 1 }) };

/** What comes with the spikes, so that all parameters count. */
const input = { reward: 0.7 };

/** The weights after some steps. */
function learned(rule: string, params: object, topology: Topology, steps: number) {
  const made = makeNamed(rule, params, topology);
  const cases = fixture(made, 1, 2, input);
  let [w, state] = [cases.weights(0.3, 0.7), made.init(cases.shapes)];
  for (let time = 0; time < steps; time++) [w, state] = made.step(cases.spikes(time), w, state);
  return w;
}

/** Those of the params that a rule takes one by one for its neurons, as such lists: one value per output, or else per input. */
function listsOf(rule: string, params: object, topology: Topology) {
  const [inputs, outputs] = fixture(makeNamed(rule, params, topology), 1).shapes.w.slice(-2);
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => {
      const lists = [outputs, inputs].map((size) => Array.from({ length: size ?? 0 }, () => value));
      const taken = typeof value === 'number' && lists.find((list) => takes(rule, { ...params, [name]: list }, topology));
      return taken ? [[name, taken]] : [];
    }),
  );
}

function takes(rule: string, params: object, topology: Topology): boolean {
  try {
    tf.tidy(() => void learned(rule, params, topology, 1));
    return true;
  } catch {
    return false;
  }
}

/** Its rates are in the records of its kernels, and all else is one number. */
const without = ['delayAdjustedKernelStdpDelay'];

describe.each(Object.entries(topologies))('one value per neuron, on %s', (_, topology) => {
  it.each(ruleNames.filter((rule) => !without.includes(rule)))('%s: equal values give what one number gives', async (rule) => {
    const { params } = makeNamed(rule, usual(rule, topology), topology);
    const lists = await elsewhere(async () => listsOf(rule, params, topology));
    expect(Object.keys(lists)).not.toEqual([]);
    await expectClose([learned(rule, { ...params, ...lists }, topology, 3)], [learned(rule, params, topology, 3)]);
  });
});
