import { orderedThresholds } from '../competition/adaptiveThreshold.js';
import type { Validated } from '../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../core/params/schema.js';
import { flag, fractionScalar, integerFrom, oneOf, positiveScalar } from '../core/params/validation.js';

const fields = {
  /**
   * `'global'`: one winner a map; `'local'`: spikes silence their neighbours in all maps; `'both'`: global, then local.
   * Default `'global'`.
   */
  mode: param('global', oneOf('global', 'local', 'both')),
  /** Rows and columns that a spike silences around it. Default 2. */
  localRadius: param(2, integerFrom(0)),
  /** Whether thresholds adapt to the spikes that remain. Default true. */
  enableHomeostasis: param(true, flag),
  /** Wanted rate, spikes per presentation, in [0, 1]. Default 0.1. */
  targetRate: param(0.1, fractionScalar),
  /** Learning rate of the thresholds. Default 0.001. */
  homeostasisRate: param(0.001, positiveScalar),
  /** Lowest threshold. Default 1. */
  thresholdMin: param(1, positiveScalar),
  /** Highest threshold. Default 100. */
  thresholdMax: param(100, positiveScalar),
  /** Whether spikes and winners are counted. Default true. */
  trackStatistics: param(true, flag),
};

/** How a {@link WTAInhibition} competes. */
export interface WtaConfig extends ParamsOf<typeof fields> {}

/** What completes and checks {@link WtaConfig}. */
export const wtaConfigSchema = paramsSchema<WtaConfig>('WtaConfig', fields, orderedThresholds);

/** spikeseg's defaults. */
export const wtaConfigDefaults: WtaConfig = wtaConfigSchema.defaults;

/**
 * The complete, checked configuration, or why it was refused.
 *
 * @example
 * const config = validateWtaConfig({ localRadius: -1 });
 * config._tag === 'Left' ? config.left.message : 'good';   // => 'WtaConfig: localRadius must be an integer ≥ 0, got -1'
 */
export const validateWtaConfig = (given?: Partial<WtaConfig>): Validated<WtaConfig> => wtaConfigSchema.validate(given);
