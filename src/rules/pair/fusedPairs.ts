import type * as tf from '@tensorflow/tfjs-core';
import type { PairConstants } from '../../kernels/constants.js';
import { fusedKernels } from '../../kernels/tensors/current.js';
import type { PairResult } from '../../kernels/tensors/fused.js';
import { changeSizes } from '../../topologies/changeSizes.js';
import type { Topology } from '../../topologies/topology.js';
import type { RuleDefinition } from '../makeRule.js';

/** The state that the kernels of the pair rule know. */
interface PairState {
  readonly tPre: tf.Tensor;
  readonly tPost: tf.Tensor;
}

/** Pair STDP in one piece, a step or a whole series, where the backend has it and the state is ordinary. */
export const fusedPairs = (
  constants: PairConstants,
  topology: Topology,
): Required<Pick<RuleDefinition<PairState>, 'fused' | 'fusedSeries'>> => ({
  fused: ({ pre, post, w, batched }, state, donate) => {
    const { tPre, tPost } = state;
    const sizes = changeSizes(topology, pre, post, w, batched);
    const result = sizes && fusedKernels()?.pairStep({ w, tPre, tPost, pre, post }, sizes, constants, donate);
    return result?.w === w ? [w, state] : resultOf(result);
  },
  fusedSeries: ({ pre, post, w, batched }, { tPre, tPost }) => {
    const sizes = changeSizes(topology, tPre, tPost, w, batched);
    return sizes && resultOf(fusedKernels()?.pairSeries({ w, tPre, tPost, pre, post }, sizes, constants));
  },
});

const resultOf = (result: PairResult | undefined): [tf.Tensor, PairState] | undefined =>
  result && [result.w, { tPre: result.tPre, tPost: result.tPost }];
