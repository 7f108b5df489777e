import type * as tf from '@tensorflow/tfjs-core';
import { isUnshared, kernelSpace } from '../kernels/current.js';
import { pairSeries } from '../kernels/pairSeries.js';
import { type PairLaw, pairStep } from '../kernels/pairStep.js';
import { changeSizes } from '../topologies/changeSizes.js';
import type { Topology } from '../topologies/topology.js';
import type { RuleDefinition } from './makeRule.js';

/** The state that the kernels of the pair rule know. */
interface PairState {
  readonly tPre: tf.Tensor;
  readonly tPost: tf.Tensor;
}

/** Pair STDP as one kernel, a step or a whole series, where the backend has it and the state is ordinary. */
export const fusedPairs = (
  law: PairLaw,
  topology: Topology,
): Required<Pick<RuleDefinition<PairState>, 'fused' | 'fusedSeries'>> => ({
  fused: ({ pre, post, w, batched }, { tPre, tPost }, donate) => {
    const space = spaceFor(tPre, tPost);
    if (space === undefined) return undefined;
    const sizes = changeSizes(topology, pre, post, w, batched);
    const next = pairStep(space, { w, tPre, tPost, pre, post }, sizes, law, donate && [w, tPre, tPost].every(isUnshared));
    return [next.w, { tPre: next.tPre, tPost: next.tPost }];
  },
  fusedSeries: ({ pre, post, w, batched }, { tPre, tPost }) => {
    const space = spaceFor(tPre, tPost);
    if (space === undefined) return undefined;
    const sizes = changeSizes(topology, tPre, tPost, w, batched);
    const next = pairSeries(space, { w, tPre, tPost, pre, post }, sizes, law);
    return [next.w, { tPre: next.tPre, tPost: next.tPost }];
  },
});

const spaceFor = (...traces: readonly tf.Tensor[]) =>
  traces.every(({ size, dtype }) => size > 0 && dtype === 'float32') ? kernelSpace() : undefined;
