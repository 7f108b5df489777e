import { describe, expect, it } from 'vitest';
import type { Circuit } from '../../../src/circuits/circuit.js';
import type { CircuitInput, CircuitState } from '../../../src/circuits/circuitState.js';
import { run } from '../../../src/circuits/run.js';
import { runNew, start } from '../started.js';

const circuit: Circuit = {
  dt: 0.5,
  populations: {
    in: { size: 30, source: 'poisson', rate: 150 },
    e: { size: 12, neuron: 'condLif', params: { current: 150 }, init: { v: { uniform: [-60, -50] } } },
  },
  projections: { in: { from: 'in', to: 'e', receptor: 'ampa', weight: { uniform: [0.5, 2] } } },
  records: { spikes: ['in', 'e'], rates: { of: ['in', 'e'], every: 20 }, voltage: { of: 'e', neurons: [11, 3], every: 1 } },
};

it('rates are those of the spikes of each window', () => {
  const [, { spikes, rates }] = runNew(circuit, 250);
  for (const [name, size] of [
    ['in', 30],
    ['e', 12],
  ] as const) {
    const { step = [], values = [] } = rates[name] ?? {};
    expect([...step]).toEqual([40, 80, 120, 160, 200, 240]);
    [...values].forEach((rate, window) => {
      const count = [...(spikes[name]?.step ?? [])].filter((t) => Math.floor(t / 40) === window).length;
      expect(rate).toBeCloseTo((1000 * count) / (size * 20), 3);
    });
  }
});

it('potentials are those of the states at the same steps', () => {
  const begun = start(circuit);
  const [, { voltage }] = run(circuit, begun, 20);
  expect([voltage?.width, ...(voltage?.step ?? [])]).toEqual([2, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
  const v = run(circuit, begun, 14)[0].populations['e']?.['v'] ?? [];
  expect([...(voltage?.values.slice(12, 14) ?? [])]).toEqual([v[11], v[3]]);
});

it('all of them come out where memory has room for a part at a time', () => {
  const busy: Circuit = {
    dt: 1,
    populations: { e: { size: 50, neuron: 'integrateAndFire', params: { current: 2 } } },
    records: { spikes: ['e'], rates: { of: ['e'], every: 1 }, voltage: { of: 'e', neurons: [7], every: 1 } },
  };
  const [, { spikes, rates, voltage }] = runNew(busy, 2500);
  expect([...(spikes['e']?.step ?? [])]).toEqual(Array.from({ length: 125_000 }, (_, index) => Math.floor(index / 50)));
  expect(spikes['e']?.neuron.every((neuron, index) => neuron === index % 50)).toBe(true);
  expect([...(rates['e']?.values ?? [])]).toEqual(Array(2500).fill(1000));
  expect([...(voltage?.step ?? [])]).toEqual(Array.from({ length: 2500 }, (_, index) => index + 1));
});

describe('windows of rates', () => {
  const fast = (every?: number): Circuit => ({
    dt: 1,
    populations: { q: { size: 10, source: 'poisson', rate: 1000 }, r: { size: 3, source: 'poisson', rate: 1000 } },
    ...(every !== undefined && { records: { rates: { of: ['q'], every } } }),
  });
  it.each([
    [505, undefined, 10],
    [500, 7, 10],
    [509, 10, 7],
  ])('that were not counted from their beginning are left out: %s steps in windows of %s, then of %s', (steps, before, after) => {
    const first = fast(before);
    const [state] = run(first, start(first), steps);
    const [next, { rates }] = run(fast(after), state, 35);
    const whole = Math.floor((steps + 35) / after) - Math.ceil(steps / after);
    expect([...(rates['q']?.values ?? [])]).toEqual(Array(whole).fill(1000));
    expect(rates['q']?.step[0]).toBe((Math.ceil(steps / after) + 1) * after);
    expect([...(run(fast(after), next, after)[1].rates['q']?.values ?? [])]).toEqual([1000]);
  });
});

describe('run refuses what a projection can’t have remembered', () => {
  it('in a line', () => {
    const spec: Circuit = {
      dt: 1,
      populations: { p: { size: 4, source: 'poisson', rate: 100 }, e: { size: 3, neuron: 'lif' } },
      projections: { pe: { from: 'p', to: 'e', weight: 0.5, rule: { rule: 'pairStdp' } } },
    };
    const [state] = run(spec, start(spec), 20);
    for (const tPre of [new Float32Array(0), new Float32Array(5), new Int32Array(4)])
      expect(() => run(spec, { ...state, projections: { pe: { ...state.projections['pe'], tPre } } }, 5)).toThrow(
        /^run: state\.projections have .* as tPre, must be a Float32Array of 4$/,
      );
  });
});

describe('weights', () => {
  const recorded = (as: 'mean' | 'histogram' | 'sample') => {
    const spec: Circuit = { ...circuit, records: { weights: { of: ['in'], every: 10, as } } };
    const begun = start(spec);
    const [, { weights }] = run(spec, begun, 45);
    return { w: [...(begun.projections['in']?.['w'] ?? [])], series: weights['in'] };
  };

  it('have a mean', () => {
    const { w, series } = recorded('mean');
    expect([...(series?.step ?? [])]).toEqual([20, 40]);
    expect(series?.values[1]).toBeCloseTo(w.reduce((sum, each) => sum + each) / w.length, 5);
  });

  it('have shares in 32 bins between the least and the largest', () => {
    const { w, series } = recorded('histogram');
    expect(series?.width).toBe(34);
    const [low, high] = [Math.min(...w), Math.max(...w)];
    const [least, largest, first, ...others] = [...(series?.values.slice(0, 34) ?? [])];
    expect([least, largest]).toEqual([low, high]);
    expect(first).toBeCloseTo(w.filter((each) => each < low + (high - low) / 32).length / w.length, 6);
    expect(others.reduce((sum, share) => sum + share, Number(first))).toBeCloseTo(1, 5);
  });

  it('have a sample of 100 synapses, the same at all times', () => {
    const { w, series } = recorded('sample');
    expect(series?.width).toBe(100);
    expect([...(series?.values.slice(0, 100) ?? [])]).toEqual([...(series?.values.slice(100) ?? [])]);
    expect([...(series?.values ?? [])].every((value) => w.includes(value))).toBe(true);
  });
});

describe('run refuses', () => {
  const begun = start(circuit);
  it.each([
    ['a part of a step', 1.5, {}, 'run: steps must be a whole number ≥ 0, with fewer than 2^31 in all, got 1.5'],
    [
      'spikes of a Poisson population',
      5,
      { spikes: { in: { step: Int32Array.of(0), neuron: Int32Array.of(0) } } },
      'run: input.spikes.in',
    ],
    [
      'currents of another length',
      5,
      { currents: { e: new Float32Array(7) } },
      'run: input.currents.e must be a Float32Array of finite numbers, [12] or [5, 12], got',
    ],
    [
      'rewards of another length',
      5,
      { reward: new Float32Array(4) },
      'run: input.reward must be a finite number or a Float32Array of 5, got',
    ],
    [
      'a population that is not there',
      5,
      { rates: { x: 3 } },
      'run: input.rates.x is for none of the populations that take it: in',
    ],
    [
      'a rate below 0',
      5,
      { rates: { in: -1 } },
      'run: input.rates.in must be one rate or a Float32Array of 30, in Hz, from 0 to a spike in each step, got -1',
    ],
    ['what it does not know', 5, { spike: {} }, 'run: input.spike is not part of the input'],
  ])('%s', (_, steps, input, message) => {
    expect(() => run(circuit, begun, steps, input as CircuitInput)).toThrow(message);
  });

  it.each([
    ['none', null, 'run: state must be what init or run gave, got null'],
    [
      'one without a variable',
      { ...begun, populations: { ...begun.populations, e: {} } },
      'run: state.populations.e.v must be a Float32Array of 12',
    ],
    [
      'one of other neurons',
      { ...begun, populations: { ...begun.populations, in: { ...begun.populations['in'], draw: new Uint32Array(3) } } },
      'run: state.populations.in.draw must be a Uint32Array of 2',
    ],
    [
      'one without weights',
      { ...begun, projections: {} },
      'run: state.projections.in.w must be a Float32Array of 1 or 360 weights, got undefined',
    ],
    [
      'one whose synapses lead nowhere',
      { ...begun, wiring: { in: { ...begun.wiring['in'], target: new Uint16Array(360).fill(12) } } },
      'run: state.wiring.in.target must be neurons below 12',
    ],
  ])('a state: %s', (_, state, message) => {
    expect(() => run(circuit, state as CircuitState, 5)).toThrow(message);
  });

  it('spikes out of order, beyond the run, or of no neuron', () => {
    const listed: Circuit = { dt: 1, populations: { in: { size: 2, source: 'input' } } };
    const spikes = (step: readonly number[], neuron: readonly number[]) => () =>
      runNew(listed, 3, { spikes: { in: { step: Int32Array.from(step), neuron: Int32Array.from(neuron) } } });
    expect(spikes([1, 0], [0, 0])).toThrow('entry 1 is not');
    expect(spikes([1, 1], [1, 1])).toThrow('entry 1 is not');
    expect(spikes([3], [0])).toThrow('entry 0 is step 3, neuron 0');
    expect(spikes([-1], [1])).toThrow('entry 0 is step -1, neuron 1');
    expect(spikes([1], [2])).toThrow('entry 0 is step 1, neuron 2');
    expect(spikes([1], [])).toThrow('has 1 steps for 0 neurons');
  });
});
