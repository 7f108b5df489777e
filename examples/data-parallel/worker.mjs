// A worker thread: gets the weights of a step, answers the sums of its chunks. Over machines the two messages go through a socket.
import { parentPort, workerData } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs-core';
import { useBackend } from 'tfjs-stdp';
import { packed, shardOf } from './shard.mjs';

const { layer, first, end } = workerData;
await useBackend('wasm');
const step = shardOf(layer, first, end);

parentPort.on('message', async (weights) => {
  const w = tf.tensor(weights, [layer.inputs, layer.outputs]);
  const sums = step(w);
  parentPort.postMessage(await packed(sums));
  tf.dispose([w, sums]);
});
parentPort.postMessage('ready');
