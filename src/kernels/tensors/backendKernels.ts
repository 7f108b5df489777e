import type * as tf from '@tensorflow/tfjs-core';
import type { ChangeConstants, ChangeSizes, FirstSpikeConstants, PairConstants, TraceConstants } from '../constants.js';
import type { TensorMemory } from './tensorMemory.js';

/** What the pair rule reads, batched or not; all float32. */
export interface PairTensors {
  readonly w: tf.Tensor;
  readonly tPre: tf.Tensor;
  readonly tPost: tf.Tensor;
  readonly pre: tf.Tensor;
  readonly post: tf.Tensor;
}

/** What the pair rule gives. */
export type PairResult = Pick<PairTensors, 'w' | 'tPre' | 'tPost'>;

/** A dense layer of one sample, all float32: w `[rows, columns]`, the rest one value per neuron. */
export interface LayerTensors {
  readonly w: tf.Tensor;
  readonly tPre: tf.Tensor;
  readonly tPost: tf.Tensor;
  readonly v: tf.Tensor;
  readonly i: tf.Tensor;
  readonly spikes: tf.Tensor;
}

/** One product of activities; of a dense layer a factor may be the constant 1. */
export interface TermTensors {
  readonly pre: tf.Tensor | 1;
  readonly post: tf.Tensor | 1;
}

/** Both sides of a change; every factor fits the sizes that come with it. */
export interface ChangeTensors {
  readonly plus: readonly TermTensors[];
  readonly minus: readonly TermTensors[];
}

/**
 * What a backend does in one piece; a method that it lacks, and one that answers `undefined` because of the sizes, means that the
 * composition of operations has to serve. All tensors are float32 and not empty; results are new tensors.
 */
export interface BackendKernels {
  /** A trace one step later; both tensors have one shape. */
  traceStep?(trace: tf.Tensor, spikes: tf.Tensor, constants: TraceConstants): tf.Tensor | undefined;
  /** w' = changed(w, Σ plus, Σ minus); `mean` averages over the batch. */
  applyChange?(
    w: tf.Tensor,
    terms: ChangeTensors,
    sizes: ChangeSizes,
    constants: ChangeConstants,
    mean: boolean,
  ): tf.Tensor | undefined;
  /** One step of the pair rule; with `donate` the tensors that came may be overwritten and returned. */
  pairStep?(tensors: PairTensors, sizes: ChangeSizes, constants: PairConstants, donate: boolean): PairResult | undefined;
  /** All steps of the pair rule on trains with a leading axis of time, at least one step, bit for bit what stepping gives. */
  pairSeries?(tensors: PairTensors, sizes: ChangeSizes, constants: PairConstants): PairResult | undefined;
  /**
   * Where the backend's tensors and kernels of ours meet. What is made of many kernels (programs of rules, layers in closed loop)
   * is loaded by who needs it, and works here.
   */
  readonly memory?: TensorMemory;
  /** When the neurons of a latency-coded convolution fire; `[images, rows, columns, maps]`, `steps` for never. */
  firstSpikes?(times: tf.Tensor4D, w: tf.Tensor4D, constants: FirstSpikeConstants): tf.Tensor4D | undefined;
}
