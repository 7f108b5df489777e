import { right } from 'fp-ts/lib/Either.js';
import type { ConvergenceBounds } from '../competition/convergence.js';
import { ensure, refuse, type Validated } from '../core/errors.js';
import { type ParamsOf, param, paramsSchema, type Relation } from '../core/params/schema.js';
import { nothingMore, oneOf, positiveScalar, scalar } from '../core/params/validation.js';
import { show } from '../core/show.js';
import { orderedBounds } from '../rules/boundParams.js';
import type { LatencyStdpParams } from '../rules/latency/latencyStdp.js';

const fields = {
  /** Rate of potentiation, > 0. Default 0.004. */
  etaPlus: param(0.004, positiveScalar),
  /** Rate of depression, > 0. Default 0.003. */
  etaMinus: param(0.003, positiveScalar),
  /** Lower bound of the weights; below 0 they may inhibit. Default 0. */
  wMin: param(0, scalar),
  /** Upper bound of the weights, > wMin. Default 1. */
  wMax: param(1, scalar),
  /** `'soft'` scales by (w − wMin)(wMax − w); `'additive'` by 1. Default `'soft'`. */
  weightDependence: param('soft', oneOf('soft', 'additive')),
  /** The layer has converged when its metric is below this. Default 0.01. */
  convergenceThreshold: param(0.01, positiveScalar),
  /** Mean of the initial weights, within the bounds. Default 0.8. */
  weightInitMean: param(0.8, scalar),
  /** Standard deviation of the initial weights, > 0. Default 0.01. */
  weightInitStd: param(0.01, positiveScalar),
};

/** What an {@link STDPLearner} needs to know, all dimensionless. */
export interface StdpConfig extends ParamsOf<typeof fields> {}

const initialWithin: Relation<StdpConfig> = ({ weightInitMean, wMin, wMax }, where) =>
  weightInitMean >= wMin && weightInitMean <= wMax
    ? right(undefined)
    : refuse(where, 'weightInitMean', `must be in [${wMin}, ${wMax}], got ${weightInitMean}`);

/** What completes and checks {@link StdpConfig}. */
export const stdpConfigSchema = paramsSchema<StdpConfig>('StdpConfig', fields, orderedBounds, initialWithin);

/** spikeseg's `STDPConfig()`. */
export const stdpConfigDefaults: StdpConfig = stdpConfigSchema.defaults;

/**
 * The complete, checked configuration, or why it was refused.
 *
 * @example
 * const config = validateStdpConfig({ wMin: 1, wMax: 0.5 });
 * config._tag === 'Left' ? config.left.message : 'good';   // => 'StdpConfig: wMin must be below wMax, got 1 and 0.5'
 */
export const validateStdpConfig = (given?: Partial<StdpConfig>): Validated<StdpConfig> => stdpConfigSchema.validate(given);

/** Between which weights converge. */
export const boundsOf = ({ wMin, wMax }: StdpConfig): ConvergenceBounds => ({ wMin, wMax });

/** What the rule takes of it. */
export const ruleParamsOf = ({ etaPlus, etaMinus, wMin, wMax, weightDependence }: StdpConfig): LatencyStdpParams => ({
  etaPlus,
  etaMinus,
  wMin,
  wMax,
  weightDependence,
});

const papers: { readonly [paper: string]: StdpConfig } = {
  kheradpisheh2018: { ...stdpConfigDefaults, weightInitStd: 0.05 },
  igarss2023: { ...stdpConfigDefaults, etaPlus: 0.04, etaMinus: 0.03 },
};

/**
 * The configuration of a paper.
 *
 * @param paper  `'kheradpisheh2018'` (0.004 and 0.003, weights N(0.8, 0.05²)) or `'igarss2023'` (ten times the rates,
 *               weights N(0.8, 0.01²)), in any case.
 * @throws {StdpError} when the paper is not known; the message lists the known ones.
 *
 * Source: spikeseg `STDPConfig.from_paper`.
 *
 * @example
 * stdpConfigFromPaper('igarss2023').etaPlus;   // => 0.04
 */
export function stdpConfigFromPaper(paper: string, ...more: readonly never[]): StdpConfig {
  nothingMore(more, 'stdpConfigFromPaper', 'stdpConfigFromPaper(paper)');
  const names = Object.keys(papers);
  const name = names.find((known) => typeof paper === 'string' && known === paper.toLowerCase());
  const config = name === undefined ? undefined : papers[name];
  const problem = () => `must be one of ${names.map((known) => `'${known}'`).join(', ')}, got ${show(paper)}`;
  ensure(config !== undefined, 'stdpConfigFromPaper', 'paper', problem);
  return config;
}
