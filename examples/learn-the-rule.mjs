// Plasticity that is itself learned: gradient descent through 200 steps of a rule finds the learning rates and time
// constants that made a weight go where it went. Run it after `npm run build` and `npm install --no-save @tensorflow/tfjs`
// (in Node, tfjs-core alone has no gradients): node examples/learn-the-rule.mjs
import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { pairStdp, poissonEncode, scan, useBackend } from 'tfjs-stdp';
import { minimize } from 'tfjs-stdp/networks';

const names = ['etaPlus', 'etaMinus', 'tauPre', 'tauPost'];
/** What the rule was, and where the search begins. */
export const truth = { etaPlus: 0.02, etaMinus: 0.015, tauPre: 17, tauPost: 34 };
export const start = { etaPlus: 0.01, etaMinus: 0.0075, tauPre: 30, tauPost: 20 };

const steps = 200;
const [inputs, outputs] = [6, 4];

/** The weights at every step, [steps, inputs, outputs], under a rule whose parameters are numbers or tensors. */
function trajectory(params, spikes) {
  const rule = pairStdp({ ...params, integration: 'exact', hardBound: false });
  const first = [tf.fill([inputs, outputs], 0.5), rule.init({ pre: [inputs], post: [outputs] })];
  const [, weights] = scan(
    ([w, state], [pre, post]) => {
      const [changed, next] = rule.step({ pre, post }, w, state);
      return [[changed, next], changed];
    },
    first,
    spikes,
  );
  return weights;
}

/**
 * Finds the four parameters by their effect alone: how far the weights are from where they went, squared, as a share of
 * how far they went. The search is over their logarithms: rates and time constants stay positive, and steps are relative.
 */
export async function learnTheRule(iterations = 20, onIteration = () => {}) {
  const spikes = [
    poissonEncode(tf.fill([inputs], 40), { steps, seed: 1 }),
    poissonEncode(tf.fill([outputs], 40), { steps, seed: 2 }),
  ];
  const target = tf.tidy(() => trajectory(truth, spikes));
  const moved = tf.tidy(() => tf.sum(tf.squaredDifference(target, 0.5)));
  const distance = (...logs) => {
    const params = Object.fromEntries(names.map((name, index) => [name, tf.exp(logs[index])]));
    return tf.div(tf.sum(tf.squaredDifference(trajectory(params, spikes), target)), moved);
  };
  const objective = async (point) => {
    const { value, grads } = tf.tidy(() => tf.valueAndGrads(distance)(Array.from(point, (log) => tf.scalar(log))));
    const result = { value: (await value.data())[0], gradient: Float64Array.from(await tf.stack(grads).data()) };
    tf.dispose([value, ...grads]);
    return result;
  };
  const from = Float64Array.from(names, (name) => Math.log(start[name]));
  const { point } = await minimize(objective, from, { iterations, tolerance: 1e-4, onIteration });
  tf.dispose([...spikes, target, moved]);
  return Object.fromEntries(names.map((name, index) => [name, Math.exp(point[index])]));
}

if (import.meta.filename === process.argv[1]) {
  await useBackend('wasm');
  const found = await learnTheRule(20, (iteration, value) => console.log(`${iteration}: distance ${value.toPrecision(3)}`));
  console.table(names.map((name) => ({ name, start: start[name], found: found[name], truth: truth[name] })));
}
