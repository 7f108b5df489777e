import type * as tf from '@tensorflow/tfjs-core';
import { orThrow, type Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import {
  fractionScalar,
  nonNegative,
  nothingMore,
  oneOf,
  positiveScalar,
  rate,
  timeConstant,
} from '../../core/params/validation.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import { anIntegration, aTraceMode, eulerTraces } from '../../traces/traceParams.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import { ratesInside } from '../../updates/updateParams.js';
import { type ActivityStep, readTrace } from '../activities.js';
import { orderedBounds, type WeightBoundParams, weightBoundFields } from '../boundParams.js';
import { presentInSides } from '../coincidence.js';
import { ruleBehind } from '../makeRule.js';
import { atOnce } from '../ofActivities.js';
import type { StdpState } from '../pair/stdpState.js';
import type { Rule } from '../rule.js';
import { withSeparateSynapses } from '../separateSynapses.js';
import { ofEligibility } from './ofEligibility.js';

/** How pairs are remembered until a reward comes. */
export const eligibilityFields = {
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
  /** Time constant of the presynaptic trace, ms. Default 20. */
  tauPre: param(20, timeConstant),
  /** Time constant of the postsynaptic trace, ms. Default 20. */
  tauPost: param(20, timeConstant),
  /** Time constant of the eligibility, ms, ≥ 0; 0: it forgets at once (MSTDP). Default 25. */
  tauEligibility: param(25, nonNegative),
  /** Learning rate of pre before post, dimensionless. Default 0.001. */
  etaPlus: param(1e-3, rate),
  /** Learning rate of post before pre, dimensionless. Default 0.001. */
  etaMinus: param(1e-3, rate),
  /** As in {@link PairStdpParams}. Default `'cumulative'`. */
  traceMode: param('cumulative', aTraceMode),
  /** As in {@link PairStdpParams}. Default `'exact'`. */
  integration: param('exact', anIntegration),
  /** As in {@link PairStdpParams}. Default `'both'`. */
  coincidence: param('both', oneOf('both', 'potentiation', 'depression', 'none')),
  /** How the output positions of a convolution become one: `'sum'`, or `'mean'`. Default `'sum'`. */
  positions: param('sum', oneOf('sum', 'mean')),
  /** As in {@link PairStdpParams}. Default `'sum'`. */
  batchReduction: param('sum', aBatchReduction),
};

const fields = {
  /**
   * Whether a reward meets the eligibility with the pairs of its own step (`'present'`), or as the step before left it
   * (`'previous'`). Default `'present'`.
   */
  readout: param('present', oneOf('present', 'previous')),
  /** As in {@link PairStdpParams}. Default 0. */
  weightDecay: param(0, fractionScalar),
};

/** Parameters of {@link eligibilityStdp}: those of {@link WeightBoundParams} included. */
export interface EligibilityStdpParams extends ParamsOf<typeof eligibilityFields>, ParamsOf<typeof fields>, WeightBoundParams {}

/** What completes and checks {@link EligibilityStdpParams}. */
export const eligibilityStdpSchema = paramsSchema<EligibilityStdpParams>(
  'eligibilityStdp',
  { ...eligibilityFields, ...fields, ...weightBoundFields },
  orderedBounds,
  eulerTraces('tauPre', 'tauPost'),
);

/** The defaults of {@link EligibilityStdpParams}. */
export const eligibilityStdpDefaults: EligibilityStdpParams = eligibilityStdpSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateEligibilityStdpParams({ dt: 0 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'eligibilityStdp: dt must be a number > 0, got 0'
 */
export const validateEligibilityStdpParams = (given?: Partial<EligibilityStdpParams>): Validated<EligibilityStdpParams> =>
  eligibilityStdpSchema.validate(given);

/** The memory of a rule that waits for a reward: the traces of both layers, and what each synapse has earned. */
export interface EligibilityState extends StdpState {
  /** `[batch, …weight shape]`, or the shape of the weights without a batch. */
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
