import type { ChangeTerms } from './changeTerms.js';
import type { RuleKernels } from './module/ruleKernels.js';

// What kernels know of rules, neurons and layers: plain numbers.

/** How a change meets weights, in numbers: w' = clamp(w + etaPlus·f₊(w)·Δ₊ − etaMinus·f₋(w)·Δ₋). */
export interface ChangeConstants {
  /** Code of f, see dependences.ts. */
  readonly code: number;
  readonly etaPlus: number;
  readonly etaMinus: number;
  /** Exponent of the powers. */
  readonly mu: number;
  readonly wMin: number;
  readonly wMax: number;
  /** The clamp; infinite without a hard bound. */
  readonly low: number;
  readonly high: number;
}

/** One trace in numbers: x' = decay·x + height·z; with `nearest` a spike replaces what was there. */
export interface TraceConstants {
  readonly decay: number;
  readonly height: number;
  readonly nearest: boolean;
}

/** The pair rule in numbers. */
export interface PairConstants {
  readonly pre: TraceConstants;
  readonly post: TraceConstants;
  /** Potentiation sees the present pre spikes in the trace. */
  readonly presentPre: boolean;
  /** Depression sees the present post spikes in the trace. */
  readonly presentPost: boolean;
  readonly change: ChangeConstants;
  /** Samples of a batch are averaged; else summed. */
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

/** A layer in numbers. */
export interface LayerConstants {
  readonly pair: PairConstants;
  readonly neuron: NeuronConstants;
  /** What each spike of another neuron takes from the current, a step later. */
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

/** The synapses of a sparse layer, line by line: a line has those of one neuron. */
export interface SparseLines {
  /** The place where each neuron's line begins, and where the last one ends. */
  readonly start: Int32Array;
  /** At each place, the neuron at the other end. */
  readonly neighbour: Int32Array;
  /** At each place, which weight it is. */
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

/** The sizes of a change. */
export interface ChangeSizes {
  readonly batch: number;
  /** Values of the presynaptic layer in one sample. */
  readonly inputs: number;
  /** Values of the postsynaptic layer in one sample. */
  readonly outputs: number;
  /** Rows of w as a matrix: inputs of a dense or sparse layer, taps of a receptive field. */
  readonly rows: number;
  /** Outputs of a dense or sparse layer, maps. */
  readonly columns: number;
  /** Geometry of a convolution; other layers have none. */
  readonly geometry: ConvGeometry | undefined;
  /** Which synapses there are; undefined: all. */
  readonly sparse?: SparseWiring | undefined;
}

/** A latency-coded convolution: zeros around its input, what a potential must exceed, steps of a stimulus. */
export interface FirstSpikeConstants {
  readonly pad: number;
  readonly threshold: number;
  readonly steps: number;
}
