import type * as tf from '@tensorflow/tfjs-core';
import { orThrow } from '../../core/errors.js';
import { nothingMore } from '../../core/params/validation.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import { ratesInside } from '../../updates/updateParams.js';
import { type ActivityStep, readTrace } from '../activities.js';
import { presentInSides } from '../coincidence.js';
import { ruleBehind } from '../makeRule.js';
import { atOnce } from '../ofActivities.js';
import type { StdpState } from '../pair/stdpState.js';
import type { Rule } from '../rule.js';
import { withSeparateSynapses } from '../separateSynapses.js';
import { type EligibilityStdpParams, eligibilityStdpSchema } from './eligibilityParams.js';
import { ofEligibility } from './ofEligibility.js';

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
  const { dt, etaPlus, etaMinus, traceMode, integration } = complete;
  const present = presentInSides(complete.coincidence);
  const trace = (tau: EligibilityStdpParams['tauPre']) => ({ tau, amplitude: 1, dt, traceMode, integration });
  const step: ActivityStep<'tPre' | 'tPost'> = (use, { pre, post }, state) => {
    const tPre = readTrace(use, state.tPre, pre, trace(complete.tauPre), present.pre);
    const tPost = readTrace(use, state.tPost, post, trace(complete.tauPost), present.post);
    const parts = [
      { rate: etaPlus, pre: tPre.read, post },
      { rate: use.negative(etaMinus), pre, post: tPost.read },
    ];
    return { parts, next: { tPre: tPre.next, tPost: tPost.next } };
  };
  const traces = [{ name: 'eligibility', parts: [0, 1], rate: 1 }];
  const body = ofEligibility<EligibilityState>(where, { step, arrival: atOnce, traces, sorted: 'byChange' }, topology, complete, {
    ...complete,
    ...ratesInside,
  });
  const names = { where, pre: 'pre', post: 'post' };
  return withSeparateSynapses(
    ruleBehind({ name: 'eligibilityStdp', params: complete, perInput: ['tauPre'], reads: ['reward'], topology, ...body }, names),
  );
}
