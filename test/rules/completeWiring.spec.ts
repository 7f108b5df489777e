import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { everyRule, makeNamed, usual } from '../../property-tests/everyRule.js';
import { fixture } from '../../src/conformance/fixtures.js';
import type { Rule } from '../../src/rules/rule.js';
import { dense } from '../../src/topologies/dense.js';
import { sparse } from '../../src/topologies/sparse.js';
import { waysOf } from '../target.js';

const complete = sparse({ probability: 1, seed: 0 }, { inputs: 5, outputs: 3 });

/** Parameters that a rule may take one per output: two times the usual, half of it, the usual. */
const perOutput = (params: object): object =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      /^(eta|tau|plasticity|target)/.test(name) && typeof value === 'number' && value !== 0
        ? [[name, [2 * value, value / 2, value]]]
        : [],
    ),
  );

/** Whether a rule takes parameters on a layer of 5 inputs and 3 outputs. */
function isTaken(name: string, params: object): boolean {
  try {
    const rule = makeNamed(name, params, dense);
    rule.step({ pre: tf.zeros([5]), post: tf.zeros([3]) }, tf.zeros([5, 3]), rule.init({ pre: [5], post: [3], w: [5, 3] }));
    return true;
  } catch {
    return false; // one number only, or one for each input
  }
}

/** The parameters of a rule with as many of them one for each output as it takes. */
function withPerOutput(name: string, params: object): object {
  let taken = params;
  for (const [field, values] of Object.entries(perOutput(makeNamed(name, params, dense).params))) {
    const more = { ...taken, [field]: values };
    if (isTaken(name, more)) taken = more;
  }
  return taken;
}

describe.each(everyRule)('%s: a sparse layer of all synapses learns as a dense one', (_, name, { params = {}, options }) => {
  const all = { ...usual(name, dense), ...params };
  const ways: readonly (readonly [string, () => object])[] = [
    ['one number for all', () => all],
    ['one for each output', () => withPerOutput(name, all)],
  ];
  it.each(waysOf(ways, name))('%s', async (_kind, params) => {
    const given = params();
    const cases = fixture(makeNamed(name, given, dense), 1, 2, options?.input);
    const learned = async (rule: Rule<object>, flat: boolean) => {
      const laid = (values: tf.Tensor) => (flat ? tf.reshape(values, [15]) : values);
      let [w, state] = [laid(cases.weights(0.2, 0.8)), rule.init({ ...cases.shapes, w: flat ? [15] : [5, 3] })];
      for (let time = 0; time < 6; time++) {
        const { delay, ...spikes } = cases.spikes(time);
        [w, state] = rule.step({ ...spikes, ...(delay && { delay: laid(delay as tf.Tensor) }) }, w, state);
      }
      return Array.from(await w.data());
    };
    const wanted = await learned(makeNamed(name, given, dense), false);
    const found = await learned(makeNamed(name, given, complete), true);
    expect(found).toEqual(wanted.map((value) => expect.closeTo(value, 5)));
  });
});
