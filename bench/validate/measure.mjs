// What the rows share.
import * as tf from '@tensorflow/tfjs-core';
import { poissonEncode, scan, stepOf } from 'tfjs-stdp';

export const mean = (values) => [...values].reduce((sum, value) => sum + value, 0) / values.length;

/** A number, or several, in few digits. */
export const short = (value, digits = 3) =>
  Array.isArray(value)
    ? value.map((each) => short(each, digits)).join(', ')
    : (Math.abs(value) < 1e-9 ? 0 : Number(value.toPrecision(digits))).toString();

export const percent = (share, digits = 0) => `${(100 * share).toFixed(digits)} %`;

export const within = (value, low, high) => value >= low && value <= high;

/** A result of numbers of which each lies near what is published. */
export function near(what, published, ours, tolerance, { digits = 4, seeds } = {}) {
  const holds = published.every((value, index) => Math.abs(ours[index] - value) <= tolerance);
  return { what, published: short(published, digits), ours: short(ours, digits), seeds, holds };
}

/** The weights that a rule makes of whole trains, `[steps, neurons]`, and rewards, `[steps]`. */
export async function learned(rule, w, trains) {
  const result = tf.tidy(() => {
    const state = rule.init({ pre: trains.pre.shape.slice(1), post: trains.post.shape.slice(1), w: w.shape });
    const [[after]] = scan(stepOf(rule), [w, state], trains);
    return after;
  });
  const values = await result.data();
  result.dispose();
  return values;
}

/** Independent Poisson trains, `[steps, neurons]`, of one rate in Hz. */
export const poisson = (neurons, rate, seconds, seed) => poissonEncode(tf.fill([neurons], rate), { steps: 1000 * seconds, seed });

/** The weight after one pair: pre at 0, post at `difference` ms, either first; delays and rewards as the rule takes them. */
export async function afterPair(rule, w0, difference, { delay, reward } = {}) {
  const length = Math.abs(difference) + 1;
  const [first, last] = difference >= 0 ? ['pre', 'post'] : ['post', 'pre'];
  const result = tf.tidy(() => {
    let [w, state] = [tf.tensor2d([[w0]]), rule.init({ pre: [1], post: [1] })];
    for (let step = 0; step < length; step++) {
      const spikes = { pre: [0], post: [0] };
      if (step === 0) spikes[first] = [1];
      if (step === length - 1) spikes[last] = [1];
      [w, state] = rule.step(
        { ...spikes, ...(delay !== undefined && { delay: [[delay]] }), ...(reward !== undefined && { reward }) },
        w,
        state,
      );
    }
    return w;
  });
  const [value] = await result.data();
  result.dispose();
  return value;
}
