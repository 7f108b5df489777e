import type * as tf from '@tensorflow/tfjs-core';
import type { ConvGeometry } from '../kernels/laws.js';

/** Plain JSON that names a topology and its options; `topologyFromJSON` turns it back. */
export type TopologyJSON = { readonly type: 'dense' } | ({ readonly type: 'conv2d' } & Conv2dOptions);

/**
 * Options of a two-dimensional convolution, with the meanings that `tf.conv2d` gives them.
 *
 * @property strides    step of the window, one number or [y, x]. Default 1.
 * @property pad        `'valid'`, `'same'`, a number of zeros on every side, or tfjs's explicit
 *                      `[[0, 0], [top, bottom], [left, right], [0, 0]]`. Default `'valid'`.
 * @property dilations  distance of the taps, one number or [y, x]. Default 1. May be combined with strides.
 */
export interface Conv2dOptions {
  readonly strides?: number | readonly [number, number];
  readonly pad?: 'valid' | 'same' | number | ExplicitPad;
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
 * How two layers are wired. Every topology turns activity into **rows that meet the weights**: with K taps and O outputs
 *
 *     forward:  post[b, p, o] = Σₖ preRows[b, p, k] · w[k, o]        Δw[k, o] = Σ_b Σ_p preRows[b, p, k] · postRows[b, p, o]
 *
 * A dense layer has one row per sample (p = 1); a convolution has one per output position, its receptive field.
 * Rules and updates see nothing else, so each works on every topology.
 */
export interface Topology {
  readonly type: TopologyJSON['type'];
  /** Rank of a layer's activity with its batch axis: 2 for dense, 4 for NHWC. */
  readonly rank: number;
  /** Rank of the weights. */
  readonly weightRank: number;
  /** Presynaptic activity as rows `[batch, positions, taps]`. */
  preRows(pre: tf.Tensor, weightShape: readonly number[]): tf.Tensor3D;
  /** Postsynaptic activity as rows `[batch, positions, out]`. */
  postRows(post: tf.Tensor): tf.Tensor3D;
  /** The weighted sum of the inputs, batched. */
  forward(pre: tf.Tensor, w: tf.Tensor): tf.Tensor;
  /** Shape of the postsynaptic layer, batch included. `argument` is what messages call pre (`'zPre'`). @throws {StdpError} when pre and w do not fit together. */
  outputShape(where: string, preShape: readonly number[], weightShape: readonly number[], argument?: string): readonly number[];
  /** The wiring in the numbers of the kernels; a dense layer has none. */
  geometry(preShape: readonly number[], weightShape: readonly number[]): ConvGeometry | undefined;
  toJSON(): TopologyJSON;
}
