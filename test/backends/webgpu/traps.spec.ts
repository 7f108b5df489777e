import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { useBackend } from '../../../src/backends/useBackend.js';
import { pairStdp } from '../../../src/rules/pair/pairStdp.js';
import { complaints } from '../../backend.js';
import { backend } from './backend.js';

it('small tensors are computed by the device too', () => {
  const sum = tf.add(tf.tensor1d([1, 2]), 1);
  const { values, resource } = backend().tensorMap.get(sum.dataId);
  expect(values).not.toBeDefined();
  expect(resource).toBeDefined();
});

it('what the device finds wrong is heard of', async () => {
  const { device } = backend();
  device.createBuffer({ size: 4, usage: 0 });
  await device.queue.onSubmittedWorkDone();
  expect(complaints.splice(0)).toEqual([expect.stringContaining('usage')]);
});

it('weights that were read answer with their new values after each donated step', async () => {
  const rule = pairStdp({ etaPlus: 0.1, etaMinus: 0 });
  const input = { pre: tf.ones([1, 3]), post: tf.ones([1, 2]) };
  let [w, state] = [tf.fill([3, 2], 0.2), rule.init({ pre: [1, 3], post: [1, 2], w: [3, 2] })];
  const seen: number[] = [];
  for (let step = 0; step < 3; step++) {
    const place = w.dataId;
    [w, state] = rule.step(input, w, state, { donate: true });
    expect(w.dataId).toBe(place);
    seen.push((await w.data())[0] ?? Number.NaN, (await state.tPre.data())[0] ?? Number.NaN);
  }
  expect(new Set(seen).size).toBe(6);
});

it('one tensor may be several of the inputs of a step', async () => {
  const rule = pairStdp({ etaPlus: 0.1, etaMinus: 0.05 });
  const shapes = { pre: [1, 3], post: [1, 3], w: [3, 3] };
  const spikes = tf.tensor2d([[1, 0, 1]]);
  const learned = (pre: tf.Tensor, post: tf.Tensor) =>
    rule.step({ pre, post }, tf.fill(shapes.w, 0.5), rule.init(shapes), { donate: true })[0].data();
  expect(await learned(spikes, spikes)).toEqual(await learned(spikes, tf.tensor2d([[1, 0, 1]])));
});

it('a reading that is overtaken by a step answers what was, and the next one what is', async () => {
  const rule = pairStdp({ etaPlus: 0.1, etaMinus: 0 });
  const input = { pre: tf.ones([1, 3]), post: tf.ones([1, 2]) };
  let [w, state] = [tf.fill([3, 2], 0.2), rule.init({ pre: [1, 3], post: [1, 2], w: [3, 2] })];
  const readings: Promise<tf.backend_util.TypedArray>[] = [];
  for (let step = 0; step < 3; step++) {
    [w, state] = rule.step(input, w, state, { donate: true });
    readings.push(w.data(), w.data());
  }
  const seen = (await Promise.all(readings)).map(([first]) => first);
  expect(new Set(seen).size).toBe(3);
  expect(await w.data()).toEqual(await readings[5]);
});

it('weights that were overwritten and then read are there on another backend', async () => {
  const rule = pairStdp({ etaPlus: 0.1, etaMinus: 0 });
  const input = { pre: tf.ones([1, 3]), post: tf.ones([1, 2]) };
  const [w] = rule.step(input, tf.fill([3, 2], 0.2), rule.init({ pre: [1, 3], post: [1, 2], w: [3, 2] }), { donate: true });
  const before = (await w.data()).slice();
  await useBackend('cpu');
  try {
    expect(await tf.add(w, 0).data()).toEqual(before);
  } finally {
    await useBackend('webgpu');
  }
});
