import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { fixture } from '../src/conformance/fixtures.js';
import { StdpError } from '../src/core/errors.js';
import { ruleNames } from '../src/rules/ruleFromJSON.js';
import { conv1d } from '../src/topologies/conv1d.js';
import { conv2d } from '../src/topologies/conv2d.js';
import { dense } from '../src/topologies/dense.js';
import { lateral } from '../src/topologies/lateral.js';
import { local2d } from '../src/topologies/local2d.js';
import { oneToOne } from '../src/topologies/oneToOne.js';
import { sparse } from '../src/topologies/sparse.js';
import type { Topology } from '../src/topologies/topology.js';
import { expectClose } from '../test/kernels/agree.js';
import { elsewhere, waysOf } from '../test/target.js';
import { makeNamed, usual } from './everyRule.js';

const topologies: { readonly [name: string]: Topology } = {
  ...{ dense, lateral, oneToOne, conv1d: conv1d({ pad: 1 }), conv2d: conv2d({ pad: 1 }), local2d: local2d({ kernelSize: 2 }) },
  sparse: sparse({ probability: 0.4, seed: 1 }, { inputs: 7, outputs: 5 }),
};

/** Delays between two steps, of rules that know them. */
const delays = (rule: string, topology: Topology): object => {
  const { params, reads } = makeNamed(rule, {}, topology);
  return reads.includes('delay') && 'delayed' in params ? { maxDelay: 2, delayed: true } : {};
};

/** What comes with the spikes, so that all parameters count. */
const input = { reward: 0.7 };

/** The weights after some steps. */
function learned(rule: string, params: object, topology: Topology, steps: number) {
  const made = makeNamed(rule, params, topology);
  const cases = fixture(made, 1, 2, made.reads.includes('delay') ? { ...input, delay: 0.6 } : input);
  let [w, state] = [cases.weights(0.3, 0.7), made.init(cases.shapes)];
  for (let time = 0; time < steps; time++) [w, state] = made.step(cases.spikes(time), w, state);
  return w;
}

/** Those of the params that a rule takes one by one for its neurons, as such lists: one value per output, or else per input. */
function listsOf(rule: string, params: object, topology: Topology) {
  const { pre, post } = fixture(makeNamed(rule, params, topology), 1).shapes;
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => {
      const lists = [post.at(-1), pre.at(-1)].map((size) => Array.from({ length: size ?? 0 }, () => value));
      const taken = typeof value === 'number' && lists.find((list) => takes(rule, { ...params, [name]: list }, topology));
      return taken ? [[name, taken]] : [];
    }),
  );
}

function takes(rule: string, params: object, topology: Topology): boolean {
  try {
    tf.tidy(() => void learned(rule, params, topology, 1));
    return true;
  } catch (reason) {
    if (!(reason instanceof StdpError)) throw reason;
    return false;
  }
}

/** Its rates are in the records of its kernels, and all else is one number. */
const without = ['delayAdjustedKernelStdpDelay'];

describe.each(Object.entries(topologies))('one value per neuron, on %s', (wiring, topology) => {
  const tried = (rule: string): boolean => waysOf(Object.keys(topologies), rule).includes(wiring);
  it.each(ruleNames.filter((rule) => !without.includes(rule) && tried(rule)))(
    '%s: equal values give what one number gives',
    async (rule) => {
      const { params } = makeNamed(rule, { ...usual(rule, topology), ...delays(rule, topology) }, topology);
      const lists = await elsewhere(async () => listsOf(rule, params, topology));
      expect(Object.keys(lists)).not.toEqual([]);
      await expectClose([learned(rule, { ...params, ...lists }, topology, 3)], [learned(rule, params, topology, 3)]);
    },
  );
});
