import * as tf from '@tensorflow/tfjs-core';
import { orThrow, type Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { nothingMore, positive } from '../../core/params/validation.js';
import { asTensor } from '../../core/tensors.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import { ratesInside } from '../../updates/updateParams.js';
import type { ActivityStep } from '../activities.js';
import { orderedBounds } from '../boundParams.js';
import { separable } from '../coincidence.js';
import { makeRule } from '../makeRule.js';
import { type PairTracesState, pairActivities, pairAxons } from '../pair/pairTraces.js';
import type { Rule } from '../rule.js';
import { withSeparateSynapses } from '../separateSynapses.js';
import { type MstdpParams, mstdpFields } from './mstdp.js';
import { ofEligibility } from './ofEligibility.js';

const fields = {
  /** Time constant of the eligibility traces, ms. Default 25. */
  tauEligibility: param(25, positive),
};

/** Parameters of {@link mstdpet}: those of {@link MstdpParams}, and how long synapses remember. */
export interface MstdpetParams extends ParamsOf<typeof fields>, MstdpParams {}

const schema = paramsSchema<MstdpetParams>('mstdpet', { ...mstdpFields, ...fields }, orderedBounds, separable);

/** The defaults of {@link MstdpetParams}. */
export const mstdpetDefaults: MstdpetParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateMstdpetParams({ tauEligibility: 0 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'mstdpet: tauEligibility must be a number > 0, got 0'
 */
export const validateMstdpetParams = (given?: Partial<MstdpetParams>): Validated<MstdpetParams> => schema.validate(given);

/** The memory of {@link mstdpet}: that of {@link PairTracesState}, and how much each synapse is due, `[batch, …w]`, in ms⁻¹. */
export interface MstdpetState extends PairTracesState {
  /** Eligibility from post spikes. */
  readonly postEligibility: tf.Tensor;
  /** Eligibility from pre spikes. */
  readonly preEligibility: tf.Tensor;
}

/**
 * Reward-modulated STDP with eligibility traces: a reward reaches pairs of spikes that are long past.
 *
 *     ePost = exp(−dt/tauEligibility)·ePost + Σ_p zPost ⊗ xPre(d) / tauEligibility        ePre likewise, of zPre(d) ⊗ xPost
 *     Δw = f_b  scale·M_b · ( etaPost·ePost + etaPre·ePre )
 *
 * The reward comes with each input, one number or one per sample. Without it only the traces advance. The state of a
 * convolution needs `init({ pre, post, w })`, the shape of the weights included.
 *
 * @param params    see {@link MstdpetParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range, or a delay comes without `maxDelay`.
 *
 * Source: Florian 2007 (MSTDPET; a spike is an impulse, so dt doesn't scale what it adds); Inferno `MSTDPET`.
 *
 * @example
 * const rule = mstdpet({ etaPost: 0.1, etaPre: -0.1, tauEligibility: 25, dt: 25 });
 * const before = rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * before[1].postEligibility.print();   // => [[1 / 25]]
 * const [w] = rule.step({ pre: [0], post: [1], reward: 25 }, ...before);   // the halves of the first step cancel
 * w.print();   // => [[0.5 + 0.1 * Math.exp(-25 / 20)]]
 */
export function mstdpet(
  params?: Partial<MstdpetParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<MstdpetState> {
  nothingMore(more, 'mstdpet', 'mstdpet(params, topology)');
  const name = 'mstdpet';
  const complete = orThrow(validateMstdpetParams(params));
  const { tauEligibility, etaPost, etaPre } = complete;
  const step: ActivityStep<'tPre' | 'tPost'> = (use, signals, state) => {
    const share = typeof tauEligibility === 'number' ? 1 / tauEligibility : tf.div(1, asTensor(tauEligibility));
    return pairActivities(complete, { post: share, pre: share })(use, signals, state);
  };
  const traces = [
    { name: 'postEligibility', parts: [0], rate: etaPost },
    { name: 'preEligibility', parts: [1], rate: etaPre },
  ];
  const body = ofEligibility<MstdpetState>(
    name,
    { step, arrival: pairAxons(name, complete), traces, sorted: 'byRate' },
    topology,
    complete,
    { ...complete, ...ratesInside },
  );
  return withSeparateSynapses(
    makeRule({ name, params: complete, perInput: ['tauPre'], reads: ['reward', 'delay'], topology, ...body }),
  );
}
