import { describe, expect, it } from 'vitest';
import type { Circuit } from '../../../src/circuits/circuit.js';
import type { Rate } from '../../../src/circuits/population.js';
import { run } from '../../../src/circuits/run.js';
import { differences, runNew, start } from '../started.js';

const poisson = (rate: Rate, size = 100, seed = 1): Circuit => ({
  dt: 0.1,
  seed,
  populations: { p: { size, source: 'poisson', rate } },
  records: { spikes: ['p'] },
});

/** Spikes of a run: steps and neurons. */
function drawn(rate: Rate, steps: number, size = 100, seed = 1) {
  const [, { spikes }] = runNew(poisson(rate, size, seed), steps);
  const { step = new Int32Array(), neuron = new Int32Array() } = spikes['p'] ?? {};
  return { step: [...step], neuron: [...neuron] };
}

/** That a count of independent events is within four standard deviations. */
const expectCount = (count: number, expected: number) => expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected));

describe('Poisson spikes', () => {
  it.each([2, 20, 500, 5000])('of %s Hz have that rate, in all neurons', (rate) => {
    const { neuron } = drawn(rate, 2000);
    const perNeuron = (rate * 0.2 * 100) / 100;
    expectCount(neuron.length, 100 * perNeuron);
    const halves = neuron.filter((i) => i < 50).length;
    expectCount(halves, 50 * perNeuron);
  });

  it('fire each step with p 1, never with p 0', () => {
    expect(drawn(10_000, 5, 3).neuron).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]);
    expect(drawn(0, 50).neuron).toEqual([]);
  });

  it('have geometric intervals: mean 1/p, variance (1 − p)/p²', () => {
    const p = 0.05;
    const { step } = drawn(500, 200_000, 1);
    const intervals = differences(step);
    const mean = intervals.reduce((sum, each) => sum + each, 0) / intervals.length;
    const variance = intervals.reduce((sum, each) => sum + (each - mean) ** 2, 0) / intervals.length;
    expect(mean).toBeCloseTo(1 / p, 0);
    expect(variance / ((1 - p) / p ** 2)).toBeCloseTo(1, 1);
    expectCount(intervals.filter((each) => each === 1).length, p * intervals.length);
  });

  it('are drawn anew by seed and population', () => {
    expect(drawn(50, 500, 20, 1)).toEqual(drawn(50, 500, 20, 1));
    expect(drawn(50, 500, 20, 2)).not.toEqual(drawn(50, 500, 20, 1));
    const two = { size: 20, source: 'poisson', rate: 50 } as const;
    const [, { spikes }] = runNew({ dt: 0.1, populations: { a: two, b: two }, records: { spikes: ['a', 'b'] } }, 500);
    expect(spikes['a']).not.toEqual(spikes['b']);
  });
});

describe('rates', () => {
  it('may be one for each neuron', () => {
    const { neuron } = drawn([10, 0, 400], 20_000, 3);
    const counts = [0, 1, 2].map((i) => neuron.filter((each) => each === i).length);
    expect(counts[1]).toBe(0);
    expectCount(counts[0] ?? 0, 20);
    expectCount(counts[2] ?? 0, 800);
  });

  it('may begin at times', () => {
    const { step } = drawn(
      {
        from: [
          [50, 200],
          [100, 20],
        ],
      },
      2000,
    );
    expect(step.filter((t) => t < 500)).toEqual([]);
    expectCount(step.filter((t) => t < 1000).length, 200 * 0.05 * 100);
    expectCount(step.filter((t) => t >= 1000).length, 20 * 0.1 * 100);
  });

  it('may be a sine, above 0 alone', () => {
    const { step } = drawn({ sine: { mean: 0, amplitude: 100, frequency: 10 } }, 2000);
    const inHalf = (half: number) => step.filter((t) => Math.floor(t / 500) === half).length;
    expectCount(inHalf(0), (2 / Math.PI) * 100 * 0.05 * 100);
    expect([inHalf(1), inHalf(3)]).toEqual([0, 0]);
  });

  it('go on as they are in longer runs than are laid out at a time', () => {
    const circuit = {
      ...poisson({ sine: { mean: 5, amplitude: 5, frequency: 0.1 } }, 10),
      records: { rates: { of: ['p'], every: 2500 } },
    };
    const [, { rates }] = runNew(circuit, 100_000);
    const values = rates['p']?.values ?? [];
    values.forEach((value, quarter) => {
      const expected = 5 + (quarter < 2 ? 10 : -10) / Math.PI;
      expectCount(value * 25, expected * 25);
    });
    expect(values.length).toBe(4);
  });
});

it.each<Rate>([
  40,
  [0, 10, 80, 200],
  {
    from: [
      [3, 100],
      [20, 7],
    ],
  },
  { sine: { mean: 20, amplitude: 30, frequency: 50 } },
])('a run of %o ends where one likes', (rate) => {
  const circuit = poisson(rate, 4);
  const begun = start(circuit);
  const [whole, { spikes }] = run(circuit, begun, 1000);
  const steps = [1, 2, 17, 100, 380, 500];
  let state = begun;
  const parts: number[] = [];
  for (const count of steps) {
    const [next, records] = run(circuit, state, count);
    parts.push(...(records.spikes['p']?.step ?? []));
    state = next;
  }
  expect(parts).toEqual([...(spikes['p']?.step ?? [])]);
  expect(state).toEqual(whole);
});
