import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { clopathStdp } from '../../src/rules/voltage/clopathStdp.js';
import { conv2d } from '../../src/topologies/conv2d.js';

const free = { etaPlus: 1e-3, etaMinus: 1e-2, wMin: -10, wMax: 10 };

/** The weight after a course of potentials with a presynaptic spike at some steps. */
async function after(
  rule: ReturnType<typeof clopathStdp>,
  voltages: readonly number[],
  spikes: readonly number[],
): Promise<number> {
  let [w, state] = [tf.zeros([1, 1]) as tf.Tensor, rule.init({ pre: [1], post: [1] })];
  for (const [time, voltage] of voltages.entries())
    [w, state] = rule.step({ pre: [Number(spikes.includes(time))], post: [0], voltage: [voltage] }, w, state);
  return (await w.data())[0] ?? Number.NaN;
}

describe('clopathStdp', () => {
  it('is the sum that its equation says, with a delay or none', async () => {
    const course = [-70, -40, -20, 0, -30, -50, -20, 30, -60, -40];
    const spikes = [1, 4, 8];
    for (const delay of [0, 3]) {
      let [x, uMinus, uPlus, w] = [0, -70.6, -70.6, 0];
      course.forEach((u, time) => {
        x *= Math.exp(-1 / 15);
        w += 1e-3 * x * Math.max(0, u + 45.3) * Math.max(0, uPlus + 70.6);
        if (spikes.includes(time)) {
          w -= 1e-2 * Math.max(0, uMinus + 70.6);
          x += 1 / 15;
        }
        const past = course[time - delay] ?? -70.6;
        uMinus = past + (uMinus - past) * Math.exp(-1 / 10);
        uPlus = past + (uPlus - past) * Math.exp(-1 / 7);
      });
      expect(w).not.toBeCloseTo(0, 2);
      expect(await after(clopathStdp({ ...free, delay }), course, spikes)).toBeCloseTo(w, 4);
    }
  });

  it('without a voltage, spikes and rest stand for it', async () => {
    const rule = clopathStdp(free);
    const state = rule.init({ pre: [2, 3], post: [2, 1] });
    const spikes = {
      pre: [
        [1, 0, 1],
        [0, 1, 1],
      ],
      post: [[1], [0]],
    };
    const told = rule.step({ ...spikes, voltage: [[33], [-70.6]] }, tf.zeros([3, 1]), state);
    const [w] = rule.step(spikes, ...told);
    const [same] = rule.step({ ...spikes, voltage: [[33], [-70.6]] }, ...rule.step(spikes, tf.zeros([3, 1]), state));
    expect(Array.from(await w.data())).toEqual(Array.from(await same.data()));
    expect(Math.min(...(await w.data()))).toBeLessThan(0);
  });

  it('says which voltages it can not take', () => {
    const rule = clopathStdp({}, conv2d());
    const state = rule.init({ pre: [3, 3, 1], post: [2, 2, 1] });
    const input = { pre: tf.zeros([3, 3, 1]), post: tf.zeros([2, 2, 1]), voltage: tf.zeros([2, 2]) };
    expect(() => rule.step(input, tf.zeros([2, 2, 1, 1]), state)).toThrow(
      'clopathStdp: voltage has shape [2, 2], post has [2, 2, 1]',
    );
  });

  it.each([0, 2])('leaves exactly what it returns, delay %s', (delay) => {
    const rule = clopathStdp({ delay });
    const state = rule.init({ pre: [1], post: [1] });
    const before = tf.memory().numTensors;
    rule.step({ pre: [1], post: [1] }, [[0.5]], state);
    expect(tf.memory().numTensors - before).toBe(1 + Object.keys(state).length);
  });
});
