import * as tf from '@tensorflow/tfjs-core';
import { orThrow } from '../../core/errors.js';
import { type Numeric, nothingMore } from '../../core/params/validation.js';
import { dense } from '../../topologies/dense.js';
import { alongWeights } from '../../topologies/perOutput.js';
import { overSynapses, postSide } from '../../topologies/synapseSums.js';
import type { Topology } from '../../topologies/topology.js';
import { perOutput } from '../../traces/exponentialTrace.js';
import type { Delta } from '../../updates/delta.js';
import { perSample } from '../../updates/perSample.js';
import { ratesInside } from '../../updates/updateParams.js';
import type { LatencyStdpState } from '../latency/latencyStdp.js';
import { makeRule } from '../makeRule.js';
import { type Rule, synapseShape } from '../rule.js';
import { modulated } from './eligibilityStdp.js';
import { type RewardStdpParams, validateRewardStdpParams } from './rewardParams.js';

/**
 * What happened in the present stimulus, until the reward comes.
 *
 * @property early  for each synapse, in how many positions its input had fired when the output first did.
 * @property late   in how many it had not.
 */
export interface RewardStdpState extends LatencyStdpState {
  readonly early: tf.Tensor;
  readonly late: tf.Tensor;
}

/**
 * Order-based STDP that waits for a reward R and has two settings over the same weights, one for R > 0 and one for R < 0:
 *
 *     w' = clip( w + Σ_b |R_b|·g(w)·( etaPlus·early_b − etaMinus·late_b ),  wMin, wMax )                         R_b > 0
 *     w' = clip( w + Σ_b |R_b|·g(w)·( punishedEtaPlus·early_b − punishedEtaMinus·late_b ),  wMin, wMax )         R_b < 0
 *
 * early and late are those of {@link latencyStdp}: which inputs had fired when the output first did. Without a reward,
 * or with 0, weights stay; the reward does not clear the memory: start each stimulus from `init`. To learn from a whole
 * stimulus at once, winners only, see {@link rewardStdpWinners}.
 *
 * @param params    see {@link RewardStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Mozafari et al. 2018, 2019; SpykeTorch's examples (two `STDP` objects on one layer).
 *
 * @example
 * const rule = rewardStdp({ etaPlus: 0.1, etaMinus: 0.05 });
 * const state = rule.init({ pre: [2], post: [1] });
 * rule.step({ pre: [1, 0], post: [1], reward: 1 }, [[0.5], [0.5]], state)[0].print();   // => [[0.6], [0.45]]
 */
export function rewardStdp(
  params?: Partial<RewardStdpParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<RewardStdpState> {
  nothingMore(more, 'rewardStdp', 'rewardStdp(params, topology)');
  const complete = orThrow(validateRewardStdpParams(params));
  return makeRule<RewardStdpState>({
    name: 'rewardStdp',
    params: complete,
    perInput: [],
    reads: ['reward'],
    topology,
    init: (shapes) => {
      const synapses = [...synapseShape(topology, shapes, 'rewardStdp')];
      const fired = { firedPre: tf.zeros([...shapes.pre]), firedPost: tf.zeros([...shapes.post]) };
      return { ...fired, early: tf.zeros(synapses), late: tf.zeros(synapses) };
    },
    delta: ({ pre, post, reward }, w, state) => {
      const firedPre = tf.maximum(state.firedPre, tf.step(pre));
      const spiked = tf.step(post);
      const first = tf.mul(spiked, tf.sub(1, state.firedPost));
      const early = tf.add(state.early, perSample({ pre: firedPre, post: first }, topology, w.shape));
      const fired = postSide(tf.maximum(state.firedPost, spiked), topology, w.shape);
      const late = tf.sub(overSynapses(tf.sum(fired, 1), w.shape), early);
      const next = { firedPre, firedPost: tf.maximum(state.firedPost, spiked), early, late };
      return [reward === undefined ? { potentiation: [], depression: [] } : settled(next, reward, complete, topology), next];
    },
    update: { ...complete, ...ratesInside, mu: 0, hardBound: true, batchReduction: 'sum' },
  });
}

/** The change of each sample: R⁺ by the setting for rewards, R⁻ by the one for punishments. */
function settled(
  { early, late }: RewardStdpState,
  reward: number | tf.Tensor,
  params: RewardStdpParams,
  topology: Topology,
): Delta {
  const times = (earned: tf.Tensor, eta: Numeric) => tf.mul(earned, perOutput(alongWeights(eta, topology), earned));
  const change = (etaPlus: Numeric, etaMinus: Numeric) => tf.sub(times(early, etaPlus), times(late, etaMinus));
  const signed = typeof reward === 'number' ? tf.scalar(reward) : reward;
  const rewarded = modulated(change(params.etaPlus, params.etaMinus), tf.relu(signed));
  const punished = modulated(change(params.punishedEtaPlus, params.punishedEtaMinus), tf.relu(tf.neg(signed)));
  return {
    potentiation: [...rewarded.potentiation, ...punished.potentiation],
    depression: [...rewarded.depression, ...punished.depression],
  };
}
