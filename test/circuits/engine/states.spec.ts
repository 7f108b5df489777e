import { describe, expect, it } from 'vitest';
import type { Circuit } from '../../../src/circuits/circuit.js';
import type { CircuitState } from '../../../src/circuits/circuitState.js';
import { run } from '../../../src/circuits/run.js';
import { runNew, spikeSteps } from '../started.js';

/** Neurons that fire on their own, and bring others near their threshold after a delay. */
const delayed = (delay: number, tauRefractory = 1): Circuit => ({
  dt: 1,
  populations: {
    a: { size: 40, neuron: 'integrateAndFire', params: { current: 0.4, tauRefractory } },
    b: { size: 1, neuron: 'integrateAndFire', params: { vTh: 1e6 } },
  },
  projections: { ab: { from: 'a', to: 'b', weight: 1, delay } },
  records: { voltage: { of: 'b', neurons: [0], every: 1 }, spikes: ['a'] },
});

describe('a state that goes on', () => {
  it('under a shorter delay brings the spikes that may still arrive, and no others', () => {
    const [state, { spikes }] = runNew(delayed(40), 41);
    const short = delayed(3);
    const [, { voltage }] = run(short, state, 3);
    const fired = Array.from({ length: 3 }, (_, t) => spikes['a']?.step.filter((step) => step === 38 + t).length ?? 0);
    const values = [...(voltage?.values ?? [])];
    expect(values.slice(1).map((v, index) => v - (values[index] ?? 0))).toEqual(fired.slice(0, 2)); // seen one step later
    expect(fired.some((count) => count > 0)).toBe(true);
  });

  it('under a longer refractory time has room for all that is on its way', () => {
    const [state] = runNew(delayed(40, 0), 60);
    const [, { spikes }] = run(delayed(40, 20), state, 200);
    const steps = spikeSteps({ spikes, rates: {}, weights: {} }, 'a');
    expect(steps.length % 40).toBe(0);
    expect(new Set(steps.map((step, index) => step - (steps[index - (index % 40)] ?? 0)))).toEqual(new Set([0]));
  });
});

describe('a state is refused', () => {
  const circuit: Circuit = {
    dt: 1,
    populations: { in: { size: 3, source: 'poisson', rate: 300 }, e: { size: 5, neuron: 'condLif' } },
    projections: {
      ine: { from: 'in', to: 'e', receptor: 'ampa', weight: { uniform: [0, 1] }, delay: 4, rule: { rule: 'pairStdp' } },
    },
  };
  const [state] = runNew(circuit, 20);
  const { populations, projections } = state;
  const v = populations['e']?.['v']?.map((value, neuron) => (neuron === 3 ? Number.NaN : value));
  const tPre = projections['ine']?.['tPre']?.map((value, neuron) => (neuron === 1 ? Number.POSITIVE_INFINITY : value));
  const w = new Float32Array(15).fill(Number.NaN, 7);

  it.each([
    ['v', { ...state, populations: { ...populations, e: { ...populations['e'], v } } }, 'populations.e.v', 'entry 3 is NaN'],
    ['w', { ...state, projections: { ine: { ...projections['ine'], w } } }, 'projections.ine.w', 'entry 7 is NaN'],
    [
      'a trace',
      { ...state, projections: { ine: { ...projections['ine'], tPre } } },
      'projections.ine.tPre',
      'entry 1 is Infinity',
    ],
  ])('that holds no finite %s', (_, given, argument, problem) => {
    expect(() => run(circuit, given as CircuitState, 1)).toThrow(`run: state.${argument} must hold finite numbers, ${problem}`);
  });

  it('whose spikes on their way are of no step before', () => {
    const { pendingStep = new Int32Array(), pendingNeuron } = populations['in'] ?? {};
    const shifted = (by: number) => ({
      ...state,
      populations: { ...populations, in: { ...populations['in'], pendingNeuron, pendingStep: pendingStep.map((t) => t + by) } },
    });
    expect(pendingStep.length).toBeGreaterThan(0);
    expect(() => run(circuit, shifted(20) as CircuitState, 1)).toThrow('pendingStep must be steps before 20, ascending');
  });
});
