import { describe, expect, it } from 'vitest';
import type { CircuitState, SpikeList } from '../../../src/circuits/circuitState.js';
import { engine } from '../../../src/circuits/engine/engine.js';
import { init } from '../../../src/circuits/init.js';
import type { Projection } from '../../../src/circuits/projection.js';
import { run } from '../../../src/circuits/run.js';
import { checkedCircuit } from '../../../src/circuits/validateCircuit.js';
import { wire } from '../../../src/circuits/wire.js';
import { bothCircuits } from '../../kernels/bothKernels.js';
import { type Layers, layersOf, spikesFor, weightsOf } from './pairedLayers.js';

const weight = { uniform: [0, 1] as const };
const steps = 40;
const rewards = Float32Array.from({ length: steps }, (_, t) => (t % 9 === 4 ? 1 : 0));
const bounds = { wMin: 0, wMax: 1, hardBound: true };

/** One of each way to learn. */
const ways: { readonly [name: string]: Omit<Projection, 'from' | 'to' | 'weight'> } = {
  pairs: { delay: 2, rule: { rule: 'pairStdp', params: { etaPlus: 0.1, etaMinus: 0.1, integration: 'exact' } } },
  'nearest pairs once': { rule: { rule: 'pairStdp', params: { etaPlus: 0.1, etaMinus: 0.1, traceMode: 'restrictedNearest' } } },
  'a power of the weight': {
    rule: { rule: 'pairStdp', params: { etaPlus: 0.1, etaMinus: 0.1, weightDependence: 'multiplicativePow', mu: 0.4 } },
  },
  triplets: { rule: { rule: 'tripletStdp', params: { etaPostTriplet: 0.1, ...bounds } } },
  potentials: { rule: { rule: 'clopathStdp', params: { etaPlus: 1e-4, thetaPlus: 6, thetaMinus: 2, uRest: 0, uSpike: 50 } } },
  'rewards at once': { rule: { rule: 'mstdp', params: { etaPost: 0.1, etaPre: -0.1, ...bounds } } },
  eligibility: {
    rule: { rule: 'mstdpet', params: { etaPost: 0.5, etaPre: -0.5, ...bounds }, every: 3, reward: { tau: 7, baseline: 0.1 } },
    rewiring: { every: 6, below: 0.4, weight: 0.5 },
  },
  'what else there is': {
    shortTerm: { utilization: 0.3, tauRecovery: 30, tauFacilitation: 50 },
    scaling: { total: 3, every: 7, by: 'amount' },
    heterosynaptic: { fraction: 0.05 },
    rewiring: { every: 5, below: 0.4, weight: 0.5 },
  },
};
const cases = Object.entries(ways).flatMap(([name, projection], index): readonly (readonly [string, Layers])[] => [
  [name, { from: index % 2 === 0 ? 'source' : 'neurons', projection: { ...projection, weight } }],
]);

/** The spikes of steps from one up to another, counted from that one. */
const between = (spikes: { readonly [population: string]: SpikeList }, from: number, to: number) =>
  Object.fromEntries(
    Object.entries(spikes).map(([name, { step, neuron }]) => {
      const isIn = (index: number) => (step[index] ?? to) >= from && (step[index] ?? to) < to;
      return [name, { step: step.filter((_, i) => isIn(i)).map((t) => t - from), neuron: neuron.filter((_, i) => isIn(i)) }];
    }),
  );

describe.each(cases)('learning by %s', (_, layers) => {
  const circuit = layersOf(layers);
  const first = init(circuit, wire(circuit));
  const spikes = spikesFor(layers, steps, 31);
  const whole = (): CircuitState => run(circuit, first, steps, { spikes, reward: rewards })[0];

  it('gives the same bits however often one stops', () => {
    let state = first;
    for (const [from, to] of [
      [0, 13],
      [13, 14],
      [14, steps],
    ] as const) {
      const input = { spikes: between(spikes, from, to), reward: rewards.slice(from, to) };
      [state] = run({ ...circuit }, state, to - from, input); // another circuit: the state is laid out anew
    }
    expect(state).toEqual(whole());
    expect(weightsOf(state)).not.toEqual(weightsOf(first));
  });

  it('gives the same bits with SIMD and without', () => {
    const [simd, scalar] = bothCircuits((_, arena) => {
      const own = engine(arena, checkedCircuit(circuit, 'run'), first);
      own.run(steps, { spikes, reward: rewards });
      return own.state();
    });
    expect(scalar).toEqual(simd);
  });
});
