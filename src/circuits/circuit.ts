import type { Seed } from '../core/random.js';
import type { Population } from './population.js';
import type { Projection } from './projection.js';

/**
 * A network of populations and projections as plain data: {@link wire} draws its synapses, {@link init} its state, {@link run} advances
 * it. To change it, make another: what changes within a list of more than a thousand entries is not seen by later runs.
 */
export interface Circuit {
  /** Step, ms. Delays, refractory times and what `every` says are whole numbers of it. */
  readonly dt: number;
  /** Seed of all that is drawn: synapses, first values, noise, Poisson spikes. Default 0. */
  readonly seed?: Seed;
  /**
   * What a presynaptic spike that arrives in the very step of a postsynaptic one counts as; the default of each rule's own parameter of
   * that name. Default `'neither'`: neither sees the other, which alone gives the same result at any dt.
   */
  readonly coincidence?: CircuitCoincidence;
  /** Populations by name. */
  readonly populations: { readonly [name: string]: Population };
  /** Projections by name; spikes arrive in this order. */
  readonly projections?: { readonly [name: string]: Projection };
  /** What {@link run} gives besides the state. Default: nothing. */
  readonly records?: RecordSpec;
}

/**
 * What two spikes of one step count as: no pair; the presynaptic one first (potentiation, of a Hebbian rule); the postsynaptic one first
 * (depression); or both pairs.
 */
export type CircuitCoincidence = 'neither' | 'preFirst' | 'postFirst' | 'both';

/** What is recorded. Times in ms; `every` is a whole number of steps. */
export interface RecordSpec {
  /** Populations of which every spike is recorded. */
  readonly spikes?: readonly string[];
  /** Mean rate of whole populations in windows of `every`, Hz. */
  readonly rates?: { readonly of: readonly string[]; readonly every: number };
  /**
   * Of projections, at the end of each `every`: the mean; the least and the largest weight and the shares in 32 bins between them
   * (`'histogram'`); or those of up to 100 synapses drawn by the seed.
   */
  readonly weights?: { readonly of: readonly string[]; readonly every: number; readonly as?: 'mean' | 'histogram' | 'sample' };
  /** Potentials of some neurons, at the end of each `every`. */
  readonly voltage?: { readonly of: string; readonly neurons: readonly number[]; readonly every: number };
}
