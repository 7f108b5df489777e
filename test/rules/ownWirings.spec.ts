import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { scan } from '../../src/core/scan.js';
import { useKernels } from '../../src/kernels/tensors/current.js';
import { EligibilitySTDP } from '../../src/learners/pysnnRules.js';
import { TrainerUnit } from '../../src/learners/trainerUnit.js';
import * as all from '../../src/rules/all.js';
import type { Rule } from '../../src/rules/rule.js';
import { ruleNames } from '../../src/rules/ruleFromJSON.js';
import { stepOf } from '../../src/rules/stepOf.js';
import { dense } from '../../src/topologies/dense.js';
import type { Topology } from '../../src/topologies/topology.js';

/** A wiring with no geometry that isn't dense: its inputs are taken the other way round. */
const crossed: Topology = { ...dense, preRows: (pre, w) => dense.preRows(tf.reverse(pre, -1), w) };

const make = (name: string, topology: Topology): Rule<object> =>
  (all as unknown as { readonly [rule: string]: (params: object, topology: Topology) => Rule<object> })[name]?.(
    {},
    topology,
  ) as Rule<object>;

const shapes = { pre: [2, 3], post: [2, 2], w: [3, 2] };
const pre = () => tf.tensor3d([1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1], [3, 2, 3]);
const post = () => tf.tensor3d([0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0], [3, 2, 2]);
const weights = () => tf.tensor2d([0.1, 0.2, 0.4, 0.5, 0.7, 0.9], [3, 2]);
const numbers = async (tensor: tf.Tensor) => Array.from(await tensor.data());
const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 6));
const turned = (train: tf.Tensor) => tf.reverse(train, -1);

const inputOf = (rule: Rule<object>) => (rule.reads.includes('reward') ? { reward: 0.5 } : {});

afterEach(() => useKernels(true));

describe.each(ruleNames)('a wiring without geometry under %s', (name) => {
  const learned = (topology: Topology, train: tf.Tensor): tf.Tensor => {
    const rule = make(name, topology);
    const input = { pre: train, post: post(), ...inputOf(rule) };
    return scan(stepOf(rule), [weights(), rule.init(shapes)], input)[0][0];
  };
  it.each([true, false])('is what it says, not dense (kernels: %s)', async (kernels) => {
    useKernels(kernels);
    const wanted = await numbers(learned(dense, turned(pre())));
    expect(await numbers(learned(crossed, pre()))).toEqual(close(wanted));
  });

  it('is what it says in a trainer', async () => {
    const trained = async (topology: Topology, train: tf.Tensor) => {
      const rule = make(name, topology);
      const unit = new TrainerUnit('a', rule, { w: weights(), ...{ pre: shapes.pre, post: shapes.post } });
      for (const [time, spikes] of tf.unstack(train).entries())
        unit.step({ pre: spikes, post: tf.unstack(post())[time] as tf.Tensor, ...inputOf(rule) });
      unit.apply();
      return numbers(unit.getParameter());
    };
    expect(await trained(crossed, pre())).toEqual(close(await trained(dense, turned(pre()))));
  });

  it('is not written as what it is not', () => {
    expect(() => make(name, crossed).toJSON()).toThrow(`${name}: topology is a wiring of your own, which JSON can't hold`);
  });
});

it('a wiring without geometry is what it says in a learning rule', async () => {
  const learned = async (topology: Topology, train: tf.Tensor) => {
    const rule = new EligibilitySTDP({ a: { w: weights(), topology } }, { etaPlus: 0.1 });
    for (const [time, spikes] of tf.unstack(train).entries())
      rule.updateState({ a: { pre: spikes, post: tf.unstack(post())[time] as tf.Tensor } });
    rule.step();
    return numbers(rule.weights('a'));
  };
  expect(await learned(crossed, pre())).toEqual(close(await learned(dense, turned(pre()))));
});
