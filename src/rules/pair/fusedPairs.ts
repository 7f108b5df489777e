import type * as tf from '@tensorflow/tfjs-core';
import type { PairConstants } from '../../kernels/constants.js';
import type { PairResult } from '../../kernels/tensors/backendKernels.js';
import { backendKernels } from '../../kernels/tensors/current.js';
import { changeSizes } from '../../topologies/changeSizes.js';
import type { Topology } from '../../topologies/topology.js';
import type { FastPath } from '../fastPath.js';

/** The state that the kernels of the pair rule know. */
interface PairState {
  readonly tPre: tf.Tensor;
  readonly tPost: tf.Tensor;
}

/** Pair STDP in one piece, a step or a whole series, where the backend has it and the state is ordinary. */
export const fusedPairs = (pair: PairConstants, topology: Topology): FastPath<PairState> => ({
  pair,
  step: ({ pre, post, w, batched }, state, donate) => {
    const { tPre, tPost } = state;
    const sizes = changeSizes(topology, pre, post, w, batched);
    const result = sizes && backendKernels()?.pairStep?.({ w, tPre, tPost, pre, post }, sizes, pair, donate);
    return result?.w === w ? [w, state] : resultOf(result);
  },
  series: ({ pre, post, w, batched }, { tPre, tPost }) => {
    const sizes = changeSizes(topology, tPre, tPost, w, batched);
    return sizes && resultOf(backendKernels()?.pairSeries?.({ w, tPre, tPost, pre, post }, sizes, pair));
  },
});

const resultOf = (result: PairResult | undefined): [tf.Tensor, PairState] | undefined =>
  result && [result.w, { tPre: result.tPre, tPost: result.tPost }];
