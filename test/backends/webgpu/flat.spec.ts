import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { pairStdp } from '../../../src/rules/pair/pairStdp.js';
import { backend } from './backend.js';

const shapes = { pre: [1, 12], post: [1, 10], w: [12, 10] };
const rule = pairStdp({ etaPlus: 0.01, etaMinus: 0.01 });

/** All that could grow. */
function held() {
  const { bufferManager: pool } = backend();
  return {
    tensors: tf.memory().numTensors,
    bytes: tf.memory().numBytes,
    used: pool.getNumUsedBuffers(),
    free: pool.getNumFreeBuffers(),
    allocated: pool.numBytesAllocated,
  };
}

it.each([
  ['donated', true],
  ['pure', false],
])('10 000 %s steps: tensors, buffers and the pool stay as they are', async (_, donate) => {
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
    expect(held()).toEqual(before);
  }
  tf.dispose([w, { ...state }, input]);
});
