import { describe, expect, it } from 'vitest';
import type { Circuit } from '../../../src/circuits/circuit.js';
import { run } from '../../../src/circuits/run.js';
import { runNew, spikeSteps, start, variable } from '../started.js';

/** Neurons that count what arrives: they never fire. */
const counter = { neuron: 'integrateAndFire', params: { vTh: 1e9 } } as const;

describe('a spike', () => {
  it.each([0, 1, 2, 7])('with a delay of %s steps is in the potential one step after it has arrived', (delay) => {
    const circuit: Circuit = {
      dt: 1,
      populations: { in: { size: 1, source: 'spikes', times: [[3, 4, 9]] }, e: { size: 1, ...counter } },
      projections: { one: { from: 'in', to: 'e', weight: 1, delay } },
      records: { voltage: { of: 'e', neurons: [0], every: 1 } },
    };
    const [, { voltage }] = runNew(circuit, 25);
    const expected = Array.from({ length: 25 }, (_, t) => [3, 4, 9].filter((time) => t > time + delay).length);
    expect([...(voltage?.values ?? [])]).toEqual(expected);
  });

  it('reaches a population that stands before or after its own in the spec at the same time', () => {
    const fires = { size: 1, neuron: 'integrateAndFire', params: { current: 0.26 } } as const;
    const circuit: Circuit = {
      dt: 1,
      populations: { before: { size: 1, ...counter }, e: fires, after: { size: 1, ...counter } },
      projections: { first: { from: 'e', to: 'before', weight: 1 }, other: { from: 'e', to: 'after', weight: 1 } },
      records: { spikes: ['e'] },
    };
    const begun = start(circuit);
    const [at4] = run(circuit, begun, 4);
    expect(variable(at4, 'before', 'input')).toEqual([1]);
    expect(variable(at4, 'after', 'input')).toEqual([1]);
  });

  it('is in its ring until it arrives, however often lists wrap around', () => {
    // All 37 neurons fire in every step; 9 steps are on their way.
    const circuit: Circuit = {
      dt: 1,
      populations: { e: { size: 37, neuron: 'integrateAndFire', params: { current: 2 } }, sum: { size: 1, ...counter } },
      projections: { all: { from: 'e', to: 'sum', weight: 1, delay: 9 } },
      records: { spikes: ['e'], voltage: { of: 'sum', neurons: [0], every: 1 } },
    };
    const [state, { voltage }] = runNew(circuit, 500);
    expect([...(voltage?.values ?? [])]).toEqual(Array.from({ length: 500 }, (_, t) => 37 * Math.max(0, t - 9)));
    expect(variable(state, 'e', 'pendingStep')).toEqual(
      Array.from({ length: 9 * 37 }, (_, index) => 491 + Math.floor(index / 37)),
    );
    expect(variable(state, 'e', 'pendingNeuron').slice(0, 38)).toEqual([...Array(37).keys(), 0]);
  });
});

describe('spikes arrive', () => {
  it('projection by projection, in ascending order of neurons: sums round as they do', () => {
    const circuit: Circuit = {
      dt: 1,
      populations: { in: { size: 3, source: 'spikes', times: [[0], [0], [0]] }, e: { size: 1, ...counter } },
      projections: {
        large: { from: 'in', to: 'e', weight: 1, wiring: { type: 'list', pairs: [[1, 0]] } },
        small: {
          from: 'in',
          to: 'e',
          weight: 2 ** -24,
          wiring: {
            type: 'list',
            pairs: [
              [0, 0],
              [2, 0],
            ],
          },
        },
      },
    };
    const [state] = runNew(circuit, 1);
    expect(variable(state, 'e', 'input')).toEqual([1]); // twice 2^−24 before 1 would be seen
  });

  it.each([1, 3, 4, 5, 8, 11])('at all of %s targets, with one weight and with their own', (size) => {
    const drawn = { uniform: [1, 2] } as const;
    const circuit: Circuit = {
      dt: 1,
      populations: { in: { size: 2, source: 'spikes', times: [[0], [0]] }, e: { size, ...counter }, f: { size, ...counter } },
      projections: { shared: { from: 'in', to: 'e', weight: 1.5 }, own: { from: 'in', to: 'f', weight: drawn } },
    };
    const begun = start(circuit);
    const [state] = run(circuit, begun, 1);
    const w = begun.projections['own']?.['w'] ?? [];
    expect(variable(state, 'e', 'input')).toEqual(Array(size).fill(3));
    expect(variable(state, 'f', 'input')).toEqual(
      Array.from({ length: size }, (_, j) => Math.fround((w[j] ?? 0) + (w[size + j] ?? 0))),
    );
  });

  it('at populations of more than 65 536 neurons', () => {
    const circuit: Circuit = {
      dt: 1,
      populations: { in: { size: 2, source: 'spikes', times: [[0], [0]] }, e: { size: 70_000, ...counter } },
      projections: {
        far: {
          from: 'in',
          to: 'e',
          weight: 1,
          wiring: {
            type: 'list',
            pairs: [
              [0, 69_999],
              [1, 5],
              [1, 69_999],
            ],
          },
        },
      },
    };
    const [state] = runNew(circuit, 1);
    const input = variable(state, 'e', 'input');
    expect([input[5], input[69_999], input.reduce((sum, value) => sum + value, 0)]).toEqual([1, 2, 3]);
  });
});

it('what comes in through a run is spikes, currents and rates of its own steps', () => {
  const circuit: Circuit = {
    dt: 1,
    populations: {
      in: { size: 2, source: 'input' },
      p: { size: 2, source: 'poisson', rate: 0 },
      e: { size: 2, ...counter },
    },
    projections: { one: { from: 'in', to: 'e', weight: 1, wiring: 'oneToOne' } },
    records: { spikes: ['in', 'p'] },
  };
  const [one] = runNew(circuit, 3, { spikes: { in: { step: Int32Array.of(1, 1), neuron: Int32Array.of(0, 1) } } });
  expect(variable(one, 'e', 'v')).toEqual([1, 1]);
  const list = { step: Int32Array.of(0), neuron: Int32Array.of(1) };
  const currents = { e: Float32Array.of(1, 2, 10, 20) };
  const [two, records] = run(circuit, one, 2, { spikes: { in: list }, currents, rates: { p: 1000 } });
  expect(variable(two, 'e', 'v')).toEqual([12, 24]);
  expect(spikeSteps(records, 'in')).toEqual([3]);
  expect(spikeSteps(records, 'p')).toEqual([3, 3, 4, 4]);
  const [held, silent] = run(circuit, two, 2, { currents: { e: Float32Array.of(1, 1) } });
  expect(variable(held, 'e', 'v')).toEqual([14, 26]);
  expect(spikeSteps(silent, 'p')).toEqual([]);
});
