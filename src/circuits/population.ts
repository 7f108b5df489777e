/** Neurons, or what sends spikes into a circuit. */
export type Population = NeuronPopulation | SourcePopulation;

/** Neurons of one kind. */
export interface NeuronPopulation {
  /** How many. */
  readonly size: number;
  /** Kind of the neurons: one of {@link NeuronKind}, or the name of one that was registered. */
  readonly neuron: NeuronKind | (string & {});
  /** Parameters of the kind; what is missing has its default. */
  readonly params?: { readonly [name: string]: unknown };
  /** First values of its variables (`v`, …). Default: at rest. */
  readonly init?: { readonly [variable: string]: Drawn };
  /** A current drawn for every neuron in every step. Default: none. */
  readonly noise?: Drawn;
}

/** The kinds of neurons that are there. */
export type NeuronKind = 'lif' | 'condLif' | 'adaptiveLif' | 'adEx' | 'izhikevich' | 'integrateAndFire' | 'spikeResponse';

/** A value for all; or values drawn evenly from an interval, or from a normal distribution. */
export type Drawn =
  | number
  | { readonly uniform: readonly [low: number, high: number] }
  | { readonly normal: { readonly mean: number; readonly std: number } };

/**
 * Where currents of arriving spikes go: I or g decays with `tau`, ms; with `tau` 0 a spike acts in one step alone (of `'lif'` and
 * `'integrateAndFire'`: a jump of the potential).
 */
export interface Receptor {
  readonly tau: number;
  /** The potential that conductances pull to, mV. */
  readonly reversal?: number;
}

/** Spikes from outside: drawn by rates, listed, or given to each {@link run} (`'input'`). */
export type SourcePopulation =
  | { readonly size: number; readonly source: 'poisson'; readonly rate: Rate }
  | { readonly size: number; readonly source: 'spikes'; readonly times: readonly (readonly number[])[] }
  | { readonly size: number; readonly source: 'input' };

/**
 * Rates in Hz: of all neurons; one for each; from certain times on (ms), in ascending order, 0 before; or mean + amplitude·sin(2π·f·t),
 * f in Hz, where that is above 0.
 */
export type Rate =
  | number
  | readonly number[]
  | { readonly from: readonly (readonly [time: number, rate: number])[] }
  | { readonly sine: { readonly mean: number; readonly amplitude: number; readonly frequency: number } };
