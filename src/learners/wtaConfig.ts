import { filterOrElse } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { StdpError, type Validated } from '../core/errors.js';
import { frozen } from '../core/frozen.js';
import { flag, integerFrom, oneOf, positiveScalar, scalar, validateParams } from '../core/params/validation.js';

/**
 * How a {@link WTAInhibition} competes.
 *
 * @property mode               `'global'`: one winner a map; `'local'`: spikes silence their neighbours in all maps;
 *                              `'both'`: global, then local. Default `'global'`.
 * @property localRadius        rows and columns that a spike silences around it. Default 2.
 * @property enableHomeostasis  whether thresholds adapt to the spikes that remain. Default true.
 * @property targetRate         wanted rate, spikes per presentation, in [0, 1]. Default 0.1.
 * @property homeostasisRate    learning rate of the thresholds. Default 0.001.
 * @property thresholdMin       lowest threshold. Default 1.
 * @property thresholdMax       highest threshold. Default 100.
 * @property trackStatistics    whether spikes and winners are counted. Default true.
 */
export interface WtaConfig {
  readonly mode: 'global' | 'local' | 'both';
  readonly localRadius: number;
  readonly enableHomeostasis: boolean;
  readonly targetRate: number;
  readonly homeostasisRate: number;
  readonly thresholdMin: number;
  readonly thresholdMax: number;
  readonly trackStatistics: boolean;
}

/** spikeseg's defaults. */
export const wtaConfigDefaults: WtaConfig = frozen({
  mode: 'global',
  localRadius: 2,
  enableHomeostasis: true,
  targetRate: 0.1,
  homeostasisRate: 0.001,
  thresholdMin: 1,
  thresholdMax: 100,
  trackStatistics: true,
});

/**
 * The complete, checked configuration, or why it was refused.
 *
 * @example
 * const config = validateWtaConfig({ localRadius: -1 });
 * pipe(config, match((error) => error.message, () => 'good'));   // => 'WtaConfig: localRadius must be an integer ≥ 0, got -1'
 */
export const validateWtaConfig = (given?: Partial<WtaConfig>, where = 'WtaConfig'): Validated<WtaConfig> =>
  pipe(
    validateParams(where, wtaConfigDefaults, given, {
      mode: oneOf('global', 'local', 'both'),
      localRadius: integerFrom(0),
      enableHomeostasis: flag,
      targetRate: scalar,
      homeostasisRate: positiveScalar,
      thresholdMin: positiveScalar,
      thresholdMax: positiveScalar,
      trackStatistics: flag,
    }),
    filterOrElse(
      ({ targetRate }) => targetRate >= 0 && targetRate <= 1,
      ({ targetRate }) => new StdpError(where, 'targetRate', `must be a number in [0, 1], got ${targetRate}`),
    ),
    filterOrElse(
      ({ thresholdMin, thresholdMax }) => thresholdMin < thresholdMax,
      ({ thresholdMin, thresholdMax }) =>
        new StdpError(where, 'thresholdMin', `must be below thresholdMax, got ${thresholdMin} and ${thresholdMax}`),
    ),
  );
