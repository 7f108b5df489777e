import { isRight } from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { validateCircuit } from '../../src/circuits/validateCircuit.js';
import { circuitPresets } from '../../src/papers/circuits/circuitPresets.js';
import { florianPattern, florianWorld } from '../../src/papers/circuits/florian2007.js';
import { izhikevichWorld } from '../../src/papers/circuits/izhikevich2007.js';
import { detections, masquelierWorld } from '../../src/papers/circuits/masquelier2008.js';
import { masquelierInput } from '../../src/papers/circuits/masquelierInput.js';
import { songCorrelated } from '../../src/papers/circuits/songMillerAbbott2000.js';

describe('published circuits', () => {
  it.each(Object.entries(circuitPresets))('%s is a circuit, and plain JSON', (_, { circuit }) => {
    const made = circuit(3);
    expect(made.seed).toBe(3);
    expect(isRight(validateCircuit(made))).toBe(true);
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });
});

describe('the input of Masquelier et al.', () => {
  const seconds = 3;
  const { spikes, patterns, width, steps } = masquelierInput({ seed: 2, seconds });

  it('fires at about 64 Hz, in order, once in a step', () => {
    expect(steps).toBe(30_000);
    expect(spikes.step.length / 2000 / seconds).toBeGreaterThan(60);
    expect(spikes.step.length / 2000 / seconds).toBeLessThan(68);
    const keys = Array.from(spikes.step, (step, index) => step * 2000 + (spikes.neuron[index] ?? 0));
    expect(keys.every((key, index) => index === 0 || key > (keys[index - 1] ?? key))).toBe(true);
  });

  it('shows the pattern in a quarter of the bins, never twice in a row', () => {
    expect(patterns.length).toBe(15);
    expect(Array.from(patterns).every((start) => start % width === 0)).toBe(true);
    expect(Array.from(patterns).some((start, index) => patterns[index + 1] === start + width)).toBe(false);
  });

  /** Spikes of each afferent, those that come in any of some bins: how alike two bins are. */
  const counts = (start: number): readonly number[] => {
    const found = new Array<number>(2000).fill(0);
    spikes.step.forEach((step, index) => {
      const neuron = spikes.neuron[index] ?? 0;
      if (step >= start && step < start + width) found[neuron] = (found[neuron] ?? 0) + 1;
    });
    return found;
  };
  const likeness = (a: readonly number[], b: readonly number[]): number => {
    const centred = [a, b].map((list) => list.map((value) => value - list.reduce((sum, each) => sum + each, 0) / list.length));
    const dot = (x = 0, y = 0) =>
      (centred[x] ?? []).reduce((sum, value, index) => sum + value * ((centred[y] ?? [])[index] ?? 0), 0);
    return dot(0, 1) / Math.sqrt(dot(0, 0) * dot(1, 1));
  };

  it('repeats it in the first thousand afferents alone', () => {
    const [first, later] = [counts(patterns[0] ?? 0), counts(patterns[9] ?? 0)];
    expect(likeness(first.slice(0, 1000), later.slice(0, 1000))).toBeGreaterThan(0.7);
    expect(Math.abs(likeness(first.slice(1000), later.slice(1000)))).toBeLessThan(0.2);
  });

  it('comes second by second, again and again', () => {
    const world = masquelierWorld({ seed: 2, seconds });
    const firsts = [0, 10_000, 30_000].map((step) => world.act({ step }).input.spikes?.['afferents']);
    expect(firsts[2]?.step.subarray(0, 99)).toEqual(firsts[0]?.step.subarray(0, 99));
    expect(Array.from(firsts[1]?.step.subarray(0, 20) ?? [])).toEqual(
      Array.from(spikes.step)
        .filter((step) => step >= 10_000)
        .slice(0, 20)
        .map((step) => step - 10_000),
    );
  });

  it('is judged by hits, false alarms and latency', () => {
    const input = { patterns: Int32Array.of(0, 1000), width: 500, steps: 2000 };
    expect(detections([40, 60, 1080, 1700, 2030, 3050], input, 0, 4000, 0.1)).toEqual({ hits: 1, falseAlarms: 1, latency: 5.2 });
    expect(detections([1080], input, 0, 2000, 0.1)).toMatchObject({ hits: 0.5, falseAlarms: 0 });
  });
});

describe('what circuits live in', () => {
  const recorded = (spikes: readonly (readonly [number, number])[]) => ({
    spikes: { e: { step: Int32Array.from(spikes, ([step]) => step), neuron: Int32Array.from(spikes, ([, neuron]) => neuron) } },
    rates: {},
    weights: {},
  });

  it('Izhikevich: a reward of 0.5 one to three seconds after the second neuron fired within 20 ms of the first, once', () => {
    const world = izhikevichWorld({ seed: 4 });
    const pairs = [
      [10, 0],
      [15, 1],
      [40, 1],
      [100, 1],
      [100, 0],
      [110, 5],
    ] as const;
    let memory = world.see(world.init, recorded(pairs), 1000);
    expect([memory.count, memory.due.length, memory.lastPre]).toEqual([1, 1, 100]);
    const [due = 0] = memory.due;
    expect(due).toBeGreaterThan(15 + 1000);
    expect(due).toBeLessThan(15 + 3001);
    const rewards: number[] = [];
    for (const step of [2000, 3000, 4000]) {
      const { reward } = world.act(memory).input;
      const given = reward instanceof Float32Array ? Array.from(reward.entries()) : [];
      rewards.push(...given.filter(([, value]) => value > 0).flatMap(([index, value]) => [memory.step + index, value]));
      memory = world.see(memory, recorded([]), step);
    }
    expect(rewards).toEqual([due, 0.5]);
    expect(memory.due).toEqual([]);
  });

  it('Florian: each pattern once in four, rewards by the pattern that was shown', () => {
    const world = florianWorld({ seed: 1 });
    for (let index = 0; index < 4; index++) {
      const [first, second] = florianPattern(1, index);
      const { rates, reward } = world.act({ step: 500 * index + 7, fired: true }).input;
      expect(reward).toBe(first === second ? -1 : 1);
      expect([rates?.['excitation'], rates?.['inhibition']].map((list) => Array.from(list as Float32Array))).toEqual(
        [0, 1].map(() => Array.from({ length: 30 }, (_, input) => 40 * (input < 15 ? first : second))),
      );
    }
  });

  it('Song: the first half of the rates vary together', () => {
    const world = songCorrelated({ seed: 1 });
    const halves = Array.from({ length: 60 }, (_, draws) => {
      const rates = Array.from(world.act({ draws }).input.rates?.['ex'] as Float32Array);
      const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
      return [mean(rates.slice(0, 500)), mean(rates.slice(500))] as const;
    });
    const spread = (half: 0 | 1) => Math.sqrt(halves.reduce((sum, list) => sum + (list[half] - 10) ** 2, 0) / halves.length);
    expect(spread(0)).toBeGreaterThan(2);
    expect(spread(1)).toBeLessThan(0.5);
  });
});
