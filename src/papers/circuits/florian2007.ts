import type { Circuit } from '../../circuits/circuit.js';
import type { Environment } from '../../circuits/interact.js';
import type { NeuronPopulation } from '../../circuits/population.js';
import { at } from '../../core/at.js';
import { type ParamsOf, paramsSchema } from '../../core/params/schema.js';
import { fork, randomPermutation } from '../../core/random.js';
import { optionsOf, seedOption } from './presetOptions.js';

const fields = {
  /** Decides all that is drawn. Default 1. */
  seed: seedOption,
};

/** Options of {@link florian2007} and {@link florianWorld}. */
export interface FlorianOptions extends ParamsOf<typeof fields> {}

const schema = paramsSchema<FlorianOptions>('florian2007', fields);

/** A bit has half of the excitatory and half of the inhibitory inputs. */
const inputs = 30;
/** ms that a pattern is shown for. */
const shown = 500;

/**
 * Exclusive or, learned from rewards: 60 inputs, of which half inhibit, 60 hidden neurons and an output. A bit that is 1 makes its 30
 * inputs fire at 40 Hz for 500 ms; each spike of the output is rewarded by 1 where one of both bits is set, and by −1 where none or
 * both are.
 *
 *     leaky neurons, τ 20 ms, rest −70, fires above −54, reset to −70 mV; a spike moves the potential by its weight, |w| ≤ 5 mV
 *     {@link mstdpet}: τ 20 ms, eligibility 25 ms, η 0.625 mV
 *
 * Expected after 800 patterns, in more than 90 % of seeds: the output fires faster for (0, 1) and for (1, 0) than for (0, 0) and (1, 1).
 *
 * @param options  see {@link FlorianOptions}; all optional.
 * @throws {StdpError} when an option is unknown or out of range.
 *
 * Source: Florian 2007, Neural Computation 19:1468, section 4.2.
 *
 * @example
 * const circuit = florian2007();
 * Object.keys(circuit.projections ?? {});   // => ['excitation', 'inhibition', 'output']
 */
export function florian2007(options?: Partial<FlorianOptions>, ...more: readonly never[]): Circuit {
  const { seed } = optionsOf(schema, options, more);
  const neurons = (size: number): NeuronPopulation => ({
    size,
    neuron: 'lif',
    params: {
      ...{ capacitance: 200, leak: 10, vRest: -70, vTh: -54, vReset: -70, tauRefractory: 0 },
      receptors: { input: { tau: 0 } },
    },
  });
  const pairs = { tauPre: 20, tauPost: 20, tauEligibility: 25, etaPost: 0.625, etaPre: -0.625 };
  const rule = (wMin: number, wMax: number) => ({ rule: 'mstdpet', params: { ...pairs, wMin, wMax, hardBound: true } });
  const excitation = { weight: { uniform: [0, 5] }, rule: rule(0, 5) } as const;
  const inhibition = { weight: { uniform: [-5, 0] }, rule: rule(-5, 0) } as const;
  return {
    dt: 1,
    seed,
    populations: {
      excitation: { size: inputs, source: 'poisson', rate: 0 },
      inhibition: { size: inputs, source: 'poisson', rate: 0 },
      hidden: neurons(60),
      output: neurons(1),
    },
    projections: {
      excitation: { from: 'excitation', to: 'hidden', ...excitation },
      inhibition: { from: 'inhibition', to: 'hidden', ...inhibition },
      output: { from: 'hidden', to: 'output', ...excitation },
    },
    records: {
      spikes: ['output'],
      rates: { of: ['hidden', 'output'], every: shown },
      weights: { of: ['excitation', 'inhibition', 'output'], every: 10_000, as: 'mean' },
    },
  };
}

/** Where the environment of the circuit stands. */
export interface FlorianMemory {
  /** Step of the circuit. */
  readonly step: number;
  /** Whether the output fired in the last step. */
  readonly fired: boolean;
}

/**
 * What {@link florian2007} lives in: four patterns in a new order each time, and a reward a step after each spike of the output.
 *
 * @param options  those of the circuit.
 * @throws {StdpError} when an option is unknown or out of range.
 *
 * @example
 * const world = florianWorld();
 * world.act({ step: 3, fired: true }).input.reward;   // => -1
 */
export function florianWorld(options?: Partial<FlorianOptions>, ...more: readonly never[]): Environment<FlorianMemory> {
  const { seed } = optionsOf({ ...schema, name: 'florianWorld' }, options, more);
  return {
    init: { step: 0, fired: false },
    act({ step, fired }) {
      const [first, second] = florianPattern(seed, Math.floor(step / shown));
      const rates = new Float32Array(inputs).fill(40 * first, 0, inputs / 2).fill(40 * second, inputs / 2);
      return {
        steps: 1,
        input: { rates: { excitation: rates, inhibition: rates }, reward: fired ? rewardIn(seed, step - 1) : 0 },
      };
    },
    see: (_, { spikes }, step) => ({ step, fired: spikes['output'] !== undefined && spikes['output'].step.length > 0 }),
  };
}

/** What a spike in a step earns. */
function rewardIn(seed: number, step: number): number {
  const [first, second] = florianPattern(seed, Math.floor(step / shown));
  return first === second ? -1 : 1;
}

/**
 * Both bits of the pattern that is shown as the n-th.
 *
 * @example
 * [0, 1, 2, 3].map((index) => florianPattern(1, index).join('')).sort();   // => ['00', '01', '10', '11']
 */
export function florianPattern(seed: number, index: number): readonly [first: number, second: number] {
  const order = randomPermutation(4, fork(fork(seed, 3), Math.floor(index / 4)));
  const pattern = at(order, index % 4);
  return [pattern & 1, pattern >> 1];
}
