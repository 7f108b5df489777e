import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { pairStdp, type Rule, type StdpState } from '../../src/entries/everything.js';
import { targetBackend } from '../target.js';

/** Where places of memory can be looked at. */
const isWasm = targetBackend === 'wasm';

const [inputs, outputs] = [300, 200];
const shapes = { pre: [1, inputs], post: [1, outputs], w: [inputs, outputs] };
const input = () => ({ pre: tf.ones(shapes.pre), post: tf.ones(shapes.post) });

/** Steps whose results replace what went in; answers where the weights were in the second half, on the wasm backend. */
function placesOf(rule: Rule<StdpState>, steps: number, donate: boolean): ReadonlySet<number> {
  const { dataIdMap } = tf.backend() as unknown as {
    readonly dataIdMap?: { get(id: object): { readonly memoryOffset: number } };
  };
  const spikes = input();
  let [w, state] = [tf.fill(shapes.w, 0.5), rule.init(shapes)];
  const places = new Set<number>();
  for (let step = 0; step < steps; step++) {
    const [next, after] = rule.step(spikes, w, state, { donate });
    if (!donate) tf.dispose([w, { ...state }]);
    [w, state] = [next, after];
    if (step >= steps / 2 && dataIdMap !== undefined) places.add(dataIdMap.get(w.dataId).memoryOffset);
  }
  tf.dispose([w, { ...state }, spikes]);
  return places;
}

it('steps in a loop leave no tensors, and once warm take turns in two places of memory', () => {
  const before = tf.memory().numTensors;
  expect(placesOf(pairStdp(), 500, false).size).toBe(isWasm ? 2 : 0);
  expect(tf.memory().numTensors).toBe(before);
});

it('donated steps stay where they are', () => {
  const before = tf.memory().numTensors;
  expect(placesOf(pairStdp(), 500, true).size).toBe(isWasm ? 1 : 0);
  expect(tf.memory().numTensors).toBe(before);
});

it('a donated step spares tensors that share the values of what is given away', async () => {
  const rule = pairStdp({ etaPlus: 0.1 });
  let [w, state] = rule.step(input(), tf.fill(shapes.w, 0.5), rule.init(shapes));
  const [view, trace] = [tf.reshape(w, [-1]), tf.clone(state.tPre)];
  const [was, wasTrace] = [await view.data(), await trace.data()].map((values) => values.slice());
  for (let step = 0; step < 3; step++) [w, state] = rule.step(input(), w, state, { donate: true });
  expect(await view.data()).toEqual(was);
  expect(await trace.data()).toEqual(wasTrace);
  expect((await w.data())[0]).not.toBe(was?.[0]);
});

it('values that were read before a donated step stay, those read after it are new', async () => {
  const rule = pairStdp({ etaPlus: 0.1, etaMinus: 0 });
  let [w, state] = rule.step(input(), tf.fill(shapes.w, 0.2), rule.init(shapes), { donate: true });
  for (let step = 0; step < 3; step++) {
    const [read, trace] = [await w.data(), await state.tPre.data()];
    const [copy, traceCopy] = [read.slice(), trace.slice()];
    [w, state] = rule.step(input(), w, state, { donate: true });
    expect(read).toEqual(copy);
    expect(trace).toEqual(traceCopy);
    const after = await w.data();
    expect(after.every((value, index) => value > (copy[index] ?? Number.NaN))).toBe(true);
  }
});
