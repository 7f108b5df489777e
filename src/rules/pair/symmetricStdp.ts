import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import {
  type Check,
  finiteNumber,
  type Numeric,
  oneOf,
  positiveScalar,
  rate,
  timeConstant,
} from '../../core/params/validation.js';
import { aTraceMode } from '../../traces/traceParams.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import { type ActivityStep, readTrace } from '../activities.js';
import { clampedBoundFields, orderedBounds } from '../boundParams.js';
import { ofActivities } from '../ofActivities.js';
import { type RuleMaker, ruleMaker } from '../ruleMaker.js';
import { pairSides } from './pairTraces.js';
import type { StdpState } from './stdpState.js';

/** How often a simultaneous pre and post spike counts. */
export type SymmetricCoincidence = 'once' | 'both' | 'none';

/** The check of {@link SymmetricCoincidence}. */
export const aSymmetricCoincidence: Check<SymmetricCoincidence> = oneOf('once', 'both', 'none');

const fields = {
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
  /** Time constant of the presynaptic trace, ms. Default 20. */
  tauPre: param(20, timeConstant),
  /** Time constant of the postsynaptic trace, ms. Default 20. */
  tauPost: param(20, timeConstant),
  /** Learning rate, dimensionless. Default 0.001. */
  eta: param(1e-3, rate),
  /** What each presynaptic spike takes off, in units of eta. Default 0. */
  alpha: param(0, finiteNumber),
  /** Which spikes a trace remembers: all (`'cumulative'`) or the latest (`'nearest'`). Default `'cumulative'`. */
  traceMode: param('cumulative', aTraceMode),
  /**
   * How often a simultaneous pre and post spike counts: `'once'`, as every other pair; from either side (`'both'`: traces
   * are updated, then read); or not at all (`'none'`). Default `'once'`.
   */
  coincidence: param('once', aSymmetricCoincidence),
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'sum'`. */
  batchReduction: param('sum', aBatchReduction),
};

/** Parameters of the symmetric rule. */
export interface SymmetricStdpParams extends ParamsOf<typeof fields>, ParamsOf<typeof clampedBoundFields> {}

const schema = paramsSchema<SymmetricStdpParams>('symmetricStdp', { ...fields, ...clampedBoundFields }, orderedBounds);

/** The defaults of {@link SymmetricStdpParams}. */
export const symmetricStdpDefaults: SymmetricStdpParams = schema.defaults;

/**
 * The complete, checked parameters of the symmetric rule, or why they were refused.
 *
 * @example
 * const params = validateSymmetricStdpParams({ tauPre: 0 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'symmetricStdp: tauPre must be a positive number of ms, got 0'
 */
export const validateSymmetricStdpParams = (given?: Partial<SymmetricStdpParams>): Validated<SymmetricStdpParams> =>
  schema.validate(given);

/**
 * Symmetric STDP: spikes close in time potentiate in either order; a presynaptic spike alone depresses.
 *
 *     w' = bound( w + eta · Σ_b ( xPre ⊗ zPost + zPre ⊗ xPost − alpha · zPre ⊗ 1 ) )
 *
 * with exact exponential traces x of height 1. The window of one pair is eta·exp(−|Δt|/τ) − eta·alpha. (For windows of
 * other forms, give a kernel rule two equal halves.)
 *
 * @param params    see {@link SymmetricStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Vogels, Sprekeler et al. 2011, without the meaning of alpha as a target rate; see {@link vogelsStdp}.
 *
 * @example
 * const rule = symmetricStdp({ eta: 0.1, alpha: 0.5, tauPre: 20, tauPost: 10 });
 * const after = rule.step({ pre: [0], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * rule.step({ pre: [1], post: [0] }, ...after)[0].print();   // => [[0.5 + 0.1 * (Math.exp(-1 / 10) - 0.5)]]
 */
export const symmetricStdp: RuleMaker<SymmetricStdpParams, StdpState> = ruleMaker(schema, (params, topology) => {
  const { alpha, eta } = params;
  const step = symmetricActivities(params, typeof alpha === 'number' ? alpha : () => alpha);
  const update = { ...params, etaPlus: eta, etaMinus: eta, weightDependence: 'additive', mu: 0 } as const;
  return { perInput: ['tauPre'], ...ofActivities({ step, sides: pairSides }, topology, update) };
});

/**
 * The step of both traces, and the pairs of both orders less alpha for each presynaptic spike.
 *
 * @param alpha  a number, or what gives one per neuron when a step needs it.
 */
export function symmetricActivities(
  params: Pick<SymmetricStdpParams, 'dt' | 'traceMode' | 'tauPre' | 'tauPost' | 'coincidence'>,
  alpha: number | (() => Numeric),
): ActivityStep<'tPre' | 'tPost'> {
  const { dt, traceMode, tauPre, tauPost, coincidence } = params;
  const shared = { amplitude: 1, dt, traceMode, integration: 'exact' } as const;
  return (use, { pre, post }, state) => {
    // Of a coincident pair that counts once, the post spike finds the pre spike in its trace, and not the other way round.
    const tPre = readTrace(use, state.tPre, pre, { tau: tauPre, ...shared }, coincidence !== 'none');
    const tPost = readTrace(use, state.tPost, post, { tau: tauPost, ...shared }, coincidence === 'both');
    const pairs = [
      { rate: 1, pre: tPre.read, post },
      { rate: 1, pre, post: tPost.read },
    ];
    const level = typeof alpha === 'number' ? alpha : alpha();
    const parts = level === 0 ? pairs : [...pairs, { rate: -1, pre, post: use.filled(post, level) }];
    return { parts, next: { tPre: tPre.next, tPost: tPost.next } };
  };
}
