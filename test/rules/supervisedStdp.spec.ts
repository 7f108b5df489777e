import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../src/core/random.js';
import { raceLayer } from '../../src/kernels/host/raceLayer.js';
import { networkKernels } from '../../src/kernels/module/networkKernels.js';
import { regulateThresholds } from '../../src/rules/supervised/regulateThresholds.js';
import { s2StdpWinners, sstdpWinners } from '../../src/rules/supervised/supervisedStdp.js';

const rates = { gap: 0.12, etaPlus: 0.5, etaMinus: 0.25 };

describe('S2-STDP', () => {
  it('asks the target for T − gap·(U − P)/U and the others for T + gap·P/U, of the times that fired', async () => {
    // Three classes, the third silent: T = 0.5; desired 0.42 and 0.54, 0.54; e = −0.02, 0.06, 0.46.
    const w = tf.fill([2, 3], 0.25);
    const next = await sstdpAndS2(w, [0.2, 0.9], [0.4, 0.6, Number.POSITIVE_INFINITY], 0);
    const moved = (error: number) => [0.25 + 0.5 * error, 0.25 - 0.25 * error];
    const [early, late] = [moved(-0.02), [0.25 + 0.5 * 0.06, 0.25 - 0.25 * 0.06]];
    const silent = [0.25 + 0.5 * 0.46, 0.25 + 0.5 * 0.46];
    const scaled = (pair: readonly number[]) => pair.map((value) => (value * 0.5) / ((pair[0] ?? 0) + (pair[1] ?? 0)));
    expectColumns(next.s2, [scaled(early), scaled(late), scaled(silent)]);
    // The target is early enough; 0.6 and never are late enough: SSTDP leaves all of them.
    expectColumns(next.ss, [
      [0.25, 0.25],
      [0.25, 0.25],
      [0.25, 0.25],
    ]);
  });

  it('T is the bound 1 − gap·P/U where nobody fired, and an output that never fires takes all inputs for early', async () => {
    const never = Number.POSITIVE_INFINITY;
    const w = tf.fill([2, 2], 0.5);
    const { ss } = await sstdpAndS2(w, [0.5, never], [never, never], 1);
    // T = 0.94, the target should fire at 0.88: e = 0.12; the other at 1, as it does.
    expectColumns(ss, [
      [0.5, 0.5],
      [0.5 + 0.5 * 0.12, 0.5 + 0.5 * 0.12],
    ]);
  });

  it('the first of each class is updated alone, and one that is no target is pushed later (PCN)', async () => {
    const w = tf.fill([1, 4], 0.5);
    const post = { times: [0.5, 0.3, 0.6, 0.6], potentials: [1, 1, 1, 2] };
    const params = { ...rates, perClass: 2, targets: 1 };
    // T = 0.45; class 0 is right, but its first neuron is the second: it should fire at 0.51, as the other class's, whose first is 3 by potential.
    const next = await sstdpWinners(w, [0], post, 0, params).data();
    expect([...next].map((value) => Number(value.toFixed(5)))).toEqual([0.5, 0.5 + 0.5 * (0.3 - 0.51), 0.5, 0.5]);
  });
});

it('targets share a class by their thresholds, none below the floor', () => {
  const params = { perClass: 3, targets: 2 };
  const post = { times: [0.2, 0.1, 0, 1, 1, 1] };
  const next = regulateThresholds([2, 3, 2, 2, 2, 2], post, 0, 0.5, 2, params);
  expect([...next]).toEqual([2, 3.25, 2, 2, 2, 2]);
  expect(() => regulateThresholds([1, 2, 3], post, 0, 0.5, 2, params)).toThrow(
    'regulateThresholds: post.times must be numbers of 3',
  );
  expect(() => sstdpWinners([[1]], [0], { times: [1] }, 1)).toThrow('sstdpWinners: label must be an integer in [0, 0], got 1');
});

describe('the kernels of a race', () => {
  const [inputs, perClass, classes, images] = [13, 6, 5, 40];
  const neurons = perClass * classes;

  it.each([
    ['s2Stdp', 2],
    ['sstdp', 3],
  ] as const)('do as the rule does: %s', async (rule, targets) => {
    await networkKernels.ready();
    const threshold = 1.2;
    const first = randomUniform(neurons * inputs, 1, 0.2, 0.5);
    const sums = Float32Array.from({ length: neurons }, (_, n) =>
      rule === 's2Stdp' ? first.subarray(n * inputs, (n + 1) * inputs).reduce((sum, value) => sum + value, 0) : 0,
    );
    const thresholds = new Float32Array(neurons).fill(threshold);
    const layer = raceLayer({ inputs, neurons, perClass, threshold }, { weights: first, thresholds }, sums);
    const learning = { within: rule === 'sstdp', targets, gap: 0.2, etaPlus: 0.3, etaMinus: -0.6, etaThreshold: 0.1 };
    layer.setLearning(learning);
    const [weights, regulated, answers] = await learned(rule, first, threshold, { ...learning, etaMinus: 0.6 });
    const { lists, labels } = stimuli();
    layer.hold([lists]);
    expect([...layer.learn(Int32Array.from(labels.keys()), labels)]).toEqual(answers);
    const after = layer.learned();
    expect(Math.max(...after.weights.map((value, index) => Math.abs(value - (weights[index] ?? 9))))).toBeLessThan(1e-5);
    expect(Math.max(...after.thresholds.map((value, index) => Math.abs(value - (regulated[index] ?? 9))))).toBeLessThan(1e-5);
    expect(after.thresholds.some((value) => value > threshold)).toBe(true);
  });

  it('inputs of one time are added before anybody looks, and a tie goes to the higher potential', () => {
    const weights = Float32Array.of(1, 0, 1, 1);
    const thresholds = Float32Array.of(0.5, 0.5);
    const layer = raceLayer({ inputs: 2, neurons: 2, perClass: 1, threshold: 0.5 }, { weights, thresholds }, new Float32Array(2));
    const lists = { starts: Int32Array.of(0, 2, 2), inputs: Int32Array.of(0, 1), times: Float32Array.of(0.25, 0.25) };
    const { neurons: who, times } = layer.answer(lists);
    expect([[...who], [...times]]).toEqual([
      [1, 0],
      [0.25, 1],
    ]);
  });

  /** Spikes of random images: some inputs never fire, some together. */
  function stimuli() {
    const draws = randomUniform(images * inputs, 2);
    const rows = Array.from({ length: images }, (_, image) =>
      Array.from(draws.subarray(image * inputs, (image + 1) * inputs), (draw, input) => ({
        input,
        time: Math.floor(draw * 16) / 12,
      }))
        .filter(({ time }) => time < 1)
        .sort((a, b) => a.time - b.time),
    );
    const starts = Int32Array.from([0, ...rows.map((_, image) => rows.slice(0, image + 1).flat().length)]);
    const lists = {
      starts,
      inputs: Int32Array.from(rows.flat(), ({ input }) => input),
      times: Float32Array.from(rows.flat(), ({ time }) => time),
    };
    return { rows, lists, labels: Int32Array.from(rows, (_, image) => (image * 7) % classes) };
  }

  /** The same by the public rule: who answers each image, and what is learned. */
  async function learned(
    rule: 's2Stdp' | 'sstdp',
    first: Float32Array,
    floor: number,
    {
      etaThreshold,
      within: _,
      ...rates
    }: { targets: number; gap: number; etaPlus: number; etaMinus: number; etaThreshold: number; within: boolean },
  ) {
    const { rows, labels } = stimuli();
    const params = { ...rates, perClass };
    let w = tf.transpose(tf.tensor2d(first, [neurons, inputs])) as tf.Tensor2D;
    let regulated: Float32Array = new Float32Array(neurons).fill(floor);
    const answers: number[] = [];
    for (const [image, spikes] of rows.entries()) {
      const label = labels[image] ?? 0;
      const own = await w.array();
      const isTarget = (n: number) => Math.floor(n / perClass) === label && n % perClass < params.targets;
      const fired = Array.from({ length: neurons }, (_, n) => race(spikes, own, n, isTarget(n) ? (regulated[n] ?? 0) : floor));
      const post = { times: fired.map(({ time }) => time), potentials: fired.map(({ potential }) => potential) };
      answers.push(
        fired.reduce((best, { time, potential }, n) => {
          const now = fired[best] ?? { time: 2, potential: 0 };
          return time < now.time || (time === now.time && potential > now.potential) ? n : best;
        }, 0),
      );
      const preTimes = Array.from(
        { length: inputs },
        (_, input) => spikes.find((spike) => spike.input === input)?.time ?? Number.POSITIVE_INFINITY,
      );
      w = (rule === 's2Stdp' ? s2StdpWinners : sstdpWinners)(w, preTimes, post, label, params);
      regulated = regulateThresholds(regulated, post, label, etaThreshold, floor, params);
    }
    return [await tf.transpose(w).data(), regulated, answers] as const;
  }

  function race(
    spikes: readonly { input: number; time: number }[],
    w: readonly (readonly number[])[],
    neuron: number,
    threshold: number,
  ) {
    let potential = 0;
    for (const [index, { input, time }] of spikes.entries()) {
      potential += w[input]?.[neuron] ?? 0;
      if (spikes[index + 1]?.time !== time && potential > threshold) return { time, potential };
    }
    return { time: 1, potential };
  }
});

async function sstdpAndS2(w: tf.Tensor, preTimes: readonly number[], times: readonly number[], label: number) {
  const post = { times };
  return {
    s2: await s2StdpWinners(w, [...preTimes], post, label, rates).array(),
    ss: await sstdpWinners(w, [...preTimes], post, label, rates).array(),
  };
}

/** Weights by neuron, to rounding. */
function expectColumns(w: readonly (readonly number[])[], columns: readonly (readonly number[])[]): void {
  columns.forEach((column, neuron) => {
    column.forEach((value, input) => {
      expect(w[input]?.[neuron]).toBeCloseTo(value, 6);
    });
  });
}
