import { isListOf } from '../core/lists.js';
import { check, fractionScalar, oneOf, positiveScalar, scalar } from '../core/params/validation.js';

const isRate = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(Math.fround(value));

const areRates = (value: unknown): boolean => isRate(value) || (isListOf(value, isRate) && value.length === 2);

/** The defaults that all of BindsNET's rules share. */
export const shared = { dt: 1, wMin: 0, wMax: 1, weightDecay: 0, reduction: 'sum' } as const;

/** The checks of what all of BindsNET's rules take. */
export const sharedChecks = {
  nu: check('a finite number or two', areRates),
  dt: positiveScalar,
  wMin: scalar,
  wMax: scalar,
  weightDecay: fractionScalar,
  reduction: oneOf('sum', 'mean', 'max'),
};
