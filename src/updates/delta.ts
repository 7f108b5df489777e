import type * as tf from '@tensorflow/tfjs-core';

/**
 * One outer product of activities: `Δ = pre ⊗ post`. Each factor is a layer's activity, batched, or the constant 1
 * (every tap, those in the padding of a convolution included; or every output).
 */
export type FactorPair =
  | { readonly pre: tf.Tensor; readonly post: tf.Tensor | 1 }
  | { readonly pre: 1; readonly post: tf.Tensor };

/**
 * A change that no outer product can give (kernels over pairs of spikes, eligibility traces, delays per synapse): one
 * value for each sample and weight.
 */
export interface DenseTerm {
  /** `[batch, …weight shape]`. */
  readonly perSample: tf.Tensor;
  /**
   * Of one sample: that it counts once however many samples there are, as it does beside terms of many samples anyway. It has to be
   * said where a batch is shared out ({@link chunkSums}), since a share may be of one sample.
   */
  readonly once?: true;
}

/** One summand of a side. */
export type Term = FactorPair | DenseTerm;

/**
 * What a rule asks of the weights in one step: a potentiation side and a depression side, each a short sum of
 * factor pairs (and, where a rule can't be factored, dense terms). Both are non-negative by convention; {@link applyDelta} scales, subtracts and bounds. No `[in, out]` matrix
 * exists until a topology makes it.
 */
export interface Delta {
  readonly potentiation: readonly Term[];
  readonly depression: readonly Term[];
}
