import { chain, right } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Validated } from '../core/errors.js';
import { finiteNumber, type Numeric, oneOf, positiveScalar, timeConstant, validateParams } from '../core/params/validation.js';
import { stableEuler } from '../core/stableEuler.js';

/** Which spikes a trace remembers: all of them (`'cumulative'`), or the latest alone (`'nearest'`). */
export type TraceMode = 'cumulative' | 'nearest';

/** How a trace decays over one step: `'exact'` by exp(−dt/τ), `'euler'` by one explicit Euler step. */
export type Integration = 'exact' | 'euler';

/**
 * One exponential trace.
 *
 * @property tau          time constant, ms; Infinity never decays.
 * @property amplitude    what one spike adds, dimensionless (with Euler it adds amplitude · dt/τ, as in Norse).
 * @property dt           step, ms.
 * @property traceMode    see {@link TraceMode}.
 * @property integration  see {@link Integration}.
 */
export interface TraceParams {
  readonly tau: Numeric;
  readonly amplitude: Numeric;
  readonly dt: number;
  readonly traceMode: TraceMode;
  readonly integration: Integration;
}

/** The parameters, checked: all of them must be given. Euler steps must not explode. */
export const validateTraceParams = (given: Partial<TraceParams> | undefined, where: string): Validated<TraceParams> =>
  pipe(
    validateParams(where, {} as TraceParams, given, {
      tau: timeConstant,
      amplitude: finiteNumber,
      dt: positiveScalar,
      traceMode: oneOf('cumulative', 'nearest'),
      integration: oneOf('exact', 'euler'),
    }),
    chain((params) => (params.integration === 'euler' ? stableEuler(where, params, ['tau']) : right(params))),
  );
