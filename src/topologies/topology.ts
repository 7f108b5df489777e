import type * as tf from '@tensorflow/tfjs-core';
import type { ConvGeometry, SparseWiring } from '../kernels/constants.js';

/** Plain JSON that names a topology and its options; `topologyFromJSON` turns it back. */
export interface TopologyJSON {
  readonly type: string;
  readonly [option: string]: unknown;
}

/**
 * The wiring as the kernels know it: a dense layer, a convolution in numbers, or a list of synapses.
 */
export type KernelGeometry =
  | { readonly kind: 'dense' }
  | { readonly kind: 'conv'; readonly sizes: ConvGeometry }
  | { readonly kind: 'sparse'; readonly wiring: SparseWiring };

/** Options of a two-dimensional convolution, with the meanings that `tf.conv2d` gives them. */
export interface Conv2dOptions {
  /** Step of the window, one number or [y, x]. Default 1. */
  readonly strides?: number | readonly [number, number];
  /**
   * `'valid'`, `'same'`, a number of zeros on every side, or tfjs's explicit `[[0, 0], [top, bottom], [left, right], [0, 0]]`. Default
   * `'valid'`.
   */
  readonly pad?: 'valid' | 'same' | number | ExplicitPad;
  /** Distance of the taps, one number or [y, x]. Default 1. May be combined with strides. */
  readonly dilations?: number | readonly [number, number];
}

/** Zeros before and after each axis of NHWC, as tfjs's `ExplicitPadding`. */
export type ExplicitPad = readonly [
  readonly [number, number],
  readonly [number, number],
  readonly [number, number],
  readonly [number, number],
];

/**
 * How two layers are wired: which synapses there are, and which two neurons each of them sees.
 *
 * A topology lays the weights out as a matrix of K taps and O outputs: O is the last axis of the weights, K all others. It turns the
 * activity of either layer into what these synapses see, at each position p and for each sample b:
 *
 *     forward:  post[b, p, o] = Σₖ pre[b, p, k, o] · w[k, o]        Δw[k, o] = Σ_b Σ_p pre[b, p, k, o] · post[b, p, k, o]
 *
 * Mostly all outputs see the same inputs, and all taps the same output: then the axis that makes no difference is left out, and the
 * sums are products of matrices. A dense layer has one position; a convolution has one for each receptive field. Rules and
 * updates see nothing else, so each works on every topology.
 */
export interface Topology {
  /** What its JSON begins with. */
  readonly type: string;
  /** Rank of a layer's activity with its batch axis: 2 for dense, 4 for NHWC. */
  readonly rank: number;
  /** Rank of the weights. */
  readonly weightRank: number;
  /** What the synapses see of the inputs: `[batch, positions, taps]`, or `[batch, positions, taps, outputs]` where outputs see different inputs. */
  preRows(pre: tf.Tensor, weightShape: readonly number[]): tf.Tensor;
  /** What the synapses see of the outputs: `[batch, positions, outputs]`, or `[batch, positions, taps, outputs]` where taps see different outputs. */
  postRows(post: tf.Tensor, weightShape: readonly number[]): tf.Tensor;
  /** The weighted sum of the inputs, batched. */
  forward(pre: tf.Tensor, w: tf.Tensor): tf.Tensor;
  /** Shape of the postsynaptic layer, batch included. `argument` is what messages call pre (`'zPre'`). @throws {StdpError} when pre and w do not fit together. */
  outputShape(where: string, preShape: readonly number[], weightShape: readonly number[], argument?: string): readonly number[];
  /** The kernels' geometry, if they know the wiring: without one the composition of operations serves it. */
  geometry(preShape: readonly number[], weightShape: readonly number[]): KernelGeometry | undefined;
  toJSON(): TopologyJSON;
  /** Shape of the weights between two layers without a batch, where the layers alone tell it. */
  weightShape?(pre: readonly number[], post: readonly number[]): readonly number[];
  /** 1 for each synapse that there is, 0 for the others, in the shape of the weights: those keep their weights, whatever a rule asks. Default: all. */
  exists?(weightShape: readonly number[]): tf.Tensor;
  /**
   * Where the last axis of the weights isn't the outputs: how many outputs there are, and values given one per output for that axis. Where
   * `inputs` tells how many those are, `spread` takes what broadcasts with `[inputs, count]` too: for each synapse its own.
   */
  readonly perOutput?: { readonly count: number; readonly inputs?: number; spread(values: tf.Tensor): tf.Tensor };
  /** Small layers that it connects, without a batch: what the conformance laws are tried on. */
  readonly examples?: readonly { readonly pre: readonly number[]; readonly w: readonly number[] }[];
}
