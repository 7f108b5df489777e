import type * as tf from '@tensorflow/tfjs-core';
import type { Kernels } from './wasm/binary.js';

/** Work for kernels, with the addresses of what they read and write in the order of the request. */
export type KernelBody = (kernels: Kernels, inputs: readonly number[], outputs: readonly number[], scratch: number) => void;

/** The tensors of a backend as the kernels see them: addresses in one memory. All tensors are float32 and not empty. */
export interface KernelSpace {
  /** The kernels, for their arithmetic on sizes; work on tensors belongs into a body. */
  readonly kernels: Kernels;
  /**
   * Runs kernels that read tensors and make new ones.
   *
   * @param shapes   of the tensors to make; they hold anything when `body` begins.
   * @param scratch  bytes that the kernels may use meanwhile.
   */
  create(
    inputs: readonly tf.Tensor[],
    shapes: readonly (readonly number[])[],
    scratch: number,
    body: KernelBody,
  ): readonly tf.Tensor[];
  /** Runs kernels that overwrite tensors (the outputs of `body`). Whatever shares their values sees the change. */
  update(tensors: readonly tf.Tensor[], inputs: readonly tf.Tensor[], scratch: number, body: KernelBody): void;
}
