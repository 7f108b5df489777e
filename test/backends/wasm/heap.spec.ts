import * as tf from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import { pairStdp } from '../../../src/rules/pair/pairStdp.js';
import { composed, expectClose } from '../../kernels/agree.js';
import { uniform } from '../../kernels/layers.js';

/** What these specs see of tfjs-backend-wasm. */
const heap = () => (tf.backend() as unknown as { readonly wasm: { HEAPU8: Uint8Array; _malloc(bytes: number): number } }).wasm;

const rule = pairStdp({ etaPlus: 0.01, etaMinus: 0.02 });

/** A step of `side` × `side` synapses, ready to be taken. */
function layer(side: number, batch: number) {
  const shapes = { pre: [batch, side], post: [batch, side], w: [side, side] };
  const input = { pre: tf.round(uniform(shapes.pre, 1)), post: tf.round(uniform(shapes.post, 2)) };
  const [w, state] = [uniform(shapes.w, 3), rule.init(shapes)];
  return () => rule.step(input, w, state)[0];
}
const learned = (side: number, batch: number) => layer(side, batch)();

it('steps that make the heap grow go on with the right numbers', async () => {
  tf.engine().startScope();
  const before = heap().HEAPU8.length;
  const [first, wanted] = [learned(30, 2), composed(() => learned(30, 2))];
  const kept: tf.Tensor[] = [];
  while (heap().HEAPU8.length === before) kept.push(tf.zeros([1 << 20]), learned(700, 3));
  await expectClose([first, learned(30, 2), ...kept.slice(-1)], [wanted, wanted, composed(() => learned(700, 3))]);
  tf.engine().endScope();
});

it('a heap that has nothing left is an error that says so, and no harm', async () => {
  tf.engine().startScope();
  const learn = layer(900, 40);
  const malloc = vi.spyOn(heap(), '_malloc').mockReturnValue(0);
  for (const time of ['once', 'again']) expect(learn, time).toThrow('tfjs-backend-wasm: its heap is full: it ends at 4 GiB');
  malloc.mockRestore();
  await expectClose([learn()], [composed(learn)]);
  tf.engine().endScope();
});
