// A training loop of one's own that survives: every 20 ms of spikes it keeps what it carries, and started again it goes on from there,
// bit for bit as if nothing had happened. Run it after `npm run build`, kill it, run it again: node examples/checkpoint.mjs my-run
// With a second argument it kills itself, as a power cut would, before it has done that step: node examples/checkpoint.mjs my-run 130
import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import { fork, pairStdp, poissonEncode, scan, stepOf, useBackend } from 'tfjs-stdp';
import { loadState, saveState } from 'tfjs-stdp/node';

const [folder = 'checkpoints', killedAt = Infinity] = process.argv.slice(2);
const [steps, chunk, inputs, outputs] = [200, 20, 784, 10];

await useBackend('cpu');
const rule = pairStdp({ etaPlus: 0.01, etaMinus: 0.012, integration: 'exact' });
const fresh = {
  step: 0,
  random: fork(7, 0),
  w: tf.fill([inputs, outputs], 0.5),
  state: rule.init({ pre: [inputs], post: [outputs] }),
};

let carry = (await loadState(folder)) ?? fresh;
console.log(`begins at step ${carry.step}`);
while (carry.step < steps) {
  if (carry.step + chunk > Number(killedAt)) process.kill(process.pid, 'SIGKILL');
  const next = tf.tidy(() => {
    const spikes = (size, index) => poissonEncode(tf.fill([size], 30), { steps: chunk, seed: fork(carry.random, index) });
    const [[w, state]] = scan(stepOf(rule), [carry.w, carry.state], { pre: spikes(inputs, 0), post: spikes(outputs, 1) });
    return { step: carry.step + chunk, random: fork(carry.random, 2), w, state };
  });
  tf.dispose([carry.w, carry.state]);
  carry = next;
  await saveState(folder, carry);
}
const bits = new Uint8Array((await carry.w.data()).buffer);
console.log(`weights after ${carry.step} steps: ${createHash('sha256').update(bits).digest('hex')}`);
