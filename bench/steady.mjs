// A million pure steps: what the process holds must not grow.
import * as tf from '@tensorflow/tfjs-core';
import { pairStdp } from 'tfjs-stdp';

const megabytes = () => Math.round(process.memoryUsage().rss / 2 ** 20);

/** Resident memory in MB after each tenth of the steps. */
export async function steadyMemory(steps = 1_000_000) {
  const rule = pairStdp();
  const input = { pre: tf.ones([1, 64]), post: tf.ones([1, 64]) };
  let [w, state] = [tf.fill([64, 64], 0.5), rule.init({ pre: [1, 64], post: [1, 64] })];
  const seen = [];
  for (let step = 1; step <= steps; step++) {
    const next = rule.step(input, w, state);
    tf.dispose([w, state]);
    [w, state] = next;
    if (step % (steps / 10) === 0) {
      seen.push(megabytes());
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
  tf.dispose([w, state, input]);
  return seen;
}
