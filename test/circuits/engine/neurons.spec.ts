import { describe, expect, it } from 'vitest';
import type { Circuit } from '../../../src/circuits/circuit.js';
import type { Drawn } from '../../../src/circuits/population.js';
import { run } from '../../../src/circuits/run.js';
import { differences, runNew, spikeSteps, start, variable } from '../started.js';

const dt = 0.1;
const spikes = ['e'];

/** Neurons that get one spike of a weight in step 0, or in others. */
const driven = (neuron: string, params: object, weight: number, times: readonly number[] = [0], receptor = 'input'): Circuit => ({
  dt,
  populations: { in: { size: 1, source: 'spikes', times: [times] }, e: { size: 1, neuron, params: { ...params } } },
  projections: { input: { from: 'in', to: 'e', receptor, weight } },
  records: { spikes, voltage: { of: 'e', neurons: [0], every: dt } },
});

describe.each(['lif', 'condLif', 'adaptiveLif'])('%s on a steady current', (neuron) => {
  it.each([110, 150, 200, 400])('of %s pA fires after tau·ln((v∞ − vReset) / (v∞ − vTh)) and its refractory time', (current) => {
    const params = { current, ...(neuron === 'adaptiveLif' && { thetaPlus: 0 }) };
    const [, records] = runNew({ dt, populations: { e: { size: 5, neuron, params } }, records: { spikes } }, 5000);
    const end = -60 + current / 10;
    const steps = Math.ceil((20 * Math.log((end + 60) / (end + 50))) / dt);
    const first = spikeSteps(records, 'e').filter((_, index) => index % 5 === 0);
    expect(first[0]).toBe(steps - 1);
    expect(new Set(differences(first))).toEqual(new Set([steps + 50]));
    expect([...(records.spikes['e']?.neuron.slice(0, 5) ?? [])]).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('conductances', () => {
  it('decay by exp(−dt/tau), and act from the step after a spike on', () => {
    const circuit = driven('condLif', {}, 3, [0], 'ampa');
    const [state, { voltage }] = runNew(circuit, 101);
    expect(variable(state, 'e', 'ampa')[0]).toBeCloseTo(3 * Math.exp(-10 / 5), 5);
    expect(voltage?.values[0]).toBe(-60);
    const [g, v] = [13, -60 * 10];
    expect(voltage?.values[1]).toBeCloseTo(v / g + (-60 - v / g) * Math.exp((-g * dt) / 200), 4);
  });

  it.each([100, 1e4, 1e7])('of %s nS pull to their reversal potential and not beyond', (weight) => {
    const params = { vTh: 10, tauRefractory: 0, receptors: { x: { tau: 1e6, reversal: -20 } } };
    const [, { voltage }] = runNew({ ...driven('condLif', params, weight, [0], 'x'), dt }, 200);
    const values = [...(voltage?.values ?? [])];
    expect(Math.max(...values)).toBeLessThanOrEqual(-19.99);
    expect(values.at(-1)).toBeCloseTo((10 * -60 + weight * -20) / (10 + weight), 1);
    expect(differences(values).every((rise) => rise >= -1e-4)).toBe(true);
  });

  it('below 1e-30 are 0', () => {
    const [state] = runNew(driven('condLif', {}, 1, [0], 'ampa'), 3600);
    expect(variable(state, 'e', 'ampa')).toEqual([0]);
  });
});

describe('lif', () => {
  it('is raised by w by a spike onto a receptor without a time constant', () => {
    const [, { voltage }] = runNew(driven('lif', { receptors: { input: { tau: 0 } } }, 4), 3);
    const decay = Math.exp(-dt / 20);
    expect([...(voltage?.values ?? [])].map((v) => v + 60)).toEqual([
      0,
      expect.closeTo(4 * decay, 4),
      expect.closeTo(4 * decay ** 2, 4),
    ]);
  });

  it('follows currents that decay: v is their difference of exponentials', () => {
    const [, { voltage }] = runNew(
      { ...driven('lif', { vTh: 100 }, 50), dt: 0.01, records: { voltage: { of: 'e', neurons: [0], every: 5 } } },
      4000,
    );
    const values = [...(voltage?.values ?? [])];
    values.forEach((v, index) => {
      const t = 5 * (index + 1);
      expect(v + 60).toBeCloseTo(((50 / 200) * (Math.exp(-t / 20) - Math.exp(-t / 5))) / (1 / 5 - 1 / 20), 2);
    });
  });

  it('keeps its potential while it is refractory', () => {
    const [, records] = runNew(driven('lif', { current: 300, vReset: -62 }, 0), 600);
    const first = spikeSteps(records, 'e')[0] ?? 0;
    const after = [...(records.voltage?.values.slice(first, first + 52) ?? [])];
    expect(after.slice(0, 51)).toEqual(Array(51).fill(-62));
    expect(after[51]).toBeGreaterThan(-62);
  });
});

describe('adaptiveLif', () => {
  it('has a threshold that each spike raises by thetaPlus, which decays', () => {
    const params = { current: 400, thetaPlus: 1, tauTheta: 100 };
    const circuit: Circuit = { dt, populations: { e: { size: 1, neuron: 'adaptiveLif', params } }, records: { spikes } };
    const [state, records] = runNew(circuit, 1000);
    const steps = spikeSteps(records, 'e');
    const theta = steps.reduce((sum, step) => sum + Math.exp((-(999 - step) * dt) / 100), 0);
    expect(variable(state, 'e', 'theta')[0]).toBeCloseTo(theta, 4);
    const intervals = differences(steps);
    expect(intervals.slice(1, 5).every((interval, index) => interval > (intervals[index] ?? 0))).toBe(true);
  });
});

describe('adEx', () => {
  it('takes the steps of its equations, with the upstroke and w held', () => {
    const [current, a, b] = [700, 4, 80.5];
    const circuit: Circuit = {
      dt,
      populations: { e: { size: 1, neuron: 'adEx', params: { current } } },
      records: { spikes, voltage: { of: 'e', neurons: [0], every: 10 } },
    };
    const [, records] = runNew(circuit, 3000);
    let [v, w] = [-70.6, 0];
    const [expected, potentials]: [number[], number[]] = [[], []];
    for (let t = 0; t < 3000; t++) {
      const injected = 30 * -70.6 + current + 30 * 2 * Math.exp((Math.min(v, 20) + 50.4) / 2) - w;
      const q = (30 * dt) / 281;
      const next = v + (injected - 30 * v) * (dt / 281 / (1 + q / 2 + (q * q) / 12));
      w = w * Math.exp(-dt / 144) + a * (1 - Math.exp(-dt / 144)) * (v + 70.6);
      v = next;
      if (v > 20) {
        expected.push(t);
        [v, w] = [-70.6, w + b];
      }
      if ((t + 1) % 100 === 0) potentials.push(v);
    }
    expect(expected.length).toBeGreaterThan(2);
    expect(spikeSteps(records, 'e').length).toBe(expected.length);
    spikeSteps(records, 'e').forEach((step, index) => {
      expect(Math.abs(step - (expected[index] ?? 0))).toBeLessThanOrEqual(1);
    });
    expect(records.voltage?.values[0]).toBeCloseTo(potentials[0] ?? 0, 2);
  });
});

describe('izhikevich', () => {
  it('takes two half steps of v, then one of u, in 32 bits', () => {
    const circuit: Circuit = {
      dt: 1,
      populations: { e: { size: 1, neuron: 'izhikevich', params: { current: 10 } } },
      records: { spikes },
    };
    const [state, records] = runNew(circuit, 1000);
    const f = Math.fround;
    const halfStep = (v: number, u: number) => {
      const slope = f(f(f(0.04) * v) + 5);
      return f(v + f(0.5 * f(f(f(f(slope * v) + 140) - u) + 10)));
    };
    let [v, u] = [f(-65), f(f(0.2) * -65)];
    const expected: number[] = [];
    for (let t = 0; t < 1000; t++) {
      v = halfStep(halfStep(v, u), u);
      u = f(u + f(f(0.02) * f(f(f(0.2) * v) - u)));
      if (v >= 30) {
        expected.push(t);
        [v, u] = [-65, f(u + 8)];
      }
    }
    expect(spikeSteps(records, 'e')).toEqual(expected);
    expect(variable(state, 'e', 'v')).toEqual([v]);
  });
});

describe('integrateAndFire', () => {
  it('adds up what arrives until it is above the threshold', () => {
    const times = Array.from({ length: 40 }, (_, index) => index * dt);
    const [state, records] = runNew(driven('integrateAndFire', {}, 0.3, times), 41);
    // 0.3, 0.6, 0.9, 1.2: each fourth step, the first spike arriving one step late
    expect(spikeSteps(records, 'e')).toEqual([4, 8, 12, 16, 20, 24, 28, 32, 36, 40]);
    expect(variable(state, 'e', 'v')).toEqual([0]);
  });
});

describe('spikeResponse', () => {
  const [tauMem, tauSyn, vTh] = [10, 2.5, 500];

  it('rises by w after a spike of weight w', () => {
    const [, { voltage }] = runNew(driven('spikeResponse', {}, 7), 400);
    const values = [...(voltage?.values ?? [])];
    expect(Math.max(...values)).toBeCloseTo(7, 3);
    const peak = Math.log(tauMem / tauSyn) / (1 / tauSyn - 1 / tauMem);
    expect(values.indexOf(Math.max(...values)) * dt).toBeCloseTo(peak, 0);
  });

  it('has the after-potential T·(2·exp(−t/τm) − 4·(exp(−t/τm) − exp(−t/τs))) after its own', () => {
    const [, records] = runNew(driven('spikeResponse', {}, 1000), 400);
    const first = spikeSteps(records, 'e')[0] ?? 0;
    for (const later of [10, 50, 200]) {
      const t = later * dt;
      const eta = vTh * (2 * Math.exp(-t / tauMem) - 4 * (Math.exp(-t / tauMem) - Math.exp(-t / tauSyn)));
      expect(records.voltage?.values[first + later]).toBeCloseTo(eta, 1);
    }
  });

  it('goes on while it may not fire', () => {
    const circuit = driven('spikeResponse', { tauRefractory: 1, afterpotential: 0 }, 1000, [0]);
    const [, records] = runNew(circuit, 200);
    const [first = 0, ...others] = spikeSteps(records, 'e');
    expect(others[0]).toBe(first + 11); // without an after-potential it falls from 2·vTh, and is above vTh still
  });
});

it('noise of each kind has its mean and its width', () => {
  const params = { current: 0, vTh: 1e6, vReset: 0 };
  const of = (noise: Drawn) => {
    const circuit: Circuit = { dt: 1, seed: 3, populations: { e: { size: 4096, neuron: 'integrateAndFire', params, noise } } };
    const [state] = run(circuit, start(circuit), 4);
    const v = variable(state, 'e', 'v');
    const mean = v.reduce((sum, value) => sum + value, 0) / v.length;
    return { mean: mean / 4, variance: v.reduce((sum, value) => sum + (value - mean) ** 2, 0) / v.length / 4 };
  };
  const even = of({ uniform: [-1, 3] });
  expect(Math.abs(even.mean - 1)).toBeLessThan((4 * Math.sqrt(16 / 12)) / 128);
  expect(even.variance).toBeCloseTo(16 / 12, 0);
  const normal = of({ normal: { mean: -2, std: 3 } });
  expect(Math.abs(normal.mean + 2)).toBeLessThan((4 * 3) / 128);
  expect(Math.abs(normal.variance / 9 - 1)).toBeLessThan(0.1);
});
