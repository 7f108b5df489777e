import type { Circuit } from '../../circuits/circuit.js';
import type { Environment } from '../../circuits/interact.js';
import { at, floatAt } from '../../core/at.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { nonNegativeScalar, positiveScalar } from '../../core/params/validation.js';
import { fork, randomNormal, randomUniform } from '../../core/random.js';
import { optionsOf, seedOption } from './presetOptions.js';

const fields = {
  /** Decides all that is drawn. Default 1. */
  seed: seedOption,
  /** Rate of the excitatory inputs, Hz. Default 10. */
  rate: param(10, nonNegativeScalar),
  /** Step, ms. Default 0.1; 1 gives nearly the same results. */
  dt: param(0.1, positiveScalar),
};

/** Options of {@link songMillerAbbott2000} and {@link songCorrelated}. */
export interface SongOptions extends ParamsOf<typeof fields> {}

const schema = paramsSchema<SongOptions>('songMillerAbbott2000', fields);

const inputs = 1000;
const gMax = 0.015;

/**
 * Competition among the inputs of one neuron: 1000 excitatory Poisson inputs learn by pairs of spikes, 200 inhibitory ones (10 Hz) don't.
 *
 *     20 ms·dv/dt = −70 − v + g_ex·(0 − v) + g_in·(−70 − v)        fires above −54 mV, reset to −60; g in units of the leak, τ 5 ms
 *     pre before post: w + 0.005·gMax·exp(−Δt/20)   post before pre: w − 1.05·0.005·gMax·exp(−Δt/20)   in [0, gMax = 0.015]
 *
 * Expected after 1000 s: the output fires at 9 to 12 Hz for inputs of 10 Hz and at 14 to 17 Hz for 40 Hz, because weights go to either
 * bound: 24 to 29 % below 0.1·gMax and 33 to 36 % above 0.9·gMax at 10 Hz, 75 to 79 % and 7 to 8 % at 40 Hz. With steps of 1 ms rates stay
 * within 2 Hz of that, and some more weights go to the lower bound, 32 % and 80 %.
 *
 * @param options  see {@link SongOptions}; all optional.
 * @throws {StdpError} when an option is unknown or out of range.
 *
 * Source: Song, Miller and Abbott 2000, Nature Neuroscience 3:919, figures 2 and 3.
 *
 * @example
 * const circuit = songMillerAbbott2000({ rate: 40 });
 * const [state] = run(circuit, init(circuit, wire(circuit)), 10_000);
 * state.projections['ex']?.['w']?.length;   // => 1000
 */
export function songMillerAbbott2000(options?: Partial<SongOptions>, ...more: readonly never[]): Circuit {
  const { seed, rate, dt } = optionsOf(schema, options, more);
  const change = 0.005 * gMax;
  const traces = { tauPre: 20, tauPost: 20, traceMode: 'cumulative', integration: 'exact' };
  const rule = { rule: 'pairStdp', params: { ...traces, etaPlus: change, etaMinus: 1.05 * change, wMin: 0, wMax: gMax } };
  return {
    dt,
    seed,
    coincidence: 'neither',
    populations: {
      ex: { size: inputs, source: 'poisson', rate },
      in: { size: 200, source: 'poisson', rate: 10 },
      cell: {
        size: 1,
        neuron: 'condLif',
        params: {
          ...{ capacitance: 20, leak: 1, vRest: -70, vTh: -54, vReset: -60, tauRefractory: 0 },
          receptors: { ex: { tau: 5, reversal: 0 }, in: { tau: 5, reversal: -70 } },
        },
      },
    },
    projections: {
      ex: { from: 'ex', to: 'cell', receptor: 'ex', weight: { uniform: [0, gMax] }, rule },
      in: { from: 'in', to: 'cell', receptor: 'in', weight: 0.05 },
    },
    records: {
      spikes: ['cell'],
      rates: { of: ['cell'], every: 10_000 },
      weights: { of: ['ex'], every: 10_000, as: 'histogram' },
    },
  };
}

/** How often rates were drawn. */
export interface SongMemory {
  readonly draws: number;
}

/**
 * Inputs of {@link songMillerAbbott2000} of which the first half fire together: after intervals drawn from an exponential distribution with
 * mean 20 ms, rates are drawn anew,
 *
 *     rate·(1 + 0.3·x_a + 0.3·y) of the first half, rate·(1 + 0.3·√2·x_a) of the others      x_a of each input, y of all, normal
 *
 * Expected: weights of the first half come to be three or more times as large as those of the second.
 *
 * @param options  those of the circuit.
 * @throws {StdpError} when an option is unknown or out of range.
 *
 * Source: Song, Miller and Abbott 2000, figure 5.
 *
 * @example
 * const { circuit, environment } = { circuit: songMillerAbbott2000(), environment: songCorrelated() };
 * const [[state]] = interact(circuit, environment, [init(circuit, wire(circuit)), environment.init], 10);
 * state.step > 0;   // => true
 */
export function songCorrelated(options?: Partial<SongOptions>, ...more: readonly never[]): Environment<SongMemory> {
  const { seed, rate, dt } = optionsOf({ ...schema, name: 'songCorrelated' }, options, more);
  return {
    init: { draws: 0 },
    act({ draws }) {
      const stream = fork(fork(seed, 1), draws);
      const interval = -20 * Math.log(1 - at(randomUniform(1, fork(stream, 0)), 0));
      const normal = randomNormal(inputs + 1, fork(stream, 1));
      const shared = floatAt(normal, inputs);
      const rates = Float32Array.from({ length: inputs }, (_, input) => {
        const own = 0.3 * floatAt(normal, input);
        return Math.max(0, rate * (1 + (input < inputs / 2 ? own + 0.3 * shared : Math.SQRT2 * own)));
      });
      return { steps: Math.max(1, Math.round(interval / dt)), input: { rates: { ex: rates } } };
    },
    see: ({ draws }) => ({ draws: draws + 1 }),
  };
}
