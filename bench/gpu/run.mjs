// npm run bench:gpu: the kernels on whatever graphics adapter there is, through Dawn in node, beside Norse's operations in torch
// on the same card where torch finds one. Time is that of a full queue, waited for to its end; beside it stands how much of that
// the host took to fill the queue: where they are equal the card waited for the host. Prints a table in Markdown.
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
const { maxStorageBufferBindingSize } = backend.device.limits;

/** Waits until the card has done all that was asked of it. */
async function finish() {
  backend.endComputePassEncoder();
  backend.ensureCommandEncoderReady();
  backend.submitQueue();
  await backend.device.queue.onSubmittedWorkDone();
}

/** Milliseconds of one of the `steps` that `run` does, in samples that are long enough; and what the host took of them. */
async function timed(run, steps = 1) {
  run();
  await finish();
  const sample = async (count) => {
    const start = performance.now();
    for (let index = 0; index < count; index++) run();
    const asked = performance.now();
    await finish();
    return [performance.now() - start, asked - start].map((time) => time / count / steps);
  };
  const [first] = await sample(2);
  const count = Math.max(1, Math.ceil(options.milliseconds / first / steps));
  const times = [];
  for (let round = 0; round < options.rounds; round++) times.push(await sample(count));
  const [time, host] = [0, 1].map((index) => median(times.map((both) => both[index])));
  return { time, host };
}

/** Weights that differ, made on the card. */
const weights = (side) =>
  tf.tidy(() => {
    const [row, column] = [1, 2].map((seed) => tf.randomUniform([side], 0, 1, 'float32', seed));
    return tf.mod(tf.add(tf.reshape(column, [side, 1]), row), 1);
  });

const noise = (seed) => randomUniform(2 ** 20, seed);

/** Spikes of 5 % of the neurons; large trains repeat, which no kernel takes note of. */
const spikes = (shape, seed) =>
  tf.tidy(() => {
    const size = shape.reduce((product, length) => product * length, 1);
    const few = tf.tensor1d(noise(seed).map((value) => (value < 0.05 ? 1 : 0)));
    return tf.reshape(tf.slice(tf.tile(few, [Math.ceil(size / few.size)]), 0, size), shape);
  });

/** GB/s at which a shader copies on the card, bytes read and written. (The card's own copy commands take an engine that is slower.) */
async function copyBandwidth() {
  const size = 2 ** 28; // every adapter gives as much
  const [groups, threads] = [2 ** 14, 256];
  const { device } = backend;
  const [from, to] = [0, 1].map(() => device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.STORAGE }));
  const values = noise(4);
  for (let at = 0; at < size; at += values.byteLength) device.queue.writeBuffer(from, at, values);
  const code = `
    @group(0) @binding(0) var<storage, read> source: array<vec4f>;
    @group(0) @binding(1) var<storage, read_write> copied: array<vec4f>;
    @compute @workgroup_size(${threads})
    fn copy(@builtin(global_invocation_id) id: vec3u) {
      for (var at = id.x; at < ${size / 16}u; at += ${groups * threads}u) { copied[at] = source[at]; }
    }`;
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module: device.createShaderModule({ code }) } });
  const entries = [from, to].map((buffer, binding) => ({ binding, resource: { buffer } }));
  const bound = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  const copies = 8; // in one submission, so that the card doesn't wait for the host
  const { time } = await timed(() => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bound);
    for (let copy = 0; copy < copies; copy++) pass.dispatchWorkgroups(groups);
    pass.end();
    device.queue.submit([encoder.finish()]);
  }, copies);
  for (const buffer of [from, to]) buffer.destroy();
  return (2 * size) / time / 1e6;
}

async function ours(side, batch) {
  const rule = pairStdp();
  const shape = [batch, side];
  const input = { pre: spikes(shape, 1), post: spikes(shape, 2) };
  const steps = 100;
  const trains = { pre: spikes([steps, ...shape], fork(3, 0)), post: spikes([steps, ...shape], fork(3, 1)) };
  let [w, state] = [weights(side), rule.init({ pre: shape, post: shape })];
  const renew = ([next, after]) => {
    tf.dispose([w, state]);
    [w, state] = [next, after];
  };
  const times = {
    donated: await timed(() => {
      [w, state] = rule.step(input, w, state, { donate: true });
    }),
    pure: await timed(() => renew(rule.step(input, w, state))),
    scan: await timed(() => renew(scan(stepOf(rule), [w, state], trains)[0]), steps),
  };
  tf.dispose([w, state, input, trains]);
  await finish();
  return times;
}

/** Milliseconds of one step of Norse's operations in torch. */
async function theirs(peer, side, batch) {
  const work = { pre: side, post: side, batch, density: 0.05 };
  await peer.time(work, 5);
  const times = [];
  for (let round = 0; round < options.rounds; round++) times.push(await peer.time(work, 20));
  return median(times);
}

const print = (...cells) => console.log(`| ${cells.join(' | ')} |`);

console.log(JSON.stringify({ vendor, architecture, card, maxStorageBufferBindingSize }));
const copy = await copyBandwidth();
console.log(`copy on the card: ${copy.toFixed(0)} GB/s, read and written`);
const [peer] = torchHasCard() ? await startPeers(['torch on the card']) : [];
console.log(peer === undefined ? 'torch finds no card here: our side alone\n' : `torch ${peer.torch}\n`);
print('weights', 'batch', 'step', 'ms', 'of these the host, ms', 'GB/s', 'of copy', 'torch, ms', '×');
print(...Array(9).fill('---'));
for (const side of options.sizes) {
  if (4 * side * side > maxStorageBufferBindingSize) {
    console.log(`${side}²: more than the adapter binds at once`);
    continue;
  }
  for (const batch of [1, 32]) {
    const times = await ours(side, batch);
    const torch = peer && (await theirs(peer, side, batch));
    for (const [form, { time, host }] of Object.entries(times)) {
      // A scan reads and writes w once for all of its steps.
      const rate = form === 'scan' ? undefined : (8 * side * side) / time / 1e6;
      const moved = rate === undefined ? ['', ''] : [rate.toFixed(0), `${((100 * rate) / copy).toFixed(0)} %`];
      const beside = torch === undefined ? ['', ''] : [torch.toPrecision(3), (torch / time).toFixed(1)];
      print(`${side}²`, batch, form, time.toPrecision(3), host.toPrecision(3), ...moved, ...beside);
    }
  }
}
peer?.stop();
process.exit(0); // Dawn keeps the process alive
