import * as tf from '@tensorflow/tfjs-core';
import { orThrow } from '../../core/errors.js';
import { nothingMore } from '../../core/params/validation.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import { makeRule } from '../makeRule.js';
import type { Rule } from '../rule.js';
import { type LatencyStdpParams, validateLatencyStdpParams } from './latencyParams.js';

/**
 * Who has fired in the present stimulus: 1 from the first spike on.
 *
 * @property firedPre   inputs.
 * @property firedPost  outputs.
 */
export interface LatencyStdpState {
  readonly firedPre: tf.Tensor;
  readonly firedPost: tf.Tensor;
}

/**
 * Order-based STDP, step by step: an output's first spike potentiates every input that has fired by then (in the same
 * step included) and depresses every other, those outside the image as well.
 *
 *     first = zPost · (1 − firedPost)
 *     w' = clip( w + etaPlus·g(w) ∘ Σ firedPre ⊗ first − etaMinus·g(w) ∘ Σ (1 − firedPre) ⊗ first,  wMin, wMax )
 *     g(w) = (w − wMin)(wMax − w) with `'soft'`, 1 with `'additive'`
 *
 * Start each stimulus from `init`. To learn from a whole stimulus at once, winners only, see {@link latencyStdpWinners}.
 *
 * @param params    see {@link LatencyStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Kheradpisheh et al. 2018, equation 4; SpykeTorch `STDP`; spikeseg `compute_stdp_update`.
 *
 * @example
 * const rule = latencyStdp({ etaPlus: 0.1, etaMinus: 0.1 });
 * const state = rule.init({ pre: [2], post: [1] });
 * rule.step({ pre: [1, 0], post: [1] }, [[0.5], [0.5]], state)[0].print();   // => [[0.525], [0.475]]
 */
export function latencyStdp(
  params?: Partial<LatencyStdpParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<LatencyStdpState> {
  nothingMore(more, 'latencyStdp', 'latencyStdp(params, topology)');
  const complete = orThrow(validateLatencyStdpParams(params));
  return makeRule<LatencyStdpState>({
    name: 'latencyStdp',
    params: complete,
    perInput: [],
    topology,
    init: ({ pre, post }) => ({ firedPre: tf.zeros([...pre]), firedPost: tf.zeros([...post]) }),
    delta: ({ pre, post }, _w, state) => {
      const firedPre = tf.maximum(state.firedPre, tf.step(pre));
      const spiked = tf.step(post);
      const first = tf.mul(spiked, tf.sub(1, state.firedPost));
      const delta = {
        potentiation: [{ pre: firedPre, post: first }],
        depression: [
          { pre: 1 as const, post: first },
          { pre: firedPre, post: tf.neg(first) },
        ],
      };
      return [delta, { firedPre, firedPost: tf.maximum(state.firedPost, spiked) }];
    },
    update: { ...complete, mu: 0, hardBound: true, batchReduction: 'sum' },
  });
}
