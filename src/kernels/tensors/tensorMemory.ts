import type * as tf from '@tensorflow/tfjs-core';
import type { RuleKernels } from '../module/ruleKernels.js';

/** One address for each of a list. */
export type Addresses<List extends readonly unknown[]> = { readonly [K in keyof List]: number };

/** One tensor for each of a list. */
export type Tensors<List extends readonly unknown[]> = { readonly [K in keyof List]: tf.Tensor };

/** Work for kernels, with the addresses of what they read and write in the order of the request. */
export type KernelBody<Inputs extends readonly unknown[], Outputs extends readonly unknown[]> = (
  kernels: RuleKernels,
  inputs: Addresses<Inputs>,
  outputs: Addresses<Outputs>,
  scratch: number,
) => void;

/** The tensors of a backend as the kernels see them: addresses in one memory. All tensors are float32 and not empty. */
export interface TensorMemory {
  /** The kernels, for their arithmetic on sizes; work on tensors belongs into a body. */
  readonly kernels: RuleKernels;
  /** Whether tensors live elsewhere and are copied into that memory for the work. */
  readonly copies: boolean;
  /**
   * Runs kernels that read tensors and make new ones.
   *
   * @param shapes   of the tensors to make; they hold anything when `body` begins.
   * @param scratch  bytes that the kernels may use meanwhile.
   */
  create<const Inputs extends readonly tf.Tensor[], const Shapes extends readonly (readonly number[])[]>(
    inputs: Inputs,
    shapes: Shapes,
    scratch: number,
    body: KernelBody<Inputs, Shapes>,
  ): Tensors<Shapes>;
  /** Runs kernels that overwrite tensors (the outputs of `body`). Whatever shares their values sees the change. */
  update<const Outputs extends readonly tf.Tensor[], const Inputs extends readonly tf.Tensor[]>(
    tensors: Outputs,
    inputs: Inputs,
    scratch: number,
    body: KernelBody<Inputs, Outputs>,
  ): void;
}

/** `change` applied to each of a list, with the list's length in the type. */
export const mapList = <List extends readonly unknown[], Result>(
  list: List,
  change: (item: List[number], index: number) => Result,
): { readonly [K in keyof List]: Result } => list.map(change) as unknown as { readonly [K in keyof List]: Result };

/** Bytes of tensors that are copied for the work, at most. */
const mostCopied = 2 ** 31;

/** Whether tensors are in that memory, or are not too much to be brought there. */
export const canHold = ({ copies }: TensorMemory, tensors: readonly tf.Tensor[]): boolean =>
  !copies || tensors.reduce((bytes, { size }) => bytes + 8 * size, 0) < mostCopied;
