import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { latencyStdp } from '../../src/rules/latency/latencyStdp.js';
import { conv2d } from '../../src/topologies/conv2d.js';

const numbers = async (tensor: tf.Tensor) => [...(await tensor.data())];
const rule = latencyStdp({ etaPlus: 0.25, etaMinus: 0.125, weightDependence: 'additive' });

/** Weights after every step of a spike train, from 0.5. */
async function learn(pre: number[][], post: number[][]) {
  let [w, state] = [
    tf.fill([pre[0]?.length ?? 0, post[0]?.length ?? 0], 0.5),
    rule.init({ pre: [pre[0]?.length ?? 0], post: [post[0]?.length ?? 0] }),
  ];
  const seen: number[][] = [];
  for (const [time, spikes] of pre.entries()) {
    [w, state] = rule.step({ pre: spikes, post: post[time] ?? [] }, w, state) as [tf.Tensor2D, typeof state];
    seen.push(await numbers(w));
  }
  return seen;
}

describe('latencyStdp', () => {
  it('at the first output spike: inputs that fired by then go up, the others down; afterwards nothing', async () => {
    const seen = await learn(
      [
        [1, 0, 0],
        [0, 1, 0],
        [1, 1, 1],
        [0, 0, 1],
      ],
      [[0], [1], [1], [1]],
    );
    expect(seen).toEqual([
      [0.5, 0.5, 0.5],
      [0.75, 0.75, 0.375],
      [0.75, 0.75, 0.375],
      [0.75, 0.75, 0.375],
    ]);
  });

  it('each output learns at its own first spike', async () => {
    const seen = await learn(
      [
        [1, 0],
        [0, 1],
      ],
      [
        [1, 0],
        [0, 1],
      ],
    );
    expect(seen[1]).toEqual([0.75, 0.75, 0.375, 0.75]);
  });

  it('soft bounds: g(w) = (w − wMin)(wMax − w)', async () => {
    const soft = latencyStdp({ etaPlus: 0.5, etaMinus: 0.25, wMax: 2 });
    const [w] = soft.step({ pre: [1, 0], post: [1] }, [[0.5], [1.5]], soft.init({ pre: [2], post: [1] }));
    expect(await numbers(w)).toEqual([0.5 + 0.5 * 0.75, 1.5 - 0.25 * 0.75]);
  });

  it('inputs outside the image are depressed', async () => {
    const padded = latencyStdp({ etaPlus: 0.25, etaMinus: 0.125, weightDependence: 'additive' }, conv2d({ pad: 1 }));
    const state = padded.init({ pre: [1, 1, 1], post: [1, 1, 1] });
    const [w] = padded.step({ pre: [[[1]]], post: [[[1]]] }, tf.fill([3, 3, 1, 1], 0.5), state);
    expect(await numbers(w)).toEqual([0.375, 0.375, 0.375, 0.375, 0.75, 0.375, 0.375, 0.375, 0.375]);
  });

  it('silence changes nothing, and weights never leave the bounds', async () => {
    expect(
      await learn(
        [
          [0, 0],
          [1, 1],
        ],
        [[0], [0]],
      ),
    ).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
    const wild = latencyStdp({ etaPlus: 9, etaMinus: 9, weightDependence: 'additive' });
    const [w] = wild.step({ pre: [1, 0], post: [1] }, [[0.5], [0.5]], wild.init({ pre: [2], post: [1] }));
    expect(await numbers(w)).toEqual([1, 0]);
  });

  it('refuses parameters that do not fit', () => {
    expect(() => latencyStdp({ wMin: 1, wMax: 0 })).toThrow('latencyStdp: wMin must be below wMax, got 1 and 0');
    expect(() => latencyStdp({ weightDependence: 'hard' as 'soft' })).toThrow(
      `latencyStdp: weightDependence must be one of 'soft', 'additive', got "hard"`,
    );
  });
});
