import { orThrow } from '../core/errors.js';
import { isListOf } from '../core/lists.js';
import { check, validateParams } from '../core/params/validation.js';
import type { Conv2dOptions } from './topology.js';

const defaults: Required<Conv2dOptions> = { strides: 1, pad: 'valid', dilations: 1 };

/** The options of a convolution as they were given, checked: what the caller changes later is not seen. */
export function convOptions(given: Conv2dOptions, where: string): Conv2dOptions {
  const checks = { strides: aPitch, pad: aPad, dilations: aPitch };
  const complete = orThrow(validateParams(where, defaults, given, checks, 'options'));
  const named = Object.entries(complete).filter(([name]) => given[name as keyof Conv2dOptions] !== undefined);
  return structuredClone(Object.fromEntries(named));
}

/** The largest stride, dilation or number of zeros: no image is larger. */
const most = 2 ** 24;

type Test = (value: unknown) => boolean;

const isFrom =
  (least: number): Test =>
  (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

const isPair =
  (accepts: Test): Test =>
  (value) =>
    isListOf(value, accepts) && value.length === 2;

/** The step of the window or the distance of its taps: one number, or [y, x]. */
const aPitch = check('a positive integer or a pair', (value) => isFrom(1)(value) || isPair(isFrom(1))(value));

/** Zeros around the image; none around its batch and its channels. */
const aPad = check("'valid', 'same', an integer ≥ 0 or [[0, 0], [top, bottom], [left, right], [0, 0]]", (value) => {
  const isExplicit = isListOf(value, isPair(isFrom(0))) && value.length === 4;
  const inside = isExplicit && [value[0], value[3]].every(isPair((side) => side === 0));
  return value === 'valid' || value === 'same' || isFrom(0)(value) || inside;
});
