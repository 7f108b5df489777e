import * as tf from '@tensorflow/tfjs-core';
import { orThrow } from '../../core/errors.js';
import { type Numeric, nothingMore } from '../../core/params/validation.js';
import { asTensor } from '../../core/tensors.js';
import { dense } from '../../topologies/dense.js';
import { alongWeights } from '../../topologies/perOutput.js';
import { positionsOf } from '../../topologies/synapseSums.js';
import type { Topology } from '../../topologies/topology.js';
import { perOutput, traceDecay } from '../../traces/exponentialTrace.js';
import type { Delta } from '../../updates/delta.js';
import { perSample } from '../../updates/perSample.js';
import { splitSigns } from '../../updates/splitSigns.js';
import { ratesInside } from '../../updates/updateParams.js';
import { type ActivityStep, type Part, readTrace, tensorActivities } from '../activities.js';
import { presentInSides } from '../coincidence.js';
import type { FastPath } from '../fastPath.js';
import { ruleBehind } from '../makeRule.js';
import { initStdpState } from '../pair/pairStdp.js';
import { pairSides } from '../pair/pairTraces.js';
import type { StdpState } from '../pair/stdpState.js';
import { programPath } from '../programPath.js';
import { type Rule, synapseShape } from '../rule.js';
import { withSeparateSynapses } from '../separateSynapses.js';
import { isPerSynapse } from '../signedDelta.js';
import { type EligibilityStdpParams, eligibilityStdpSchema } from './eligibilityParams.js';

/**
 * The memory of a rule that waits for a reward: the traces of both layers, and what each synapse has earned.
 *
 * @property eligibility  `[batch, …weight shape]`, or the shape of the weights without a batch.
 */
export interface EligibilityState extends StdpState {
  readonly eligibility: tf.Tensor;
}

/**
 * Reward-modulated STDP with an eligibility trace: pairs of spikes are remembered, a reward R turns them into weight.
 * With traces x that hold the present spikes, for every sample:
 *
 *     E  = exp(−dt/tauEligibility)·E⁻ + Σ_p ( etaPlus·xPre ⊗ zPost − etaMinus·zPre ⊗ xPost )
 *     w' = bound( w + reduce_b R·E )          (E⁻ in place of E with `readout: 'previous'`)
 *
 * Bounds and weight dependence act on the direction of the change `R·E` of each sample. The reward comes with each input,
 * one number or one per sample; without it the weights stay. A convolution's `init` needs the shape of its weights.
 *
 * @param params    see {@link EligibilityStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Izhikevich 2007; Florian 2007; PySNN `MSTDPET`; BindsNET `MSTDP`, `MSTDPET` (`'previous'`).
 *
 * @example
 * const rule = eligibilityStdp({ etaPlus: 0.1, tauEligibility: 10 });
 * const paired = rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * const [w] = rule.step({ pre: [0], post: [0], reward: 2 }, ...paired);
 * w.print();   // => [[0.5 + 2 * (0.1 - 0.001) * Math.exp(-1 / 10)]]
 */
export function eligibilityStdp(
  params?: Partial<EligibilityStdpParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<EligibilityState> {
  nothingMore(more, 'eligibilityStdp', 'eligibilityStdp(params, topology)');
  return eligibilityRule(params, topology, 'eligibilityStdp');
}

/** {@link eligibilityStdp}, with the name that messages give it. */
export function eligibilityRule(
  params: Partial<EligibilityStdpParams> | undefined,
  topology: Topology,
  where: string,
): Rule<EligibilityState> {
  const complete = orThrow(eligibilityStdpSchema.validate(params, where));
  const { dt, etaPlus, etaMinus, traceMode, integration, positions, readout } = complete;
  const present = presentInSides(complete.coincidence);
  const trace = (tau: EligibilityStdpParams['tauPre']) => ({ tau, amplitude: 1, dt, traceMode, integration });
  const step: ActivityStep<'tPre' | 'tPost'> = (use, { pre, post }, state) => {
    const tPre = readTrace(use, state.tPre, pre, trace(complete.tauPre), present.pre);
    const tPost = readTrace(use, state.tPost, post, trace(complete.tauPost), present.post);
    const parts = [
      { rate: etaPlus, pre: tPre.read, post },
      { rate: typeof etaMinus === 'number' ? -etaMinus : etaMinus, pre, post: tPost.read },
    ];
    return { parts, next: { tPre: tPre.next, tPost: tPost.next } };
  };
  const rule = ruleBehind<EligibilityState>(
    {
      name: 'eligibilityStdp',
      params: complete,
      perInput: ['tauPre'],
      reads: ['reward'],
      topology,
      init: (shapes) => ({
        ...initStdpState(shapes.pre, shapes.post),
        eligibility: tf.zeros([...synapseShape(topology, shapes, where)]),
      }),
      delta: ({ pre, post, reward }, w, state) => {
        const { parts, next } = step(tensorActivities, { pre, post }, state);
        const [raise, lower] = parts as [Part<tf.Tensor>, Part<tf.Tensor>];
        const share = positions === 'mean' ? 1 / positionsOf(post.shape, topology, w.shape) : 1;
        const half = ({ pre: before, post: after }: Part<tf.Tensor>, eta: Numeric): tf.Tensor => {
          const ofSynapses = isPerSynapse(eta);
          const factor = ofSynapses ? share : tf.mul(asTensor(eta), share);
          const pairs = perSample({ pre: before, post: tf.mul(after, factor) }, topology, w.shape);
          return ofSynapses ? tf.mul(pairs, asTensor(alongWeights(eta, topology))) : pairs;
        };
        const pairs = tf.sub(half(raise, etaPlus), half(lower, etaMinus));
        const decay = traceDecay({ tau: complete.tauEligibility, dt, amplitude: 1, integration: 'exact' });
        const eligibility = tf.add(tf.mul(state.eligibility, perOutput(alongWeights(decay, topology), state.eligibility)), pairs);
        const rewarded = readout === 'present' ? eligibility : state.eligibility;
        return [reward === undefined ? nothing : modulated(rewarded, reward), { ...next, eligibility }];
      },
      update: { ...complete, ...ratesInside },
      fast: fastEligibility(complete, step, topology),
    },
    { where, pre: 'pre', post: 'post' },
  );
  return withSeparateSynapses(rule);
}

/** The same in kernels, where each constant is one number and positions are summed. */
function fastEligibility(
  { dt, tauEligibility, positions, readout, ...params }: EligibilityStdpParams,
  step: ActivityStep<'tPre' | 'tPost'>,
  topology: Topology,
): FastPath<EligibilityState> | undefined {
  if (typeof tauEligibility !== 'number' || (positions === 'mean' && topology.rank > 2)) return undefined;
  const traces = [
    { name: 'eligibility', decay: Math.exp(-dt / tauEligibility), parts: [0, 1], rate: 1, sorted: 'byChange' },
  ] as const;
  return programPath(
    { step, sides: pairSides, synapses: { reads: readout, traces } },
    topology,
    { ...params, ...ratesInside },
    1,
  );
}

/** No change. */
const nothing: Delta = { potentiation: [], depression: [] };

/** A signed change per sample, times its reward, sorted by direction. */
export function modulated(earned: tf.Tensor, reward: number | tf.Tensor): Delta {
  const perWeight = earned.shape.slice(1).map(() => 1);
  const factor = typeof reward === 'number' || reward.rank === 0 ? reward : tf.reshape(reward, [-1, ...perWeight]);
  const { raises, lowers } = splitSigns(tf.mul(earned, factor));
  return { potentiation: [{ perSample: raises }], depression: [{ perSample: lowers }] };
}
