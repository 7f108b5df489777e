/**
 * The synapses of a projection in compressed sparse rows.
 *
 * @property start   `[pre + 1]`: where the row of each presynaptic neuron begins.
 * @property target  `[synapses]`: the postsynaptic neuron of each, ascending in a row.
 */
export interface ProjectionWiring {
  readonly start: Uint32Array;
  readonly target: Uint16Array | Uint32Array;
}

/** The synapses of a circuit, by projection. */
export type CircuitWiring = { readonly [projection: string]: ProjectionWiring };

/** Plain arrays by name. */
export type Arrays = { readonly [name: string]: Float32Array | Float64Array | Int32Array | Uint32Array };

/**
 * A circuit at one time.
 *
 * @property step         steps done.
 * @property wiring       its synapses.
 * @property populations  variables of each: `v`, `until` (the step from which on it may fire again), receptors, spikes on their way …
 * @property projections  of each: `w` (one value where all share it), traces, eligibility …
 * @property windows      what records have counted since their last entry.
 */
export interface CircuitState {
  readonly step: number;
  readonly wiring: CircuitWiring;
  readonly populations: { readonly [name: string]: Arrays };
  readonly projections: { readonly [name: string]: Arrays };
  readonly windows: { readonly [record: string]: Arrays };
}

/** Spikes in the order of time, in one step by neuron. Steps are counted from the first of the state's. */
export interface SpikeList {
  readonly step: Int32Array;
  readonly neuron: Int32Array;
}

/**
 * What comes from outside in one {@link run}.
 *
 * @property spikes    of `'input'` populations: steps counted from the beginning of this run.
 * @property currents  added to the neurons of a population: one value for each, held; or one for each in every step, `[steps, size]`.
 * @property rates     of Poisson populations, in place of their own: one for all or one for each, Hz, held.
 * @property reward    of reward rules: one number, held, or `[steps]`.
 */
export interface CircuitInput {
  readonly spikes?: { readonly [population: string]: SpikeList };
  readonly currents?: { readonly [population: string]: Float32Array };
  readonly rates?: { readonly [population: string]: number | Float32Array };
  readonly reward?: number | Float32Array;
}

/**
 * What was recorded in one run.
 *
 * @property spikes   by population: every spike, steps counted from the beginning of the circuit.
 * @property rates    by population: for each window that ended, its last step and the mean rate, Hz.
 * @property weights  by projection: for each time, the step and `[values]` of it (a mean; the least, the largest and 32 shares; or up to 100 weights).
 * @property voltage  for each time, the step and the potentials of the neurons.
 */
export interface CircuitRecords {
  readonly spikes: { readonly [population: string]: SpikeList };
  readonly rates: { readonly [population: string]: Series };
  readonly weights: { readonly [projection: string]: Series };
  readonly voltage?: Series;
}

/**
 * Values through time.
 *
 * @property step    `[entries]`: the number of steps done at each.
 * @property values  `[entries · width]`.
 * @property width   values an entry.
 */
export interface Series {
  readonly step: Int32Array;
  readonly values: Float32Array;
  readonly width: number;
}
