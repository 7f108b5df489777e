import * as tf from '@tensorflow/tfjs-core';
import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { type Numeric, oneOf, rate, weightBound } from '../../core/params/validation.js';
import { alongWeights } from '../../topologies/perOutput.js';
import { overSynapses, postSide } from '../../topologies/synapseSums.js';
import type { Topology } from '../../topologies/topology.js';
import { perOutput } from '../../traces/exponentialTrace.js';
import type { Delta } from '../../updates/delta.js';
import { perSample } from '../../updates/perSample.js';
import { ratesInside } from '../../updates/updateParams.js';
import { orderedBounds } from '../boundParams.js';
import type { LatencyStdpState } from '../latency/latencyStdp.js';
import { synapseShape } from '../rule.js';
import { type RuleMaker, ruleMaker } from '../ruleMaker.js';
import { modulated } from './ofEligibility.js';

const fields = {
  /** Rate of inputs before the output, after a reward. Default 0.004. */
  etaPlus: param(0.004, rate),
  /** Rate of later inputs (positive depresses), after a reward. Default 0.003. */
  etaMinus: param(0.003, rate),
  /** Rate of inputs before the output, after a punishment. Default −0.004: they are depressed. */
  punishedEtaPlus: param(-0.004, rate),
  /** Rate of later inputs, after a punishment. Default −0.0005: they are potentiated. */
  punishedEtaMinus: param(-0.0005, rate),
  /** Lower bound of the weights. Default 0.2. */
  wMin: param(0.2, weightBound),
  /** Upper bound of the weights. Default 0.8. */
  wMax: param(0.8, weightBound),
  /** `'additive'`, or `'soft'`: both sides times (w − wMin)(wMax − w). Default `'additive'`. */
  weightDependence: param('additive', oneOf('soft', 'additive')),
};

/** Parameters of order-based STDP under rewards, all dimensionless: two settings over the same weights. */
export interface RewardStdpParams extends ParamsOf<typeof fields> {}

/** What completes and checks {@link RewardStdpParams}. */
export const rewardStdpSchema = paramsSchema<RewardStdpParams>('rewardStdp', fields, orderedBounds);

/** Mozafari et al. 2019, third layer: (0.004, −0.003) for a reward, (−0.004, 0.0005) for a punishment, in [0.2, 0.8]. */
export const rewardStdpDefaults: RewardStdpParams = rewardStdpSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateRewardStdpParams({ wMin: 2 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'rewardStdp: wMin must be below wMax, got 2 and 0.8'
 */
export const validateRewardStdpParams = (given?: Partial<RewardStdpParams>): Validated<RewardStdpParams> =>
  rewardStdpSchema.validate(given);

/** What happened in the present stimulus, until the reward comes. */
export interface RewardStdpState extends LatencyStdpState {
  /** For each synapse, in how many positions its input had fired when the output first did. */
  readonly early: tf.Tensor;
  /** In how many positions its input had not. */
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
export const rewardStdp: RuleMaker<RewardStdpParams, RewardStdpState> = ruleMaker(rewardStdpSchema, (params, topology) => {
  return {
    perInput: [],
    reads: ['reward'],
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
      return [reward === undefined ? { potentiation: [], depression: [] } : settled(next, reward, params, topology), next];
    },
    update: { ...params, ...ratesInside, mu: 0, hardBound: true, batchReduction: 'sum' },
  };
});

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
