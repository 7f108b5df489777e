import type { ChangeTerms } from './changeTerms.js';
import type { RuleKernels } from './module/ruleKernels.js';

// What kernels know of rules, neurons and layers: plain numbers.

/**
 * How a change meets weights, in numbers: w' = clamp(w + etaPlus·f₊(w)·Δ₊ − etaMinus·f₋(w)·Δ₋).
 *
 * @property code  of f, see dependences.ts.
 * @property mu    exponent of the powers.
 * @property low   the clamp; infinite without a hard bound.
 */
export interface ChangeConstants {
  readonly code: number;
  readonly etaPlus: number;
  readonly etaMinus: number;
  readonly mu: number;
  readonly wMin: number;
  readonly wMax: number;
  readonly low: number;
  readonly high: number;
}

/** One trace in numbers: x' = decay·x + height·z; with `nearest` a spike replaces what was there. */
export interface TraceConstants {
  readonly decay: number;
  readonly height: number;
  readonly nearest: boolean;
}

/**
 * The pair rule in numbers.
 *
 * @property presentPre   potentiation sees the present pre spikes in the trace.
 * @property presentPost  depression sees the present post spikes in the trace.
 * @property mean         samples of a batch are averaged; else summed.
 */
export interface PairConstants {
  readonly pre: TraceConstants;
  readonly post: TraceConstants;
  readonly presentPre: boolean;
  readonly presentPost: boolean;
  readonly change: ChangeConstants;
  readonly mean: boolean;
}

/**
 * Leaky integrate-and-fire neurons in numbers: v' = decay·v + gain·(i + leak), a spike above the threshold, i' = synapse·i.
 */
export interface NeuronConstants {
  readonly decay: number;
  readonly gain: number;
  readonly synapse: number;
  readonly leak: number;
  readonly threshold: number;
  readonly reset: number;
}

/**
 * A layer in numbers.
 *
 * @property inhibition  what each spike of another neuron takes from the current, a step later.
 */
export interface LayerConstants {
  readonly pair: PairConstants;
  readonly neuron: NeuronConstants;
  readonly inhibition: number;
}

/**
 * A convolution in the numbers of the kernels: height, width, channels; kernel height and width; height, width and maps of
 * the output; strides; dilations; zeros above and to the left.
 */
export type ConvGeometry = readonly [
  height: number,
  width: number,
  channels: number,
  kernelHeight: number,
  kernelWidth: number,
  outHeight: number,
  outWidth: number,
  maps: number,
  strideY: number,
  strideX: number,
  dilationY: number,
  dilationX: number,
  padTop: number,
  padLeft: number,
];

/**
 * The synapses of a sparse layer, line by line: a line has those of one neuron.
 *
 * @property start      the place where each neuron's line begins, and where the last one ends.
 * @property neighbour  at each place, the neuron at the other end.
 * @property synapse    at each place, which weight it is.
 */
export interface SparseLines {
  readonly start: Int32Array;
  readonly neighbour: Int32Array;
  readonly synapse: Int32Array;
}

/** The synapses of a sparse layer in rows, by their inputs, and in columns, by their outputs. */
export interface SparseTable {
  readonly rows: SparseLines;
  readonly columns: SparseLines;
}

/**
 * A sparse layer as a change meets it. What changes its synapses comes with the topology, so that nobody loads it who has none.
 */
export interface SparseWiring {
  readonly table: SparseTable;
  /** @internal Bytes that `apply` takes. */
  readonly scratch: number;
  /** @internal w' = changed(w, Δ₊, Δ₋), the constants of the change being set; `out` may be `w`. */
  apply(
    kernels: RuleKernels,
    sizes: ChangeSizes,
    constants: ChangeConstants,
    at: { readonly w: number; readonly out: number },
    terms: ChangeTerms,
    scratch: number,
  ): void;
}

/**
 * The sizes of a change.
 *
 * @property inputs    of one sample: values of the presynaptic layer.
 * @property outputs   of one sample.
 * @property rows      of w as a matrix: inputs of a dense or sparse layer, taps of a receptive field.
 * @property columns   outputs of a dense or sparse layer, maps.
 * @property geometry  of a convolution; other layers have none.
 * @property sparse    which synapses there are; undefined: all.
 */
export interface ChangeSizes {
  readonly batch: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly rows: number;
  readonly columns: number;
  readonly geometry: ConvGeometry | undefined;
  readonly sparse?: SparseWiring | undefined;
}

/** A latency-coded convolution: zeros around its input, what a potential must exceed, steps of a stimulus. */
export interface FirstSpikeConstants {
  readonly pad: number;
  readonly threshold: number;
  readonly steps: number;
}
