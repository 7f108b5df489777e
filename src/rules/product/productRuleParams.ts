import { chainFirst, left, right } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import {
  aFunction,
  type Check,
  either,
  flag,
  type Numeric,
  oneOf,
  positiveScalar,
  scalar,
  timeConstant,
  validateParams,
} from '../../core/params/validation.js';
import type { BatchReduction } from '../../updates/batchReduction.js';
import { orderedBounds } from '../boundParams.js';
import { parseProducts } from './productRuleParser.js';

/**
 * Parameters of a rule given as text.
 *
 * @property dw              the change of a weight in one step, see {@link productRule}. Default: the pair rule, rates 2⁻⁷.
 * @property dt              step, ms. Default 1.
 * @property tauX1           time constant of the presynaptic trace x1, ms. Default 20.
 * @property tauX2           that of x2. Default 40.
 * @property tauY1           time constant of the postsynaptic trace y1, ms. Default 20.
 * @property tauY2           that of y2. Default 40.
 * @property tauY3           that of y3. Default 80.
 * @property wMin            lower bound of the weights. Default 0.
 * @property wMax            upper bound of the weights. Default 1.
 * @property hardBound       whether weights are clamped to the bounds after each step. Default true.
 * @property coincidence     whether traces hold the present spikes when they are read (`'both'`) or not (`'none'`). Default `'both'`.
 * @property batchReduction  how samples of a batch combine, see {@link BatchReduction}. Default `'sum'`.
 */
export interface ProductRuleParams {
  readonly dw: string;
  readonly dt: number;
  readonly tauX1: Numeric;
  readonly tauX2: Numeric;
  readonly tauY1: Numeric;
  readonly tauY2: Numeric;
  readonly tauY3: Numeric;
  readonly wMin: number;
  readonly wMax: number;
  readonly hardBound: boolean;
  readonly coincidence: 'both' | 'none';
  readonly batchReduction: BatchReduction;
}

/** The defaults of {@link ProductRuleParams}; the text has none. */
export const productRuleDefaults: ProductRuleParams = frozen({
  dw: 'dw = 2^-7 * x1 * y0 - 2^-7 * x0 * y1',
  dt: 1,
  tauX1: 20,
  tauX2: 40,
  tauY1: 20,
  tauY2: 40,
  tauY3: 80,
  wMin: 0,
  wMax: 1,
  hardBound: true,
  coincidence: 'both',
  batchReduction: 'sum',
});

const aText: Check = (value) => (typeof value === 'string' ? right(value) : left('a text'));

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateProductRuleParams({ dw: 'dw = x1 * z0' });
 * pipe(params, match((error) => error.argument, () => 'good'));   // => 'dw'
 */
export const validateProductRuleParams = (given?: Partial<ProductRuleParams>): Validated<ProductRuleParams> =>
  pipe(
    validateParams('productRule', productRuleDefaults, given, {
      dw: aText,
      dt: positiveScalar,
      tauX1: timeConstant,
      tauX2: timeConstant,
      tauY1: timeConstant,
      tauY2: timeConstant,
      tauY3: timeConstant,
      wMin: scalar,
      wMax: scalar,
      hardBound: flag,
      coincidence: oneOf('both', 'none'),
      batchReduction: either(oneOf('sum', 'mean', 'max'), aFunction),
    }),
    orderedBounds('productRule'),
    chainFirst(({ dw }) => parseProducts(dw)),
  );
