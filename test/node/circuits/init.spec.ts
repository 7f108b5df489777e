import { describe, expect, it } from 'vitest';
import type { Circuit } from '../../../src/circuits/circuit.js';
import { init } from '../../../src/circuits/init.js';
import type { Wiring } from '../../../src/circuits/projection.js';
import { wire } from '../../../src/circuits/wire.js';

/** One population onto another, or onto itself. */
const pair = (wiring: Wiring, { pre = 3, post = 4, self = false, seed = 1 } = {}): Circuit => ({
  dt: 1,
  seed,
  populations: { a: { size: pre, neuron: 'lif' }, b: { size: post, neuron: 'lif' } },
  projections: { ab: { from: self ? 'b' : 'a', to: 'b', weight: 1, wiring } },
});

/** The pairs that were wired. */
function pairsOf(circuit: Circuit): readonly (readonly [number, number])[] {
  const { start, target } = wire(circuit)['ab'] ?? expect.unreachable();
  return Array.from({ length: start.length - 1 }, (_, pre) => pre).flatMap((pre) =>
    Array.from(target.subarray(start[pre], start[pre + 1]), (post) => [pre, post] as const),
  );
}

describe('wire', () => {
  it('wires all, each with its own, all but oneself, and what is listed, by rows', () => {
    expect(pairsOf(pair('dense', { pre: 2, post: 2 }))).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(pairsOf(pair('oneToOne', { pre: 2, post: 2 }))).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(pairsOf(pair({ type: 'lateral' }, { post: 3, self: true }))).toEqual([
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 2],
      [2, 0],
      [2, 1],
    ]);
    expect(
      pairsOf(
        pair({
          type: 'list',
          pairs: [
            [2, 3],
            [0, 1],
            [2, 0],
          ],
        }),
      ),
    ).toEqual([
      [0, 1],
      [2, 0],
      [2, 3],
    ]);
  });

  it('draws each pair of two neurons with the same probability, never oneself unless told', () => {
    const size = 300;
    const without = pairsOf(pair({ type: 'sparse', probability: 0.1 }, { post: size, self: true }));
    const expected = 0.1 * size * (size - 1);
    expect(Math.abs(without.length - expected)).toBeLessThan(4 * Math.sqrt(0.9 * expected));
    expect(without.filter(([pre, post]) => pre === post)).toEqual([]);
    // Columns are as even as rows: χ² of 300 sums lies within 5 standard deviations of 299.
    for (const side of [0, 1] as const) {
      const counts = new Array<number>(size).fill(0);
      for (const one of without) counts[one[side]] = (counts[one[side]] ?? 0) + 1;
      const chi = counts.reduce((sum, count) => sum + (count - 29.9) ** 2 / (29.9 * 0.9), 0);
      expect(Math.abs(chi - 299)).toBeLessThan(5 * Math.sqrt(2 * 299));
    }
    const selves = pairsOf(pair({ type: 'sparse', probability: 0.5, self: true }, { post: 100, self: true }));
    expect(selves.filter(([pre, post]) => pre === post).length).toBeGreaterThan(25);
    expect(pairsOf(pair({ type: 'sparse', probability: 1 }))).toEqual(pairsOf(pair('dense')));
    expect(pairsOf(pair({ type: 'sparse', probability: 0 }))).toEqual([]);
  });

  it('gives each neuron as many targets as asked, different ones', () => {
    const circuit = pair({ type: 'fixedOut', targets: 3 }, { post: 5, self: true });
    const pairs = pairsOf(circuit);
    expect(pairs).toHaveLength(15);
    expect(new Set(pairs.map(String)).size).toBe(15);
    expect(pairs.filter(([pre, post]) => pre === post || post > 4)).toEqual([]);
  });

  it('takes two bytes a synapse where neurons are few, and draws the same whatever is added behind', () => {
    const circuit = pair({ type: 'sparse', probability: 0.5 });
    const wiring = wire(circuit);
    expect(wiring['ab']?.target).toBeInstanceOf(Uint16Array);
    expect(wire(pair('oneToOne', { pre: 65_537, post: 65_537 }))['ab']?.target).toBeInstanceOf(Uint32Array);
    const more = {
      ...circuit,
      projections: { ...circuit.projections, bb: { from: 'b', to: 'b', weight: { uniform: [0, 1] } } },
    } as const;
    expect(wire(more)['ab']).toEqual(wiring['ab']);
    expect(init(more, wire(more)).projections['ab']).toEqual(init(circuit, wiring).projections['ab']);
    expect(wire({ ...circuit, seed: 2 })['ab']).not.toEqual(wiring['ab']);
  });
});

describe('init', () => {
  it('gives neurons at rest, drawn values, and one weight for all where nothing changes it', () => {
    const circuit: Circuit = {
      dt: 1,
      populations: {
        e: { size: 50, neuron: 'condLif', params: { vRest: -65 }, init: { ampa: { uniform: [1, 2] } } },
        z: { size: 2, neuron: 'izhikevich', init: { v: { normal: { mean: -60, std: 5 } } } },
        p: { size: 1, source: 'poisson', rate: 5 },
      },
      projections: {
        fixed: { from: 'e', to: 'z', weight: 3 },
        plastic: { from: 'p', to: 'e', receptor: 'ampa', weight: 0.3, rule: { rule: 'pairStdp' } },
        drawn: { from: 'p', to: 'e', receptor: 'ampa', weight: { normal: { mean: 1, std: 2 } }, rule: { rule: 'pairStdp' } },
      },
    };
    const { populations, projections, step } = init(circuit, wire(circuit));
    expect(step).toBe(0);
    expect(populations['e']?.['v']).toEqual(new Float32Array(50).fill(-65));
    expect(populations['e']?.['gaba']).toEqual(new Float32Array(50));
    const ampa = populations['e']?.['ampa'] ?? expect.unreachable();
    expect(ampa.every((g) => g >= 1 && g < 2) && new Set(ampa).size > 40).toBe(true);
    const { v, u } = populations['z'] ?? expect.unreachable();
    expect(u).toEqual(Float32Array.from(v ?? [], (potential) => 0.2 * potential));
    expect(projections['fixed']?.['w']).toEqual(Float32Array.of(3));
    expect(projections['plastic']?.['w']).toEqual(new Float32Array(50).fill(0.3));
    const bounded = projections['drawn']?.['w'] ?? expect.unreachable();
    expect([Math.min(...bounded), Math.max(...bounded)]).toEqual([0, 1]);
  });

  it('refuses a wiring of another circuit', () => {
    const circuit = pair('dense');
    expect(() => init(circuit, {})).toThrow('init: wiring.ab must be { start, target } as wire(circuit) gave it, got undefined');
    expect(() => init(circuit, wire(pair('dense', { pre: 2 })))).toThrow('init: wiring.ab.start has 3 entries, 3 neurons need 4');
    expect(() => init(circuit, wire(pair('dense', { post: 5 })))).toThrow('init: wiring.ab.target must be neurons below 4');
  });
});
