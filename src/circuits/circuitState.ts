/** The synapses of a projection in compressed sparse rows. */
export interface ProjectionWiring {
  /** `[pre + 1]`: where the row of each presynaptic neuron begins. */
  readonly start: Uint32Array;
  /** `[synapses]`: the postsynaptic neuron of each, ascending in a row. */
  readonly target: Uint16Array | Uint32Array;
}

/** The synapses of a circuit, by projection. */
export type CircuitWiring = { readonly [projection: string]: ProjectionWiring };

/** Plain arrays by name. */
export type Arrays = { readonly [name: string]: Float32Array | Float64Array | Int32Array | Uint32Array };

/** A circuit at one time. */
export interface CircuitState {
  /** Steps done. */
  readonly step: number;
  /** Synapses. */
  readonly wiring: CircuitWiring;
  /** Variables of each: `v`, `until` (the step from which on it may fire again), receptors, spikes on their way … */
  readonly populations: { readonly [name: string]: Arrays };
  /** Arrays of each projection: `w` (one value where all share it), traces, eligibility … */
  readonly projections: { readonly [name: string]: Arrays };
  /** What records have counted since their last entry. */
  readonly windows: { readonly [record: string]: Arrays };
}

/** Spikes in the order of time, in one step by neuron. Steps are counted from the first of the state's. */
export interface SpikeList {
  readonly step: Int32Array;
  readonly neuron: Int32Array;
}

/** What comes from outside in one {@link run}. */
export interface CircuitInput {
  /** Spikes of `'input'` populations: steps counted from the beginning of this run. */
  readonly spikes?: { readonly [population: string]: SpikeList };
  /** Added to the neurons of a population: one value for each, held; or one for each in every step, `[steps, size]`. */
  readonly currents?: { readonly [population: string]: Float32Array };
  /** Rates of Poisson populations, in place of their own: one for all or one for each, Hz, held. */
  readonly rates?: { readonly [population: string]: number | Float32Array };
  /** Reward of reward rules: one number, held, or `[steps]`. */
  readonly reward?: number | Float32Array;
}

/** What was recorded in one run. */
export interface CircuitRecords {
  /** Every spike by population, steps counted from the beginning of the circuit. */
  readonly spikes: { readonly [population: string]: SpikeList };
  /** Mean rate by population, Hz, for each window that ended, with its last step. */
  readonly rates: { readonly [population: string]: Series };
  /**
   * By projection: for each time, the step and `[values]` of it (a mean; the least, the largest and 32 shares; or up to 100 weights).
   */
  readonly weights: { readonly [projection: string]: Series };
  /** Potentials of the neurons, with their step. */
  readonly voltage?: Series;
}

/** Values through time. */
export interface Series {
  /** `[entries]`: the number of steps done at each. */
  readonly step: Int32Array;
  /** `[entries · width]`. */
  readonly values: Float32Array;
  /** Values an entry. */
  readonly width: number;
}
