import type * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { nothingMore } from '../core/params/validation.js';
import { show } from '../core/show.js';
import { type Step, withWholeSeries } from '../core/wholeSeries.js';
import { seriesOf } from './fastPath.js';
import type { Rule, RuleInput } from './rule.js';

/**
 * A rule's step in the form that `scan` takes: the carry is `[w, state]`, the xs are the rule's input with a leading axis of
 * time. Where kernels serve the backend, `scan` takes rules of pairs and triplets of spikes through the whole series in one piece, bit for bit what
 * stepping gives.
 *
 * @param rule  any rule.
 * @returns the step; it gives no y.
 * @throws {StdpError} when it is no rule.
 * @example
 * const rule = pairStdp({ tauPre: 20, etaPlus: 0.1, integration: 'exact' });
 * const trains = { pre: tf.tensor2d([[1], [0], [0]]), post: tf.tensor2d([[0], [0], [1]]) };
 * const [[w]] = scan(stepOf(rule), [tf.fill([1, 1], 0.5), rule.init({ pre: [1], post: [1] })], trains);
 * w.print();   // => [[0.5 + 0.1 * Math.exp(-2 / 20)]]
 */
export function stepOf<State>(rule: Rule<State>, ...more: readonly never[]): Step<readonly [tf.Tensor, State], RuleInput, null> {
  nothingMore(more, 'stepOf', 'stepOf(rule)');
  type Carry = readonly [tf.Tensor, State];
  const isRule = typeof Object(rule).step === 'function';
  ensure(isRule, 'stepOf', 'rule', () => `must be a rule, such as pairStdp(), got ${show(rule)}`);
  const series = seriesOf<State>(rule);
  const parts = (carry: Carry): Carry => {
    const isPair = Array.isArray(carry) && carry.length === 2;
    ensure(isPair, 'stepOf', 'carry', () => `must be [w, state], got ${show(carry)}`);
    return carry;
  };
  const step = (carry: Carry, input: RuleInput): readonly [Carry, null] => {
    const [w, state] = parts(carry);
    return [rule.step(input, w, state), null];
  };
  return withWholeSeries(step, (carry: Carry, trains: RuleInput): readonly [Carry, null] | undefined => {
    const whole = series?.(trains, ...parts(carry));
    return whole && [whole, null];
  });
}
