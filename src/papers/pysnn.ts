import { type EligibilityState, eligibilityStdp } from '../rules/eligibilityStdp.js';
import { type FedeState, fedeStdp } from '../rules/fedeStdp.js';
import type { Rule } from '../rules/rule.js';
import type { Topology } from '../topologies/topology.js';
import { tauOfDecay } from '../traces/linearTrace.js';

/**
 * The traces of PySNN's neurons, under its own names.
 *
 * @property traceUpdate  `'exponential'`: x + dt/tauT·(alphaT·z − x); `'linear'`: x·tauT + alphaT·z. Default `'exponential'`.
 * @property tauT         time constant, ms; with `'linear'` the fraction that stays. Default 20.
 * @property alphaT       amplitude. Default 1.
 * @property dt           step, ms. Default 1.
 */
export interface PysnnTraceParams {
  readonly traceUpdate?: 'exponential' | 'linear';
  readonly tauT?: number;
  readonly alphaT?: number;
  readonly dt?: number;
}

/**
 * PySNN's `MSTDPET`, {@link eligibilityStdp} under its arguments: E = eTraceDecay·E + aPre·xPre ⊗ zPost − aPost·zPre ⊗ xPost,
 * w + lr·R·E, averaged over batch and positions, not clamped.
 *
 * The eligibility in the state is `lr·E`, averaged over positions: what a reward of 1 would change.
 *
 * Source: PySNN `MSTDPET`.
 *
 * @example
 * const rule = pysnnMstdpet({ aPre: 1, aPost: 0, lr: 0.1, eTraceDecay: 0.9, traceUpdate: 'linear', tauT: 0.5 });
 * rule.step({ pre: [1], post: [1], reward: 2 }, [[0.5]], rule.init({ pre: [1], post: [1] }))[0].print();   // => [[0.7]]
 */
export function pysnnMstdpet(
  params: PysnnTraceParams & {
    readonly aPre: number;
    readonly aPost: number;
    readonly lr: number;
    readonly eTraceDecay: number;
  },
  topology?: Topology,
): Rule<EligibilityState> {
  const { aPre, aPost, lr, eTraceDecay, alphaT = 1, dt = 1 } = params;
  const shared = { positions: 'mean', batchReduction: 'mean', tauEligibility: tauOfDecay(eTraceDecay, dt) } as const;
  const { tauPre, integration } = trace(params);
  const rates = { etaPlus: lr * aPre * alphaT, etaMinus: lr * aPost * alphaT };
  return eligibilityStdp({ ...shared, ...rates, dt, tauPre, tauPost: tauPre, integration }, topology);
}

/**
 * PySNN's `FedeSTDP`, {@link fedeStdp} under its arguments: every weight learns in every step, post spikes play no part.
 *
 * Source: PySNN `FedeSTDP`.
 *
 * @example
 * const rule = pysnnFedeStdp({ lr: 0.1, wInit: 0.5, a: 0.2 });
 * rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }))[0].print();   // => [[0.5 + 0.1 * (Math.E - 1)]]
 */
export function pysnnFedeStdp(
  params: PysnnTraceParams & { readonly lr: number; readonly wInit: number; readonly a: number },
  topology?: Topology,
): Rule<FedeState> {
  const { lr, wInit, a, dt = 1 } = params;
  const peer = { gate: 'always', normalization: 'batch' } as const;
  return fedeStdp({ ...peer, ...trace(params), etaPlus: lr, etaMinus: lr, wInit, a, dt }, topology);
}

const trace = ({ traceUpdate = 'exponential', tauT = 20, dt = 1 }: PysnnTraceParams) =>
  traceUpdate === 'linear'
    ? ({ tauPre: tauOfDecay(tauT, dt), integration: 'exact' } as const)
    : ({ tauPre: tauT, integration: 'euler' } as const);
