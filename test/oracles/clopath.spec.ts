import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { clopathStdp } from '../../src/rules/clopathStdp.js';
import { type AdexState, adexRest, adexStep } from './adaptiveExponential.js';

/**
 * O8: five pairs 10 ms apart at 10, 30 and 50 Hz, post before pre and (with a sixth pre spike) pre before post, on the
 * neuron of Clopath et al. 2010. The numbers are those of NEST's own test of `clopath_synapse` with
 * `aeif_psc_delta_clopath`; weights are normalised as 100 + 1500·(w − w₀)/w₀.
 *
 * The parameters in the table of oracles don't determine them. These do, as well: the spike times below; w₀ = 0.5;
 * τ_x = 15 ms; 80 mV into the neuron for each post spike; the synapse itself, whose spikes move the potential by w mV
 * two steps of 0.1 ms later (without that, the last three come out 1.3 lower); and the neuron's other constants.
 *
 * What is left, up to 0.24 of about 100, is the filter: NEST integrates it together with the neuron, a rule holds the
 * potential over a step. (With NEST's filtered potentials the same formula gives 57.83, 72.17, 149.43, 103.30, 124.04, 157.03.)
 */
const protocols = [
  { pre: [29, 129, 229, 329, 429], post: [19, 119, 219, 319, 419], expected: 57.82638722 },
  { pre: [29, 62.3, 95.7, 129, 162.3], post: [19, 52.3, 85.7, 119, 152.3], expected: 72.16730112 },
  { pre: [29, 49, 69, 89, 109], post: [19, 39, 59, 79, 99], expected: 149.43359357 },
  { pre: [129, 229, 329, 429, 529, 629], post: [139, 239, 339, 439, 539, 639], expected: 103.30408341 },
  { pre: [62.3, 95.6, 129, 162.3, 195.6, 229], post: [72.3, 105.6, 139, 172.3, 205.6, 239], expected: 124.03640668 },
  { pre: [49, 69, 89, 109, 129, 149], post: [59, 79, 99, 119, 139, 159], expected: 157.02882555 },
];

const stepsOf = (times: readonly number[]) => times.map((time) => Math.round(time * 10));

describe('Clopath 2010: frequency and order of five pairs', () => {
  it('gives the normalised weights of NEST to 0.25', async () => {
    const rule = clopathStdp({ dt: 0.1, delay: 4, tauPre: 15, wMax: 100 });
    const pre = protocols.map((protocol) => new Set(stepsOf(protocol.pre)));
    const post = protocols.map((protocol) => new Set(stepsOf(protocol.post).map((step) => step + 1)));
    const ends = protocols.map((protocol) => Math.max(...stepsOf(protocol.pre)));
    const count = protocols.length;

    let neurons: readonly AdexState[] = protocols.map(() => adexRest);
    let [w, state] = [tf.fill([count, count], 0.5), rule.init({ pre: [count], post: [count] })] as [
      tf.Tensor,
      ReturnType<typeof rule.init>,
    ];
    let values = await w.data();
    for (let step = 1; step <= Math.max(...ends); step++) {
      neurons = neurons.map((neuron, index) => {
        const kick = pre[index]?.has(step - 2) ? (values[index * (count + 1)] ?? 0) : 0;
        return adexStep(neuron, kick + (post[index]?.has(step) ? 80 : 0));
      });
      // Beyond its last pre spike an experiment is over: its neuron is shown at rest, where nothing changes.
      const voltage = neurons.map(({ y }, index) => (step <= (ends[index] ?? 0) ? y[0] : -70.6));
      const spikes = pre.map((times) => Number(times.has(step)));
      const old = [w, ...Object.values(state)];
      [w, state] = rule.step({ pre: spikes, post: protocols.map(() => 0), voltage }, w, state);
      tf.dispose(old);
      if (spikes.includes(1)) values = await w.data();
    }
    protocols.forEach(({ expected }, index) => {
      const normalised = 100 + 1500 * (((values[index * (count + 1)] ?? 0) - 0.5) / 0.5);
      expect(Math.abs(normalised - expected), `${normalised} for ${expected}`).toBeLessThan(0.25);
    });
    tf.dispose([w, ...Object.values(state)]);
  });
});
