// Batch training of one dense layer, its batch shared out over workers, bit for bit as one process learns.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs-core';
import { dense, useBackend } from 'tfjs-stdp';
import { applyDelta, combineChunks } from 'tfjs-stdp/advanced';
import { chunksOf, defaults, rule, shardOf, unpacked } from './shard.mjs';

/** Workers that each have a run of the chunks, about as many; with one the work stays in this thread. */
async function startWorkers(layer, workers) {
  const cut = (index) => Math.round((index * chunksOf(layer)) / workers);
  if (workers === 1) {
    const step = shardOf(layer, 0, chunksOf(layer));
    return { sums: async (w) => [step(w)], stop: async () => {} };
  }
  const url = new URL('./worker.mjs', import.meta.url);
  const threads = Array.from(
    { length: workers },
    (_, index) => new Worker(url, { workerData: { layer, first: cut(index), end: cut(index + 1) } }),
  );
  await Promise.all(threads.map((thread) => once(thread, 'message')));
  return {
    sums: async (w) => {
      const weights = await w.data();
      const answers = threads.map((thread) => once(thread, 'message'));
      for (const thread of threads) thread.postMessage(weights);
      return (await Promise.all(answers)).map(([sums]) => unpacked(sums));
    },
    stop: () => Promise.all(threads.map((thread) => thread.terminate())),
  };
}

/** Trains; answers the weights, and of a step the milliseconds of the fastest and the processor's of the average, the first left out. */
export async function train(options = {}, workers = 1) {
  const layer = { ...defaults, ...options };
  await useBackend('wasm');
  const pool = await startWorkers(layer, workers);
  let w = tf.randomUniform([layer.inputs, layer.outputs], 0.3, 0.7, 'float32', layer.seed);
  const times = [];
  let before = process.cpuUsage();
  try {
    for (let time = 0; time < layer.steps; time++) {
      const start = performance.now();
      const shards = await pool.sums(w);
      const next = tf.tidy(() => applyDelta(w, combineChunks(shards), dense, rule.update, rule.update));
      await next.data();
      tf.dispose([w, shards]);
      w = next;
      times.push(performance.now() - start);
      if (time === 0) before = process.cpuUsage();
    }
    const { user, system } = process.cpuUsage(before);
    const processor = (user + system) / 1000 / (layer.steps - 1);
    return { weights: await w.data(), milliseconds: Math.min(...times.slice(1)), processor };
  } finally {
    await pool.stop();
    w.dispose();
  }
}
