import { right } from 'fp-ts/lib/Either.js';
import { refuse } from '../core/errors.js';
import { type ParamsOf, param, paramsSchema, type Relation } from '../core/params/schema.js';
import { flag, nonNegative, positiveScalar, weightBound } from '../core/params/validation.js';
import { show } from '../core/show.js';
import { areOrdered } from '../updates/checkUpdate.js';
import { aWeightDependence } from '../updates/weightDependence.js';

/** How changes depend on the weights. */
export const dependenceFields = {
  /** See {@link WeightDependence}. Default `'additive'`. */
  weightDependence: param('additive', aWeightDependence),
  /** Exponent of `'multiplicativePow'`, ≥ 0. Default 0. */
  mu: param(0, nonNegative),
};

/** The parameters of {@link WeightBoundParams}. */
export const weightBoundFields = {
  ...dependenceFields,
  /** Lower bound of the weights, see {@link Bounds}. Default 0. */
  wMin: param(0, weightBound),
  /** Upper bound of the weights. Default 1. */
  wMax: param(1, weightBound),
  /** Whether weights are clamped to [wMin, wMax] after each step. Default false. */
  hardBound: param(false, flag),
};

/** How a rule whose Delta already holds its rates meets the weights. */
export interface WeightBoundParams extends ParamsOf<typeof weightBoundFields> {}

/** Bounds that weights are clamped to, of rules that know no weight dependence. */
export const clampedBoundFields = {
  /** Lower bound of the weights, see {@link Bounds}. Default 0. */
  wMin: param(0, weightBound),
  /** Upper bound of the weights. Default 1. */
  wMax: param(1, weightBound),
  /** Whether weights are clamped to the bounds after each step. Default true. */
  hardBound: param(true, flag),
};

/** Refuses bounds that enclose nothing, as far as their values are at hand. */
export const orderedBounds: Relation<Pick<WeightBoundParams, 'wMin' | 'wMax'>> = ({ wMin, wMax }, where) =>
  areOrdered(wMin, wMax, false)
    ? right(undefined)
    : refuse(where, 'wMin', `must be below wMax, got ${show(wMin)} and ${show(wMax)}`);

/** The parameter of {@link DelayBoundParams}. */
export const delayBoundFields = {
  /** The longest delay, ms; delays are held in [0, maxDelay]. Default 20. */
  maxDelay: param(20, positiveScalar),
};

/** Where learnt delays may lie. */
export interface DelayBoundParams extends ParamsOf<typeof delayBoundFields> {}

const { defaults } = paramsSchema('weightBounds', weightBoundFields);

/** Delays change additively and stay in [0, maxDelay]. */
export const delayBounds = ({ maxDelay }: DelayBoundParams): WeightBoundParams => ({
  ...defaults,
  wMax: maxDelay,
  hardBound: true,
});
