import * as tf from '@tensorflow/tfjs-core';
import { orThrow, type Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import {
  aFunction,
  either,
  finiteNumber,
  flag,
  type Numeric,
  nothingMore,
  oneOf,
  positiveScalar,
  rate,
  scalar,
  timeConstant,
  validateParams,
} from '../../core/params/validation.js';
import { asTensor } from '../../core/tensors.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import type { TraceMode } from '../../traces/exponentialTrace.js';
import type { BatchReduction } from '../../updates/batchReduction.js';
import type { Delta } from '../../updates/delta.js';
import { orderedBounds } from '../boundParams.js';
import { readTrace } from '../coincidence.js';
import { makeRule } from '../makeRule.js';
import type { BatchedInput, Rule } from '../rule.js';
import { initStdpState } from './pairStdp.js';
import type { StdpState } from './stdpState.js';

/** How often a simultaneous pre and post spike counts. */
export type SymmetricCoincidence = 'once' | 'both' | 'none';

/** The check of it. */
export const symmetricCoincidence = oneOf('once', 'both', 'none');

/**
 * Parameters of the symmetric rule.
 *
 * @property dt              step, ms. Default 1.
 * @property tauPre          time constant of the presynaptic trace, ms. Default 20.
 * @property tauPost         time constant of the postsynaptic trace, ms. Default 20.
 * @property eta             learning rate, dimensionless. Default 0.001.
 * @property alpha           what each presynaptic spike takes off, in units of eta. Default 0.
 * @property wMin            lower bound of the weights. Default 0.
 * @property wMax            upper bound of the weights. Default 1.
 * @property hardBound       whether weights are clamped to the bounds after each step. Default true.
 * @property traceMode       which spikes a trace remembers: all (`'cumulative'`) or the latest (`'nearest'`). Default `'cumulative'`.
 * @property coincidence     how often a simultaneous pre and post spike counts: `'once'`, as every other pair; from either side
 *                           (`'both'`: traces are updated, then read); or not at all (`'none'`). Default `'once'`.
 * @property batchReduction  how samples of a batch combine, see {@link BatchReduction}. Default `'sum'`.
 */
export interface SymmetricStdpParams {
  readonly dt: number;
  readonly tauPre: Numeric;
  readonly tauPost: Numeric;
  readonly eta: Numeric;
  readonly alpha: Numeric;
  readonly wMin: number;
  readonly wMax: number;
  readonly hardBound: boolean;
  readonly traceMode: TraceMode;
  readonly coincidence: SymmetricCoincidence;
  readonly batchReduction: BatchReduction;
}

/** The defaults of {@link SymmetricStdpParams}. */
export const symmetricStdpDefaults: SymmetricStdpParams = frozen({
  dt: 1,
  tauPre: 20,
  tauPost: 20,
  eta: 1e-3,
  alpha: 0,
  wMin: 0,
  wMax: 1,
  hardBound: true,
  traceMode: 'cumulative',
  coincidence: 'once',
  batchReduction: 'sum',
});

/**
 * The complete, checked parameters of the symmetric rule, or why they were refused.
 *
 * @example
 * const params = validateSymmetricStdpParams({ tauPre: 0 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'symmetricStdp: tauPre must be a positive number of ms, got 0'
 */
export const validateSymmetricStdpParams = (given?: Partial<SymmetricStdpParams>): Validated<SymmetricStdpParams> =>
  orderedBounds<SymmetricStdpParams>('symmetricStdp')(
    validateParams('symmetricStdp', symmetricStdpDefaults, given, {
      dt: positiveScalar,
      tauPre: timeConstant,
      tauPost: timeConstant,
      eta: rate,
      alpha: finiteNumber,
      wMin: scalar,
      wMax: scalar,
      hardBound: flag,
      traceMode: oneOf('cumulative', 'nearest'),
      coincidence: symmetricCoincidence,
      batchReduction: either(oneOf('sum', 'mean', 'max'), aFunction),
    }),
  );

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
export function symmetricStdp(
  params?: Partial<SymmetricStdpParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<StdpState> {
  nothingMore(more, 'symmetricStdp', 'symmetricStdp(params, topology)');
  const complete = orThrow(validateSymmetricStdpParams(params));
  return makeRule<StdpState>({
    name: 'symmetricStdp',
    params: complete,
    perInput: ['tauPre'],
    topology,
    init: (shapes) => initStdpState(shapes.pre, shapes.post),
    delta: (input, _w, state) => symmetricDelta(input, state, complete),
    update: { ...complete, etaPlus: complete.eta, etaMinus: complete.eta, weightDependence: 'additive', mu: 0 },
  });
}

/** One step of the traces, and the pairs of both orders less alpha for each presynaptic spike. */
export function symmetricDelta(
  { pre, post }: BatchedInput,
  state: StdpState,
  params: Pick<SymmetricStdpParams, 'dt' | 'traceMode' | 'tauPre' | 'tauPost' | 'alpha' | 'coincidence'>,
): [Delta, StdpState] {
  const { dt, traceMode, tauPre, tauPost, alpha, coincidence } = params;
  const shared = { amplitude: 1, dt, traceMode, integration: 'exact' } as const;
  const traces = { pre: { tau: tauPre, ...shared }, post: { tau: tauPost, ...shared } };
  // Of a coincident pair that counts once, the post spike finds the pre spike in its trace, and not the other way round.
  const tPre = readTrace(state.tPre, pre, traces.pre, coincidence !== 'none');
  const tPost = readTrace(state.tPost, post, traces.post, coincidence === 'both');
  const potentiation = [
    { pre: tPre.read, post },
    { pre, post: tPost.read },
  ];
  const depression = alpha === 0 ? [] : [{ pre, post: tf.mul(tf.onesLike(post), asTensor(alpha)) }];
  return [
    { potentiation, depression },
    { tPre: tPre.next, tPost: tPost.next },
  ];
}
