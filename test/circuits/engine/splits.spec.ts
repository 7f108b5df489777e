import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Circuit } from '../../../src/circuits/circuit.js';
import type { CircuitRecords, CircuitState } from '../../../src/circuits/circuitState.js';
import { engine } from '../../../src/circuits/engine/engine.js';
import { run } from '../../../src/circuits/run.js';
import { checkedCircuit } from '../../../src/circuits/validateCircuit.js';
import { bothCircuits } from '../../kernels/bothKernels.js';
import { start } from '../started.js';

const receptors = { input: { tau: 3, reversal: 0 } };

/** Circuits of all kinds of neurons and sources, with noise, delays and sparse projections. */
const circuits: fc.Arbitrary<Circuit> = fc
  .record({
    neuron: fc.constantFrom(
      { neuron: 'lif', params: { current: 150 } },
      { neuron: 'condLif', params: { current: 120, receptors } },
      { neuron: 'condLif', params: { current: 120, receptors: { ...receptors, other: { tau: 8, reversal: -80 } } } },
      { neuron: 'adaptiveLif', params: { current: 120, thetaPlus: 0.5, tauTheta: 50, receptors } },
      { neuron: 'adEx', params: { current: 800, receptors } },
      { neuron: 'izhikevich', params: { current: 6, receptors: { input: { tau: 0 } } } },
      { neuron: 'integrateAndFire', params: { current: 0.3 } },
      { neuron: 'spikeResponse', params: {} },
    ),
    sizes: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
    noise: fc.constantFrom(undefined, { uniform: [-40, 60] as const }, { normal: { mean: 10, std: 30 } }),
    delays: fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })),
    weight: fc.constantFrom(3, { uniform: [0, 4] as const }),
    seed: fc.nat(1000),
  })
  .map(({ neuron, sizes, noise, delays, weight, seed }) => ({
    dt: 0.5,
    seed,
    populations: {
      in: { size: sizes[0], source: 'poisson', rate: 200 },
      e: { size: sizes[1], ...neuron, ...(noise && { noise }) },
    },
    projections: {
      in: {
        from: 'in',
        to: 'e',
        receptor: 'input',
        weight,
        delay: 0.5 * delays[0],
        wiring: { type: 'sparse', probability: 0.6 },
      },
      e: { from: 'e', to: 'e', receptor: 'input', weight: 1, delay: 0.5 * delays[1], wiring: { type: 'lateral' } },
    },
    records: { spikes: ['in', 'e'], rates: { of: ['e', 'in'], every: 10 }, voltage: { of: 'e', neurons: [0], every: 3.5 } },
  }));

/** Records of one run after another, as those of one. */
const joined = (parts: readonly CircuitRecords[]) => ({
  spikes: ['in', 'e'].map((name) =>
    parts.flatMap(({ spikes }) => [...(spikes[name]?.step ?? []), ...(spikes[name]?.neuron ?? [])].length),
  ),
  e: parts.flatMap(({ spikes }) => [...(spikes['e']?.step ?? [])]),
  rates: parts.flatMap(({ rates }) => [...(rates['e']?.step ?? [])].map((step, index) => [step, rates['e']?.values[index]])),
  voltage: parts.flatMap(({ voltage }) => [...(voltage?.values ?? [])]),
});

describe('a run', () => {
  it('ends where one likes, with the same bits', () => {
    fc.assert(
      fc.property(circuits, fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 4 }), (circuit, parts) => {
        const begun = start(circuit);
        const [whole, records] = run(
          circuit,
          begun,
          parts.reduce((sum, steps) => sum + steps, 0),
        );
        let state = begun;
        const taken = parts.map((steps) => {
          const [next, own] = run(circuit, state, steps);
          state = next;
          return own;
        });
        expect(state).toEqual(whole);
        const [one, several] = [joined([records]), joined(taken)];
        expect({ ...several, spikes: [] }).toEqual({ ...one, spikes: [] });
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('has the same bits where there is no SIMD', () => {
    fc.assert(
      fc.property(circuits, (circuit) => {
        const begun = start(circuit);
        const [simd, plain] = bothCircuits((_, arena) => {
          const own = engine(arena, checkedCircuit(circuit, 'run'), begun);
          return [own.run(120, {}), own.state()];
        });
        expect(plain).toEqual(simd);
      }),
      { numRuns: 40, seed: 2 },
    );
  });
});

const circuit: Circuit = {
  dt: 0.5,
  populations: {
    in: { size: 20, source: 'poisson', rate: 100 },
    e: { size: 8, neuron: 'condLif', init: { v: { uniform: [-60, -50] } } },
  },
  projections: { in: { from: 'in', to: 'e', receptor: 'ampa', weight: { uniform: [0, 3] } } },
  records: { spikes: ['e'] },
};

it('a state stays what it is, whatever is run from it', () => {
  const begun = start(circuit);
  const before = structuredClone(begun);
  const [middle] = run(circuit, begun, 50);
  const kept = structuredClone(middle);
  const [end] = run(circuit, middle, 70);
  expect(begun).toEqual(before);
  expect(middle).toEqual(kept);
  expect(run(circuit, middle, 70)[0]).toEqual(end);
  expect(run({ ...circuit }, structuredClone(kept) as CircuitState, 70)[0]).toEqual(end);
});

it('takes no more memory the more runs there are', () => {
  const [arena] = bothCircuits((_, own) => own);
  let own = engine(arena, checkedCircuit(circuit, 'run'), start(circuit));
  const input = { currents: { e: new Float32Array(8).fill(5) }, rates: { in: new Float32Array(20).fill(50) } };
  own.run(10, input);
  const bytes = arena.memory.buffer.byteLength;
  for (let index = 0; index < 300; index++) {
    own.run(10, input);
    if (index % 100 === 0) own = engine(arena, checkedCircuit(circuit, 'run'), start(circuit));
  }
  expect(arena.memory.buffer.byteLength).toBe(bytes);
});
