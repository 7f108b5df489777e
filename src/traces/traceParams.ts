import { right } from 'fp-ts/lib/Either.js';
import { needed, type ParamsOf, paramsSchema, type Relation } from '../core/params/schema.js';
import { type Check, finiteNumber, type Numeric, oneOf, positiveScalar, timeConstant } from '../core/params/validation.js';
import { stableEuler } from '../core/stableEuler.js';

/** Which spikes a trace remembers: all of them (`'cumulative'`), or the latest alone (`'nearest'`). */
export type TraceMode = 'cumulative' | 'nearest';

/** How a trace decays over one step: `'exact'` by exp(−dt/τ), `'euler'` by one explicit Euler step. */
export type Integration = 'exact' | 'euler';

/** The check of {@link TraceMode}. */
export const aTraceMode: Check<TraceMode> = oneOf('cumulative', 'nearest');

/** The check of {@link Integration}. */
export const anIntegration: Check<Integration> = oneOf('exact', 'euler');

/** Refuses time constants that traces by Euler steps would explode with, see {@link stableEuler}. */
export const eulerTraces =
  <Name extends string>(
    ...names: readonly Name[]
  ): Relation<{ readonly [name in Name]: Numeric } & { readonly dt: number; readonly integration: Integration }> =>
  (params, where) =>
    params.integration === 'euler' ? stableEuler(where, params, names) : right(params);

const fields = {
  /** Time constant, ms; Infinity never decays. */
  tau: needed(timeConstant),
  /** What one spike adds, dimensionless (with Euler it adds amplitude · dt/τ, as in Norse). */
  amplitude: needed(finiteNumber),
  /** Step, ms. */
  dt: needed(positiveScalar),
  /** See {@link TraceMode}. */
  traceMode: needed(aTraceMode),
  /** See {@link Integration}. */
  integration: needed(anIntegration),
};

/** One exponential trace. */
export interface TraceParams extends ParamsOf<typeof fields> {}

/** All parameters must be given. Euler steps must not explode. */
export const traceSchema = paramsSchema<TraceParams>('trace', fields, eulerTraces('tau'));
