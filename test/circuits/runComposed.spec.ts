import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import '../backend.js';
import type { Circuit } from '../../src/circuits/circuit.js';
import type { CircuitInput, CircuitRecords } from '../../src/circuits/circuitState.js';
import { runComposed } from '../../src/circuits/composed/runComposed.js';
import { init } from '../../src/circuits/init.js';
import { registerNeuron } from '../../src/circuits/neurons/registerNeuron.js';
import { run } from '../../src/circuits/run.js';
import { checkedCircuit } from '../../src/circuits/validateCircuit.js';
import { wire } from '../../src/circuits/wire.js';
import { ruleFromJSON, ruleNames } from '../../src/rules/ruleFromJSON.js';
import { stateFromBytes, stateToBytes } from '../../src/state/stateBytes.js';
import { dense } from '../../src/topologies/dense.js';
import { masked } from '../../src/topologies/masked.js';

const begin = (circuit: Circuit) => init(circuit, wire(circuit));

type Params = { readonly [name: string]: unknown };

/** The same circuit by kernels and by operations. */
async function both(circuit: Circuit, steps: number, input: CircuitInput = {}) {
  const start = begin(circuit);
  return [run(circuit, start, steps, input), await runComposed(circuit, start, steps, input)] as const;
}

/** A state that was kept and comes back. */
const revived = async <State>(state: State): Promise<State> => stateFromBytes<State>(await stateToBytes(state));

/** Two populations of a kind, one of them driven by 20 Hz each from outside, delays, both receptors where there are two. */
function network(
  neuron: string,
  params: Params,
  weights: readonly [number, number],
  noise?: Circuit['populations'][string],
): Circuit {
  const [excite, inhibit] = weights;
  const conductances = ['condLif', 'adaptiveLif', 'adEx'].includes(neuron);
  const receptor = (name: string) => (conductances ? { receptor: name } : {});
  const sparse = { type: 'sparse', probability: 0.3 } as const;
  return {
    dt: 0.5,
    seed: 5,
    populations: {
      in: { size: 30, source: 'poisson', rate: 60 },
      e: { size: 20, neuron, params, ...noise },
      i: { size: 6, neuron, params },
    },
    projections: {
      ine: { from: 'in', to: 'e', ...receptor('ampa'), weight: { uniform: [0, excite] }, wiring: sparse, delay: 1 },
      ei: { from: 'e', to: 'i', ...receptor('ampa'), weight: excite, wiring: sparse, delay: 0.5 },
      ie: { from: 'i', to: 'e', ...receptor('gaba'), weight: inhibit, wiring: sparse },
    },
    records: { spikes: ['in', 'e', 'i'], rates: { of: ['e'], every: 25 }, voltage: { of: 'e', neurons: [0, 7], every: 10 } },
  };
}

const kinds: readonly (readonly [string, Params, readonly [number, number]])[] = [
  ['lif', { current: 80 }, [150, -100]],
  ['condLif', { current: 80 }, [8, 20]],
  ['adaptiveLif', { current: 80, thetaPlus: 1, tauTheta: 100 }, [8, 20]],
  ['adEx', { current: 200 }, [20, 20]],
  ['izhikevich', { current: 3 }, [12, -4]],
  ['integrateAndFire', { tauRefractory: 1 }, [0.5, -0.3]],
  ['spikeResponse', {}, [300, -50]],
];

describe('runComposed', () => {
  it.each(kinds)('gives the spikes of run, and its potentials to rounding: %s', async (neuron, params, weights) => {
    const circuit = network(neuron, params, weights);
    const [[state, records], [composed, asTensors]] = await both(circuit, 200);
    expect(records.spikes['e']?.step.length).toBeGreaterThan(20);
    expect(asTensors.spikes).toEqual(records.spikes);
    expect(asTensors.rates).toEqual(records.rates);
    const { v = [] } = state.populations['e'] ?? {};
    composed.populations['e']?.['v']?.forEach((potential, index) => {
      expect(potential).toBeCloseTo(Number(v[index]), 2);
    });
    expect(asTensors.voltage?.step).toEqual(records.voltage?.step);
    expect(composed.populations['e']?.['until']).toEqual(state.populations['e']?.['until']);
    expect(composed.populations['in']).toEqual(state.populations['in']);
  });

  it.each([{ uniform: [-200, 400] }, { normal: { mean: 100, std: 200 } }, 150] as const)(
    'draws the noise of run: %j',
    async (noise) => {
      const circuit: Circuit = {
        dt: 1,
        seed: 3,
        populations: { e: { size: 21, neuron: 'lif', noise } },
        records: { voltage: { of: 'e', neurons: [0, 4, 17, 20], every: 1 }, spikes: ['e'] },
      };
      const [[, records], [, composed]] = await both(circuit, 30);
      expect(records.spikes['e']?.step.length).toBeGreaterThan(0);
      composed.voltage?.values.forEach((v, index) => {
        expect(v).toBeCloseTo(Number(records.voltage?.values[index]), 2);
      });
    },
  );

  it('goes on where it stopped, with spikes on their way, traces and windows', async () => {
    const circuit = plastic('pairStdp', {});
    const start = begin(circuit);
    const input = { reward: 0 };
    const [whole, all] = await runComposed(circuit, start, 40, input);
    const [half, before] = await runComposed(circuit, start, 17, input);
    const [state, after] = await runComposed(circuit, await revived(half), 23, input);
    expect(state).toEqual(whole);
    for (const name of ['in', 'e']) {
      const steps = [...(before.spikes[name]?.step ?? []), ...(after.spikes[name]?.step ?? [])];
      expect(steps).toEqual([...(all.spikes[name]?.step ?? [])]);
    }
    expect(start.step).toBe(0);
    const { 'composed.rule.tPre': _, ...rest } = half.projections['in'] ?? {};
    const without = { ...half, projections: { in: rest } };
    await expect(runComposed(circuit, without, 1)).rejects.toThrow("runComposed: state has no traces of 'in' for operations");
  });

  it('leaves no tensor behind', async () => {
    const circuit = plastic('tripletStdp', {});
    const before = tf.memory().numTensors;
    await runComposed(circuit, begin(circuit), 5);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each(ruleNames.filter((rule) => !rule.endsWith('Delay')))(
    'learns as %s does between the layers that fired',
    async (rule) => {
      const circuit = plastic(rule, strong[rule] ?? {});
      const start = begin(circuit);
      const reward = Float32Array.from({ length: steps }, (_, t) => (t % 7 === 3 ? 1 : -0.25));
      const [state, records] = await runComposed(circuit, start, steps, { reward });
      const w = await replayed(circuit, start, records, reward);
      const learned = state.projections['in']?.['w'] ?? expect.unreachable();
      learned.forEach((weight, index) => {
        expect(weight).toBeCloseTo(Number(w[index]), 5);
      });
      expect(learned).not.toEqual(start.projections['in']?.['w']);
    },
  );

  const inKernels = [
    'pairStdp',
    'twoFactorStdp',
    'symmetricStdp',
    'vogelsStdp',
    'mstdp',
    'mstdpet',
    'eligibilityStdp',
    'tripletStdp',
  ];
  it.each([...inKernels, 'clopathStdp'])('learns what run learns by %s', async (rule) => {
    const reward = Float32Array.from({ length: steps }, (_, t) => (t % 7 === 3 ? 1 : -0.25));
    const [[state, records], [composed, asTensors]] = await both(plastic(rule, strong[rule] ?? {}), steps, { reward });
    expect(asTensors.spikes).toEqual(records.spikes);
    composed.projections['in']?.['w']?.forEach((weight, index) => {
      expect(weight).toBeCloseTo(Number(state.projections['in']?.['w']?.[index]), 5);
    });
  });

  it('runs neurons of one’s own', async () => {
    registerNeuron('counter', {
      variables: { v: 0, input: 0 },
      step: ({ v = tf.scalar(0), input = tf.scalar(0) }, { params, current }) => {
        const u = tf.add(tf.add(v, input), current);
        const spikes = tf.cast(tf.greaterEqual(u, Number(params['limit'])), 'float32');
        return { variables: { v: tf.sub(u, tf.mul(spikes, Number(params['limit']))), input: tf.zerosLike(input) }, spikes };
      },
    });
    const circuit: Circuit = {
      dt: 1,
      populations: {
        in: { size: 1, source: 'spikes', times: [[0, 1, 2, 3, 4, 5]] },
        e: { size: 2, neuron: 'counter', params: { limit: 3 } },
      },
      projections: { in: { from: 'in', to: 'e', weight: 1 } },
      records: { spikes: ['e'] },
    };
    const [, { spikes }] = await runComposed(circuit, begin(circuit), 9);
    expect(spikes['e']).toEqual({ step: Int32Array.of(3, 3, 6, 6), neuron: Int32Array.of(0, 1, 0, 1) });
    expect(() => run(circuit, begin(circuit), 1)).toThrow("'counter' has no kernel: runComposed runs it");
  });

  it('scales, weakens and depresses by short-term plasticity', async () => {
    const circuit = (more: object): Circuit => ({
      dt: 1,
      populations: {
        in: { size: 2, source: 'spikes', times: [[0, 10], [0]] },
        e: { size: 1, neuron: 'integrateAndFire', params: { vTh: 2 } },
      },
      projections: { in: { from: 'in', to: 'e', weight: { uniform: [1, 1] }, ...more } },
      records: { voltage: { of: 'e', neurons: [0], every: 1 }, spikes: ['e'] },
    });
    const stepped = async (more: object, steps: number) => runComposed(circuit(more), begin(circuit(more)), steps);
    const [scaled] = await stepped({ scaling: { total: 3, every: 5 } }, 5);
    expect(scaled.projections['in']?.['w']).toEqual(Float32Array.of(1.5, 1.5));
    const [amount] = await stepped({ scaling: { total: 5, every: 5, by: 'amount' } }, 4);
    expect(amount.projections['in']?.['w']).toEqual(Float32Array.of(1, 1));
    // Both spikes together pass the threshold of 1.5 in the step after.
    const firing = { ...circuit({ heterosynaptic: { fraction: 0.25 } }) };
    const low = {
      ...firing,
      populations: { ...firing.populations, e: { size: 1, neuron: 'integrateAndFire', params: { vTh: 1.5 } } },
    };
    const [weakened] = await runComposed(low, begin(low), 3);
    expect(weakened.projections['in']?.['w']).toEqual(Float32Array.of(0.75, 0.75));
    // u = 0.5 at the first spike, which leaves x = 0.5; ten steps later x = 1 − 0.5·exp(−10/20).
    const [, { voltage }] = await stepped({ shortTerm: { utilization: 0.5, tauRecovery: 20, tauFacilitation: 0 } }, 12);
    const v = Array.from(voltage?.values ?? []);
    expect(v[1]).toBeCloseTo(1, 6);
    expect(Number(v[11]) - Number(v[10])).toBeCloseTo(0.5 * (1 - 0.5 * Math.exp(-0.5)), 6);
  });

  it('refuses what it can’t do, and rules that wait for a reward where none can come', async () => {
    const circuit = plastic('mstdp', {});
    await expect(runComposed(circuit, begin(circuit), 1)).rejects.toThrow(
      'runComposed: input.reward is missing: projections.in learns by mstdp, which needs one (0 is one)',
    );
    const slow = plastic('eligibilityStdp', {}, { every: 2 });
    await expect(runComposed(slow, begin(slow), 1, { reward: 1 })).rejects.toThrow(
      'runComposed: rule.every must be one step, 1 ms, got 2',
    );
    await expect(runComposed(circuit, begin(circuit), -1, { reward: 1 })).rejects.toThrow(
      'runComposed: steps must be a whole number',
    );
  });
});

/** Sources onto neurons that fire by themselves as well, with a rule. */
function plastic(rule: string, params: Params, more: object = {}): Circuit {
  return {
    dt: 1,
    seed: 2,
    populations: {
      in: { size: 6, source: 'poisson', rate: 150 },
      e: { size: 4, neuron: 'integrateAndFire', params: { current: 0.07, vTh: 1.5 }, init: { v: { uniform: [0, 1] } } },
    },
    projections: {
      in: {
        from: 'in',
        to: 'e',
        delay: 2,
        weight: { uniform: [0.2, 0.8] },
        wiring: { type: 'sparse', probability: 0.6 },
        rule: { rule, params, ...more },
      },
    },
    records: { spikes: ['in', 'e'], rates: { of: ['e'], every: 10 }, voltage: { of: 'e', neurons: [0, 1, 2, 3], every: 1 } },
  };
}

/** Potentials as Clopath's rule takes them: at its peak where a neuron fires. */
const peaks = (v: Float32Array = new Float32Array(), fired: tf.Tensor1D) =>
  tf.where(tf.cast(fired, 'bool'), tf.fill([4], 33), tf.tensor1d(v));

/** Steps of a rule. */
const steps = 40;

/** Rates at which they show. */
const strong: { readonly [rule: string]: Params } = {
  clopathStdp: { thetaPlus: 0.2, thetaMinus: 0, uRest: 0, etaMinus: 0.01 },
  vogelsStdp: { wMax: 1 },
};

/** Weights of a rule that sees the spikes of a run on a dense layer, of which some synapses are not there. */
async function replayed(
  { projections = {} }: Circuit,
  { wiring, projections: states }: ReturnType<typeof begin>,
  { spikes, voltage }: CircuitRecords,
  reward: Float32Array,
): Promise<number[]> {
  const { start, target } = wiring['in'] ?? expect.unreachable();
  const pairs = Array.from({ length: 6 }, (_, pre) =>
    Array.from(target.subarray(start[pre], start[pre + 1]), (post) => [pre, post] as const),
  ).flat();
  const [mask, first] = [new Float32Array(24), new Float32Array(24)];
  pairs.forEach(([pre, post], index) => {
    mask[4 * pre + post] = 1;
    first[4 * pre + post] = Number(states['in']?.['w']?.[index]);
  });
  const { rule = '' } = projections['in']?.rule ?? {};
  const topology = masked(dense, tf.tensor2d(mask, [6, 4]));
  const params = checkedCircuit(plastic(rule, strong[rule] ?? {}), 'test').projections['in']?.rule?.params ?? {};
  const made = ruleFromJSON({ rule, params, topology: topology.toJSON() });
  const row = (name: string, size: number, t: number) => {
    const fired = new Float32Array(size);
    spikes[name]?.step.forEach((step, index) => {
      if (step === t) fired[Number(spikes[name]?.neuron[index])] = 1;
    });
    return tf.tensor1d(fired);
  };
  let now: [tf.Tensor, object] = [tf.tensor2d(first, [6, 4]), made.init({ pre: [6], post: [4], w: [6, 4] })];
  const late = rule.startsWith('delayAdjusted');
  for (let t = 0; t < steps; t++) {
    const input = {
      pre: row('in', 6, late ? t : t - 2),
      post: row('e', 4, t),
      ...(made.reads.includes('reward') && { reward: Number(reward[t]) }),
      ...(late && { delay: tf.fill([6, 4], 2) }),
      ...(made.reads.includes('voltage') && { voltage: peaks(voltage?.values.subarray(4 * t, 4 * t + 4), row('e', 4, t)) }),
    };
    now = made.step(input, ...now);
  }
  const w = await now[0].data();
  return pairs.map(([pre, post]) => Number(w[4 * pre + post]));
}
