import { describe, expect, it } from 'vitest';
import type { Circuit } from '../../../src/circuits/circuit.js';
import { init } from '../../../src/circuits/init.js';
import { run } from '../../../src/circuits/run.js';
import { wire } from '../../../src/circuits/wire.js';
import { at } from '../../../src/core/at.js';
import { hear, pairsOf, weightsOf } from './pairedLayers.js';

describe('short-term plasticity', () => {
  /** What each spike at the given steps brings to a neuron, of a weight of 1. */
  function brought(shortTerm: { utilization: number; tauRecovery: number; tauFacilitation: number }, times: readonly number[]) {
    const steps = at(times, -1) + 2;
    const circuit: Circuit = {
      dt: 0.5,
      populations: {
        a: { size: 1, source: 'input' },
        b: { size: 1, neuron: 'integrateAndFire', params: { vTh: 1000, receptors: { input: { tau: 0 } } } },
      },
      projections: { ab: { from: 'a', to: 'b', weight: 1, shortTerm } },
      records: { voltage: { of: 'b', neurons: [0], every: 0.5 } },
    };
    const spikes = { a: { step: Int32Array.from(times), neuron: new Int32Array(times.length) } };
    const [, { voltage }] = run(circuit, init(circuit, wire(circuit)), steps, { spikes });
    const v = voltage?.values ?? new Float32Array();
    return times.map((t) => at(v, t + 1) - at(v, t));
  }

  it('brings u·x in closed form, whatever the times between spikes', () => {
    const shortTerm = { utilization: 0.2, tauRecovery: 300, tauFacilitation: 700 };
    const times = [3, 23, 43, 44, 1500, 9000];
    let [u, x, last] = [0, 1, 0];
    const expected = times.map((t) => {
      u *= Math.exp((-0.5 * (t - last)) / 700);
      x = 1 - (1 - x) * Math.exp((-0.5 * (t - last)) / 300);
      u += 0.2 * (1 - u);
      const sent = u * x;
      x *= 1 - u;
      last = t;
      return sent;
    });
    for (const [index, sent] of brought(shortTerm, times).entries()) expect(sent).toBeCloseTo(at(expected, index), 5);
  });

  it('brings U·x where nothing facilitates: a depressing synapse at its steady state under regular spikes', () => {
    const times = Array.from({ length: 60 }, (_, index) => 40 * index);
    const recovery = Math.exp(-20 / 100);
    const steady = (1 - recovery) / (1 - 0.5 * recovery); // x = 1 − (1 − x·(1 − U))·e
    const sent = brought({ utilization: 0.5, tauRecovery: 100, tauFacilitation: 0 }, times);
    expect(at(sent, 0)).toBeCloseTo(0.5, 6);
    expect(at(sent, -1)).toBeCloseTo(0.5 * steady, 5);
  });
});

describe('synaptic scaling', () => {
  const weight = { uniform: [0, 1] as const };
  const sums = (heard: ReturnType<typeof hear>, w: Float32Array): readonly number[] => {
    const totals = new Array<number>(9).fill(0);
    pairsOf(heard.before).forEach(([, post], s) => {
      totals[post] = at(totals, post) + at(w, s);
    });
    return totals;
  };

  it.each(['factor', 'amount'] as const)('brings the weights of each neuron to a total by a %s', (by) => {
    const heard = hear({ from: 'source', projection: { weight, scaling: { total: 3, every: 4, by } } }, 4, 21);
    for (const total of sums(heard, weightsOf(heard.after))) expect(total).toBeCloseTo(3, 5);
    const earlier = hear({ from: 'source', projection: { weight, scaling: { total: 3, every: 4, by } } }, 3, 21);
    expect(weightsOf(earlier.after)).toEqual(weightsOf(earlier.before));
    const [before, after] = [weightsOf(heard.before), weightsOf(heard.after)];
    const totals = sums(heard, before);
    pairsOf(heard.before).forEach(([, post], s) => {
      const count = pairsOf(heard.before).filter(([, other]) => other === post).length;
      const expected = by === 'factor' ? (at(before, s) * 3) / at(totals, post) : at(before, s) + (3 - at(totals, post)) / count;
      expect(at(after, s)).toBeCloseTo(expected, 5);
    });
  });
});

describe('heterosynaptic loss', () => {
  it('takes a fraction of all weights of a neuron at each of its spikes', () => {
    const heard = hear({ from: 'source', projection: { weight: 1, heterosynaptic: { fraction: 0.1 } } }, 60, 22);
    const spikes = heard.post.reduce((sum, fired) => sum.map((count, j) => count + at(fired, j)), new Float32Array(9));
    const after = weightsOf(heard.after);
    for (const [s, [, post]] of pairsOf(heard.before).entries()) expect(at(after, s)).toBeCloseTo(0.9 ** at(spikes, post), 5);
    expect(Math.max(...spikes)).toBeGreaterThan(3);
  });
});

describe('rewiring', () => {
  const rewiring = { every: 10, below: 0.4, weight: 0.7 };
  const params = { etaPlus: 0.02, etaMinus: 0.02, tauEligibility: 30, wMin: 0, wMax: 1, hardBound: true };
  const rule = { rule: 'eligibilityStdp', params };
  const layers = { from: 'neurons' as const, projection: { weight: { uniform: [0, 1] as const }, rule, rewiring } };

  it('keeps strong synapses with what they remember, and draws as many new ones as there were weak', () => {
    const heard = hear(layers, 10, 23, { reward: 0 }); // no weight changes
    const [before, after] = [pairsOf(heard.before), pairsOf(heard.after)];
    const [old, now] = [weightsOf(heard.before), weightsOf(heard.after)];
    expect(after).toHaveLength(before.length);
    const name = ([pre, post]: readonly [number, number]) => pre * 9 + post;
    expect(after.map(name)).toEqual([...new Set(after.map(name))].sort((a, b) => a - b));
    const found = new Map(after.map((pair, s) => [name(pair), at(now, s)]));
    const strong = before.filter((_, s) => at(old, s) >= 0.4);
    expect(strong.length).toBeLessThan(before.length);
    before.forEach((pair, s) => {
      if (at(old, s) >= 0.4) expect(found.get(name(pair))).toBe(at(old, s));
    });
    expect([...now].filter((w) => w === Math.fround(0.7))).toHaveLength(before.length - strong.length);
    const { start } = heard.after.wiring['tested'] ?? { start: new Uint32Array() };
    expect(at(start, -1)).toBe(before.length);
  });

  it('draws each free pair equally often', () => {
    const counts = new Float32Array(9);
    for (let seed = 0; seed < 60; seed++) {
      const circuit: Circuit = {
        dt: 1,
        seed,
        populations: { a: { size: 1, source: 'input' }, b: { size: 9, neuron: 'integrateAndFire' } },
        projections: {
          ab: {
            from: 'a',
            to: 'b',
            weight: 0.1,
            wiring: { type: 'fixedOut', targets: 3 },
            rewiring: { every: 1, below: 0.4, weight: 1 },
          },
        },
      };
      const [state] = run(circuit, init(circuit, wire(circuit)), 1);
      for (const post of state.wiring['ab']?.target ?? []) counts[post] = at(counts, post) + 1;
    }
    // 180 draws over 9 targets: χ² of 8 degrees of freedom, above 26 once in a thousand
    expect(counts.reduce((sum, count) => sum + (count - 20) ** 2 / 20, 0)).toBeLessThan(26);
  });
});
