import type { Circuit } from '../../circuits/circuit.js';
import type { NeuronPopulation } from '../../circuits/population.js';
import type { Projection } from '../../circuits/projection.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { nonNegativeScalar } from '../../core/params/validation.js';
import { optionsOf, seedOption } from './presetOptions.js';

const fields = {
  /** Decides all that is drawn. Default 1. */
  seed: seedOption,
  /** How many times inhibition is as strong as excitation. Default 5. */
  g: param(5, nonNegativeScalar),
  /** Rate of the spikes from outside, in that which alone would bring the potential to threshold. Default 2. */
  external: param(2, nonNegativeScalar),
};

/** Options of {@link brunel}. */
export interface BrunelOptions extends ParamsOf<typeof fields> {}

const schema = paramsSchema<BrunelOptions>('brunel', fields);

/**
 * A sparse network of 10 000 excitatory and 2500 inhibitory neurons, each with synapses from a tenth of both, which move the potential by
 * J = 0.1 mV, or −g·J, 1.5 ms after a spike; nothing is learned.
 *
 *     20 ms·dv/dt = −v        fires above 20 mV, reset to 10 mV, 2 ms refractory
 *
 * Spikes from outside, of 1000 neurons for each at `external`·θ/(J·1000·20 ms) = `external`·10 Hz, come as a current with their mean and
 * their variance, as the paper's theory takes them.
 *
 * Expected with g 5 and twice the threshold's rate: asynchronous and irregular, at 37.7 Hz (its figure 8C); the theory tells the
 * rate for any g > 4.
 *
 * @param options  see {@link BrunelOptions}; all optional.
 * @throws {StdpError} when an option is unknown or out of range.
 *
 * Source: Brunel 2000, Journal of Computational Neuroscience 8:183.
 *
 * @example
 * Object.keys(brunel({ g: 6 }).projections ?? {});   // => ['ee', 'ei', 'ie', 'ii']
 */
export function brunel(options?: Partial<BrunelOptions>, ...more: readonly never[]): Circuit {
  const { seed, g, external } = optionsOf(schema, options, more);
  const [dt, tau, threshold, jump] = [0.1, 20, 20, 0.1];
  const leak = 10;
  const perStep = external * (threshold / (jump * tau)) * dt;
  const toCurrent = leak / -Math.expm1(-dt / tau);
  const neurons = (size: number): NeuronPopulation => ({
    size,
    neuron: 'lif',
    params: {
      ...{ capacitance: leak * tau, leak, vRest: 0, vTh: threshold, vReset: 10, tauRefractory: 2 },
      receptors: { input: { tau: 0 } },
    },
    init: { v: { uniform: [0, threshold] } },
    noise: { normal: { mean: jump * perStep * toCurrent, std: jump * Math.sqrt(perStep) * toCurrent } },
  });
  const synapses = (from: string, to: string, weight: number): Projection => ({
    ...{ from, to, weight, delay: 1.5 },
    wiring: { type: 'sparse', probability: 0.1 },
  });
  return {
    dt,
    seed,
    populations: { e: neurons(10_000), i: neurons(2500) },
    projections: {
      ee: synapses('e', 'e', jump),
      ei: synapses('e', 'i', jump),
      ie: synapses('i', 'e', -g * jump),
      ii: synapses('i', 'i', -g * jump),
    },
    records: { spikes: ['e', 'i'], rates: { of: ['e', 'i'], every: 10 } },
  };
}
