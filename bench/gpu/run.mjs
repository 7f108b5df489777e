// npm run bench:gpu: the kernels on whatever graphics adapter there is, through Dawn in node, beside Norse's operations in torch
// on the same card where torch finds one. Time is that of a full queue, waited for to its end.
import * as tf from '@tensorflow/tfjs-core';
import { Command } from 'commander';
import { fork, pairStdp, randomUniform, scan, stepOf, useBackend } from 'tfjs-stdp';
import { startPeers, torchHasCard } from '../peer.mjs';
import { median } from '../rounds.mjs';

const options = new Command('bench:gpu')
  .option('--sizes <list>', 'sides of square layers', (text) => text.split(',').map(Number), [1024, 4096, 16384])
  .option('--rounds <n>', 'rounds of each measurement', Number, 20)
  .option('--milliseconds <n>', 'of one sample, at least', Number, 50)
  .parse()
  .opts();

tf.enableProdMode();
await useBackend('webgpu');
tf.env().set('WEBGPU_CPU_FORWARD', false);
const backend = tf.backend();
const { vendor, architecture, device: card } = backend.adapterInfo;
const { maxStorageBufferBindingSize, maxBufferSize } = backend.device.limits;

/** Waits until the card has done all that was asked of it. */
async function finish() {
  backend.endComputePassEncoder();
  backend.ensureCommandEncoderReady();
  backend.submitQueue();
  await backend.device.queue.onSubmittedWorkDone();
}

/** Milliseconds of one run of `run`, in samples that are long enough. */
async function timed(run) {
  run();
  await finish();
  const sample = async (count) => {
    const start = performance.now();
    for (let index = 0; index < count; index++) run();
    await finish();
    return (performance.now() - start) / count;
  };
  const count = Math.max(1, Math.ceil(options.milliseconds / (await sample(2))));
  const times = [];
  for (let round = 0; round < options.rounds; round++) times.push(await sample(count));
  return median(times);
}

const spikes = (shape, seed) => {
  const values = randomUniform(
    shape.reduce((product, size) => product * size, 1),
    seed,
  );
  return tf.tensor(
    values.map((value) => (value < 0.05 ? 1 : 0)),
    shape,
  );
};

/** GB/s of a plain copy on the card, bytes read and written. */
async function copyBandwidth() {
  const size = Math.min(2 ** 28, maxBufferSize);
  const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const [from, to] = [0, 1].map(() => backend.device.createBuffer({ size, usage }));
  const time = await timed(() => {
    const encoder = backend.device.createCommandEncoder();
    encoder.copyBufferToBuffer(from, 0, to, 0, size);
    backend.device.queue.submit([encoder.finish()]);
  });
  for (const buffer of [from, to]) buffer.destroy();
  return (2 * size) / time / 1e6;
}

async function ours(side, batch) {
  const rule = pairStdp();
  const shape = [batch, side];
  const input = { pre: spikes(shape, 1), post: spikes(shape, 2) };
  const steps = 100;
  const trains = { pre: spikes([steps, ...shape], fork(3, 0)), post: spikes([steps, ...shape], fork(3, 1)) };
  let [w, state] = [tf.fill([side, side], 0.5), rule.init({ pre: shape, post: shape })];
  const renew = ([next, after]) => {
    tf.dispose([w, state]);
    [w, state] = [next, after];
  };
  const times = {
    donated: await timed(() => {
      [w, state] = rule.step(input, w, state, { donate: true });
    }),
    pure: await timed(() => renew(rule.step(input, w, state))),
    scan: (await timed(() => renew(scan(stepOf(rule), [w, state], trains)[0]))) / steps,
  };
  tf.dispose([w, state, input, trains]);
  await finish();
  return times;
}

console.log(JSON.stringify({ vendor, architecture, card, maxStorageBufferBindingSize }));
const copy = await copyBandwidth();
console.log(`copy on the card: ${copy.toFixed(1)} GB/s, read and written`);
const [peer] = torchHasCard() ? await startPeers(['torch on the card']) : [];
if (peer === undefined) console.log('torch finds no card here: our side alone');
for (const side of options.sizes) {
  if (4 * side * side > maxStorageBufferBindingSize) {
    console.log(`${side}²: more than the adapter binds at once`);
    continue;
  }
  for (const batch of [1, 32]) {
    const times = await ours(side, batch);
    const work = { pre: side, post: side, batch, density: 0.05 };
    await peer?.time(work, 5);
    const theirs = peer === undefined ? undefined : await peer.time(work, 20);
    const moved = (8 * side * side) / 1e6;
    const shown = Object.entries(times).map(([name, time]) => {
      const share = name === 'scan' ? '' : `, ${((100 * moved) / time / copy).toFixed(0)} % of copy`;
      return `${name} ${time.toPrecision(3)} ms${share}${theirs ? `, ${(theirs / time).toFixed(1)}×` : ''}`;
    });
    console.log(`${side}², batch ${batch}: ${shown.join(' | ')}${theirs ? ` | torch ${theirs.toPrecision(3)} ms` : ''}`);
  }
}
peer?.stop();
process.exit(0); // Dawn keeps the process alive
