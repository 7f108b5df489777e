import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { aText, oneOf, positiveScalar, timeConstant } from '../../core/params/validation.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import { clampedBoundFields, orderedBounds } from '../boundParams.js';
import { parseProducts } from './productRuleParser.js';

const fields = {
  /** The change of a weight in one step, see {@link productRule}. Default: the pair rule, rates 2⁻⁷. */
  dw: param('dw = 2^-7 * x1 * y0 - 2^-7 * x0 * y1', aText),
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
  /** Time constant of the presynaptic trace x1, ms. Default 20. */
  tauX1: param(20, timeConstant),
  /** That of x2. Default 40. */
  tauX2: param(40, timeConstant),
  /** Time constant of the postsynaptic trace y1, ms. Default 20. */
  tauY1: param(20, timeConstant),
  /** That of y2. Default 40. */
  tauY2: param(40, timeConstant),
  /** That of y3. Default 80. */
  tauY3: param(80, timeConstant),
  /** Whether traces hold the present spikes when they are read (`'both'`) or not (`'none'`). Default `'both'`. */
  coincidence: param('both', oneOf('both', 'none')),
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'sum'`. */
  batchReduction: param('sum', aBatchReduction),
};

/** Parameters of a rule given as text. */
export interface ProductRuleParams extends ParamsOf<typeof fields>, ParamsOf<typeof clampedBoundFields> {}

const schema = paramsSchema<ProductRuleParams>('productRule', { ...fields, ...clampedBoundFields }, orderedBounds, ({ dw }) =>
  parseProducts(dw),
);

/** The defaults of {@link ProductRuleParams}; the text has none. */
export const productRuleDefaults: ProductRuleParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateProductRuleParams({ dw: 'dw = x1 * z0' });
 * pipe(params, match((error) => error.argument, () => 'good'));   // => 'dw'
 */
export const validateProductRuleParams = (given?: Partial<ProductRuleParams>): Validated<ProductRuleParams> =>
  schema.validate(given);
