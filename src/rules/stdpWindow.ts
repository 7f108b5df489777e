import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { tidily } from '../core/tensors.js';
import type { Rule } from './rule.js';

/** How {@link stdpWindow} looks at a rule. */
export interface StdpWindowOptions {
  readonly range?: number;
  readonly dt?: number;
  readonly w0?: number;
  readonly reward?: number;
  readonly rewardIn?: 'everyStep' | 'lastStep';
  readonly after?: number;
}

/**
 * The STDP window of a rule by simulation: the weight change Δw after one pair of spikes, for every difference
 * Δt = t_post − t_pre from −range to +range in steps of dt.
 *
 * All pairs run at once as the synapses of one output neuron: input i fires Δtᵢ before it.
 *
 * @param rule    any rule on the dense topology.
 * @param range   largest |Δt|, ms. Default 100.
 * @param dt      the rule's step, ms. Default 1.
 * @param w0      weight before the pair. Default 0.5.
 * @param reward  of rules that learn from one. Default none.
 * @param rewardIn  `'everyStep'`, or the `'lastStep'` alone, for rules that remember a whole stimulus. Default `'everyStep'`.
 * @param after   how long each synapse is watched when the last spike has fallen, ms: rules whose eligibility lasts go on
 *                learning. Default 0.
 * @returns the differences in ms, and Δw of each.
 * @throws {StdpError} when range or dt is not positive, after is negative, or the rule is not on the dense topology.
 * @example
 * const rule = pairStdp({ tauPre: 20, tauPost: 20, etaPlus: 0.1, etaMinus: 0.1, integration: 'exact' });
 * const { times, changes } = await stdpWindow(rule, { range: 20, dt: 1 });
 * [times[40], changes[40]];   // => [20, 0.1 * Math.exp(-1)]
 */
export async function stdpWindow<State>(
  rule: Rule<State>,
  { range = 100, dt = 1, w0 = 0.5, reward, rewardIn = 'everyStep', after = 0 }: StdpWindowOptions = {},
): Promise<{ readonly times: Float32Array; readonly changes: Float32Array }> {
  ensure(Number.isFinite(range) && range > 0, 'stdpWindow', 'range', () => `must be a number > 0 in ms, got ${range}`);
  ensure(Number.isFinite(dt) && dt > 0, 'stdpWindow', 'dt', () => `must be a number > 0 in ms, got ${dt}`);
  ensure(Number.isFinite(w0), 'stdpWindow', 'w0', () => `must be a finite number, got ${w0}`);
  ensure(Number.isFinite(after) && after >= 0, 'stdpWindow', 'after', () => `must be a number ≥ 0 in ms, got ${after}`);
  ensure(rule.topology.type === 'dense', 'stdpWindow', 'rule', () => `is on ${rule.topology.type}, needs dense`);
  const half = Math.floor(range / dt + 1e-9); // 0.3 / 0.1 is a little less than 3
  const inputs = 2 * half + 1;
  const steps = inputs + Math.floor(after / dt + 1e-9);
  const changes = tidily(() => {
    const start = tf.fill([inputs, 1], w0);
    let w: tf.Tensor = start;
    let state = rule.init({ pre: [inputs], post: [1] });
    for (let step = 0; step < steps; step++) {
      const pre = Float32Array.from({ length: inputs }, (_, input) => (step === inputs - 1 - input ? 1 : 0));
      const paid = reward !== undefined && (rewardIn === 'everyStep' || step === steps - 1);
      const input = {
        pre: tf.tensor1d(pre),
        post: tf.tensor1d([step === half ? 1 : 0]),
        ...(paid && { reward }),
      };
      [w, state] = tidily(() => rule.step(input, w, state));
    }
    return tf.reshape(tf.sub(w, start), [inputs]);
  });
  const values = new Float32Array(await changes.data<'float32'>());
  changes.dispose();
  return { times: Float32Array.from({ length: inputs }, (_, input) => (input - half) * dt), changes: values };
}
