import type { Circuit } from '../../circuits/circuit.js';
import type { CircuitRecords } from '../../circuits/circuitState.js';
import type { Environment } from '../../circuits/interact.js';
import type { NeuronPopulation } from '../../circuits/population.js';
import type { Projection } from '../../circuits/projection.js';
import { at, integerAt } from '../../core/at.js';
import { needed, type ParamsOf, paramsSchema } from '../../core/params/schema.js';
import { optional, positiveScalar } from '../../core/params/validation.js';
import { fork, randomUniform } from '../../core/random.js';
import { optionsOf, seedOption } from './presetOptions.js';

const fields = {
  /** Decides all that is drawn. Default 1. */
  seed: seedOption,
};

/** Options of {@link izhikevich2007}. */
export interface IzhikevichOptions extends ParamsOf<typeof fields> {}

const schema = paramsSchema<IzhikevichOptions>('izhikevich2007', fields);

/** Neurons of the synapse that rewards are for. */
const [chosenPre, chosenPost] = [0, 1];

/**
 * Distal reward: 800 excitatory and 200 inhibitory neurons with 100 synapses each fire at random; whenever a chosen neuron fires
 * less than 20 ms before another, dopamine comes one to three seconds later. Eligibility carries what happened that far, and of 80 000
 * synapses the chosen one is found.
 *
 *     neurons of Izhikevich 2003, a current of 13·(u − 0.5) drawn in each step of 1 ms        excitation 1 … 4, inhibition −1
 *     eligibility: + 0.1·exp(−Δt/20) pre before post, − 0.15·exp(−Δt/20) post before pre, the latest spikes; τ 1 s
 *     every 10 ms: w + (0.002 + dopamine)·eligibility in [0, 4]        a reward: dopamine + 0.5; τ 200 ms
 *
 * Expected: the chosen synapse, which begins at 0, reaches more than 3.9 of 4 within an hour; when as many rewards come at random times it
 * stays below 1.
 *
 * Different: each excitatory neuron has 80 synapses onto excitatory and 20 onto inhibitory neurons, in place of 100 onto any; the chosen
 * synapse is one more; the smallest of its currents are those of this program.
 *
 * @param options  see {@link IzhikevichOptions}; all optional.
 * @throws {StdpError} when an option is unknown or out of range.
 *
 * Source: Izhikevich 2007, Cerebral Cortex 17:2443, and its program daspnet.
 *
 * @example
 * const circuit = izhikevich2007();
 * const [state] = run(circuit, init(circuit, wire(circuit)), 100);
 * state.projections['chosen']?.['w']?.length;   // => 1
 */
export function izhikevich2007(options?: Partial<IzhikevichOptions>, ...more: readonly never[]): Circuit {
  const { seed } = optionsOf(schema, options, more);
  const noise = { uniform: [-6.5, 6.5] } as const;
  const neurons = (size: number, params: { readonly a: number; readonly d: number }): NeuronPopulation => ({
    size,
    neuron: 'izhikevich',
    params: { ...params, b: 0.2, c: -65, vPeak: 30, receptors: { input: { tau: 0 } } },
    noise,
  });
  const pairs = { etaPlus: 0.1, etaMinus: 0.15, tauPre: 20, tauPost: 20, traceMode: 'nearest', integration: 'exact' };
  const rule = {
    rule: 'eligibilityStdp',
    params: { ...pairs, tauEligibility: 1000, wMin: 0, wMax: 4, hardBound: true },
    every: 10,
    reward: { tau: 200, baseline: 0.002 },
  };
  const learned = (to: string, targets: number): Projection => ({
    from: 'e',
    to,
    weight: 1,
    wiring: { type: 'fixedOut', targets },
    rule,
  });
  return {
    dt: 1,
    seed,
    populations: { e: neurons(800, { a: 0.02, d: 8 }), i: neurons(200, { a: 0.1, d: 2 }) },
    projections: {
      ee: learned('e', 80),
      ei: learned('i', 20),
      ie: { from: 'i', to: 'e', weight: -1, wiring: { type: 'fixedOut', targets: 100 } },
      chosen: { from: 'e', to: 'e', weight: 0, wiring: { type: 'list', pairs: [[chosenPre, chosenPost]] }, rule },
    },
    records: {
      spikes: ['e'],
      rates: { of: ['e', 'i'], every: 1000 },
      weights: { of: ['chosen', 'ee'], every: 10_000, as: 'mean' },
    },
  };
}

const worldFields = {
  /** Decides all that is drawn. Default 1. */
  seed: seedOption,
  /** Rewards at random times, so many ms apart on average, in place of those for the chosen synapse. Default: none. */
  randomEvery: needed<number | undefined>(optional(positiveScalar)),
};

/** Options of {@link izhikevichWorld}. */
export interface IzhikevichWorldOptions extends ParamsOf<typeof worldFields> {}

const worldSchema = paramsSchema<IzhikevichWorldOptions>('izhikevichWorld', worldFields);

/** Where the environment of the circuit stands, and which rewards it owes. */
export interface IzhikevichMemory {
  /** Step of the circuit. */
  readonly step: number;
  /** Step of the chosen presynaptic neuron's last spike. */
  readonly lastPre: number;
  /** Steps at which rewards are to come. */
  readonly due: readonly number[];
  /** Rewards that were earned, or drawn, so far. */
  readonly count: number;
}

/** A reward comes later than this, ms; so a turn may be as long. */
const second = 1000;

/**
 * What {@link izhikevich2007} lives in: it watches the chosen pair of neurons, and gives rewards one to three seconds after each
 * time that the second fired less than 20 ms after the first.
 *
 * @param options  see {@link IzhikevichWorldOptions}; all optional.
 * @throws {StdpError} when an option is unknown or out of range.
 *
 * @example
 * const circuit = izhikevich2007();
 * const world = izhikevichWorld();
 * const [[state, { step }]] = interact(circuit, world, [init(circuit, wire(circuit)), world.init], 1);
 * [state.step, step];   // => [1000, 1000]
 */
export function izhikevichWorld(
  options?: Partial<IzhikevichWorldOptions>,
  ...more: readonly never[]
): Environment<IzhikevichMemory> {
  const { seed, randomEvery } = optionsOf(worldSchema, options, more);
  const stream = fork(seed, 2);
  return {
    init: { step: 0, lastPre: -1000, due: [], count: 0 },
    act({ step, due }) {
      const reward = new Float32Array(second);
      for (const time of due) if (time >= step && time < step + second) reward[time - step] = at(reward, time - step) + 0.5;
      return { steps: second, input: { reward } };
    },
    see(memory, records, step) {
      const due = memory.due.filter((time) => time >= step);
      if (randomEvery !== undefined) {
        const shares = randomUniform(second, fork(stream, step));
        const drawn = Array.from(shares.keys(), (index) => step + index).filter(
          (_, index) => at(shares, index) * randomEvery < 1,
        );
        return { ...memory, step, due: [...due, ...drawn], count: memory.count + drawn.length };
      }
      const { times, lastPre } = coincidences(records, memory.lastPre);
      const delays = randomUniform(times.length, fork(stream, step));
      const earned = times.map((time, index) => time + second + 1 + Math.floor(2 * second * at(delays, index)));
      return { step, lastPre, due: [...due, ...earned], count: memory.count + earned.length };
    },
  };
}

/** Steps at which the second of the chosen neurons fired, less than 20 ms after the first. */
function coincidences(records: CircuitRecords, before: number): { readonly times: readonly number[]; readonly lastPre: number } {
  const spikes = records.spikes['e'];
  const times: number[] = [];
  let lastPre = before;
  if (spikes === undefined) return { times, lastPre };
  spikes.step.forEach((time, index) => {
    const neuron = integerAt(spikes.neuron, index);
    if (neuron === chosenPre) lastPre = time;
    if (neuron === chosenPost && time > lastPre && time - lastPre < 20) times.push(time);
  });
  return { times, lastPre };
}
