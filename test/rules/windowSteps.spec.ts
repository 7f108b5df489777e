import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/rules/rule.js';
import { withSeparateSynapses } from '../../src/rules/separateSynapses.js';
import { windowSteps } from '../../src/window/windowSteps.js';

/** A rule of steps of `dt` whose state holds so many values, but for one. */
const aloneOf = (dt: unknown, values = 1) =>
  ({
    params: { dt },
    update: {},
    init: () => (values > 1 ? { held: tf.zeros([values - 1]) } : {}),
    delta: () => expect.unreachable('no step is taken'),
  }) as unknown as Rule<object>;
/** The same, of synapses that are simulated all at once. */
const ruleOf = (dt: unknown, values = 1) => withSeparateSynapses(aloneOf(dt, values));
const steps = (rule: Rule<object>, range: number, { dt, after = 0 }: { readonly dt?: number; readonly after?: number } = {}) =>
  windowSteps(rule, { range, dt, after });

describe('the steps of a window', () => {
  it('are those of the rule, from one side to the other', () => {
    expect(steps(ruleOf(0.5), 1, { after: 2 })).toEqual({ differences: [-2, -1, 0, 1, 2], afterSteps: 4, step: 0.5 });
    expect(steps(ruleOf(0.1), 0.3).differences).toEqual([-3, -2, -1, 0, 1, 2, 3]);
    expect(steps(ruleOf(0.5), 2.2, { dt: 1 }).differences).toEqual([-4, -2, 0, 2, 4]);
    expect(steps(ruleOf(1), 1001).differences.slice(-2)).toEqual([996, 999]); // about a thousand points
  });

  it('are of 1 ms when the rule has none of its own, whatever the distance of the points', () => {
    expect([steps(ruleOf('2'), 3).step, steps(ruleOf(undefined), 3).step]).toEqual([1, 1]);
    expect(steps(ruleOf(undefined), 5, { dt: 2 })).toEqual({ differences: [-4, -2, 0, 2, 4], afterSteps: 0, step: 1 });
    expect(() => steps(ruleOf(undefined), 3, { dt: 1.5 })).toThrow("dt must be whole steps of the rule's 1 ms, got 1.5");
  });

  // 201 pairs of 1 + 994 steps, and 200 until the second spike
  it('may be 200 000 of pairs that are stepped one by one', () => {
    expect(steps(aloneOf(1), 100, { after: 993 }).afterSteps).toBe(993);
    expect(steps(ruleOf(1), 100, { after: 994 }).afterSteps).toBe(994);
    expect(() => steps(aloneOf(1), 100, { after: 994 })).toThrow(
      'stdpWindow: after of 994 ms behind each of 201 pairs takes 200195 steps, at most 200000 are simulated; take fewer points by a larger dt',
    );
  });

  it('may be 50 000 and no more, the ones that follow among them', () => {
    expect(steps(ruleOf(1), 50_000).differences.at(-1)).toBe(50_000);
    expect(steps(ruleOf(1), 40_000, { after: 10_000 }).afterSteps).toBe(10_000);
    expect(() => steps(ruleOf(0.5), 25_000.5)).toThrow(
      'stdpWindow: range of 25000.5 ms is 50001 steps of 0.5 ms, too many to simulate: together range and after may have 50000, which is 25000 ms',
    );
    expect(() => steps(ruleOf(1), 10, { after: 49_991 })).toThrow('stdpWindow: after of 49991 ms is 49991 steps of 1 ms');
  });

  it.each([0.3, 0.5, 1.5, 2.001])('are whole ones: %s is none of 1 ms', (dt) => {
    expect(() => steps(ruleOf(1), 10, { dt })).toThrow(`stdpWindow: dt must be whole steps of the rule's 1 ms, got ${dt}`);
  });

  // 16 values of 3125 points in 40 000 steps
  it('may touch 2·10⁹ values and no more', () => {
    const range = 1562 * 12;
    expect(steps(ruleOf(1, 16), range, { dt: 12, after: 2511 }).differences.length).toBe(3125);
    expect(() => steps(ruleOf(1, 16), range, { dt: 12, after: 2512 })).toThrow(
      'stdpWindow: dt of 12 ms draws 3125 points of 37489 steps, too many to simulate; take 38 ms',
    );
    expect(() => steps(ruleOf(0.5, 16), range / 2, { dt: 6, after: 2512 / 2 })).toThrow('take 19 ms');
  });

  it('may hold 10⁷ values at once and no more', () => {
    expect(steps(ruleOf(1, 1e7), 0.5).differences).toEqual([0]);
    expect(() => steps(ruleOf(1, 1e7 + 1), 0.5)).toThrow(
      'stdpWindow: rule remembers 10000000 values for each of 1 synapses, more than can be simulated: take a larger dt, or a rule with shorter delays',
    );
  });
});
