import { filterOrElse } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { ensure, StdpError, type Validated } from '../core/errors.js';
import { frozen } from '../core/frozen.js';
import { nothingMore, oneOf, positiveScalar, scalar, validateParams } from '../core/params/validation.js';
import { show } from '../core/show.js';

/**
 * What an {@link STDPLearner} needs to know, all dimensionless.
 *
 * @property etaPlus               rate of potentiation, > 0. Default 0.004.
 * @property etaMinus              rate of depression, > 0. Default 0.003.
 * @property wMin                  lower bound of the weights; below 0 they may inhibit. Default 0.
 * @property wMax                  upper bound of the weights, > wMin. Default 1.
 * @property weightDependence      `'soft'` scales by (w − wMin)(wMax − w); `'additive'` by 1. Default `'soft'`.
 * @property convergenceThreshold  the layer has converged when its metric is below this. Default 0.01.
 * @property weightInitMean        mean of the initial weights, within the bounds. Default 0.8.
 * @property weightInitStd         their standard deviation, > 0. Default 0.01.
 */
export interface StdpConfig {
  readonly etaPlus: number;
  readonly etaMinus: number;
  readonly wMin: number;
  readonly wMax: number;
  readonly weightDependence: 'soft' | 'additive';
  readonly convergenceThreshold: number;
  readonly weightInitMean: number;
  readonly weightInitStd: number;
}

/** spikeseg's `STDPConfig()`. */
export const stdpConfigDefaults: StdpConfig = frozen({
  etaPlus: 0.004,
  etaMinus: 0.003,
  wMin: 0,
  wMax: 1,
  weightDependence: 'soft',
  convergenceThreshold: 0.01,
  weightInitMean: 0.8,
  weightInitStd: 0.01,
});

/**
 * The complete, checked configuration, or why it was refused.
 *
 * @example
 * const config = validateStdpConfig({ wMin: 1, wMax: 0.5 });
 * pipe(config, match((error) => error.message, () => 'good'));   // => 'StdpConfig: wMin must be below wMax, got 1 and 0.5'
 */
export const validateStdpConfig = (given?: Partial<StdpConfig>, where = 'StdpConfig'): Validated<StdpConfig> =>
  pipe(
    validateParams(where, stdpConfigDefaults, given, {
      etaPlus: positiveScalar,
      etaMinus: positiveScalar,
      wMin: scalar,
      wMax: scalar,
      weightDependence: oneOf('soft', 'additive'),
      convergenceThreshold: positiveScalar,
      weightInitMean: scalar,
      weightInitStd: positiveScalar,
    }),
    filterOrElse(
      ({ wMin, wMax }) => wMin < wMax,
      ({ wMin, wMax }) => new StdpError(where, 'wMin', `must be below wMax, got ${wMin} and ${wMax}`),
    ),
    filterOrElse(
      ({ weightInitMean, wMin, wMax }) => weightInitMean >= wMin && weightInitMean <= wMax,
      ({ weightInitMean, wMin, wMax }) =>
        new StdpError(where, 'weightInitMean', `must be in [${wMin}, ${wMax}], got ${weightInitMean}`),
    ),
  );

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
