import type { Circuit } from '../../circuits/circuit.js';
import type { NeuronPopulation } from '../../circuits/population.js';
import type { Wiring } from '../../circuits/projection.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { type Check, check, nonNegativeScalar } from '../../core/params/validation.js';
import { optionsOf, seedOption } from './presetOptions.js';

const aShare: Check<number> = check('a number in [0.02, 1]', (value) => typeof value === 'number' && value >= 0.02 && value <= 1);

const fields = {
  /** Decides all that is drawn. Default 1. */
  seed: seedOption,
  /** Rate ρ₀ to which inhibition brings excitatory neurons, Hz. Default 5. */
  targetRate: param(5, nonNegativeScalar),
  /** Learning rate, nS; 0: nothing is learned. Default 0.1. */
  eta: param(0.1, nonNegativeScalar),
  /** Share of the network's 8000 and 2000 neurons, in [0.02, 1], with connections as much more probable. Default 1. */
  share: param(1, aShare),
};

/** Options of {@link vogels2011}. */
export interface VogelsOptions extends ParamsOf<typeof fields> {}

const schema = paramsSchema<VogelsOptions>('vogels2011', fields);

/**
 * Inhibition that learns to balance excitation: 8000 excitatory and 2000 inhibitory neurons with conductances, wired at random
 * (2 %), all of which a steady current makes fire; synapses from inhibitory onto excitatory neurons begin at almost nothing and learn by
 * {@link vogelsStdp}.
 *
 *     200 pF·dv/dt = 10 nS·(−60 − v) + g_ampa·(0 − v) + g_gaba·(−80 − v) + 200 pA        fires above −50 mV, 5 ms refractory
 *     E → all 0.3 nS (τ 5 ms), I → I 3 nS (τ 10 ms), I → E 1e-10 … 100 nS, learned
 *
 * Expected: without learning all fire at about 160 Hz. With it excitatory neurons come to fire near ρ₀ within seconds (5 Hz: 5 to 7 Hz after
 * a minute; 3 Hz: 3.5 to 4.5 Hz after 30 s) and irregularly: the coefficient of variation of their intervals is 0.85 or more.
 *
 * @param options  see {@link VogelsOptions}; all optional.
 * @throws {StdpError} when an option is unknown or out of range.
 *
 * Source: Vogels, Sprekeler, Zenke, Clopath and Gerstner 2011, Science 334:1569, in the numbers of its published program.
 *
 * @example
 * const circuit = vogels2011({ share: 0.02 });
 * const [, { rates }] = run(circuit, init(circuit, wire(circuit)), 1000);   // 100 ms
 * rates['e']?.values.length;   // => 1
 */
export function vogels2011(options?: Partial<VogelsOptions>, ...more: readonly never[]): Circuit {
  const { seed, targetRate, eta, share } = optionsOf(schema, options, more);
  const neurons = (size: number): NeuronPopulation => ({
    size: Math.round(size * share),
    neuron: 'condLif',
    params: {
      ...{ capacitance: 200, leak: 10, vRest: -60, vTh: -50, vReset: -60, tauRefractory: 5, current: 200 },
      receptors: { ampa: { tau: 5, reversal: 0 }, gaba: { tau: 10, reversal: -80 } },
    },
  });
  const wiring: Wiring = { type: 'sparse', probability: 0.02 / share, self: true };
  const excitation = { from: 'e', receptor: 'ampa', weight: 0.3, wiring } as const;
  const inhibition = { from: 'i', receptor: 'gaba', wiring } as const;
  const rule = { rule: 'vogelsStdp', params: { eta, targetRate, tau: 20, wMin: 0, wMax: 100 } };
  return {
    dt: 0.1,
    seed,
    populations: { e: neurons(8000), i: neurons(2000) },
    projections: {
      ee: { ...excitation, to: 'e' },
      ei: { ...excitation, to: 'i' },
      ii: { ...inhibition, to: 'i', weight: 3 },
      ie: { ...inhibition, to: 'e', weight: 1e-10, rule },
    },
    records: {
      spikes: ['e', 'i'],
      rates: { of: ['e', 'i'], every: 100 },
      weights: { of: ['ie'], every: 100, as: 'mean' },
    },
  };
}
