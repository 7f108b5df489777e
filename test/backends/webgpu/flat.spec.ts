import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { pairStdp } from '../../../src/rules/pair/pairStdp.js';
import { backend } from './backend.js';

const shapes = { pre: [1, 12], post: [1, 10], w: [12, 10] };
const rule = pairStdp({ etaPlus: 0.01, etaMinus: 0.01 });

/** All that could grow: tensors, bytes, buffers in use, and what the pool has of the device. */
function held(): readonly number[] {
  const { bufferManager: pool } = backend();
  const { numTensors, numBytes } = tf.memory();
  return [numTensors, numBytes, pool.getNumUsedBuffers(), pool.numBytesAllocated];
}

it.each([
  ['donated', true],
  ['pure', false],
])('10 000 %s steps: no tensors, no buffers and no memory of the pool are added', async (_, donate) => {
  const input = { pre: tf.fill(shapes.pre, 1), post: tf.fill(shapes.post, 1) };
  let [w, state] = [tf.fill(shapes.w, 0.5), rule.init(shapes)];
  const steps = async (count: number) => {
    for (let step = 0; step < count; step++) {
      const [next, after] = rule.step(input, w, state, { donate });
      if (!donate) tf.dispose([w, { ...state }]);
      [w, state] = [next, after];
    }
    await w.data();
  };
  await steps(1000);
  const before = held();
  for (let thousand = 0; thousand < 10; thousand++) {
    await steps(1000);
    // What earlier specs of this worker still held may go meanwhile.
    for (const [index, amount] of held().entries()) expect(amount).toBeLessThanOrEqual(before[index] ?? Number.NaN);
  }
  tf.dispose([w, { ...state }, input]);
});
