import { chain, right } from 'fp-ts/lib/Either.js';
import { refuse, type Validated } from '../core/errors.js';
import { frozen } from '../core/frozen.js';
import { flag, type Numeric, nonNegative, oneOf, positiveScalar, scalar } from '../core/params/validation.js';
import { type WeightDependence, weightDependences } from '../updates/weightDependence.js';

/**
 * How a rule whose Delta already holds its rates meets the weights.
 *
 * @property weightDependence  see {@link WeightDependence}. Default `'additive'`.
 * @property mu                exponent of `'multiplicativePow'`, ≥ 0. Default 0.
 * @property wMin              lower bound of the weights. Default 0.
 * @property wMax              upper bound of the weights. Default 1.
 * @property hardBound         whether weights are clamped to [wMin, wMax] after each step. Default false.
 */
export interface WeightBoundParams {
  readonly weightDependence: WeightDependence;
  readonly mu: Numeric;
  readonly wMin: number;
  readonly wMax: number;
  readonly hardBound: boolean;
}

/** The defaults of {@link WeightBoundParams}. */
export const weightBoundDefaults: WeightBoundParams = frozen({
  weightDependence: 'additive',
  mu: 0,
  wMin: 0,
  wMax: 1,
  hardBound: false,
});

/** One check for each of {@link WeightBoundParams}. */
export const weightBoundChecks = {
  weightDependence: oneOf(...weightDependences),
  mu: nonNegative,
  wMin: scalar,
  wMax: scalar,
  hardBound: flag,
};

/** Refuses bounds that enclose nothing. */
export const orderedBounds = <P extends { readonly wMin: number; readonly wMax: number }>(
  where: string,
): ((validated: Validated<P>) => Validated<P>) =>
  chain((params) =>
    params.wMin < params.wMax
      ? right(params)
      : refuse(where, 'wMin', `must be below wMax, got ${params.wMin} and ${params.wMax}`),
  );

/**
 * Where learnt delays may lie.
 *
 * @property maxDelay  the longest delay, ms; delays are held in [0, maxDelay]. Default 20.
 */
export interface DelayBoundParams {
  readonly maxDelay: number;
}

/** The defaults of {@link DelayBoundParams}. */
export const delayBoundDefaults: DelayBoundParams = frozen({ maxDelay: 20 });

/** One check for each of {@link DelayBoundParams}. */
export const delayBoundChecks = { maxDelay: positiveScalar };

/** Delays change additively and stay in [0, maxDelay]. */
export const delayBounds = ({ maxDelay }: DelayBoundParams): WeightBoundParams => ({
  ...weightBoundDefaults,
  wMax: maxDelay,
  hardBound: true,
});
