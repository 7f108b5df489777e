import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Winner } from '../src/competition/winner.js';
import { fork, randomUint32, randomUniform } from '../src/core/random.js';
import { latencyStdp } from '../src/rules/latency/latencyStdp.js';
import { latencyStdpWinners } from '../src/rules/latency/latencyStdpWinners.js';
import { conv2d } from '../src/topologies/conv2d.js';
import { runs } from '../test/target.js';

const steps = 5;

interface Layer {
  readonly image: readonly [number, number, number];
  readonly w: readonly [number, number, number, number];
  readonly pad: number;
  readonly strides: number;
}

/** One winner in some of the maps, anywhere, at any time. */
function drawWinners(seed: number, maps: number, height: number, width: number): readonly Winner[] {
  const words = randomUint32(4 * maps, fork(seed, 2));
  const draw = (map: number, what: number, size: number) => (words[4 * map + what] ?? 0) % size;
  return Array.from({ length: maps }, (_, channel) => channel)
    .filter((map) => draw(map, 0, 4) > 0)
    .map((channel) => ({ channel, y: draw(channel, 1, height), x: draw(channel, 2, width), time: draw(channel, 3, steps) }));
}

/** The same stimulus learned step by step and from its winners. */
function bothWays(seed: number, { image, w: shape, pad, strides }: Layer, weightDependence: 'soft' | 'additive') {
  const params = { etaPlus: 0.2, etaMinus: 0.1, weightDependence };
  const rule = latencyStdp(params, conv2d({ pad, strides }));
  const w = tf.reshape<tf.Rank>(
    tf.tensor1d(
      randomUniform(
        shape.reduce((size, next) => size * next, 1),
        fork(seed, 0),
      ),
    ),
    [...shape],
  );
  const outputs = rule.topology.outputShape('f', [1, ...image], shape).slice(1);
  const [height = 0, width = 0, maps = 0] = outputs;
  const winners = drawWinners(seed, maps, height, width);

  const [rows, columns, channels] = image;
  const size = rows * columns * channels;
  const times = randomUniform(size, fork(seed, 1), 0, 2 * steps).map(Math.floor);
  const spikesAt = (time: number) =>
    tf.tensor3d(
      times.map((first) => (first === time ? 1 : 0)),
      [rows, columns, channels],
    );
  const winnersAt = (time: number) => {
    const spikes = tf.buffer<tf.Rank>([...outputs]);
    for (const { channel, y, x, time: own } of winners) if (own === time) spikes.set(1, y, x, channel);
    return spikes.toTensor();
  };

  let [online, state] = [w, rule.init({ pre: image, post: outputs })];
  for (let time = 0; time < steps; time++)
    [online, state] = rule.step({ pre: spikesAt(time), post: winnersAt(time) }, online, state);
  const never = times.map((time) => (time < steps ? time : Number.POSITIVE_INFINITY));
  const preTimes = tf.tensor3d(never, [rows, columns, channels]);
  return { w, winners, online, atOnce: latencyStdpWinners(w, preTimes, winners, params, { pad, strides }) };
}

describe('latencyStdp', () => {
  it.each<[string, Layer]>([
    ['1 × 1, as a dense layer', { image: [1, 1, 7], w: [1, 1, 7, 4], pad: 0, strides: 1 }],
    ['a padded convolution', { image: [5, 4, 2], w: [3, 3, 2, 4], pad: 1, strides: 1 }],
    ['a padded, strided convolution', { image: [6, 5, 1], w: [3, 2, 1, 4], pad: 2, strides: 2 }],
  ])('step by step equals latencyStdpWinners with the same winners: %s', async (_, layer) => {
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom('soft' as const, 'additive' as const), async (seed, weightDependence) => {
        const { w, winners, online, atOnce } = bothWays(seed, layer, weightDependence);
        const [before, got, wanted] = await Promise.all([w.data(), online.data(), atOnce.data()]);
        wanted.forEach((value, index) => {
          expect(got[index]).toBeCloseTo(value, 6);
        });
        if (winners.length > 0) moved += Number(wanted.some((value, index) => value !== before[index]));
      }),
      { numRuns: runs(8), seed: 1 },
    );
    expect(moved).toBeGreaterThan(runs(8) / 2);
  });
});
