import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { makeNamed, usual } from '../../property-tests/everyRule.js';
import { scan } from '../../src/core/scan.js';
import { ruleNames } from '../../src/rules/ruleFromJSON.js';
import { stepOf } from '../../src/rules/stepOf.js';
import { dense } from '../../src/topologies/dense.js';

/** Trains of three steps: pre, post and reward, of one sample or of two. */
const trains = {
  'one sample': { pre: [[1], [0], [1]], post: [[0], [1], [1]], reward: [1, 0, 0.5] },
  'a batch': {
    pre: [
      [[1], [0]],
      [[0], [1]],
      [[1], [1]],
    ],
    post: [
      [[0], [1]],
      [[1], [0]],
      [[1], [0]],
    ],
    reward: [
      [1, 0],
      [0, 1],
      [0.5, 0],
    ],
  },
};

describe.each(ruleNames)('%s', (name) => {
  const rule = makeNamed(name, usual(name, dense), dense);

  it.each(Object.entries(trains))(
    'takes a reward of its own in each step of %s, as when stepped',
    async (_, { pre, post, reward }) => {
      const shape = tf.tensor(pre).shape.slice(1);
      const more = (steps: number[]) => (rule.reads.includes('voltage') ? { voltage: tf.fill([...steps, ...shape], -50) } : {});
      const delay = rule.reads.includes('delay') && name.startsWith('delayAdjusted') ? { delay: tf.fill([1, 1], 1) } : {};
      const start = (): [tf.Tensor, object] => [tf.fill([1, 1], 0.5), rule.init({ pre: shape, post: shape })];
      let [w, state] = start();
      for (const time of pre.keys())
        [w, state] = rule.step(
          { pre: pre[time] ?? [], post: post[time] ?? [], reward: reward[time] ?? 0, ...more([]), ...delay },
          w,
          state,
        );
      const series = 'delay' in delay ? { delay: tf.fill([3, 1, 1], 1) } : {};
      const [[scanned]] = scan(stepOf(rule), start(), { pre, post, reward, ...more([3]), ...series });
      expect([...(await scanned.data())]).toEqual([...(await w.data())]);
    },
  );

  it('refuses a list with what is not finite, as a step does', () => {
    const given = { pre: [[Number.POSITIVE_INFINITY], [1]], post: [[1], [1]] };
    const start = [tf.fill([1, 1], 0.5), rule.init({ pre: [1], post: [1] })] as const;
    expect(() => scan(stepOf(rule), start, given)).toThrow('scan: xs.pre holds Infinity, which is not a finite float32');
  });
});
