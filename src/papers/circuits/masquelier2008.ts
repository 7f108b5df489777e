import type { Circuit } from '../../circuits/circuit.js';
import type { SpikeList } from '../../circuits/circuitState.js';
import type { Environment } from '../../circuits/interact.js';
import { integerAt } from '../../core/at.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { aPairingScheme, type PairingScheme } from '../../rules/pair/pairingSchemes.js';
import {
  type MasquelierInput,
  type MasquelierInputOptions,
  masquelierInput,
  masquelierInputSchema,
  wholePart,
} from './masquelierInput.js';
import { optionsOf, seedOption } from './presetOptions.js';

const fields = {
  /** Decides all that is drawn. Default 1. */
  seed: seedOption,
  /** Step, ms. Default 0.1; above it learning fails. */
  dt: param(0.1, wholePart),
  /** How spikes pair. Default `'restrictedNearest'`, with which alone it learns. */
  traceMode: param<PairingScheme, PairingScheme>('restrictedNearest', aPairingScheme),
};

/** Options of {@link masquelier2008}. */
export interface MasquelierOptions extends ParamsOf<typeof fields> {}

const schema = paramsSchema<MasquelierOptions>('masquelier2008', fields);

/**
 * A neuron that finds a pattern: 2000 afferents fire all the time ({@link masquelierInput}); a pattern of 50 ms, of half of them, comes
 * again and again without a sign of when. The neuron learns from pairs of spikes and ends as a detector of the pattern's beginning.
 *
 *     the neuron: `'spikeResponse'`, τ_m 10, τ_s 2.5, fires above 500       weights begin at 0.475, in [0, 1]
 *     pre before post: w + exp(−Δt/16.8)/32      post before pre: w − 0.85·exp(−Δt/33.7)/32      the nearest spikes, each once
 *
 * Expected after 450 s, in 96 or more of 100 seeds: more than 98 % of patterns are told, within 10 ms of their beginning, and nothing else
 * is. With all pairs, or with the nearest alone, the neuron falls silent.
 *
 * @param options  see {@link MasquelierOptions}; all optional.
 * @throws {StdpError} when an option is unknown or out of range.
 *
 * Source: Masquelier, Guyonneau and Thorpe 2008, PLoS ONE 3:e1377; its neuron as Hathway and Goodman 2018, ReScience 4(1), give it.
 *
 * @example
 * const circuit = masquelier2008();
 * circuit.projections?.['afferents']?.weight;   // => 0.475
 */
export function masquelier2008(options?: Partial<MasquelierOptions>, ...more: readonly never[]): Circuit {
  const { seed, dt, traceMode } = optionsOf(schema, options, more);
  const rates = { etaPlus: 1 / 32, etaMinus: 0.85 / 32, tauPre: 16.8, tauPost: 33.7 };
  return {
    dt,
    seed,
    populations: {
      afferents: { size: 2000, source: 'input' },
      cell: { size: 1, neuron: 'spikeResponse', params: { tauMem: 10, tauSyn: 2.5, vTh: 500 } },
    },
    projections: {
      afferents: {
        from: 'afferents',
        to: 'cell',
        weight: 0.475,
        rule: { rule: 'pairStdp', params: { ...rates, traceMode, integration: 'exact', wMin: 0, wMax: 1 } },
      },
    },
    records: {
      spikes: ['cell'],
      rates: { of: ['cell'], every: 1000 },
      weights: { of: ['afferents'], every: 1000, as: 'histogram' },
    },
  };
}

/** How many steps of its input the circuit has had. */
export interface MasquelierMemory {
  readonly step: number;
}

/**
 * What {@link masquelier2008} lives in: its input, again and again, a second a turn. It is drawn when it first acts.
 *
 * @param options  of {@link masquelierInput}; `seed` and `dt` those of the circuit.
 * @throws {StdpError} when an option is unknown or out of range.
 *
 * @example
 * const environment = masquelierWorld({ seconds: 1 });
 * const { steps, input } = environment.act(environment.init);
 * [steps, input.spikes?.['afferents']?.step[0]];   // => [10000, 0]
 */
export function masquelierWorld(
  options?: Partial<MasquelierInputOptions>,
  ...more: readonly never[]
): Environment<MasquelierMemory> {
  const complete = optionsOf({ ...masquelierInputSchema, name: 'masquelierWorld' }, options, more);
  let drawn: MasquelierInput | undefined;
  const input = () => {
    drawn ??= masquelierInput(complete);
    return drawn;
  };
  return again(input, complete.dt);
}

/** An input again and again, a second a turn. */
export function again(input: () => MasquelierInput, dt: number): Environment<MasquelierMemory> {
  const second = Math.round(1000 / dt);
  return {
    init: { step: 0 },
    act({ step }) {
      const { spikes, steps: all } = input();
      const from = step % all;
      const steps = Math.min(second, all - from);
      return { steps, input: { spikes: { afferents: part(spikes, from, from + steps) } } };
    },
    see: (_, __, step) => ({ step }),
  };
}

/** The spikes of some steps, counted from the first of them. */
function part({ step, neuron }: SpikeList, from: number, to: number): SpikeList {
  const [first, last] = [placeOf(step, from), placeOf(step, to)];
  const own = step.slice(first, last);
  for (let index = 0; index < own.length; index++) own[index] = integerAt(own, index) - from; // `map` takes ten times as long
  return { step: own, neuron: neuron.subarray(first, last) };
}

/** Where the first step that is not before a time stands. */
function placeOf(steps: Int32Array, time: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (integerAt(steps, middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a neuron that looks for a pattern got right: shares of patterns, false alarms, mean delay from their beginning, ms. */
export interface Detections {
  readonly hits: number;
  readonly falseAlarms: number;
  readonly latency: number;
}

/**
 * How well spikes tell when the pattern came.
 *
 * @param spikes  steps at which the neuron fired, from the beginning of the input on.
 * @param input   which may come several times; only the patterns of `[from, to)` count.
 * @example
 * const input = { patterns: Int32Array.of(500), width: 500, steps: 2000 };
 * detections([620, 1700], input, 0, 2000, 0.1);   // => { hits: 1, falseAlarms: 1, latency: 12 }
 */
export function detections(
  spikes: ArrayLike<number>,
  { patterns, width, steps }: Pick<MasquelierInput, 'patterns' | 'width' | 'steps'>,
  from: number,
  to: number,
  dt: number,
): Detections {
  const seen = new Set<number>();
  const delays: number[] = [];
  let falseAlarms = 0;
  for (const spike of Array.from(spikes)) {
    if (spike < from || spike >= to) continue;
    const time = spike % steps;
    const which = placeOf(patterns, time + 1) - 1;
    const delay = which < 0 ? width : time - integerAt(patterns, which);
    if (delay >= width) falseAlarms++;
    else {
      seen.add(spike - delay);
      delays.push(delay * dt);
    }
  }
  const shown = Array.from({ length: Math.ceil(to / steps) }, (_, round) => round * steps).flatMap((offset) =>
    Array.from(patterns, (start) => start + offset).filter((start) => start >= from && start < to),
  );
  const latency = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
  return { hits: seen.size / shown.length, falseAlarms, latency };
}
